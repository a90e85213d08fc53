import { isHarmfulTwice } from '../domain/relay/relay.ts';
import type { Log } from '../ports/log.ts';
import type { Pbx } from '../ports/pbx.ts';
import type { Relay } from '../ports/relay.ts';
import type { Deed } from './draft.ts';
import type { HelpDeskRequests } from './help-desk-requests.ts';
import type { Input } from './input.ts';
import type { MadeCallLookout } from './made-call-lookout.ts';
import type { PbxLink } from './pbx-link.ts';
import { AgentReader } from './relays/agent-reader.ts';
import { RelaySender } from './relays/relay-sender.ts';
import type { Switchboard } from './switchboard.ts';

interface Parts {
  readonly pbx: Pbx;
  readonly requests: HelpDeskRequests;
  readonly switchboard: Switchboard;
  readonly link: PbxLink;
  readonly lookout: MadeCallLookout;
  readonly relays: readonly Relay[];
  readonly log: Log;
  readonly push: (input: Input) => void;
}

/** Does what was decided, once it is committed. Nothing waits for it: what comes of a deed is an input again. */
export class Performer {
  readonly #parts: Parts;
  readonly #relaySender: RelaySender;
  readonly #agentReader: AgentReader;
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#relaySender = new RelaySender(parts);
    this.#agentReader = new AgentReader(parts);
  }

  /**
   * A stop does not wait for what is done for the relays alone: it is done again after the next start. Only of what must
   * not be done twice it waits to hear what came of it.
   */
  start(deed: Deed): void {
    if (deed.kind === 'review-relay') this.#relaySender.review(deed.entry);
    else if (deed.kind === 'relay') {
      const sent = this.#relaySender.send(deed);
      if (isHarmfulTwice(deed.entry.relay)) this.#follow(sent);
    } else if (deed.kind === 'read-agents') this.#agentReader.read(deed.agents);
    else this.#follow(this.#perform(deed));
  }

  /** Resolves when all that is under way now has come to something. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#underWay]);
  }

  #follow(perform: Promise<void>): void {
    const work = perform.finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #perform(deed: Exclude<Deed, { kind: 'review-relay' | 'relay' | 'read-agents' }>): Promise<void> {
    const { pbx, switchboard, requests, link, lookout, push } = this.#parts;
    switch (deed.kind) {
      case 'for-call':
        return switchboard.perform(deed.call, deed.effect);
      case 'mark':
        return switchboard.mark(deed.call);
      case 'confirm-entry':
        return this.#confirmEntry(deed);
      case 'confirm-hangup':
        return switchboard.confirm(deed.callId, deed.hangup);
      case 'turn-away':
        return void (await pbx.sendAway({ ...deed, callId: undefined, reason: 'unreachable' }));
      case 'erase-diary':
        return pbx.eraseDiary(deed.callId);
      case 'look':
        return link.look(deed.look);
      case 'read-phone':
        return lookout.readPhone(deed.order);
      case 'originate':
        return lookout.originate(deed.order);
      case 'look-for-made':
        return lookout.look(deed.call, deed.isToldOver);
      case 'find-diaries':
        return push({ kind: 'diaries-found', callIds: await pbx.listDiaries() });
      case 'request': {
        const outcome = await requests.send(deed.request);
        return push({ kind: 'request-settled', request: deed.request, outcome });
      }
    }
  }

  /**
   * Callers can write into the event stream: an entry counts where the PBX shows the caller on hold. Nothing where it
   * could not be asked: the next round finds them where they are.
   */
  async #confirmEntry({ callId, caller }: Extract<Deed, { kind: 'confirm-entry' }>): Promise<void> {
    const { pbx } = this.#parts;
    const [located, reading] = await Promise.all([pbx.locate(caller.uniqueid), pbx.readDiary(callId)]);
    const isOnHold = located.kind === 'here' && located.place.at === 'hold';
    if (isOnHold && reading.ok)
      this.#parts.push({ kind: 'entry-confirmed', callId, caller, diary: reading.diary });
  }
}
