import { stringify } from 'yaml';
import { groupDocs, queueSchema, schema } from './schema.ts';
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
      ? `${title}\n${topLevel(key, node)}`
      : `${title}\n${key}:\n${group(node, { indent: '  ', path: `${key}.` })}`;
  });
  return `${HEAD}\n${parts.join('\n\n')}\n`;
}

const docOf = (key: string): string => Object.entries(groupDocs).find(([name]) => name === key)?.[1] ?? '';

function topLevel(key: string, setting: Setting<unknown>): string {
  const comment = about(setting, { indent: '', path: key });
  if (key !== 'queues') return `${comment}\n${line(key, setting)}`;
  return `${comment}\n${key}:\n  -\n${group(queueSchema, { indent: '    ', path: undefined })}`;
}

function group(
  settings: SettingGroup,
  { indent, path }: { indent: string; path: string | undefined },
): string {
  return Object.entries(settings)
    .map(([key, setting]) => {
      const comment = about(setting, { indent, path: path === undefined ? undefined : path + key });
      return `${comment}\n${indent}${line(key, setting)}`;
    })
    .join('\n');
}

function about(
  setting: Setting<unknown>,
  { indent, path }: { indent: string; path: string | undefined },
): string {
  const lines = [wrapped(setting.doc, indent), wrapped(`Takes ${setting.wanted}.`, indent)];
  return [...lines, ...(path === undefined ? [] : [`${indent}# ${environmentName(path)}`])].join('\n');
}

// What has an empty default is shown as a comment with an example, so that it says something.
function line(key: string, setting: Setting<unknown>): string {
  if (setting.default === '' && setting.example !== undefined) return `#${key}: ${scalar(setting.example)}`;
  return `${key}: ${scalar(setting.default ?? setting.example)}`;
}

const scalar = (value: unknown): string => stringify(value).trimEnd();

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
