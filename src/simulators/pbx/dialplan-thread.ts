/** A place in the dialplan. */
export interface Location {
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
}

export type Interruption = { readonly kind: 'goto'; readonly to: Location } | { readonly kind: 'hangup' };

/** Thrown out of a blocking application when its channel is taken away or hung up. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

type Settle<Value> = (value: Value) => void;
type Stop = () => void;

/**
 * What runs a channel through the dialplan. Applications that wait do so in `block`; a redirect or a hang-up stops
 * the one that is waiting and throws `Interrupted` through the dialplan to the loop that runs it.
 */
export class DialplanThread {
  private pending: Interruption | undefined;
  private stopWaiting: (() => void) | undefined;

  get isHangingUp(): boolean {
    return this.pending?.kind === 'hangup';
  }

  /** A hang-up beats a redirect; of two redirects the later one wins. */
  interrupt(interruption: Interruption): void {
    if (!this.isHangingUp) this.pending = interruption;
    this.stopWaiting?.();
  }

  takeInterruption(): Interruption | undefined {
    const { pending } = this;
    if (pending?.kind === 'goto') this.pending = undefined;
    return pending;
  }

  /** Waits until `settle` is called. What `start` returns is called instead when the channel is interrupted. */
  block<Value>(start: (settle: Settle<Value>) => Stop): Promise<Value> {
    if (this.pending !== undefined) return Promise.reject(new Interrupted());
    return new Promise((resolve, reject) => {
      let isOver = false;
      const finish = (): void => {
        isOver = true;
        this.stopWaiting = undefined;
      };
      const stop = start((value) => {
        if (isOver) return;
        finish();
        resolve(value);
      });
      if (isOver) return;
      this.stopWaiting = () => {
        finish();
        stop();
        reject(new Interrupted());
      };
    });
  }
}
