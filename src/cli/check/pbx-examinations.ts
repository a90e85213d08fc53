import type { ExtensionFacts } from '../../adapters/asterisk/extension-facts.ts';
import { type Entrance, PbxInspector } from '../../adapters/asterisk/pbx-inspector.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import type { Config } from '../../config/config.ts';
import type { Extension } from '../../domain/identity.ts';
import { asteriskQueueFindings } from './asterisk-queue.ts';
import { clockFinding } from './clocks.ts';
import { dialplanFindings, shippedFallback } from './dialplan.ts';
import type { Examination } from './examination.ts';
import { extensionFindings, NO_EXTENSION } from './extensions.ts';
import { type Finding, fail, skipped } from './finding.ts';
import { heartbeatFinding } from './heartbeat.ts';
import { madeCallFindings } from './made-calls.ts';
import { managerUserFindings } from './manager-user.ts';
import { entranceFindings } from './pbx-entrance.ts';
import { versionFinding } from './pbx-version.ts';
import { timeZoneFindings } from './time-zone.ts';

/** What was found before, and is told only when it is asked for. */
export interface PbxContext {
  readonly isStoreInUse: () => boolean | undefined;
  readonly extensions: () => readonly Extension[];
}

// Connecting and logging in may take 5 s each, the word that it is up 3.
const ENTRANCE_DEADLINE_MS = 15_000;
// A PBX answers in milliseconds; one question that stays without an answer is given up after 5 s.
const READING_DEADLINE_MS = 20_000;

type Look = (pbx: PbxInspector) => Promise<readonly Finding[]>;

/** The PBX, seen with the rights of the daemon. Whoever runs them closes the link afterwards. */
export class PbxExaminations {
  readonly all: readonly Examination[];
  readonly #config: Config;
  readonly #context: PbxContext;
  readonly #pbx: PbxInspector;
  #entrance: Entrance | undefined;

  constructor(config: Config, context: PbxContext) {
    this.#config = config;
    this.#context = context;
    this.#pbx = new PbxInspector({ asterisk: config.asterisk, clock: systemClock });
    this.all = [
      { area: 'pbx', what: 'the login', deadlineMs: ENTRANCE_DEADLINE_MS, examine: () => this.#enter() },
      this.#look('pbx', 'rights of the manager user', (pbx) => this.#readUser(pbx)),
      this.#look('pbx', 'clock and heartbeat', (pbx) => this.#readTime(pbx)),
      this.#look('dialplan', 'contexts', (pbx) => this.#readDialplan(pbx)),
      ...config.queues.flatMap(({ asteriskQueue, maxWaitSeconds }) =>
        asteriskQueue === undefined
          ? []
          : this.#look('queues', `queue ${asteriskQueue}`, async (pbx) =>
              asteriskQueueFindings({ asteriskQueue, maxWaitSeconds }, await pbx.readQueue(asteriskQueue)),
            ),
      ),
      this.#look('agents', NO_EXTENSION.name, (pbx) => this.#readExtensions(pbx)),
    ];
  }

  close(): void {
    this.#pbx.close();
  }

  #look(area: string, what: string, look: Look): Examination {
    const examine = async () =>
      this.#entrance?.kind === 'in' ? look(this.#pbx) : [skipped(what, 'the PBX did not let us in')];
    return { area, what, deadlineMs: READING_DEADLINE_MS, examine };
  }

  async #enter(): Promise<readonly Finding[]> {
    this.#entrance = await this.#pbx.open();
    return entranceFindings(this.#config.asterisk, this.#entrance);
  }

  async #readUser(pbx: PbxInspector): Promise<readonly Finding[]> {
    const { agents, asterisk, queues, udesk } = this.#config;
    const version = await pbx.readVersion();
    const facts = await pbx.readManagerUser();
    return [
      versionFinding(version),
      ...managerUserFindings(facts, {
        username: asterisk.username,
        version,
        hasAsteriskQueues: queues.some(({ asteriskQueue }) => asteriskQueue !== undefined),
        hasHints: agents.hintContext !== undefined,
        makesCalls: this.#config.activeCall !== undefined,
        linkedCallVariable: udesk?.callIdVariable,
        devices: [agents.device, agents.dndDeviceState ?? ''].filter((device) => device !== ''),
      }),
    ];
  }

  async #readTime(pbx: PbxInspector): Promise<readonly Finding[]> {
    const askedAt = systemClock.now();
    const time = await pbx.readTime();
    const now = systemClock.now();
    const { movidesk, ccai } = this.#config;
    const openingZones = new Set(ccai?.openingHours.map(({ hours }) => hours.timeZone));
    const zone = timeZoneFindings({ ...movidesk, openingZones }, time, now);
    if (time === undefined) return [fail('clock', 'the PBX does not tell the time', GETVAR), ...zone];
    // It tells whole seconds: half of one more on average.
    const aheadMs = askedAt - (time.epochSeconds * 1_000 + 500);
    return [
      clockFinding('clock', 'the PBX', aheadMs),
      ...zone,
      await heartbeatFinding(time, {
        readTime: () => pbx.readTime(),
        isStoreInUse: this.#context.isStoreInUse,
        clock: systemClock,
      }),
    ];
  }

  async #readDialplan(pbx: PbxInspector): Promise<readonly Finding[]> {
    const { dialplan, queues } = this.#config;
    const { fallbackContext } = dialplan;
    const findings = await dialplanFindings(this.#config, (context, exten) =>
      pbx.isInDialplan(context, exten),
    );
    const names = queues.map(({ name }) => name);
    const unserved = await pbx.queuesWithShippedFallback(fallbackContext, names);
    const toWorld = await madeCallFindings(this.#config, pbx);
    return [
      ...findings,
      ...toWorld,
      ...(unserved.length > 0 ? [shippedFallback(fallbackContext, unserved)] : []),
    ];
  }

  async #readExtensions(pbx: PbxInspector): Promise<readonly Finding[]> {
    const extensions = this.#context.extensions();
    if (extensions.length === 0) return [NO_EXTENSION];
    const { device, dndDeviceState = '', hintContext = '' } = this.#config.agents;
    const read = await Promise.all(
      extensions.map((extension) => pbx.readExtension(extension, { device, dndDeviceState, hintContext })),
    );
    const facts: readonly ExtensionFacts[] = read.filter((one) => one !== undefined);
    if (facts.length === 0) return [fail(NO_EXTENSION.name, 'the PBX does not tell their state', GETVAR)];
    return extensionFindings(facts, this.#config.agents);
  }
}

const GETVAR = 'give the manager user write = call, with which it may ask for variables; then manager reload';
