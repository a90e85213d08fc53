import type { ExtensionReading } from '../../domain/extension/availability.ts';
import type { CallId, Extension, QueueName, Uniqueid } from '../../domain/identity.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type {
  AgentOffer,
  CallToHear,
  CallToMake,
  DiaryReading,
  Leave,
  Located,
  Moved,
  Originated,
  Pbx,
  PbxEvent,
  Snapshot,
} from '../../ports/pbx.ts';
import type { ActionHeaders } from './action-headers.ts';
import { channelStatus, extensionState, getVariable, isGone, redirect, setVariable } from './actions.ts';
import { headerOf, movedBy, NOT_LINKED } from './answers.ts';
import type { AmiConnection } from './connection.ts';
import { deviceOf, isMadeBy } from './device-template.ts';
import {
  AGENT_VARIABLE,
  ALIVE_VARIABLE,
  CALL_ID_VARIABLE,
  QUEUE_VARIABLE,
  RING_SECONDS_VARIABLE,
} from './dialplan-names.ts';
import { callIdsIn, diaryFrom, eraseNote, farewellFrom, LIST_DIARIES, listDiary, notesIn } from './diary.ts';
import { AmiLink } from './link.ts';
import { list } from './lists.ts';
import { originateCall, originatedBy, originateHearing, UNSENDABLE } from './originate.ts';
import { apartFromWire, type Packet, textOf } from './packet.ts';
import type { Answer } from './pending-actions.ts';
import { type PlaceNames, placeOf } from './place.ts';
import { SNAPSHOT_VARIABLES } from './snapshot.ts';
import { SnapshotReader } from './snapshot-reader.ts';
import { trustIn } from './tls-socket.ts';
import { type Translated, type TranslateOptions, translate } from './translate.ts';
import { type LinkedCallOptions, translateLinkedCall } from './translate-linked-call.ts';
import { type ConfiguredNames, translateOptionsOf } from './translate-options.ts';
import { ManagerWire, type OpenWire } from './wire.ts';
import { WireCounters } from './wire-counters.ts';

export interface AmiPbxOptions extends ConfiguredNames {
  readonly asterisk: {
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly secret: string | { reveal(): string };
    readonly tls?: boolean;
    /** Certificates (PEM) to trust over TLS; the system's own where none are given. */
    readonly authorities?: readonly string[] | undefined;
  };
  /**
   * The channel variable by which another system's name of a call is known. With it, what agents do to such calls is
   * told; it must stand in `channelvars`, and `eventfilter` must let Hold and Unhold through.
   */
  readonly linkedCallVariable?: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Another way to the PBX than the network's. */
  readonly openWire?: OpenWire;
}

/**
 * Asterisk over AMI.
 *
 *   unlinked ──connected, logged in, booted, snapshot read──▶ linked ──link lost──▶ unlinked …
 *
 * Events that come while the snapshot is read go out before it, and it tells what is true after them.
 */
export class AmiPbx implements Pbx {
  readonly #options: AmiPbxOptions;
  readonly #link: AmiLink;
  readonly #names: PlaceNames;
  readonly #translate: TranslateOptions;
  readonly #linkedCalls: LinkedCallOptions | undefined;
  readonly #snapshots: SnapshotReader;
  readonly #counters = new WireCounters();
  #listener: (event: PbxEvent) => void = () => {};
  #linked: AmiConnection | undefined;
  #pbxStartedAt = 0;

  constructor(options: AmiPbxOptions) {
    this.#options = options;
    const { asterisk, agents, dialplan, clock, random, log } = options;
    this.#translate = translateOptionsOf(options);
    this.#names = { dialplan, asteriskQueues: this.#translate.asteriskQueues };
    const variable = options.linkedCallVariable;
    const isPhone = isMadeBy(agents.device);
    this.#linkedCalls = variable === undefined ? undefined : { variable, isPhone };
    this.#snapshots = new SnapshotReader({
      names: this.#names,
      onShort: () => this.#onMalformed('channel not listed', 1),
    });
    this.#link = new AmiLink({
      clock,
      random,
      log,
      peer: asterisk,
      connection: {
        openWire: options.openWire ?? wireTo(asterisk),
        onEvent: (packet) => this.#onPacket(packet),
        onSkipped: (count) => this.#counters.countEvents(count),
        onRefused: (why, count) => this.#onMalformed(why, count),
      },
      settle: (connection, { uptimeSeconds }) => {
        this.#pbxStartedAt = clock.now() - uptimeSeconds * 1_000;
        return this.#snapshots.read(connection, this.#pbxStartedAt, (snapshot) => {
          this.#linked = connection;
          this.#listener({ kind: 'linked', snapshot: apartFromWire(snapshot) });
        });
      },
      onUnlinked: (why) => this.#onUnlinked(why),
    });
  }

  /** For the metrics: events seen, and packets that were not believed, by reason. */
  get counters(): Omit<WireCounters, 'countEvents' | 'countMalformed'> {
    return this.#counters;
  }

  get malformedCount(): number {
    return this.#counters.malformedCount;
  }

  /** Logged in, and the PBX has shown what there is. */
  get isLinked(): boolean {
    return this.#linked !== undefined;
  }

  start(listener: (event: PbxEvent) => void): void {
    this.#listener = listener;
    this.#link.start();
  }

  async close(): Promise<void> {
    this.#listener = () => {};
    this.#linked = undefined;
    await this.#link.close();
  }

  async readExtension(extension: Extension): Promise<ExtensionReading | undefined> {
    const { device, dndDeviceState, hintContext } = this.#options.agents;
    const [deviceAnswer, dndAnswer, hintAnswer] = await Promise.all([
      this.#ask(deviceState(deviceOf(device, extension))),
      dndDeviceState === '' ? undefined : this.#ask(deviceState(deviceOf(dndDeviceState, extension))),
      hintContext === '' ? undefined : this.#ask(extensionState(extension, hintContext)),
    ]);
    const answers = [deviceAnswer, dndAnswer, hintAnswer].filter((answer) => answer !== undefined);
    if (!this.#allSucceeded(answers)) return undefined;
    return {
      device: headerOf(deviceAnswer, 'value'),
      dnd: dndAnswer && headerOf(dndAnswer, 'value'),
      hint: hintAnswer && Number(headerOf(hintAnswer, 'status')),
    };
  }

  async sendToAgent({ uniqueid, callId, extension, ringMs }: AgentOffer): Promise<Moved> {
    const ringSeconds = String(Math.max(1, Math.ceil(ringMs / 1_000)));
    // The dialplan reads them once the caller is there, so all three must stand before the caller moves.
    const marks = await Promise.all([
      this.#ask(setVariable(CALL_ID_VARIABLE, callId, uniqueid)),
      this.#ask(setVariable(AGENT_VARIABLE, extension, uniqueid)),
      this.#ask(setVariable(RING_SECONDS_VARIABLE, ringSeconds, uniqueid)),
    ]);
    const failed = marks.find((answer) => answer.kind !== 'success');
    if (failed !== undefined) return movedBy(failed);
    return this.#move(redirect(uniqueid, this.#options.dialplan.agentContext, extension));
  }

  sendToHold(uniqueid: Uniqueid): Promise<Moved> {
    return this.#move(redirect(uniqueid, this.#options.dialplan.holdContext, 's'));
  }

  async sendAway({ uniqueid, callId, queue, reason }: Leave): Promise<Moved> {
    const { lostContext, fallbackContext } = this.#options.dialplan;
    if (callId !== undefined) {
      const mark = await this.#ask(setVariable(CALL_ID_VARIABLE, callId, uniqueid));
      if (mark.kind !== 'success') return movedBy(mark);
    }
    if (reason === 'unreachable') return this.#move(redirect(uniqueid, fallbackContext, queue));
    return this.#move(redirect(uniqueid, lostContext, reason));
  }

  mark(uniqueid: Uniqueid, queue: QueueName): Promise<Moved> {
    return this.#move(setVariable(QUEUE_VARIABLE, queue, uniqueid));
  }

  async locate(uniqueid: Uniqueid): Promise<Located> {
    if (this.#linked === undefined) return { kind: 'unknown', cause: NOT_LINKED.cause };
    const listed = await list(this.#linked, channelStatus(SNAPSHOT_VARIABLES, uniqueid));
    if (listed.kind === 'error') return isGone(listed.message) ? { kind: 'gone' } : unknown(listed.message);
    if (listed.kind === 'silent') return unknown(listed.cause);
    const status = listed.items.find((item) => textOf(item, 'uniqueid') === uniqueid);
    if (status === undefined) return unknown('the PBX answered without this channel');
    return { kind: 'here', place: placeOf(status, this.#names) };
  }

  makeCall(call: CallToMake): Promise<Originated> {
    return this.#originate(originateCall(call));
  }

  hearCall(call: CallToHear): Promise<Originated> {
    return this.#originate(originateHearing(call, deviceOf(this.#options.agents.device, call.agent)));
  }

  async survey(): Promise<Snapshot | undefined> {
    if (this.#linked === undefined) return undefined;
    let seen: Snapshot | undefined;
    try {
      await this.#snapshots.read(this.#linked, this.#pbxStartedAt, (snapshot) => {
        seen = apartFromWire(snapshot);
      });
    } catch {
      // Not listed this time; the next round asks again, and the ping sees to a link that answers nothing.
    }
    return seen;
  }

  async readDiary(callId: CallId): Promise<DiaryReading> {
    const notes = await this.#readNotes(callId);
    return notes === undefined
      ? { ok: false }
      : { ok: true, diary: diaryFrom(notes), farewell: farewellFrom(notes) };
  }

  async listDiaries(): Promise<readonly CallId[]> {
    return callIdsIn(headerOf(await this.#ask(LIST_DIARIES), 'value'));
  }

  async eraseDiary(callId: CallId): Promise<void> {
    const notes = await this.#readNotes(callId);
    await Promise.all((notes ?? []).map((note) => this.#ask(eraseNote(callId, note))));
  }

  async beat(): Promise<boolean> {
    // The PBX's own time: its clock and ours need not agree.
    const epoch = headerOf(await this.#ask(getVariable('EPOCH')), 'value');
    if (!/^[0-9]+$/.test(epoch)) return false;
    return (await this.#ask(setVariable(ALIVE_VARIABLE, epoch))).kind === 'success';
  }

  /** Nothing where the PBX did not say. */
  async #readNotes(callId: CallId): Promise<readonly string[] | undefined> {
    const action = listDiary(callId);
    if (action === undefined) return [];
    const answer = await this.#ask(action);
    return answer.kind === 'success' ? notesIn(headerOf(answer, 'value')) : undefined;
  }

  async #ask(headers: ActionHeaders): Promise<Answer> {
    return this.#linked === undefined ? NOT_LINKED : this.#linked.ask(headers);
  }

  async #move(headers: ActionHeaders): Promise<Moved> {
    return movedBy(await this.#ask(headers));
  }

  async #originate(headers: ActionHeaders | undefined): Promise<Originated> {
    return headers === undefined ? UNSENDABLE : originatedBy(await this.#ask(headers));
  }

  #allSucceeded(answers: readonly Answer[]): boolean {
    const failed = answers.find((answer) => answer.kind !== 'success');
    if (failed?.kind === 'error') {
      this.#options.log.warn({ cause: failed.message }, 'the PBX does not tell the state of an extension');
    }
    return failed === undefined;
  }

  /** A transfer may tell two things: of a caller of ours, and of a call of another system's. */
  #onPacket(packet: Packet): void {
    this.#counters.countEvents(1);
    const translated = translate(packet, this.#translate);
    this.#onTranslated(translated);
    if (this.#linkedCalls === undefined || translated.kind === 'malformed') return;
    this.#onTranslated(translateLinkedCall(packet, this.#linkedCalls));
  }

  #onTranslated(translated: Translated): void {
    if (translated.kind === 'ignored') return;
    if (translated.kind === 'malformed') {
      this.#onMalformed(translated.why, 1);
      return;
    }
    const event = apartFromWire(translated.event);
    this.#snapshots.note(event);
    this.#listener(event);
  }

  #onMalformed(why: string, count: number): void {
    if (!this.#counters.countMalformed(why, count)) return;
    const total = this.#counters.malformedByReason.get(why);
    this.#options.log.warn(
      { code: 'AMI_MALFORMED', why, total },
      'the PBX sent a packet that Asterisk would not make; somebody may be writing into the stream',
    );
  }

  #onUnlinked(why: string): void {
    this.#linked = undefined;
    this.#listener({ kind: 'unlinked', why });
  }
}

function wireTo(asterisk: AmiPbxOptions['asterisk']): OpenWire {
  const { host, port, username, secret, tls = false, authorities } = asterisk;
  const revealed = typeof secret === 'string' ? secret : secret.reveal();
  const trust = tls ? trustIn(authorities) : undefined;
  return (events) => new ManagerWire({ host, port, username, secret: revealed, trust }, events);
}

const deviceState = (device: string) => getVariable(`DEVICE_STATE(${device})`);
const unknown = (cause: string): Located => ({ kind: 'unknown', cause });
