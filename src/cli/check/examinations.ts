import { probeToken } from '../../adapters/movidesk/token-probe.ts';
import { isStoreInUse, readStoreFacts, type StoreFacts } from '../../adapters/sqlite/store-facts.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import type { Config } from '../../config/config.ts';
import { allowedAt } from '../../domain/budget/allowance.ts';
import type { Extension } from '../../domain/identity.ts';
import { accessFindings } from './access.ts';
import { askingUser } from './asking-user.ts';
import { clockFinding } from './clocks.ts';
import { configurationFindings, isGiven, type LoadedForCheck } from './configuration.ts';
import type { Examination } from './examination.ts';
import { extensionsToLookAt } from './extensions.ts';
import { type Finding, skipped } from './finding.ts';
import { httpFindings } from './http-port.ts';
import { hasRoom, noRoom, tokenFinding } from './movidesk.ts';
import { PbxExaminations } from './pbx-examinations.ts';
import { recordingFindings } from './recordings.ts';
import { ccaiFindings, udeskFindings } from './relays.ts';
import { storeFindings } from './store.ts';

// A store of 430 MB is looked through within 4 s from a slow disk.
const DISK_DEADLINE_MS = 30_000;
// For a request, its own deadline and this on top: to connect, and to say so.
const MARGIN_MS = 2_000;

const UNCONFIGURED = 'the configuration must be mended first';

/** All that is looked at, in the order in which it is told; later ones stand on what earlier ones found. */
export class Examinations implements Disposable {
  readonly all: readonly Examination[];
  readonly #pbx: PbxExaminations | undefined;
  readonly #user = askingUser();
  #store: StoreFacts | undefined;

  /**
   * `named`: the agents to look at; where nobody named any, those that are known from elsewhere. `files`: those that another
   * user must be able to read.
   */
  constructor(
    loaded: LoadedForCheck,
    { named, files }: { readonly named: readonly Extension[] | undefined; readonly files: readonly string[] },
  ) {
    const { config } = loaded;
    const configuration = one('config', 'configuration', () => [
      ...configurationFindings(loaded),
      ...accessFindings(files),
    ]);
    if (config === undefined) {
      this.all = [configuration, ...UNSEEN.map(([area, what]) => without(area, what, UNCONFIGURED))];
      return;
    }
    const { asterisk, recordings, http } = config;
    const pbx = new PbxExaminations(config, {
      isStoreInUse: () => isStoreInUse(config.store.path),
      extensions: () => extensionsToLookAt(named, config, this.#store?.extensions ?? []),
    });
    this.#pbx = pbx;
    const secretOf = `the secret of ${asterisk.username} is not at hand`;
    this.all = [
      configuration,
      { ...one('store', 'the store', () => this.#readStore(config)), isBlocking: true },
      one('recordings', 'the folder', () => recordingFindings(recordings, this.#user, systemClock.now())),
      one('http', 'the port', () => httpFindings(http, isStoreInUse(config.store.path))),
      ...(isGiven(loaded, 'asterisk.secret')
        ? pbx.all
        : pbx.all.map(({ area, what }) => without(area, what, secretOf))),
      isGiven(loaded, 'movidesk.token')
        ? this.#movidesk(config)
        : without('movidesk', 'token', 'it is not at hand'),
      ...relays(loaded, config),
    ];
  }

  [Symbol.dispose](): void {
    this.#pbx?.close();
  }

  #readStore({ store }: Config): readonly Finding[] {
    this.#store = readStoreFacts(store.path, systemClock.monotonic());
    return storeFindings(store.path, this.#store, this.#user);
  }

  #movidesk({ movidesk }: Config): Examination {
    const { baseUrl, token, timeoutMs, requestsPerMinute } = movidesk;
    const examine = async (): Promise<readonly Finding[]> => {
      const limit = allowedAt(requestsPerMinute, systemClock.now());
      const spent = this.#store?.requestsInLastMinute ?? 0;
      if (!hasRoom(limit, spent)) return [noRoom(limit, spent)];
      const facts = await probeToken({ baseUrl, token: token.reveal(), timeoutMs, now: systemClock.now });
      const clock = facts.aheadMs === undefined ? [] : [clockFinding('clock', 'Movidesk', facts.aheadMs)];
      return [tokenFinding(facts, baseUrl), ...clock];
    };
    return { area: 'movidesk', what: 'the token', deadlineMs: timeoutMs + MARGIN_MS, examine };
  }
}

function relays(loaded: LoadedForCheck, { udesk, ccai }: Config): readonly Examination[] {
  const all: Examination[] = [];
  if (udesk !== undefined) {
    const look: Examination = {
      area: 'udesk',
      what: 'account',
      deadlineMs: udesk.timeoutMs + MARGIN_MS,
      examine: () => udeskFindings(udesk),
    };
    all.push(
      isGiven(loaded, 'udesk.authToken') ? look : without('udesk', look.what, 'authToken is not at hand'),
    );
  }
  if (ccai !== undefined) {
    const look: Examination = {
      area: 'ccai',
      what: 'account',
      // It may wait for its turn as long as for its answer.
      deadlineMs: 2 * ccai.timeoutMs + MARGIN_MS,
      examine: () => ccaiFindings(ccai),
    };
    all.push(isGiven(loaded, 'ccai.token') ? look : without('ccai', look.what, 'token is not at hand'));
  }
  return all;
}

const UNSEEN = [
  ['store', 'folder and file'],
  ['recordings', 'folder'],
  ['http', 'port'],
  ['pbx', 'login, rights, clock, dialplan, queues and agents'],
  ['movidesk', 'token'],
] as const;

const one = (area: string, what: string, examine: Examination['examine']): Examination => ({
  ...{ area, what, deadlineMs: DISK_DEADLINE_MS, examine },
});

const without = (area: string, what: string, why: string): Examination =>
  one(area, what, () => [skipped(what, why)]);
