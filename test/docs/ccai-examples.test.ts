import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readWish } from '../../src/adapters/ccai/outbound-wish.ts';
import { hoursOf } from '../../src/domain/call-back/opening-hours.ts';
import { queueNameFrom } from '../../src/domain/identity.ts';
import { readWishBody } from '../../src/observe/http/call-out-body.ts';
import { configOf, fileWith, load } from '../config/config-builder.ts';
import { textOf } from '../house/source-files.ts';

const page = textOf('docs/ccai.md');

test('an admin who copies the configuration of the page has a relay', () => {
  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  const [example = '', ...others] = blocks;
  expect(others).toEqual([]);
  const { ccai } = parse(example);
  // The file would have to exist: its content stands here.
  const { tokenFile, ...keys } = ccai;
  expect(tokenFile).toMatch(/^\//);
  // Its first rule names a queue, beside the one that every test has.
  const queues = [
    { name: 'support', movideskQueueId: 1 },
    { name: 'sales', movideskQueueId: 2 },
  ];
  const config = configOf(load({ yaml: fileWith({ ccai: { ...keys, token: 'hush-token' }, queues }) }));
  expect(config.ccai).toMatchObject({ baseUrl: 'https://example.ccai.example.com/apps/api/v1' });
  expect(config.ccai?.rules.map(({ wants }) => wants)).toEqual(['nothing', 'schedule', 'call-back']);
  const open = queues.map(({ name }) => hoursOf(config.ccai?.openingHours ?? [], queueNameFrom(name)));
  expect(open.map((hours) => hours?.holidays.length)).toEqual([3, 3]);
});

test('a programmer who copies the request of the page has an agent call', () => {
  const [, body = ''] = /-d '([^']+)'/.exec(page) ?? [];
  const reading = readWishBody(body);
  expect(reading.ok && readWish(reading.wish, 'BR')).toEqual({
    ok: true,
    arguments: {
      ...{ agentEmail: 'ana@example.com', endUserNumber: '+5511987654321', lang: 'pt' },
      outboundNumber: undefined,
    },
  });
});

test('README leads there', () => {
  expect(textOf('README.md')).toContain('(docs/ccai.md)');
});
