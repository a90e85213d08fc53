import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Fault } from '../faults.ts';
import type { RequestEntry } from '../request-entry.ts';
import { type Judge, signatureBreach } from '../rest/authentication.ts';
import { isWithinWindow, sha1 } from '../signature.ts';
import type { Application } from '../state/application.ts';
import type { Happening } from '../state/happening.ts';
import type { PlaceCall } from '../state/place-call.ts';
import type { Seat } from '../state/seat.ts';
import { agentEventOf } from './agent-event.ts';
import { Session } from './session.ts';

export interface SessionsParts extends Judge {
  readonly path: string;
  readonly placeCall: PlaceCall;
  readonly ackWithinMs: number;
  readonly takeFault: (door: 'session' | 'message') => Fault | undefined;
  readonly record: (entry: RequestEntry) => void;
  readonly object: (breach: string) => void;
}

// A message of an agent client is some hundred bytes.
const MOST_BYTES = 65_536;

/** The WebSockets of all agents, one each: a second one closes the first. */
export class Sessions {
  readonly #parts: SessionsParts;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES });
  /** By application and agent. */
  readonly #open = new Map<string, Session>();

  constructor(parts: SessionsParts) {
    this.#parts = parts;
  }

  /** An HTTP request that wants to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Whoever breaks off during the handshake has said nothing.
    socket.on('error', () => socket.destroy());
    const [path = '', search = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
    const query = Object.fromEntries(new URLSearchParams(search));
    const entrance = this.#entrance(path, query);
    const fault = typeof entrance === 'number' ? undefined : this.#parts.takeFault('session');
    const status = typeof entrance === 'number' ? entrance : statusOf(fault);
    this.#record(query, status);
    if (status === 'hang') return;
    if (status === 'reset') socket.destroy();
    else if (typeof entrance === 'number' || status !== 101) refuse(socket, Number(status));
    else {
      const accept = () =>
        this.#server.handleUpgrade(request, socket, head, (webSocket) =>
          this.#begin(webSocket, { ...entrance, query }),
        );
      const delayMs = fault !== undefined && 'delayMs' in fault ? fault.delayMs : 0;
      if (delayMs === 0) accept();
      else this.#parts.account.world.after(delayMs, accept);
    }
  }

  of(application: Application, agentId: string): Session | undefined {
    return this.#open.get(keyOf(application, agentId));
  }

  all(): readonly Session[] {
    return [...this.#open.values()];
  }

  /** Tells the agent whom it concerns. */
  hear(happening: Happening): void {
    const application = this.#parts.account.applications.get(happening.appId);
    const agentId = happening.agentId;
    if (application === undefined || agentId === undefined) return;
    const session = this.of(application, agentId);
    if (session === undefined) return;
    const event = agentEventOf(happening, numberOf(application, agentId));
    if (event !== undefined) session.sendEvent(event);
  }

  dropAll(): void {
    for (const session of this.all()) session.drop();
  }

  /** Who comes in, or the status of a refusal. */
  #entrance(path: string, query: Readonly<Record<string, string>>): Entrance | 401 | 403 | 404 {
    if (path !== this.#parts.path) return this.#refused(404, `no such path: ${path}`);
    const { Sid: _, ...signed } = query;
    const breach = signatureBreach(signed, this.#parts);
    if (breach !== undefined) return this.#refused(401, breach);
    const application = this.#parts.account.applications.get(query['AppId'] ?? '');
    if (application === undefined || application.forbidden) return this.#refused(403, 'no such AppId');
    const seat = application.seats.get(query['AgentId'] ?? '');
    if (seat === undefined) return this.#refused(403, 'no such AgentId');
    const unknown = Object.keys(query).filter((name) => !KNOWN.includes(name));
    for (const name of unknown) this.#parts.object(`session: ${name} in the URL is not in the document`);
    return { application, seat };
  }

  #refused<Status extends number>(status: Status, breach: string): Status {
    this.#parts.object(`session: ${breach}`);
    return status;
  }

  #begin(socket: WebSocket, admitted: Admitted): void {
    const { application, seat } = admitted;
    const key = keyOf(application, seat.agentId);
    this.#open.get(key)?.disconnect('another session of this agent');
    const session = new Session({
      ...this.#parts,
      ...{ socket, application, seat },
      takeFault: () => this.#parts.takeFault('message'),
      isToken: (token, timestamp) => this.#isToken(token, timestamp, admitted),
    });
    this.#open.set(key, session);
    application.tell({ what: 'session-opened', agentId: seat.agentId });
    socket.on('close', () => {
      if (this.#open.get(key) === session) this.#open.delete(key);
      application.tell({ what: 'session-closed', agentId: seat.agentId });
    });
  }

  /**
   * Assumed, for the document only says Token: the front end's Sign, either that of the URL while it is fresh, or one
   * made with the message's own Timestamp, in either unit.
   */
  #isToken(token: string, timestamp: number, { seat, query }: Admitted): boolean {
    const { authToken, world } = this.#parts.account;
    const isFresh = isWithinWindow(Number(query['Timestamp']), world.now());
    const own = [String(timestamp), String(Math.floor(timestamp / 1000))];
    return (
      (token === query['Sign'] && isFresh) ||
      own.some((text) => token === sha1(seat.agentId, authToken, text))
    );
  }

  #record({ Sign: _, ...query }: Readonly<Record<string, string>>, status: number | 'reset' | 'hang'): void {
    const at = this.#parts.account.world.now();
    const answered = { status, code: '', answer: '' };
    this.#parts.record({ at, door: 'session', operation: 'session', query, body: '', ...answered });
  }
}

const KNOWN = ['Timestamp', 'AppId', 'AgentId', 'Sign'];

interface Entrance {
  readonly application: Application;
  readonly seat: Seat;
}

interface Admitted extends Entrance {
  /** Of the URL with which the session was opened. */
  readonly query: Readonly<Record<string, string>>;
}

function statusOf(fault: Fault | undefined): number | 'reset' | 'hang' {
  if (fault === undefined || 'delayMs' in fault) return 101;
  if ('silence' in fault) return fault.silence;
  return 'errCode' in fault ? 500 : fault.status;
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function keyOf(application: Application, agentId: string): string {
  return `${application.appId} ${agentId}`;
}

/** What rings when the agent is called: the phone's SIP number, or what they have given. */
function numberOf({ seats, extensions }: Application, agentId: string): string {
  const seat = seats.get(agentId);
  if (seat === undefined) return '';
  return seat.callMode === 'voip' ? (extensions.get(seat.extensions[0] ?? '')?.sipNumber ?? '') : seat.number;
}
