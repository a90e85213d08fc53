import type { QueueHours } from '../domain/call-back/opening-hours.ts';
import type { CallBackRule } from '../domain/call-back/rule.ts';
import type { CcaiParts } from './ccai-parts.ts';
import type { ccaiSchema } from './ccai-schema.ts';
import { Secret } from './secret.ts';
import type { ValuesOf } from './setting.ts';

type CcaiValues = ValuesOf<typeof ccaiSchema>;
type AsWritten = Pick<
  CcaiValues,
  | 'subdomain'
  | 'timeoutMs'
  | 'defaultCountry'
  | 'delaySeconds'
  | 'oncePerMinutes'
  | 'repeatCustomerDays'
  | 'repeatCustomerKey'
>;

/** The relay to CCAI Platform, where there is one. */
export interface CcaiConfig extends AsWritten {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly token: Secret;
  /** In the order in which they are asked. */
  readonly rules: readonly CallBackRule[];
  /** One for each queue that has its own, and one for all others. */
  readonly openingHours: readonly QueueHours[];
  /** Digits and `+`, here and below; without a country they are of `defaultCountry`. Those of the files are among them. */
  readonly badActors: readonly string[];
  readonly verifiedCustomers: readonly string[];
  /** Nothing: nobody may ask us to have somebody called. */
  readonly outboundToken: Secret | undefined;
}

/** Valid values in the shape that the relay is given; nothing where it is switched off. */
export function ccaiConfig(values: CcaiValues, parts: CcaiParts): CcaiConfig | undefined {
  if (!values.enabled) return undefined;
  const { subdomain, timeoutMs, defaultCountry, delaySeconds, oncePerMinutes } = values;
  const { repeatCustomerDays, repeatCustomerKey, token, outboundToken } = values;
  return {
    ...{ subdomain, timeoutMs, defaultCountry, delaySeconds, oncePerMinutes },
    ...{ repeatCustomerDays, repeatCustomerKey },
    baseUrl: addressOf(values),
    token: new Secret(token),
    outboundToken: outboundToken === '' ? undefined : new Secret(outboundToken),
    ...parts,
  };
}

function addressOf({ subdomain, domain, baseUrl }: CcaiValues): string {
  // Operations are appended with a slash of their own.
  return baseUrl === '' ? `https://${subdomain}.${domain}/apps/api/v1` : baseUrl.replace(/\/+$/, '');
}
