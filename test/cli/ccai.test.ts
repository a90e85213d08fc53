import { describe, expect, test } from 'vitest';
import { aCcai, type Script } from '../adapters/ccai/ccai-server.ts';
import { OUTBOUND_CALL } from '../adapters/ccai/document-calls.ts';
import { aClosedPort } from '../adapters/movidesk/far-side.ts';
import { ConfigFolder, type Ended, run } from './process.ts';

const TOKEN = 'c0ffee-api-token';
const NUMBER = '11987654321';

interface Wish {
  readonly args?: readonly string[];
  readonly ccai?: string;
  readonly token?: string | undefined;
}

/** Runs `ccai call` as an operator does: with the platform's token, and without the daemon's other secrets. */
async function callOut(baseUrl: string, { args = ['--number', NUMBER], ccai, token = TOKEN }: Wish = {}) {
  using folder = new ConfigFolder();
  const written = ccai ?? `{ enabled: true, subdomain: acme, baseUrl: "${baseUrl}", timeoutMs: 2000 }`;
  const config = folder.write(
    'config.yaml',
    `asterisk: { host: 127.0.0.1 }
queues:
  - { name: support, movideskQueueId: 1 }
ccai: ${written}
`,
  );
  const env = token === '' ? {} : { ASTERISK_MOVIDESK_CCAI_TOKEN: token };
  return await run(['ccai', 'call', '--config', config, '--agent', 'ana@example.com', ...args], env);
}

async function answeredBy(script: Script, wish: Wish = {}) {
  await using ccai = await aCcai(script);
  return { ended: await callOut(ccai.baseUrl, wish), bodies: ccai.requests.map(({ body }) => body) };
}

function expectNoSecretIn({ stdout, stderr }: Ended): void {
  for (const secret of [TOKEN, '987654321']) expect(stdout + stderr).not.toContain(secret);
}

describe('an operator asks CCAI Platform to have an agent call', () => {
  test.concurrent('a number, and is told the call’s identity there', async () => {
    const { ended, bodies } = await answeredBy({ answer: OUTBOUND_CALL });
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('397') });
    expect(bodies).toEqual([
      { call_type: 'Voice Outbound (API)', agent_email: 'ana@example.com', end_user_number: `+55${NUMBER}` },
    ]);
  });

  test.concurrent('whom a ticket belongs to, with another number and in another language', async () => {
    const args = ['--ticket', '71450', '--outbound-number', '1132654321', '--lang', 'pt', '--json'];
    const { ended, bodies } = await answeredBy({ status: 202, answer: '' }, { args });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: 'needs-agent', code: 'needs-agent' });
    expect(bodies).toEqual([
      {
        call_type: 'Voice Outbound (API)',
        agent_email: 'ana@example.com',
        ticket_id: '71450',
        outbound_number: '+551132654321',
        lang: 'pt',
      },
    ]);
  });

  test.concurrent('and is told that the agent must choose a number', async () => {
    const { ended } = await answeredBy({ status: 200, answer: { agent_email: 'ana@example.com' } });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('must choose the number') });
  });

  test.concurrent('and is told why it was refused', async () => {
    const script = { status: 400, answer: { message: 'Agent is not available to take this call' } };
    const { ended } = await answeredBy(script);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe(
      'asterisk-movidesk: CCAI Platform refused: The agent is not available to take this call.\n',
    );
    const json = await answeredBy(script, { args: ['--number', NUMBER, '--json'] });
    expect(json.ended).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(json.ended.stdout)).toMatchObject({ outcome: 'refused', code: 'agent-not-available' });
  });

  test.concurrent('and is told what is wrong with the number, and nothing is asked', async () => {
    const { ended, bodies } = await answeredBy({}, { args: ['--number', '1001'] });
    expect(ended).toMatchObject({ code: 64, stdout: '', stderr: expect.stringContaining('area code') });
    expect(bodies).toEqual([]);
  });

  test.concurrent('and is told the cause where nobody answers', async () => {
    const ended = await callOut(`http://127.0.0.1:${await aClosedPort()}`);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('ECONNREFUSED') });
    expectNoSecretIn(ended);
  });

  test.concurrent('and sees neither token nor number, whatever the platform writes back', async () => {
    const answer = `${TOKEN} ${Buffer.from(`acme:${TOKEN}`).toString('base64')} +55 11 98765-4321 +55${NUMBER}`;
    const { ended } = await answeredBy({ status: 403, answer });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('ccai.token') });
    expectNoSecretIn(ended);
    expect(ended.stderr).not.toMatch(/98765|YWNtZTp/);
  });
});

describe('what the configuration lacks is said', () => {
  test.concurrent('that the platform is switched off', async () => {
    const ended = await callOut('', { ccai: '{ enabled: false }' });
    expect(ended).toMatchObject({ code: 78, stdout: '', stderr: expect.stringContaining('ccai.enabled') });
  });

  test.concurrent('that its token is missing, and nothing of the secrets that are not needed', async () => {
    const ended = await callOut('http://127.0.0.1:1', { token: '' });
    expect(ended).toMatchObject({ code: 78, stdout: '' });
    expect(ended.stderr).toMatch(/^ccai\.token: is missing.*\n$/);
  });
});
