import { deviceOf } from './adapters/asterisk/device-template.ts';
import type { Config } from './config/config.ts';
import { recordingLinkOf } from './recordings-link.ts';
import type { BridgeSettings, CallBackSettings } from './runtime/settings.ts';

/** The configuration in the units of the runtime: milliseconds, and names worked out. */
export function bridgeSettings(config: Config, callBacks?: CallBackSettings): BridgeSettings {
  const { asterisk, movidesk, agents, recordings } = config;
  const { dndDeviceState } = agents;
  const recordingLink = recordingLinkOf(recordings);
  return {
    pbxName: asterisk.name,
    anonymousNumber: movidesk.anonymousNumber,
    requestsPerMinute: movidesk.requestsPerMinute,
    failOpenAfterMs: config.failOpenAfterSeconds * 1_000,
    madeCallLink: recordingLink,
    callBacks,
    devices: {
      phone: (extension) => deviceOf(agents.device, extension),
      dnd: (extension) => (dndDeviceState === undefined ? undefined : deviceOf(dndDeviceState, extension)),
    },
    queues: config.queues.map((queue) => ({
      name: queue.name,
      asteriskQueue: queue.asteriskQueue,
      rules: {
        helpDeskQueueId: queue.movideskQueueId,
        maxWaitMs: queue.maxWaitSeconds * 1_000,
        ringMs: queue.ringSeconds * 1_000,
        recordingLink,
        reportUnheard: movidesk.reportUnheard,
      },
    })),
  };
}
