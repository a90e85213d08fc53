import { expect, test } from 'vitest';
import { callRecords } from '../../../src/adapters/sqlite/call-records.ts';
import { ENDED_WITH_LINK } from '../../../src/adapters/sqlite/store-reader.ts';
import type { EndedCall } from '../../../src/domain/call/call.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import { aCall, extension, MORNING } from '../../domain/builders.ts';
import { aLine, anEntry, aStep, StoreFile } from './steps.ts';

const talk = (id: string, endedAt = MORNING): EndedCall => ({
  ...aCall().withId(id).ended('completed'),
  endedAt,
  recorded: { file: `${id}.wav`, extension: extension('1001') },
});
/** What is written when it becomes known that this call is over. */
const known = ({ callId }: Pick<EndedCall, 'callId'>, at: number) =>
  ({ ...aLine(), callId, at, from: 'talking', to: 'ended' }) as const;
const told = (id: string, seq: number, kind: 'completed' | 'repaired-link', link: string) => {
  const { callId } = aCall().withId(id).waiting();
  const report: Report = kind === 'completed' ? { kind, callId, link, at: MORNING } : { kind, callId, link };
  return { ...anEntry(seq), report };
};

test('calls that ended within a span are found with the link that was told last, and those without a recording are not', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const ended = ['early', 'first', 'last', 'late'].map((id, at) => talk(id, MORNING + at));
  const gone = { ...aCall().withId('gone').ended('canceled'), endedAt: MORNING + 1 };
  const entries = [
    told('first', 1, 'completed', 'https://pbx/first.wav'),
    told('first', 2, 'repaired-link', 'https://pbx/first.mp3'),
  ];
  const timeline = [...ended, gone].map((call) => known(call, call.endedAt));
  await store.commit(aStep({ calls: [...ended, gone, aCall().withId('open').waiting()], timeline, entries }));
  const found = await callRecords(file.path).endedWithin([{ from: MORNING, until: MORNING + 2 }]);
  expect(found).toEqual([
    { call: ended[1], toldLink: 'https://pbx/first.mp3' },
    { call: ended[2], toldLink: undefined },
  ]);
});

test('what counts is when the end became known, however long after it that was', async () => {
  await using file = new StoreFile();
  const learned = talk('a', MORNING - 100_000_000);
  const timeline = [
    { ...aLine('a'), at: MORNING - 200_000_000 },
    known(learned, MORNING),
    { ...aLine('open'), at: MORNING },
  ];
  await file
    .open()
    .commit(aStep({ calls: [learned, talk('b', MORNING), aCall().withId('open').waiting()], timeline }));
  const found = (from: number, until: number) => callRecords(file.path).endedWithin([{ from, until }]);
  expect(await found(MORNING - 1, MORNING)).toMatchObject([{ call: { callId: 'a' } }]);
  expect(await found(0, MORNING - 1)).toEqual([]);
});

test('a look goes by an index: a month of calls has a million lines', async () => {
  await using file = new StoreFile();
  await file.close(file.open());
  file.write((database) => {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${ENDED_WITH_LINK}`).all(1, 2);
    const steps = plan.map(({ detail }) => String(detail));
    expect(steps[0]).toBe('SEARCH timeline USING INDEX timeline_of_endings (at>? AND at<?)');
    expect(steps.filter((step) => step.startsWith('SCAN') || step.includes('TEMP B-TREE'))).toEqual([]);
  });
});

test('a call that cannot be read is left out', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [talk('a'), talk('b')];
  await store.commit(aStep({ calls, timeline: calls.map((call) => known(call, MORNING)) }));
  file.write((database) => database.exec(`UPDATE calls SET body = 'x' WHERE call_id = 'a'`));
  const found = await callRecords(file.path).endedWithin([{ from: 0, until: MORNING }]);
  expect(found.map(({ call }) => call.callId)).toEqual(['b']);
});

test('a report that cannot be read hides no other call, and no other report of its own', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const entries = [
    told('a', 1, 'completed', 'https://pbx/a.wav'),
    told('a', 2, 'repaired-link', 'https://pbx/a.mp3'),
  ];
  await store.commit(aStep({ calls: [talk('a')], timeline: [known(talk('a'), MORNING)], entries }));
  file.write((database) => database.exec(`UPDATE outbox SET report = 'x' WHERE seq = 2`));
  const found = await callRecords(file.path).endedWithin([{ from: 0, until: MORNING }]);
  expect(found).toMatchObject([{ toldLink: 'https://pbx/a.wav' }]);
});
