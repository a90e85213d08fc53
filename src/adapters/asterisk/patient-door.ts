import type { Clock } from '../../ports/clock.ts';
import type { Packet } from './packet.ts';
import type { OpenWire, WireEvents } from './wire.ts';

// On an ordinary login FullyBooted comes with the Success itself (seen on Asterisk 22). Three seconds without it mean that
// it does not reach us, or that Asterisk is still starting.
const PATIENCE_MS = 3_000;

const AS_IF_BOOTED: Packet = {
  event: 'FullyBooted',
  privilege: 'system,all',
  uptime: '0',
  lastreload: '0',
  status: 'Fully Booted',
};

/**
 * A wire for whoever only looks: it notes how far the way in led, and where the word that the PBX is up does not come it
 * gives that word itself, so that a manager user who may not hear it can be asked about all the rest.
 */
export class PatientDoor {
  readonly #openWire: OpenWire;
  readonly #clock: Pick<Clock, 'after'>;
  #cancel: () => void = () => {};
  /** Somebody answered on that port, over TLS where that is asked for. */
  isReached = false;
  /** The PBX itself said that it is up. */
  isToldOfBoot = false;

  constructor(openWire: OpenWire, clock: Pick<Clock, 'after'>) {
    this.#openWire = openWire;
    this.#clock = clock;
  }

  readonly open: OpenWire = (events) => {
    const wire = this.#openWire({
      ...events,
      onConnect: () => {
        this.isReached = true;
        events.onConnect();
      },
      onPacket: (packet) => {
        if (packet['event'] === 'FullyBooted') this.isToldOfBoot = true;
        events.onPacket(packet);
      },
      onClosed: (why) => {
        this.#cancel();
        events.onClosed(why);
      },
    });
    return {
      login: (onAnswer) =>
        wire.login((refusal) => {
          onAnswer(refusal);
          if (refusal === undefined) this.#waitForBoot(events);
        }),
      send: (actionId, headers) => wire.send(actionId, headers),
      tellLogin: (actionId, answer) => wire.tellLogin(actionId, answer),
      destroy: (why) => wire.destroy(why),
    };
  };

  #waitForBoot(events: WireEvents): void {
    this.#cancel = this.#clock.after(PATIENCE_MS, () => {
      if (!this.isToldOfBoot) events.onPacket(AS_IF_BOOTED);
    });
  }
}
