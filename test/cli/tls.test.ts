import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ScriptedPbx } from '../adapters/asterisk/scripted-pbx.ts';
import { TestAuthority } from '../certificates/authority.ts';
import { ConfigFolder, Process, run } from './process.ts';

const SECRET = 'geheim-geheim-geheim';
const authority = new TestAuthority();
const HERE = { names: ['127.0.0.1'] };

let asterisk: ScriptedPbx | undefined;
afterEach(async () => {
  await asterisk?.close();
  asterisk = undefined;
});

/** A configuration for a PBX over TLS, and a Movidesk that does not exist. */
function configIn(folder: ConfigFolder, port: number, more = ''): string {
  return folder.write(
    'config.yaml',
    `asterisk: { host: 127.0.0.1, port: ${port}, tls: true, secret: ${SECRET}${more} }
movidesk: { token: 155cac97-f203-4bb8-86e1-aa4cb8781f3e, baseUrl: "http://127.0.0.1:1" }
store: { path: "${join(folder.path, 'bridge.db')}" }
http: { port: 0 }
queues:
  - { name: support, movideskQueueId: 1 }
`,
  );
}

test('a file of authorities that is not there ends with 78, and is named', async () => {
  using folder = new ConfigFolder();
  const caFile = join(folder.path, 'ca.pem');
  const { code, stdout, stderr } = await run([
    'run',
    '--config',
    configIn(folder, 1, `, caFile: "${caFile}"`),
  ]);
  expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
  expect(stderr).toMatch(/^asterisk\.caFile: .*ca\.pem does not exist; /);
});

test('a PBX whose authority stands in the file is linked', async () => {
  using folder = new ConfigFolder();
  asterisk = await ScriptedPbx.listen({}, authority.issue(HERE));
  const caFile = folder.write('ca.pem', authority.certificate);
  const daemon = new Process(['run', '--config', configIn(folder, asterisk.port, `, caFile: "${caFile}"`)]);
  await daemon.says('PBX reconciled');
  daemon.signal('SIGTERM');
  expect((await daemon.ended).code).toBe(0);
});

test('without such a file the authorities of the system are asked', async () => {
  using folder = new ConfigFolder();
  asterisk = await ScriptedPbx.listen({}, authority.issue(HERE));
  // Where OpenSSL, and so Node, looks for the system's.
  const env = { SSL_CERT_FILE: folder.write('system.pem', authority.certificate) };
  const daemon = new Process(['run', '--config', configIn(folder, asterisk.port)], env);
  await daemon.says('PBX reconciled');
  daemon.signal('SIGTERM');
  expect((await daemon.ended).code).toBe(0);
});

test('a PBX for whom they do not vouch is not told the secret, and the log says what to do', async () => {
  using folder = new ConfigFolder();
  asterisk = await ScriptedPbx.listen({}, authority.issue(HERE));
  const daemon = new Process(['run', '--config', configIn(folder, asterisk.port)]);
  await daemon.says('AMI_TLS_REFUSED');
  daemon.signal('SIGTERM');
  const { code, stdout, stderr } = await daemon.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('asterisk.caFile');
  expect(stdout).not.toContain(SECRET);
  expect(asterisk.actions).toEqual([]);
});
