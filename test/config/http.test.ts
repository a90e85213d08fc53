import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { configOf, Folder, fileWith, load, onlyMistake } from './config-builder.ts';

const TOKEN = 'c0ffee00-0000-4000';

test('nobody is asked for a token unless one is given', () => {
  expect(configOf(load({ yaml: fileWith() })).http).toEqual({
    host: '127.0.0.1',
    port: 9095,
    token: undefined,
  });
});

test('the token comes from the file, the environment, a file of its own, or systemd', () => {
  using folder = new Folder();
  const tokenFile = folder.write('http-token', `${TOKEN}\n`);
  const file = folder.write('config.yaml', fileWith());
  const found = [
    load({ yaml: fileWith({ http: { token: TOKEN } }) }),
    load({ yaml: fileWith(), env: { ASTERISK_MOVIDESK_HTTP_TOKEN: TOKEN } }),
    load({ yaml: fileWith({ http: { tokenFile } }) }),
    load({ yaml: fileWith(), env: { ASTERISK_MOVIDESK_HTTP_TOKEN_FILE: tokenFile } }),
    loadConfig({ file, env: { CREDENTIALS_DIRECTORY: folder.path } }),
  ].map((loaded) => configOf(loaded).http);
  for (const http of found) {
    expect(http.token?.reveal()).toBe(TOKEN);
    expect(JSON.stringify(http)).not.toContain(TOKEN);
    expect(Object.keys(http)).toEqual(['host', 'port', 'token']);
  }
});

test('a token that could be guessed is refused, and not shown', () => {
  const { key, problem } = onlyMistake(load({ yaml: fileWith({ http: { token: 'short-of-sixtee' } }) }));
  expect(key).toBe('http.token');
  expect(problem).toMatch(/16 to 512 bytes/);
  expect(problem).not.toContain('short');
});
