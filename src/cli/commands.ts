import type { Command, Given, Option } from './command.ts';
import { REPLAY_ABOUT } from './replay-about.ts';

const CONFIG: Option = {
  value: 'FILE',
  help: 'the configuration; else ASTERISK_MOVIDESK_CONFIG, else /etc/asterisk-movidesk/config.yaml',
};
const JSON_OPTION: Option = { help: 'for scripts' };

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'run',
    usage: [{ words: '', does: 'the daemon; SIGTERM or Ctrl-C ends it, a second one at once' }],
    options: { config: CONFIG },
    examples: ['asterisk-movidesk run --config /etc/asterisk-movidesk/config.yaml'],
    isUnreadToo: true,
    load: async () => {
      const { run } = await import('./run.ts');
      return ({ words, values, surroundings }) =>
        tooMany(words) ?? run({ file: values.text('config') }, surroundings);
    },
  },
  {
    name: 'check',
    usage: [
      {
        words: '',
        does: 'tries PBX, Movidesk, store and files, a line each with the remedy; changes nothing',
      },
    ],
    options: {
      extension: { value: 'N,N', help: 'agents whose phones and hints are to be looked at as well' },
      json: JSON_OPTION,
      config: CONFIG,
    },
    about:
      'Run it as root or as the user who runs the daemon: others may not read the secrets. Ends with 0 where nothing is\n' +
      'wrong, with 1 where something is, or where it was asked to stop before all was looked at.',
    examples: [
      'asterisk-movidesk check',
      'asterisk-movidesk check --extension 1001',
      "asterisk-movidesk check --json | jq '.'",
    ],
    load: async () => {
      const { check } = await import('./check.ts');
      return ({ words, values, surroundings }) =>
        tooMany(words) ??
        check(
          { config: values.text('config'), json: values.has('json'), extension: values.text('extension') },
          surroundings,
        );
    },
  },
  {
    name: 'config',
    usage: [{ words: '', does: 'every value in force, secrets starred, and where it came from' }],
    options: { json: JSON_OPTION, config: CONFIG },
    about:
      'It looks at what the user who asks can read: a secret that only the daemon is given is told as such. A wrong\n' +
      'configuration ends with 78 and a line for each mistake, as run does.',
    examples: [
      'asterisk-movidesk config',
      'asterisk-movidesk config --config ./new.yaml',
      'asterisk-movidesk config --json | jq \'.[] | select(.from != "default")\'',
    ],
    load: async () => {
      const { config } = await import('./config.ts');
      return ({ words, values, surroundings }) =>
        tooMany(words) ?? config({ file: values.text('config'), json: values.has('json') }, surroundings);
    },
  },
  {
    name: 'calls',
    usage: [
      { words: '', does: 'calls that are open, and the latest that are over; those that agents made below' },
      { words: 'show ID', does: 'all that happened to one call, and what was told of it' },
      {
        words: 'erase NUMBER',
        does: 'forgets one person: takes the number out of every call that is over and told',
      },
    ],
    options: {
      limit: { value: 'N', help: 'how many that are over (20)' },
      json: JSON_OPTION,
      config: CONFIG,
    },
    about: 'It looks into the store, whether the daemon runs or not.',
    examples: [
      'asterisk-movidesk calls --limit 100',
      'asterisk-movidesk calls show pbx1-1795361570.12',
      "asterisk-movidesk calls --json | jq '.open | length'",
      'asterisk-movidesk calls erase +5511987654321',
    ],
    load: async () => {
      const { calls } = await import('./calls.ts');
      return ({ words, values, surroundings }) =>
        calls(words, { ...storeOptions(values), limit: values.text('limit') }, surroundings);
    },
  },
  {
    name: 'outbox',
    usage: [
      { words: '', does: 'what was not yet told, to whom, and why' },
      { words: 'retry ID', does: 'sends again what was refused; --all: everything that was' },
      {
        words: 'drop ID',
        does: 'gives up for good what was refused; with `received`, the whole call',
      },
    ],
    options: {
      all: { help: 'with retry: everything that was refused' },
      json: JSON_OPTION,
      config: CONFIG,
    },
    about: 'It looks into the store, whether the daemon runs or not.',
    examples: [
      'asterisk-movidesk outbox',
      'asterisk-movidesk outbox --json | jq \'.[] | select(.state == "parked")\'',
      'asterisk-movidesk outbox retry 17',
      'asterisk-movidesk outbox retry --all',
    ],
    load: async () => {
      const { outbox } = await import('./outbox.ts');
      return ({ words, values, surroundings }) =>
        outbox(words, { ...storeOptions(values), all: values.has('all') }, surroundings);
    },
  },
  {
    name: 'replay',
    usage: [{ words: 'FILE', does: 'what would have been decided about a recorded AMI session, and why' }],
    options: {
      agent: { value: 'N', help: 'Movidesk names this extension whenever it is asked' },
      verbose: { help: 'also what changed nothing, and why' },
      json: { help: 'for scripts: one object a line' },
      config: CONFIG,
    },
    about: REPLAY_ABOUT,
    examples: [
      'asterisk-movidesk replay session.ami',
      'asterisk-movidesk replay session.ami --agent 1001 --verbose',
      'asterisk-movidesk replay session.ami --json | jq \'select(.kind == "decision")\'',
    ],
    load: async () => {
      const { replay } = await import('./replay.ts');
      return ({ words, values, surroundings }) =>
        replay(
          words,
          { ...storeOptions(values), agent: values.text('agent'), verbose: values.has('verbose') },
          surroundings,
        );
    },
  },
  {
    name: 'ccai',
    usage: [
      {
        words: 'call',
        does: 'asks CCAI Platform to have an agent call somebody, and says what came of it',
      },
    ],
    options: {
      agent: { value: 'EMAIL', help: 'who is to call; always needed' },
      number: { value: 'N', help: 'whom to call; or' },
      ticket: { value: 'T', help: 'the ticket about which to call' },
      'outbound-number': { value: 'N', help: 'the number to call with' },
      lang: { value: 'L', help: 'the language, two letters' },
      json: JSON_OPTION,
      config: CONFIG,
    },
    examples: ['asterisk-movidesk ccai call --agent ana@example.com --number 11987654321 --lang pt'],
    load: async () => {
      const { ccai } = await import('./ccai.ts');
      return ({ words, values, surroundings }) =>
        ccai(words, { ...storeOptions(values), wish: wishIn(values) }, surroundings);
    },
  },
  {
    name: 'health',
    usage: [{ words: '', does: 'asks the daemon that runs here how it is; 0 where it is well' }],
    options: { config: CONFIG },
    examples: ['asterisk-movidesk health && echo well'],
    load: async () => {
      const { health } = await import('./health.ts');
      return ({ words, values, surroundings }) =>
        tooMany(words) ?? health({ config: values.text('config') }, surroundings);
    },
  },
  {
    name: 'demo',
    usage: [
      {
        words: '',
        does: 'the whole daemon against built-in simulators of the PBX and of Movidesk; Ctrl-C ends it',
      },
    ],
    options: {
      minutes: { value: 'N', help: 'ends by itself after so many' },
      udesk: { help: 'with a simulated Udesk, whose agents follow the phones' },
      ccai: { help: 'with a simulated CCAI Platform, from which lost callers are called back' },
      'movidesk-only': {
        help: 'a simulated Movidesk alone, for your own daemon on this machine, and what it is told',
      },
      queue: {
        value: 'ID=N,N',
        help: 'with --movidesk-only, once or more: a queue and its extensions (1=1001,1002)',
      },
      port: { value: 'N', help: 'with --movidesk-only: where it listens (18080); 0 takes any that is free' },
    },
    about:
      'With --movidesk-only it prints what to write into the configuration of the daemon: so a PBX of your own is tried\n' +
      'without an account. A queue without extensions (--queue 2=) has nobody online.',
    examples: [
      'asterisk-movidesk demo',
      'asterisk-movidesk demo --minutes 5 --ccai',
      'asterisk-movidesk demo --movidesk-only --queue 1=1001,1002 --queue 2=1003',
    ],
    load: async () => {
      const { demoAsked } = await import('./demo-choice.ts');
      return ({ words, values, surroundings }) => tooMany(words) ?? demoAsked(values, surroundings);
    },
  },
  {
    name: 'completion',
    usage: [{ words: 'bash', does: 'prints what bash needs to complete commands and options' }],
    options: {},
    examples: [
      'source <(asterisk-movidesk completion bash)',
      'asterisk-movidesk completion bash > /etc/bash_completion.d/asterisk-movidesk',
    ],
    load: async () => {
      const { completion } = await import('./completion.ts');
      return ({ words, commands }) => completion(words, commands);
    },
  },
  {
    name: 'help',
    usage: [{ words: 'COMMAND', does: 'options and examples of a command' }],
    options: {},
    examples: ['asterisk-movidesk help calls'],
    load: async () => {
      const { help } = await import('./help.ts');
      return ({ words, commands }) => help(words, commands);
    },
  },
];

const storeOptions = (values: Given['values']) => ({
  config: values.text('config'),
  json: values.has('json'),
});

const wishIn = (values: Given['values']) => ({
  agentEmail: values.text('agent'),
  number: values.text('number'),
  ticketId: values.text('ticket'),
  outboundNumber: values.text('outbound-number'),
  lang: values.text('lang'),
});

const tooMany = (words: readonly string[]): string | undefined =>
  words.length > 0 ? `unexpected ${words.join(' ')}` : undefined;
