import type { Extension } from '../../domain/identity.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ActionHeaders } from './action-headers.ts';
import { getVariable } from './actions.ts';
import { headerOf } from './answers.ts';
import { configLines } from './config-lines.ts';
import { AmiConnection, GOING_DOWN, OpenFailure } from './connection.ts';
import { ALIVE_VARIABLE } from './dialplan-names.ts';
import { type ExtensionFacts, type ExtensionNames, readExtensionFacts } from './extension-facts.ts';
import { type ManagerUserFacts, readManagerUser } from './manager-user-facts.ts';
import { PatientDoor } from './patient-door.ts';
import { type QueueFacts, readQueueFacts } from './queue-facts.ts';
import { trustIn } from './tls-socket.ts';
import { ManagerWire, type OpenWire } from './wire.ts';

// Of [movidesk-fallback] in config/asterisk/extensions_movidesk.conf.
const SHIPPED_APOLOGY = 'Playback(im-sorry&vm-nobodyavail&please-try-call-later)';

export interface PbxInspectorOptions {
  readonly asterisk: {
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly secret: { reveal(): string };
    readonly tls: boolean;
    readonly authorities: readonly string[] | undefined;
  };
  readonly clock: Clock;
}

/** How far one gets. */
export type Entrance =
  /** `isToldOfBoot`: the PBX itself said that it is up, as the daemon needs it. */
  | { readonly kind: 'in'; readonly isToldOfBoot: boolean }
  | {
      readonly kind: 'out';
      /** `unreachable`: nobody there; `no-ami`: somebody, but not AMI; `refused`: the login; `distrusted`: over TLS. */
      readonly problem: 'unreachable' | 'no-ami' | 'refused' | 'distrusted';
      readonly why: string;
      readonly remedy: string | undefined;
    };

/** The PBX's own clock and what it says of our heartbeat. */
export interface PbxTime {
  readonly epochSeconds: number;
  /** When a bridge beat last, by that clock; nothing where none ever did. */
  readonly beatAtSeconds: number | undefined;
  /** Offset of its local time from UTC, `-0300`; nothing where it does not say. */
  readonly utcOffset: string | undefined;
}

/**
 * Looks at a PBX with the rights of the bridge, and changes nothing there: a login, questions, a goodbye. It may do so beside
 * a running daemon with the same user. After `open` says `in`, every reading answers within the deadline of an action;
 * what could not be asked is `undefined`.
 */
export class PbxInspector {
  readonly #connection: AmiConnection;
  readonly #door: PatientDoor;
  readonly #username: string;

  constructor({ asterisk, clock }: PbxInspectorOptions) {
    this.#username = asterisk.username;
    this.#door = new PatientDoor(wireTo(asterisk), clock);
    this.#connection = new AmiConnection({
      openWire: this.#door.open,
      clock,
      onEvent: () => {},
      onSkipped: () => {},
      onRefused: () => {},
    });
  }

  async open(): Promise<Entrance> {
    try {
      await this.#connection.open();
      return { kind: 'in', isToldOfBoot: this.#door.isToldOfBoot };
    } catch (error) {
      if (!(error instanceof OpenFailure)) throw error;
      return { kind: 'out', problem: this.#problemOf(error), why: error.message, remedy: error.remedy };
    }
  }

  close(): void {
    this.#connection.destroy('all was looked at');
  }

  readManagerUser(): Promise<ManagerUserFacts> {
    return readManagerUser(this.#ask, this.#username);
  }

  /** `22.10.1`, and whatever the builder adds. */
  async readVersion(): Promise<string | undefined> {
    return (await this.#value('VERSION()')) || undefined;
  }

  async readTime(): Promise<PbxTime | undefined> {
    const epoch = await this.#value('EPOCH');
    if (epoch === undefined || !/^[0-9]+$/.test(epoch)) return undefined;
    const beat = (await this.#value(ALIVE_VARIABLE)) ?? '';
    const offset = (await this.#value('STRFTIME(,,%z)')) ?? '';
    return {
      epochSeconds: Number(epoch),
      beatAtSeconds: /^[0-9]+$/.test(beat) ? Number(beat) : undefined,
      utcOffset: /^[+-][0-9]{4}$/.test(offset) ? offset : undefined,
    };
  }

  /** Whether a caller who is sent there would find anything. Names come from the configuration, which lets nothing odd in. */
  async isInDialplan(context: string, exten: string): Promise<boolean | undefined> {
    const answer = await this.#value(`DIALPLAN_EXISTS(${context},${exten},1)`);
    return answer === undefined || answer === '' ? undefined : answer === '1';
  }

  /** Whether there is such a context at all, whatever is in it. */
  async hasContext(context: string): Promise<boolean | undefined> {
    const answer = await this.#value(`DIALPLAN_EXISTS(${context})`);
    return answer === undefined || answer === '' ? undefined : answer === '1';
  }

  /** Those whose callers hear no more there than the apology that is shipped: it stands there, and no line of their own. */
  async queuesWithShippedFallback<Name extends string>(
    context: string,
    queues: readonly Name[],
  ): Promise<readonly Name[]> {
    const lines = (key: string) => configLines(this.#ask, { file: 'extensions.conf', section: context, key });
    if (!(await lines('same')).some((line) => line.includes(SHIPPED_APOLOGY))) return [];
    const served = new Set((await lines('exten')).map((line) => line.split(',', 1)[0]?.trim()));
    return queues.filter((queue) => !served.has(queue));
  }

  readQueue(asteriskQueue: string): Promise<QueueFacts | undefined> {
    return readQueueFacts(this.#connection, this.#ask, asteriskQueue);
  }

  readExtension(extension: Extension, names: ExtensionNames): Promise<ExtensionFacts | undefined> {
    return readExtensionFacts(this.#ask, extension, names);
  }

  readonly #ask = (headers: ActionHeaders) => this.#connection.ask(headers);

  async #value(expression: string): Promise<string | undefined> {
    const answer = await this.#ask(getVariable(expression));
    return answer.kind === 'success' ? headerOf(answer, 'value') : undefined;
  }

  #problemOf({ problem, message }: OpenFailure): Extract<Entrance, { kind: 'out' }>['problem'] {
    if (problem === 'login-refused') return 'refused';
    if (problem === 'tls-refused') return 'distrusted';
    return this.#door.isReached && message !== GOING_DOWN ? 'no-ami' : 'unreachable';
  }
}

function wireTo({
  host,
  port,
  username,
  secret,
  tls,
  authorities,
}: PbxInspectorOptions['asterisk']): OpenWire {
  const trust = tls ? trustIn(authorities) : undefined;
  return (events) => new ManagerWire({ host, port, username, secret: secret.reveal(), trust }, events);
}
