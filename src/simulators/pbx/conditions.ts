import type { SimulatorClock } from './clock.ts';

/** Waiting for something to become true, looked at whenever the PBX did something: no polling, no sleeping. */
export class Conditions {
  private readonly clock: SimulatorClock;
  private readonly looks = new Set<() => void>();

  constructor(clock: SimulatorClock) {
    this.clock = clock;
  }

  changed(): void {
    for (const look of [...this.looks]) look();
  }

  waitFor(isTrue: () => boolean, withinMs: number): Promise<void> {
    if (isTrue()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        cancel();
        this.looks.delete(look);
        settle();
      };
      const look = (): void => {
        if (isTrue()) finish(resolve);
      };
      const cancel = this.clock.after(withinMs, () =>
        finish(() => reject(new Error(`not true within ${withinMs} ms of the simulator's time: ${isTrue}`))),
      );
      this.looks.add(look);
    });
  }
}
