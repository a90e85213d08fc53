import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { schema } from '../../src/config/schema.ts';
import { settingsOf } from '../../src/config/setting.ts';
import { configOf, fileWith, load } from '../config/config-builder.ts';
import { textOf } from '../house/source-files.ts';

/** The part of the page's examples that is about Udesk. Its files would have to exist: their content stands here. */
function exampleIn(page: string): Readonly<Record<string, unknown>> {
  const blocks = [...textOf(page).matchAll(/^ *```yaml\n([\s\S]*?)^ *```$/gm)].map(([, block = '']) => block);
  const [example = '', ...others] = blocks.filter((block) => block.trimStart().startsWith('udesk:'));
  expect(others).toEqual([]);
  const { udesk } = parse(example);
  const { authTokenFile, secretFile, ...keys } = udesk;
  expect([authTokenFile, secretFile]).not.toContain(undefined);
  return { ...keys, authToken: 'hush-token', secret: 'hush-secret' };
}

test('an admin who copies the configuration of the page has a relay', () => {
  const udesk = exampleIn('docs/udesk.md');
  const config = configOf(load({ yaml: fileWith({ udesk }) }));
  expect(config.udesk).toMatchObject({ baseUrl: udesk['baseUrl'], seats: udesk['seats'] });
});

test('the credentials of the unit are those that the configuration looks for', () => {
  const unit = textOf('systemd/asterisk-movidesk.service');
  const named = [...unit.matchAll(/^#?LoadCredential=([a-z-]+):/gm)].map(([, name]) => name);
  expect(named).toEqual(settingsOf(schema).flatMap(({ setting }) => setting.secret?.credential ?? []));
});
