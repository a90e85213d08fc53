import { expect, test } from 'vitest';
import { readExposition, sampleValue } from '../observe/exposition.ts';
import { RawClient } from '../observe/raw-client.ts';
import { serving } from '../observe/serving.ts';
import { linesOf, Office } from './office.ts';
import { Process } from './process.ts';

const SERVED = 'health and metrics are served';
const AT_WORK = 'PBX not connected';

/** Where the process serves HTTP, by its own word. */
async function urlOf(daemon: Process): Promise<string> {
  const line = (await daemon.says(SERVED)).split('\n').find((each) => each.includes(SERVED)) ?? '';
  return /http:[^"\s]+/.exec(line)?.[0] ?? '';
}

test.concurrent('the daemon serves health and metrics, and is asked for them before it looks for the PBX', async () => {
  using office = new Office();
  const daemon = office.daemon();
  const url = await urlOf(daemon);
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
  const metrics = readExposition(await (await fetch(`${url}/metrics`)).text());
  expect(sampleValue(metrics, 'asterisk_movidesk_budget_used_ratio')).toBe(0);
  const support = { queue: 'support' };
  expect(sampleValue(metrics, 'asterisk_movidesk_excess_wait_seconds_count', support)).toBe(0);
  expect(metrics.get('asterisk_movidesk_polls_total')?.type).toBe('counter');
  await daemon.says(AT_WORK);
  daemon.signal('SIGTERM');
  const ended = await daemon.ended;
  expect(ended.code).toBe(0);
  const said = ended.stdout;
  expect(said.indexOf(SERVED)).toBeLessThan(said.indexOf(AT_WORK));
});

test.concurrent('a client that never finishes its request does not keep the daemon from stopping', async () => {
  using office = new Office();
  const daemon = office.daemon();
  using client = await RawClient.connect(await urlOf(daemon));
  client.says('GET /metrics HTTP/1.1\r\n');
  await daemon.says(AT_WORK);
  daemon.signal('SIGTERM');
  const ended = await daemon.ended;
  expect(ended.code).toBe(0);
  expect(linesOf(ended).at(-1)).toMatchObject({ msg: 'stopped' });
});

test.concurrent('a port that is taken is told with its remedy and nothing is begun; once it is free, all is', async () => {
  await using other = await serving();
  const { host, port } = new URL(other.url);
  using office = new Office({ httpPort: Number(port) });
  const ended = await office.daemon().ended;
  expect(ended.code).toBe(70);
  expect(linesOf(ended).at(-1)).toMatchObject({
    level: 'error',
    code: 'HTTP_PORT_TAKEN',
    msg: expect.stringContaining(host),
    cause: expect.stringContaining('EADDRINUSE'),
    remedy: expect.stringContaining('http.port'),
  });
  expect(ended.stdout).not.toContain(AT_WORK);

  await other.server.close();
  const next = office.daemon();
  await next.says(AT_WORK);
  next.signal('SIGTERM');
  expect((await next.ended).code).toBe(0);
});

test.concurrent('two demos run beside each other, each on a port of its own', async () => {
  const demos = [new Process(['demo']), new Process(['demo'])];
  const urls = await Promise.all(demos.map(urlOf));
  expect(new Set(urls).size).toBe(2);
  for (const url of urls)
    expect(await (await fetch(url)).text()).toContain('<title>asterisk-movidesk</title>');
  for (const demo of demos) demo.signal('SIGINT');
  const ended = await Promise.all(demos.map((demo) => demo.ended));
  expect(ended).toMatchObject([{ code: 0 }, { code: 0 }]);
  // Where the other was faster the first address is not the last one said; each is said before the log begins.
  const said = ended.map(({ stdout }) =>
    stdout.slice(0, stdout.indexOf(SERVED)).match(/^Status page: .*$/gm),
  );
  expect(said.map((lines) => lines?.at(-1))).toEqual(urls.map((url) => `Status page: ${url}/`));
});
