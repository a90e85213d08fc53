import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Caller } from '../../src/simulators/pbx/caller.ts';
import { forgedHangup } from '../daemon/stories/forged-hangup.ts';
import { Town } from '../daemon/town.ts';
import { ATTACKER, bytesOf, number, ownPacket, VICTIMS } from './ami/attacker.ts';
import { property } from './campaign.ts';

const FORGERIES = 240;

property(
  'whatever a caller writes into the stream, everybody else is served in their turn and ends as they do',
  {
    runs: 1,
    of: fc.record({
      packets: fc.array(ownPacket, { minLength: FORGERIES, maxLength: FORGERIES }),
      ownNumber: number,
    }),
    check: async ({ packets, ownNumber }) => {
      await using town = await Town.build({
        agents: ['1001', '1002', '1003', '1004'],
        requestsPerMinute: 6_000,
      });
      try {
        await busyTime(town, new Attack(town, packets), ownNumber);
      } catch (error) {
        if (error instanceof Error) error.message += `\n${town.tale}`;
        throw error;
      }
    },
  },
);

/** Two talk, two are in line, one is in an Asterisk queue; then the line moves on, and everybody ends in another way. */
async function busyTime(town: Town, attack: Attack, ownNumber: string): Promise<void> {
  for (const extension of ['1003', '1004']) town.phone(extension).dnd(true);
  const talker = await town.arrivesAndTalks();
  const fromQueue = await town.arrivesAndTalks({ via: 'asterisk-queue' });
  const [first, second, queued] = [town.arrives(), town.arrives(), town.arrives({ via: 'asterisk-queue' })];
  const intruder = town.arrives({ number: ownNumber });
  const everybody = [talker, fromQueue, first, second, queued];
  await town.until(() => [...everybody, intruder].every((caller) => town.visit(caller) !== undefined));

  await attack.wave(everybody);
  expect(everybody.map((caller) => town.visit(caller)?.phase)).toEqual([
    ...['talking', 'talking', 'waiting', 'waiting', 'waiting'],
  ]);

  town.phone('1003').dnd(false);
  // Each queue has its own line, and both may be given either agent: within a queue alone is there an order.
  const fronts = [first, queued];
  const talking = () => fronts.filter(({ place }) => place === 'talking');
  await Promise.all([attack.wave(everybody), town.until(() => talking().length === 1)]);
  const [next] = talking();
  second.hangUp();
  intruder.hangUp();
  await town.ended(second);
  town.phone('1004').dnd(false);
  await Promise.all([attack.wave(everybody), town.until(() => talking().length === 2)]);

  for (const caller of [talker, fromQueue, first, queued]) caller.hangUp();
  for (const caller of [...everybody, intruder]) await town.ended(caller);
  const told = (extension: string) => ['received', `transfered ${extension}`, 'completed'];
  const [firstAgent, queuedAgent] = next === first ? ['1003', '1004'] : ['1004', '1003'];
  expect(everybody.map((caller) => town.told(caller))).toEqual([
    ...[told('1001'), told('1002'), told(firstAgent), ['received', 'canceled'], told(queuedAgent)],
  ]);
  expect(town.visit(intruder)?.clientNumber).toMatch(/^([0-9+]+|anonymous)$/);
  const ids = new Set([...everybody, intruder].map(({ uniqueid }) => `town-${uniqueid}`));
  const strangers = town.movidesk.calls().filter(({ callId }) => !ids.has(callId));
  // Of a packet about their own channel the attacker may make what they like: one more call of their own.
  expect(strangers.filter(({ callId }) => !callId.startsWith(`town-${ATTACKER}`))).toEqual([]);
  expect(town.movidesk.violations()).toEqual([]);
  expect(town.pbx.stats.doubleOffers).toBe(0);
}

/** Forged packets, a third of them at each call, and among them a hangup of each victim as good as a forgery can be. */
class Attack {
  readonly #town: Town;
  readonly #packets: readonly (readonly string[])[];
  #sent = 0;

  constructor(town: Town, packets: readonly (readonly string[])[]) {
    this.#town = town;
    this.#packets = packets;
  }

  async wave(victims: readonly Caller[]): Promise<void> {
    const count = Math.ceil(this.#packets.length / 3);
    const packets = this.#packets.slice(this.#sent, this.#sent + count);
    this.#sent += count;
    for (const [index, packet] of packets.entries()) {
      this.#town.pbx.forge(aimed(bytesOf([packet]), victims));
      if (index % 10 === 0) await pause(5);
    }
    const open = victims.filter((victim) => this.#town.visit(victim)?.phase !== 'ended');
    const before = this.#refused;
    for (const victim of open) this.#town.pbx.forge(forgedHangup(victim));
    await this.#town.until(() => this.#refused >= before + open.length);
  }

  /** Hangups that the PBX was asked about, and knew nothing of. */
  get #refused(): number {
    return this.#town.log.lines.filter(({ message }) => message.startsWith('hangup refused')).length;
  }
}

/** The victims by the names that they have here. */
function aimed(text: string, victims: readonly Caller[]): string {
  return VICTIMS.reduce((left, name, index) => left.replaceAll(name, victims[index]?.uniqueid ?? name), text);
}
