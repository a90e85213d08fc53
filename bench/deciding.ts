import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AmiPbx } from '../src/adapters/asterisk/ami-pbx.ts';
import { SqliteStore } from '../src/adapters/sqlite/sqlite-store.ts';
import { systemClock as clock } from '../src/adapters/system/system-clock.ts';
import { systemRandom as random } from '../src/adapters/system/system-random.ts';
import { queueNameFrom } from '../src/domain/identity.ts';
import { success } from '../src/ports/failure.ts';
import type { HelpDesk } from '../src/ports/help-desk.ts';
import type { Step } from '../src/ports/store.ts';
import { Bridge } from '../src/runtime/bridge.ts';
import { AMI_OPTIONS } from './ami-options.ts';

/** The real adapter, loop and store (a file, synchronous=FULL); only the help desk answers at once, and always the same. */
export async function deciding(port: number, onEnding: () => void): Promise<{ close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'asterisk-movidesk-bench-'));
  const store = new WatchedStore(join(folder, 'bench.db'), onEnding);
  const asterisk = { host: '127.0.0.1', port, username: 'bench', secret: 'bench' };
  const pbx = new AmiPbx({ ...AMI_OPTIONS, asterisk, clock, random });
  const { log } = AMI_OPTIONS;
  const bridge = await Bridge.open({
    settings: SETTINGS,
    pbx,
    helpDesk: HELP_DESK,
    store,
    clock,
    random,
    log,
  });
  const running = bridge.run();
  const linked = Promise.withResolvers<void>();
  pbx.start((event) => {
    bridge.hear(event);
    if (event.kind === 'linked') linked.resolve();
  });
  await linked.promise;
  return {
    close: async () => {
      await bridge.stop(0);
      await running;
      await pbx.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Tells of every call whose ending is on the disk. */
class WatchedStore extends SqliteStore {
  readonly #onEnding: () => void;

  constructor(path: string, onEnding: () => void) {
    super(path, clock);
    this.#onEnding = onEnding;
  }

  override async commit(step: Step): Promise<void> {
    await super.commit(step);
    for (const call of step.calls) if (call.phase === 'ended') this.#onEnding();
  }
}

const HELP_DESK: HelpDesk = {
  ask: async () => success({ kind: 'all-busy' }),
  report: async () => success(undefined),
  close: async () => {},
};

const SETTINGS = {
  pbxName: 'bench',
  anonymousNumber: 'anonymous',
  requestsPerMinute: 6_000,
  failOpenAfterMs: 60_000,
  devices: { phone: (extension: string) => `PJSIP/${extension}`, dnd: () => undefined },
  queues: [
    {
      name: queueNameFrom('1'),
      asteriskQueue: undefined,
      rules: {
        helpDeskQueueId: 1,
        maxWaitMs: 600_000,
        ringMs: 20_000,
        recordingLink: () => undefined,
        reportUnheard: true,
      },
    },
  ],
} as const;
