import { WebSocket } from 'ws';
import { textAt } from '../../kit/json.ts';
import { type Fault, isHeard } from '../faults.ts';
import { REFUSALS, Refusal } from '../refusal.ts';
import type { RequestEntry } from '../request-entry.ts';
import { Acknowledgements } from './acknowledgements.ts';
import type { AgentEvent } from './agent-event.ts';
import { type Message, type ReadMessage, readMessage } from './message.ts';
import { type AtSeat, hear } from './methods.ts';

export interface SessionParts extends AtSeat {
  readonly socket: WebSocket;
  readonly ackWithinMs: number;
  readonly takeFault: () => Fault | undefined;
  readonly record: (entry: RequestEntry) => void;
  readonly object: (breach: string) => void;
}

/** One WebSocket of one agent: requests are answered, events want their acknowledgement. */
export class Session {
  readonly #parts: SessionParts;
  readonly #acknowledgements: Acknowledgements;
  readonly #seenMsgIds = new Set<string>();
  #heardSeqId = Number.NEGATIVE_INFINITY;
  #sentSeqId = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { application, ackWithinMs, socket } = parts;
    this.#acknowledgements = new Acknowledgements(application.world, ackWithinMs, (breach) =>
      this.#object(breach),
    );
    socket.on('message', (data, isBinary) => this.#receive(String(data), isBinary));
    socket.on('close', () => this.#acknowledgements.forget());
    // A frame that breaks the protocol ends the socket; `close` follows.
    socket.on('error', (error) => this.#object(error.message));
  }

  get agentId(): string {
    return this.#parts.seat.agentId;
  }

  /** An event, which wants an ACK, unless the socket is already on its way out. */
  sendEvent(event: AgentEvent): void {
    if (this.#parts.socket.readyState !== WebSocket.OPEN) return;
    const { seqId, msgId } = this.#push('EVT', event);
    this.#acknowledgements.expect(msgId, seqId, event.method);
  }

  /** A notification, which wants none. */
  sendNotification(event: AgentEvent): void {
    this.#push('NTF', event);
  }

  /** Bytes that are no message. */
  sendRaw(text: string): void {
    this.#parts.socket.send(text);
  }

  /** Says why, then closes as one should. */
  disconnect(reason: string): void {
    this.sendEvent({ method: 'disconnect', fields: { Reason: reason } });
    this.#parts.socket.close();
  }

  /** Breaks off without a word. */
  drop(): void {
    this.#parts.socket.terminate();
  }

  #receive(text: string, isBinary: boolean): void {
    if (isBinary) this.#object('a binary frame');
    const { application, seat } = this.#parts;
    const expected = { appId: application.appId, agentId: seat.agentId, now: application.world.now() };
    const read = readMessage(text, expected);
    for (const breach of read.breaches) this.#object(`${textAt(read.given, 'Method')}: ${breach}`);
    if (read.message?.type === 'ACK') this.#acknowledgements.arrived(read.message);
    else if (textAt(read.given, 'MsgType') !== 'ACK') this.#answer(read);
  }

  #answer(read: ReadMessage): void {
    const fault = this.#parts.takeFault();
    const reply = isHeard(fault) ? this.#reply(read) : {};
    const delayMs = fault !== undefined && 'delayMs' in fault ? fault.delayMs : 0;
    const text = textOf(fault, (told) => this.#written(read, told ?? reply));
    this.#record(read, text);
    if (text === 'reset') this.drop();
    if (text === 'reset' || text === 'hang') return;
    if (delayMs === 0) this.sendRaw(text);
    else this.#parts.application.world.after(delayMs, () => this.sendRaw(text));
  }

  #reply({ message }: ReadMessage): Readonly<Record<string, unknown>> | Refusal {
    if (message === undefined) return REFUSALS.parameterError;
    if (this.#isOutOfOrder(message)) return REFUSALS.parameterError;
    const { reply, problems } = hear(message, this.#parts);
    for (const { field, why } of problems) this.#object(`${message.method}: ${field} ${why}`);
    return reply;
  }

  /** "Incrementally ordered", and "a unique identifier for each message". */
  #isOutOfOrder({ method, seqId, msgId }: Message): boolean {
    const isOld = seqId <= this.#heardSeqId;
    const isKnown = this.#seenMsgIds.has(msgId);
    if (isOld) this.#object(`${method}: SeqId ${seqId} after ${this.#heardSeqId}`);
    if (isKnown) this.#object(`${method}: MsgId ${msgId} for the second time`);
    this.#heardSeqId = Math.max(seqId, this.#heardSeqId);
    this.#seenMsgIds.add(msgId);
    return isOld || isKnown;
  }

  /** Sequence and identity are those of the request, as far as it had any. */
  #written({ given }: ReadMessage, reply: Readonly<Record<string, unknown>> | Refusal): string {
    const request: Readonly<Record<string, unknown>> = typeof given === 'object' ? { ...given } : {};
    const refused = reply instanceof Refusal;
    return JSON.stringify({
      Ver: '1.0',
      SeqId: request['SeqId'] ?? 0,
      MsgId: request['MsgId'] ?? '',
      MsgType: 'REP',
      Timestamp: this.#parts.application.world.now(),
      ErrCode: refused ? reply.code : '000000',
      ErrDesc: refused ? reply.desc : 'OK',
      Method: request['Method'] ?? '',
      ...(refused ? {} : reply),
    });
  }

  #push(type: 'EVT' | 'NTF', { method, fields }: AgentEvent): { seqId: number; msgId: string } {
    const { world } = this.#parts.application;
    this.#sentSeqId += 1;
    const header = { Ver: '1.0', SeqId: this.#sentSeqId, MsgId: world.uuid(), MsgType: type };
    this.sendRaw(JSON.stringify({ ...header, Timestamp: world.now(), Method: method, ...fields }));
    return { seqId: header.SeqId, msgId: header.MsgId };
  }

  #record({ given }: ReadMessage, text: string): void {
    const { application, seat } = this.#parts;
    const isSilent = text === 'reset' || text === 'hang';
    this.#parts.record({
      at: application.world.now(),
      door: 'message',
      operation: textAt(given, 'Method'),
      query: { AppId: application.appId, AgentId: seat.agentId },
      body: given,
      status: isSilent ? text : 200,
      code: /"ErrCode":"(\w*)"/.exec(text)?.[1] ?? '',
      answer: isSilent ? '' : text,
    });
  }

  #object(breach: string): void {
    this.#parts.object(`session of ${this.agentId}: ${breach}`);
  }
}

/** What goes out in place of the reply. A status means nothing on a WebSocket: only its body is sent. */
function textOf(fault: Fault | undefined, written: (reply?: Refusal) => string): string {
  if (fault === undefined || 'delayMs' in fault) return written();
  if ('silence' in fault) return fault.silence;
  if ('errCode' in fault)
    return written(new Refusal(fault.errCode, fault.errDesc ?? REFUSALS.systemError.desc));
  return fault.body ?? '';
}
