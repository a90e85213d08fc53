import { systemClock } from '../adapters/system/system-clock.ts';
import type { Config } from '../config/config.ts';
import { formatMistakes } from '../config/mistake.ts';
import { type Extension, extensionFrom } from '../domain/identity.ts';
import { numbersShown } from '../observe/mask-number.ts';
import { replayRecording } from '../replay.ts';
import type { ReplayLine, Timing } from '../replay-line.ts';
import { EXIT } from './exit-codes.ts';
import { jsonText } from './json-text.ts';
import { loadWithoutSecrets } from './load-without-secrets.ts';
import { Progress } from './progress.ts';
import { readRecording, readTimes, whyNoRecording } from './recording-file.ts';
import { headText, lineJson, lineText, type ReplayEyes, sumText } from './replay-shown.ts';
import { ReplayTally } from './replay-sum.ts';
import { type Answer, type StoreOptions, undone } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';

export interface ReplayOptions extends StoreOptions {
  readonly agent: string | undefined;
  readonly verbose: boolean;
}

/** `replay FILE`. Nothing is touched but the file. */
export async function replay(
  words: readonly string[],
  options: ReplayOptions,
  { env, stop }: Pick<Surroundings, 'env' | 'stop'>,
): Promise<Answer> {
  const [file, ...tooMany] = words;
  if (file === undefined) return 'replay takes the FILE of a recording';
  if (tooMany.length > 0) return `unexpected ${tooMany.join(' ')}`;
  const always = options.agent === undefined ? undefined : extensionFrom(options.agent);
  if (options.agent !== undefined && always === undefined)
    return '--agent takes an extension, 2 to 20 digits';
  const loaded = loadWithoutSecrets({ file: options.config, env });
  if (!loaded.ok) {
    console.error(formatMistakes(loaded.mistakes));
    return EXIT.CONFIG;
  }
  return replayFile(file, { config: loaded.config, always, options, stop });
}

interface Wish {
  readonly config: Config;
  readonly always: Extension | undefined;
  readonly options: ReplayOptions;
  readonly stop: AbortSignal;
}

async function replayFile(file: string, { config, always, options, stop }: Wish): Promise<number> {
  const recording = readRecording(file);
  if (!Buffer.isBuffer(recording)) return undone(recording.problem, recording.remedy);
  const screen = new Screen(config, options);
  const replayed = await replayRecording({
    config,
    recording,
    received: readTimes(file),
    always,
    tell: (line) => screen.show(line),
    isUnwanted: () => stop.aborted,
    onRead: (packets) => screen.reading(packets),
    onTiming: (timing) => screen.begin(timing, always),
  });
  if (replayed === undefined) {
    const { problem, remedy } = whyNoRecording(file, recording);
    return undone(problem, remedy);
  }
  screen.end(replayed);
  return replayed.stoppedAt === undefined ? EXIT.OK : EXIT.UNDONE;
}

/** Where the replay is shown: as text, or as JSON. */
class Screen {
  readonly #options: ReplayOptions;
  readonly #number: ReplayEyes['number'];
  readonly #tally = new ReplayTally();
  readonly #progress = new Progress(systemClock);
  #timing: Timing = 'unknown';
  #beganAt: number | undefined;

  constructor(config: Config, options: ReplayOptions) {
    this.#options = options;
    this.#number = numbersShown(config.log.phoneNumbers);
  }

  reading(packets: number): void {
    this.#progress.tell(() => `reading, packet ${packets}`);
  }

  begin(timing: Timing, always: Extension | undefined): void {
    this.#progress[Symbol.dispose]();
    this.#timing = timing;
    if (!this.#options.json) console.log(headText(timing, always));
  }

  show(line: ReplayLine): void {
    this.#beganAt ??= line.at;
    this.#tally.count(line);
    if (!process.stdout.isTTY) this.#progress.tell(() => `packet ${line.packet}`);
    if (!this.#options.verbose && (line.kind === 'heard' || line.kind === 'ignored')) return;
    const eyes = { timing: this.#timing, beganAt: this.#beganAt, number: this.#number };
    console.log(this.#options.json ? lineJson(line, eyes) : lineText(line, eyes));
  }

  end(replayed: Parameters<ReplayTally['sum']>[0]): void {
    this.#progress[Symbol.dispose]();
    const sum = this.#tally.sum(replayed, this.#timing);
    console.log(this.#options.json ? jsonText({ kind: 'summary', ...sum }) : sumText(sum));
  }
}
