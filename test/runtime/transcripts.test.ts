import { expect, test } from 'vitest';
import { translate } from '../../src/adapters/asterisk/translate.ts';
import { type Deed, RecordedPbx } from '../../src/adapters/recording/recorded-pbx.ts';
import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { queueNameFrom, type Uniqueid } from '../../src/domain/identity.ts';
import { success } from '../../src/ports/failure.ts';
import type { AskAnswer, HelpDesk } from '../../src/ports/help-desk.ts';
import type { PbxEvent } from '../../src/ports/pbx.ts';
import type { Step } from '../../src/ports/store.ts';
import { Bridge } from '../../src/runtime/bridge.ts';
import { FOLDER, OPTIONS, packetsOf, recordings } from '../adapters/asterisk/recordings.ts';
import { someRules } from '../domain/builders.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';

// Longer than the pace of blind polls, so that the help desk is asked between any two recorded events, and shorter than any
// silence that means something.
const BETWEEN_EVENTS_MS = 1_200;

/**
 * Recorded sessions through parser, translation and core: what was decided, told and done is the golden file. The help
 * desk is one that knows the recording: it names the extension that rings next, and closes for those who leave a message.
 */
test.each(recordings)('what is decided about %s has not changed', async (recording) => {
  const events = (await packetsOf(recording)).flatMap((packet) => {
    const translated = translate(packet, OPTIONS);
    return translated.kind === 'event' ? [translated.event] : [];
  });
  const lines = await replay(events);
  const golden = new URL(recording.replace(/\.ami$/, '.calls.txt'), FOLDER);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(golden.pathname);
});

async function replay(events: readonly PbxEvent[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const clock = new ManualClock();
  const pbx = new RecordedPbx(SETTINGS.devices, (deed) => lines.push(`PBX: ${inWords(deed)}`));
  const ahead = [...events];
  const store = new TellingStore(clock, lines);
  const helpDesk = prescient(ahead, lines);
  const log = new MemoryLog();
  const bridge = await Bridge.open({ settings: SETTINGS, pbx, helpDesk, store, clock, log, random: () => 0 });
  const running = bridge.run();
  pbx.start(bridge.hear);
  await clock.pass(1);
  for (let event = ahead.shift(); event !== undefined; event = ahead.shift()) {
    pbx.say(event);
    await clock.pass(BETWEEN_EVENTS_MS);
  }
  await bridge.stop(0);
  await running;
  return lines;
}

function inWords({ did, uniqueid, facts }: Deed): string {
  switch (did) {
    case 'send to agent':
      return `send ${uniqueid} to ${facts['extension']}`;
    case 'send to hold':
      return `send ${uniqueid} to hold`;
    case 'send away':
      return `send ${uniqueid} away, ${facts['reason']}`;
    case 'mark as ours':
      return `mark ${uniqueid}`;
  }
}

/** Writes down each transition as it is kept. */
class TellingStore extends SqliteStore {
  readonly #lines: string[];

  constructor(clock: ManualClock, lines: string[]) {
    super(':memory:', clock);
    this.#lines = lines;
  }

  override async commit(step: Step): Promise<void> {
    await super.commit(step);
    for (const { callId, from, to, input, facts } of step.timeline) {
      const ending = facts['ending'] === undefined ? '' : `: ${facts['ending']}`;
      this.#lines.push(`${callId} ${from} → ${to} on ${input}${ending}`);
    }
  }
}

function prescient(ahead: readonly PbxEvent[], lines: string[]): HelpDesk {
  const next = (uniqueid: Uniqueid): AskAnswer => {
    const mine = ahead.filter((event) => 'uniqueid' in event && event.uniqueid === uniqueid);
    const first = mine.find(({ kind }) => kind === 'ringing' || kind === 'message-left');
    if (first?.kind === 'message-left') return { kind: 'closed' };
    if (first?.kind !== 'ringing' || first.extension === undefined) return { kind: 'all-busy' };
    return { kind: 'extension', extension: first.extension };
  };
  return {
    ask: async ({ callId }) => success(next(callId.replace(/^pbx1-/, '') as Uniqueid)),
    report: async (report) => {
      lines.push(`Movidesk: ${report.kind} ${report.callId}`);
      return success(undefined);
    },
    close: async () => {},
  };
}

const SETTINGS = {
  pbxName: 'pbx1',
  anonymousNumber: 'anonymous',
  requestsPerMinute: 600,
  failOpenAfterMs: 60_000,
  devices: { phone: (extension: string) => `PJSIP/${extension}`, dnd: () => undefined },
  queues: [
    { name: queueNameFrom('1'), asteriskQueue: undefined, rules: someRules() },
    { name: queueNameFrom('support'), asteriskQueue: 'support', rules: someRules() },
  ],
};
