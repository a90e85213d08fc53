import type { Mistake } from './mistake.ts';
import { waysToGive } from './secret-sources.ts';
import type { ValuesOf } from './setting.ts';
import { udeskSchema } from './udesk-schema.ts';

type UdeskValues = ValuesOf<typeof udeskSchema>;

interface Need {
  readonly key: 'baseUrl' | 'appId' | 'sid' | 'authToken' | 'secret';
  readonly remedy: string;
}

const ALWAYS: readonly Need[] = [
  { key: 'baseUrl', remedy: 'write https://{host}/ccapi/v2 with the host that Udesk names' },
  { key: 'appId', remedy: 'write the AppId that Udesk gave when the application was created' },
  { key: 'sid', remedy: 'write the Sid that Udesk gave' },
  { key: 'authToken', remedy: waysToGive('udesk.authToken', udeskSchema.authToken.secret.credential) },
];

const SECRET: Need = {
  key: 'secret',
  remedy: waysToGive('udesk.secret', udeskSchema.secret.secret.credential),
};

/** What is missing for that which was switched on. Nothing is said of keys in `silent`, about which all was said. */
export function whatUdeskLacks(udesk: UdeskValues, silent: ReadonlySet<string>): readonly Mistake[] {
  // Where something else stands there than true, its own rule says so.
  if (udesk.enabled !== true) return [];
  const isLacking = ({ key }: Need): boolean => udesk[key] === '' && !silent.has(`udesk.${key}`);
  const wantsSecret = whatWantsSecret(udesk);
  return [
    ...ALWAYS.filter(isLacking).map((need) => lacking(need, 'udesk.enabled is true')),
    ...(wantsSecret !== undefined && isLacking(SECRET) ? [lacking(SECRET, wantsSecret)] : []),
  ];
}

function whatWantsSecret({ callbackUrl, callbackList }: UdeskValues): string | undefined {
  if (callbackUrl) return 'udesk.callbackUrl is set';
  return callbackList === true ? 'udesk.callbackList is true' : undefined;
}

const lacking = ({ key, remedy }: Need, because: string): Mistake => ({
  key: `udesk.${key}`,
  problem: `is missing while ${because}`,
  remedy,
});
