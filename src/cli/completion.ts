import type { Command, Option } from './command.ts';
import { EXIT } from './exit-codes.ts';
import type { Answer } from './store-command.ts';

/** `completion bash`. */
export function completion(words: readonly string[], commands: readonly Command[]): Answer {
  const [shell, ...tooMany] = words;
  if (shell !== 'bash' || tooMany.length > 0) return 'completion takes bash';
  console.log(bashScript(commands));
  return EXIT.OK;
}

/** Plain bash, without the bash-completion package: commands, their words and options, and files where one is meant. */
function bashScript(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name);
  const options = commands.flatMap((command) => Object.entries<Option>(command.options));
  const spelled = (isMeant: (value: string) => boolean): string =>
    [...new Set(options.flatMap(([name, { value = '' }]) => (isMeant(value) ? `--${name}` : [])))].join('|');
  return `_asterisk_movidesk() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command='' known='' files='' i
  # bash takes --config=FILE apart at the sign.
  if [[ $word == = ]]; then word=''; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${names.join('|')}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $before in
    ${spelled((value) => value === 'FILE')}) command=none files=yes ;;
    ${spelled((value) => value !== 'FILE' && value !== '')}) command=none ;;
  esac
  case $command in
    '') known='${[...names, '--help', '--version'].join(' ')}' ;;
${commands.map((command) => `    ${command.name}) ${whatFollows(command, names)} ;;`).join('\n')}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$known" -- "$word"; [[ $files ]] && compgen -f -- "$word")
  [[ $files ]] && compopt -o filenames 2>/dev/null
  return 0
}
complete -F _asterisk_movidesk asterisk-movidesk`;
}

function whatFollows({ usage, options }: Command, names: readonly string[]): string {
  const words = usage.flatMap((one) => one.words.split(' '));
  const typed = words.flatMap((word) => (word === 'COMMAND' ? names : /^[a-z]/.test(word) ? [word] : []));
  const known = [...typed, ...[...Object.keys(options), 'help'].map((name) => `--${name}`)];
  return `known='${known.join(' ')}'${words.includes('FILE') ? ' files=yes' : ''}`;
}
