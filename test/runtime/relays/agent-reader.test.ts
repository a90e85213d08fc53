import { expect, test } from 'vitest';
import type { ExtensionReading } from '../../../src/domain/extension/availability.ts';
import type { Extension } from '../../../src/domain/identity.ts';
import type { AgentRead } from '../../../src/runtime/input.ts';
import { AgentReader } from '../../../src/runtime/relays/agent-reader.ts';
import { extension } from '../../domain/builders.ts';
import { settled } from '../../fakes/manual-clock.ts';

const free: ExtensionReading = { device: 'NOT_INUSE', dnd: undefined, hint: undefined };
const agents = (count: number, changes = 0) =>
  Array.from({ length: count }, (_, index) => ({ extension: extension(String(1_001 + index)), changes }));

/** A PBX that answers one question when told to. */
function aReader() {
  const asked: Extension[] = [];
  const heard: AgentRead[] = [];
  const waiting: ((reading: ExtensionReading | undefined) => void)[] = [];
  const readExtension = (one: Extension) => {
    asked.push(one);
    return new Promise<ExtensionReading | undefined>((resolve) => waiting.push(resolve));
  };
  const answer = async (reading: ExtensionReading | undefined) => {
    waiting.shift()?.(reading);
    await settled();
  };
  const reader = new AgentReader({ pbx: { readExtension }, push: (input) => heard.push(input) });
  return { reader, asked, heard, waiting, answer };
}

test('agents are asked about one after the other', async () => {
  const { reader, asked, heard, waiting, answer } = aReader();
  reader.read(agents(3));
  for (const count of [1, 2, 3]) {
    expect([asked.length, waiting.length]).toEqual([count, 1]);
    await answer(free);
  }
  expect(heard.map(({ agent }) => agent)).toEqual(agents(3));
});

test('a PBX that is slower than the rounds is not asked about anybody twice at a time', async () => {
  const { reader, asked, waiting, answer } = aReader();
  for (let round = 0; round < 10; round += 1) reader.read(agents(3, round));
  expect([asked.length, waiting.length]).toEqual([1, 1]);
  for (let turn = 0; turn < 10; turn += 1) await answer(free);
  expect(asked).toEqual(['1001', '1002', '1003', '1001']);
});

test('what is known of changes when somebody is asked about last is what counts', async () => {
  const { reader, heard, answer } = aReader();
  reader.read(agents(2));
  reader.read(agents(2, 7));
  for (let turn = 0; turn < 3; turn += 1) await answer(free);
  expect(heard.map(({ agent }) => `${agent.extension} ${agent.changes}`)).toEqual([
    '1001 0',
    '1002 7',
    '1001 7',
  ]);
});

test('whoever cannot be asked about does not keep the others from it', async () => {
  const { reader, heard, answer } = aReader();
  reader.read(agents(3));
  await answer(free);
  await answer(undefined);
  await answer(free);
  expect(heard.map(({ agent }) => agent.extension)).toEqual(['1001', '1003']);
  reader.read(agents(1));
  await answer(free);
  expect(heard).toHaveLength(3);
});
