import { expect, test } from 'vitest';
import { configurationFindings } from '../../../src/cli/check/configuration.ts';
import { configOf, fileWith, load } from '../../config/config-builder.ts';

const NAME = 'activeCall.allowedPrefixes';
const CALLS = {
  ...{ enabled: true, auth: 'none', extensions: ['1001'], dialContext: 'from-internal' },
};

const findingWith = (activeCall: object) =>
  configurationFindings({
    config: configOf(load({ yaml: fileWith({ activeCall }) })),
    mistakes: [],
  }).find(({ name }) => name === NAME);

test('whoever lets agents dial any number from Movidesk is warned', () => {
  expect(findingWith(CALLS)).toMatchObject({ state: 'warn', remedy: expect.stringContaining('+55') });
  expect(findingWith({ ...CALLS, allowedPrefixes: ['+55'] })).toMatchObject({ state: 'ok' });
  expect(findingWith({ enabled: false })).toBeUndefined();
});
