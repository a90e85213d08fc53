import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ReplayRequest, replayRecording } from '../src/replay.ts';
import type { ReplayLine } from '../src/replay-line.ts';
import { configOf, fileWith, load } from './config/config-builder.ts';
import { extension } from './domain/builders.ts';

const FOLDER = new URL('./transcripts/', import.meta.url);
const recordings = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));

// The names of the lab in which they were recorded: no queue of ours may be called `1`.
const CONFIG = configOf(
  load({
    yaml: fileWith({
      queues: [
        { name: 'sales', movideskQueueId: 1 },
        { name: 'support', movideskQueueId: 2, asteriskQueue: 'support' },
      ],
    }),
  }),
);

const recorded = (name: string): string =>
  readFileSync(new URL(name, FOLDER), 'utf8').replaceAll('\r\nQueue: 1\r\n', '\r\nQueue: sales\r\n');

async function replayed(text: string, more: Partial<ReplayRequest> = {}) {
  const lines: ReplayLine[] = [];
  const timings: string[] = [];
  const result = await replayRecording({
    config: CONFIG,
    recording: Buffer.from(text),
    received: [],
    always: undefined,
    tell: (line) => lines.push(line),
    isUnwanted: () => false,
    onRead: () => {},
    onTiming: (timing) => timings.push(timing),
    ...more,
  });
  return { lines, timing: timings[0], result };
}

const toldIn = (lines: readonly ReplayLine[]): readonly string[] =>
  lines.flatMap((line) => (line.kind === 'movidesk' ? `${line.report.kind} ${line.report.callId}` : []));

const sentIn = (lines: readonly ReplayLine[]): readonly string[] =>
  lines.flatMap((line) =>
    line.kind === 'pbx' && line.deed.did === 'send to agent'
      ? `${line.deed.uniqueid} to ${line.deed.facts['extension']}`
      : [],
  );

test.each(recordings)('of %s Movidesk would hear what the daemon would have told it', async (name) => {
  const golden = readFileSync(new URL(name.replace(/\.ami$/, '.calls.txt'), FOLDER), 'utf8');
  const expected = [...golden.matchAll(/^Movidesk: (.*)$/gm)].map(([, told]) => told);
  const { lines, result } = await replayed(recorded(name));
  expect([...toldIn(lines)].sort()).toEqual(expected.sort());
  expect(result?.undelivered).toBe(0);
});

test('a caller is sent to those to whom the recording shows that they were sent, in that order', async () => {
  const { lines } = await replayed(recorded('50-whole-flow.ami'));
  expect(sentIn(lines)).toEqual(['1795362589.2699 to 1001', '1795362589.2699 to 1002']);
});

test('where Movidesk is taken to name one agent for all, callers wait for that one', async () => {
  const { lines } = await replayed(recorded('50-whole-flow.ami'), { always: extension('1007') });
  expect(new Set(sentIn(lines).map((sent) => sent.split(' to ')[1]))).toEqual(new Set(['1007']));
});

/** With `timestampevents=yes`, an event each 250 ms. */
function stamped(text: string): string {
  let events = 0;
  return text.replaceAll(/^Event: .*\r\n/gm, (line) => {
    events += 1;
    return `${line}Timestamp: ${(1_795_362_589_000 + events * 250) / 1_000}.000000\r\n`.replace(
      /\.(\d+)\.0+/,
      '.$1',
    );
  });
}

test('a recording that is stamped tells when it was', async () => {
  const { lines, timing } = await replayed(stamped(recorded('01a-happy-userevent.ami')));
  expect(timing).toBe('stamped');
  const times = lines.map(({ at }) => at);
  expect(new Date(times[0] ?? 0).getUTCFullYear()).toBe(2026);
  expect(times).toEqual([...times].sort((left, right) => left - right));
  expect(toldIn(lines)).toHaveLength(2);
});

test('a list of what was received when gives each packet its time, and what lies between them happens', async () => {
  const text = recorded('02a-abandon-userevent.ami');
  const entry = text.indexOf('UserEvent: MovideskCall');
  const received = [
    { offset: 0, atMs: 0 },
    { offset: text.lastIndexOf('\r\n\r\n', entry) + 4, atMs: 5_000 },
    { offset: text.indexOf('\r\n\r\n', entry) + 4, atMs: 65_000 },
  ];
  const { lines, timing } = await replayed(text, { received });
  expect(timing).toBe('listed');
  const decisions = lines.flatMap((line) =>
    line.kind === 'decision' ? [{ ...line.line, at: line.at }] : [],
  );
  expect(decisions[0]).toMatchObject({ at: 5_000, to: 'waiting' });
  expect(decisions.at(-1)).toMatchObject({ at: 65_000, to: 'ended' });
  // A minute on hold: Movidesk is asked again and again.
  const askedAgain = lines.filter((line) => line.kind === 'ignored' && line.input === 'asked');
  expect(askedAgain.length).toBeGreaterThan(2);
});

test.each([
  ['some seconds', 5_000],
  ['a minute', 60_000],
])('a caller who was moved after %s is moved just then', async (_what, movedAt) => {
  const text = recorded('01a-happy-userevent.ami');
  const ringing = text.indexOf('\r\nEvent: DialBegin');
  const received = [
    { offset: 0, atMs: 0 },
    { offset: ringing + 2, atMs: movedAt },
  ];
  const { lines } = await replayed(text, { received });
  const moved = lines.find(({ kind }) => kind === 'pbx');
  expect(movedAt - (moved?.at ?? 0)).toBeGreaterThanOrEqual(0);
  expect(movedAt - (moved?.at ?? 0)).toBeLessThan(500);
});

test('what Asterisk would not write is refused, and told with its packet', async () => {
  const { lines, result } = await replayed(recorded('20b-callerid-injection.strict.ami'));
  expect(lines.filter(({ kind }) => kind === 'refused')).toMatchObject([
    { packet: 4, why: 'channel missing' },
    { packet: 5, why: 'queue repeated' },
  ]);
  expect(result?.counts).toEqual({ packets: 11, answers: 1, read: 2, others: 6, refused: 2, unknown: 0 });
});

test('a recording that was cut off in the middle of a packet is read up to there', async () => {
  const text = recorded('01a-happy-userevent.ami');
  const { result } = await replayed(text.slice(0, text.lastIndexOf('\r\n\r\n') - 1));
  const whole = (await replayed(text)).result;
  expect(result?.counts.packets).toBe((whole?.counts.packets ?? 0) - 1);
});

test.each([
  ['nothing', ''],
  ['a web page', 'HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<p>\r\n\r\n</p>\r\n\r\n'],
  ['a line without an end', 'x'.repeat(200_000)],
])('%s is no recording', async (_what, text) => {
  expect((await replayed(text)).result).toBeUndefined();
});

test('whoever has seen enough ends it, and is told after which packet', async () => {
  let events = 0;
  const { lines, result } = await replayed(recorded('50-whole-flow.ami'), {
    isUnwanted: () => {
      events += 1;
      return events > 3;
    },
  });
  const heard = lines.filter(({ kind }) => kind === 'heard');
  expect(heard).toHaveLength(3);
  expect(result?.stoppedAt).toBe(heard.at(-1)?.packet);
  expect((await replayed(recorded('50-whole-flow.ami'))).result?.stoppedAt).toBeUndefined();
});

test('whoever waits for a long recording to be read sees it get on, and can end it there', async () => {
  const long = recorded('50-whole-flow.ami').repeat(100);
  const read: number[] = [];
  const onRead = (packets: number) => void read.push(packets);
  const { result } = await replayed(long, { onRead });
  expect(read).toEqual([1_000, 2_000, 3_000, 4_000]);
  const isUnwanted = () => read.length === 6;
  expect((await replayed(long, { onRead, isUnwanted })).result?.counts.packets).toBe(3_000);
  expect(result?.counts.packets).toBe(4_100);
});
