import type { Cancel, SimulatorClock } from './clock.ts';

/** What a caller says after the beep, and how they end it. Spoken to before the beep, they wait for it. */
export class Voice {
  private readonly clock: SimulatorClock;
  private speech: { readonly forMs: number; readonly hangUp: (() => void) | undefined } | undefined;
  private onSpeech: (() => void) | undefined;
  private cancel: Cancel = () => {};

  constructor(clock: SimulatorClock) {
    this.clock = clock;
  }

  /** Speaks for that long once the recording runs, then hangs up, or presses the hash key where there is no `hangUp`. */
  speak(forMs: number, hangUp: (() => void) | undefined): void {
    this.speech = { forMs, hangUp };
    this.onSpeech?.();
  }

  /** The recording runs. `heard` is called at the first word, at once where the caller was ready. */
  recordingStarted(heard: () => void, pressHash: () => void): void {
    this.onSpeech = () => {
      heard();
      const { speech } = this;
      if (speech !== undefined) this.cancel = this.clock.after(speech.forMs, speech.hangUp ?? pressHash);
    };
    if (this.speech !== undefined) this.onSpeech();
  }

  recordingStopped(): void {
    this.cancel();
    this.onSpeech = undefined;
    this.speech = undefined;
  }
}
