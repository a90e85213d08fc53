import type { Allowance } from '../domain/budget/allowance.ts';
import type { QueueName } from '../domain/identity.ts';
import type { ActiveCallConfig } from './active-call-config.ts';
import type { CcaiConfig } from './ccai-config.ts';
import type { OrNone } from './or-none.ts';
import type { RecordingsConfig } from './recordings-config.ts';
import type { queueSchema, schema } from './schema.ts';
import type { Secret } from './secret.ts';
import type { ValuesOf } from './setting.ts';
import type { UdeskConfig } from './udesk-config.ts';

type Values = ValuesOf<typeof schema>;
type QueueValues = ValuesOf<typeof queueSchema>;

export interface AsteriskConfig extends OrNone<Omit<Values['asterisk'], 'secret' | 'secretFile'>, 'caFile'> {
  readonly secret: Secret;
  /** What stands in `caFile`: certificates, each as PEM. */
  readonly authorities: readonly string[] | undefined;
}

export interface MovideskConfig
  extends Omit<Values['movidesk'], 'token' | 'tokenFile' | 'requestsPerMinute'> {
  readonly token: Secret;
  readonly requestsPerMinute: Allowance;
}

export interface QueueConfig extends OrNone<Omit<QueueValues, 'name'>, 'asteriskQueue'> {
  readonly name: QueueName;
}

export type AgentsConfig = OrNone<Values['agents'], 'dndDeviceState' | 'hintContext'>;
export type DialplanConfig = Values['dialplan'];
export type StoreConfig = Values['store'];
export interface HttpConfig extends Omit<Values['http'], 'token' | 'tokenFile'> {
  /** Nothing where nobody is asked for one. */
  readonly token: Secret | undefined;
}
export type LogConfig = Values['log'];

/** The whole configuration: valid, complete, frozen to the bottom. */
export interface Config {
  readonly asterisk: AsteriskConfig;
  readonly movidesk: MovideskConfig;
  readonly queues: readonly QueueConfig[];
  readonly agents: AgentsConfig;
  readonly dialplan: DialplanConfig;
  readonly failOpenAfterSeconds: number;
  readonly recordings: RecordingsConfig;
  /** Nothing where it is switched off. */
  readonly activeCall: ActiveCallConfig | undefined;
  readonly store: StoreConfig;
  readonly http: HttpConfig;
  readonly log: LogConfig;
  /** Nothing where it is switched off. */
  readonly udesk: UdeskConfig | undefined;
  /** Nothing where it is switched off. */
  readonly ccai: CcaiConfig | undefined;
}
