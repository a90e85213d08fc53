import { isMadeBy } from './device-template.ts';
import type { Dialplan } from './dialplan-names.ts';
import type { TranslateOptions } from './translate.ts';

/** The names of the admin's own choosing, as they are configured. */
export interface ConfiguredNames {
  readonly queues: readonly { readonly name: string; readonly asteriskQueue?: string | undefined }[];
  /** `dndDeviceState` and `hintContext` are empty where nothing of the kind exists. */
  readonly agents: {
    readonly device: string;
    readonly dndDeviceState: string;
    readonly hintContext: string;
  };
  readonly dialplan: Dialplan;
}

export function translateOptionsOf({ queues, agents, dialplan }: ConfiguredNames): TranslateOptions {
  const isPhone = isMadeBy(agents.device);
  const isDnd = isMadeBy(agents.dndDeviceState);
  return {
    agentContext: dialplan.agentContext,
    asteriskQueues: new Set(queues.flatMap(({ asteriskQueue }) => asteriskQueue || [])),
    isOurDevice: (device) => isPhone(device) || isDnd(device),
  };
}
