import { expect, test } from 'vitest';
import { SaidBefore } from '../../../src/runtime/relays/said-before.ts';
import { refused, unauthorized, unreachable } from '../../fakes/failures.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { RelayOffice, RelayStage } from './relay-stage.ts';

/** What the log says of relays where it is not asked for details. */
const said = ({ log }: RelayStage) =>
  log.lines
    .filter(({ level, message }) => level !== 'debug' && /relay/.test(message))
    .map(({ message }) => message);

/** Their phones change, one after the other. */
async function changes(stage: RelayStage, numbers: readonly string[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1)
    for (const number of numbers) {
      stage.shows(number, round % 2 === 0 ? 'INUSE' : 'NOT_INUSE');
      await stage.pass(2);
    }
}

test('an agent whom the far side does not know is complained of once, and once more the next day', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = refused;
  await changes(stage, ['1001'], 100);
  expect(said(stage)).toEqual(['a relay was refused']);
  await stage.pass(86_400);
  await changes(stage, ['1001'], 10);
  expect(said(stage)).toEqual(['a relay was refused', 'a relay was refused']);
});

test('another reason, and another agent, are complained of as well', async () => {
  const stage = await RelayStage.knowing('1001', '1002');
  stage.relay.failure = refused;
  await changes(stage, ['1001', '1002'], 3);
  expect(said(stage)).toHaveLength(2);
  stage.relay.failure = { ...refused, cause: 'another' };
  await changes(stage, ['1001', '1002'], 3);
  expect(said(stage)).toHaveLength(4);
});

test('who releases what was refused hears of it when it is refused again', async () => {
  await using office = await RelayOffice.knowing('1001');
  office.relay.failure = refused;
  office.does('1001', 'held', 'udesk-1');
  await office.pass(1);
  await office.byHand((parked) => parked.releaseAll());
  expect(said(office)).toEqual(['a relay was refused', 'parked relay is sent again', 'a relay was refused']);
});

test.each([unreachable, unauthorized])(
  'one agent who always fails ($kind) while others are told does not fill the log',
  async (failure) => {
    const stage = await RelayStage.knowing('1001', '1002', '1003');
    stage.relay.answers = async (relay) =>
      'extension' in relay && relay.extension === '1001'
        ? { ok: false, failure }
        : { ok: true, value: undefined };
    await changes(stage, ['1001', '1002', '1003'], 100);
    expect(said(stage)).toHaveLength(2);
    expect(said(stage)[1]).toBe('relayed again');
    stage.relay.answers = async () => ({ ok: true, value: undefined });
    await stage.pass(61);
    expect(said(stage).slice(2)).toEqual(['relayed again']);
  },
);

test('a far side that is down for all is complained of once each time', async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => String(1_001 + index));
  const stage = await RelayStage.knowing(...numbers);
  for (let time = 0; time < 3; time += 1) {
    stage.relay.failure = unreachable;
    await changes(stage, numbers, 3);
    stage.relay.failure = undefined;
    await stage.pass(120);
    await changes(stage, numbers, 2);
  }
  const FAILED = 'relay failed, it will be repeated';
  expect(said(stage).filter((message) => message === FAILED)).toHaveLength(3);
  // Somebody is told of again, and then whoever was the first that could not be.
  expect(said(stage).length).toBeLessThanOrEqual(9);
  expect(said(stage).at(-1)).toBe('relayed again');
});

test('what was said is remembered of so many lines, and of no more', () => {
  const before = new SaidBefore(new ManualClock());
  for (let line = 0; line < 5_001; line += 1) expect(before.isNews(`call ${line}`, 'no')).toBe(true);
  expect(before.isNews('call 5000', 'no')).toBe(false);
  expect(before.isNews('call 0', 'no')).toBe(true);
});

test('what is wrong over there, though nothing is to be told, is seen', async () => {
  const stage = await RelayStage.knowing('1001');
  expect(stage.bridge.readiness['udesk']).toEqual({ state: 'ready' });
  stage.relay.trouble = 'the list of seats cannot be read';
  expect(stage.bridge.readiness['udesk']).toEqual({
    state: 'degraded',
    why: 'the list of seats cannot be read',
  });
  stage.relay.failure = refused;
  stage.does('1001', 'held', 'udesk-1');
  await stage.pass(1);
  expect(stage.bridge.readiness['udesk']?.why).toBe(
    '1 refused: see outbox; the list of seats cannot be read',
  );
});
