import type { Allowance } from '../domain/budget/allowance.ts';
import { queueNameFrom } from '../domain/identity.ts';
import { activeCallConfig } from './active-call-config.ts';
import { ccaiConfig } from './ccai-config.ts';
import type { CcaiParts } from './ccai-parts.ts';
import type { Config, QueueConfig } from './config.ts';
import { orNone } from './or-none.ts';
import type { QueueValues } from './queue-list.ts';
import { recordingsConfig } from './recordings-config.ts';
import type { schema } from './schema.ts';
import type { SeatValues } from './seat-list.ts';
import { Secret } from './secret.ts';
import type { ValuesOf } from './setting.ts';
import { udeskConfig } from './udesk-config.ts';

/** What was read of keys that hold more than one value. */
export interface ReadParts {
  readonly queues: readonly QueueValues[];
  readonly requestsPerMinute: Allowance;
  readonly authorities: readonly string[] | undefined;
  readonly seats: readonly SeatValues[];
  readonly ccai: CcaiParts;
}

/** Valid values in the shape that the daemon's parts are given. */
export function assemble(values: ValuesOf<typeof schema>, parts: ReadParts): Config {
  const { queues, requestsPerMinute, authorities, seats, ccai } = parts;
  const { secret, secretFile: _secretFile, ...asterisk } = values.asterisk;
  const { token, tokenFile: _tokenFile, ...movidesk } = values.movidesk;
  const { token: httpToken, tokenFile: _httpTokenFile, ...http } = values.http;
  return deeplyFrozen({
    ...values,
    asterisk: { ...asterisk, caFile: orNone(asterisk.caFile), authorities, secret: new Secret(secret) },
    // Operations are appended with a slash of their own.
    movidesk: {
      ...movidesk,
      baseUrl: movidesk.baseUrl.replace(/\/+$/, ''),
      token: new Secret(token),
      requestsPerMinute,
    },
    queues: queues.map(queueConfig),
    agents: {
      device: values.agents.device,
      dndDeviceState: orNone(values.agents.dndDeviceState),
      hintContext: orNone(values.agents.hintContext),
    },
    http: { ...http, token: httpToken === '' ? undefined : new Secret(httpToken) },
    recordings: recordingsConfig(values.recordings),
    activeCall: activeCallConfig(values.activeCall),
    udesk: udeskConfig(values.udesk, seats),
    ccai: ccaiConfig(values.ccai, ccai),
  });
}

const queueConfig = (queue: QueueValues): QueueConfig => ({
  ...queue,
  name: queueNameFrom(queue.name),
  asteriskQueue: orNone(queue.asteriskQueue),
});

function deeplyFrozen<Value extends object>(value: Value): Value {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) deeplyFrozen(inner);
  }
  return Object.freeze(value);
}
