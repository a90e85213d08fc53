// The message is the last text of a call; what was complained of stands at its beginning.
const LOGGED = /\blog\.(?:debug|info|warn|error)\((?:(?!\blog\.)[\s\S])*?(['`])((?:(?!\1).)+)\1,?\s*\);/g;
const COMPLAINED = /#complain\(\s*(')([^'\n]+)'/g;

/** What sources say to the log, as far as it is not filled in. */
export function logMessages(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources.values()].flatMap((text) =>
    [...text.matchAll(LOGGED), ...text.matchAll(COMPLAINED)].flatMap(([, , message = '']) =>
      message.split(/\$\{[^}]*\}/).filter((part) => part !== ''),
    ),
  );
}

/** What relays of one far side alone say, though the lanes are one. */
export const SAID_OF_ONE = {
  udesk: [
    'relays of calls are dropped: they come too late',
    'an agent is taken elsewhere: offered no callers',
    'an agent is no longer taken elsewhere',
    'a transfer is not relayed: to whom, the PBX does not say',
  ],
  ccai: ['a relay is not needed any more'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

// `log[level]` and `tell` are how a message is passed on; what is passed stands where they are called.
const LOUD = /\blog(?:\.(?:warn|error)|\[level\])\((?:(?!\blog[.[])[\s\S])*?(['`])((?:(?!\1).)+)\1,?\s*\);/g;
const PASSED_ON = /\btell\(log, error, (')([^'\n]+)'\)/g;

/** Only what is told as a warning or an error. */
export function loudMessages(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources.values()].flatMap((text) =>
    [...text.matchAll(LOUD), ...text.matchAll(PASSED_ON), ...text.matchAll(COMPLAINED)].map(
      ([, , message = '']) => message,
    ),
  );
}
