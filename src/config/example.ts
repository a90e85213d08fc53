import { stringify } from 'yaml';
import { groupDocs, schema } from './schema.ts';
import { environmentName, isSetting, type Schema, type Setting, type SettingGroup } from './setting.ts';

const LINE_CHARACTERS = 110;

const HEAD = `# Configuration of asterisk-movidesk: every key with its default.
# Copy to /etc/asterisk-movidesk/config.yaml. With a secret in it, give it to the daemon's group and run chmod 640 on it;
# under the systemd unit keep the secrets out of it, and leave it readable.
# You need to fill in: asterisk.secret, movidesk.token, queues. Unknown keys are refused.
# The environment variable named above a key sets it as well, and wins over this file.
# Generated from src/config/schema.ts; do not edit it here.
`;

/** The text of `config/example.yaml`. */
export function exampleConfig(): string {
  const all: Schema = schema;
  const parts = Object.entries(all).map(([key, node]) => {
    const title = wrapped(docOf(key), '');
    return isSetting(node)
      ? `${title}\n${one(key, node, { indent: '', path: key })}`
      : `${title}\n${key}:\n${group(node, { indent: '  ', path: `${key}.` })}`;
  });
  return `${HEAD}\n${parts.join('\n\n')}\n`;
}

const docOf = (key: string): string => Object.entries(groupDocs).find(([name]) => name === key)?.[1] ?? '';

interface Place {
  readonly indent: string;
  /** Nothing for a key of a list's entry: no variable of the environment sets it. */
  readonly path: string | undefined;
}

function group(settings: SettingGroup, { indent, path }: Place): string {
  return Object.entries(settings)
    .map(([key, setting]) => one(key, setting, { indent, path: path === undefined ? undefined : path + key }))
    .join('\n');
}

function one(key: string, setting: Setting<unknown>, place: Place): string {
  return `${about(setting, place)}\n${written(key, setting, place)}`;
}

function written(key: string, setting: Setting<unknown>, { indent }: Place): string {
  const { entry } = setting;
  if (entry === undefined) return indent + line(key, setting);
  if (setting.default === null) return listOf(key, entry, indent);
  // A list that is empty without anybody's doing is shown with an entry as well, and all of it as a comment.
  return listOf(key, entry, '').replace(/^/gm, `${indent}#`);
}

function listOf(key: string, entry: SettingGroup, indent: string): string {
  return `${indent}${key}:\n${indent}  -\n${group(entry, { indent: `${indent}    `, path: undefined })}`;
}

function about(setting: Setting<unknown>, { indent, path }: Place): string {
  const lines = [wrapped(setting.doc, indent), wrapped(`Takes ${setting.wanted}.`, indent)];
  return [...lines, ...(path === undefined ? [] : [`${indent}# ${environmentName(path)}`])].join('\n');
}

// What has an empty default is shown as a comment with an example, so that it says something. Other keys with an example
// must be given, or belong to an entry that is an example itself.
function line(key: string, setting: Setting<unknown>): string {
  if (setting.default === '' && setting.example !== undefined) return `#${key}: ${scalar(setting.example)}`;
  return `${key}: ${scalar(setting.example ?? setting.default)}`;
}

const scalar = (value: unknown): string =>
  stringify(value, Array.isArray(value) ? IN_ONE_LINE : {}).trimEnd();
const IN_ONE_LINE = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 } as const;

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let current = `${indent}#`;
  for (const word of text.split(' ')) {
    if (current.length + 1 + word.length > LINE_CHARACTERS) {
      lines.push(current);
      current = `${indent}#`;
    }
    current += ` ${word}`;
  }
  return [...lines, current].join('\n');
}
