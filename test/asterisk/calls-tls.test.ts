import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Credentials, TestAuthority } from '../certificates/authority.ts';
import { AMI_PORT, AMI_TLS_PORT, BRIDGE_USER } from './lab/asterisk-config.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const authority = new TestAuthority();
const folder = mkdtempSync(join(tmpdir(), 'calls-tls-'));
const caFile = join(folder, 'ca.pem');
const otherCaFile = join(folder, 'other-ca.pem');
writeFileSync(caFile, authority.certificate);
writeFileSync(otherCaFile, new TestAuthority('Somebody else').certificate);
afterAll(() => rmSync(folder, { recursive: true }));

const pbx = usePbx({ tls: (host) => authority.issue({ names: [host] }) });
const TLS = { caFile, port: AMI_TLS_PORT };

/** What the PBX says of itself from now on: as an admin changes it. */
async function present({ lab }: Scene, { cert, key }: Credentials): Promise<void> {
  const etc = join(lab.pbx.home.outside, 'etc');
  writeFileSync(join(etc, 'ami.crt'), cert);
  writeFileSync(join(etc, 'ami.key'), key);
  // Asterisk reads neither file again while this one is as old as it was.
  utimesSync(join(etc, 'manager.conf'), new Date(), new Date());
  await lab.pbx.console('manager reload');
}

const logins = ({ lab }: Scene) =>
  lab.pbx.manager.events('SuccessfulAuth', { AccountID: BRIDGE_USER.username });

const isConnected = async ({ lab }: Scene) =>
  (await lab.pbx.console('manager show connected')).includes(BRIDGE_USER.username);

/** The line of the daemon's log that says why it does not speak to the PBX. */
function refusal(scene: Scene): Promise<Record<string, unknown>> {
  return waitFor('the daemon to say what it does not trust', () => {
    const line = scene.bridge.output.split('\n').find((one) => one.includes('AMI_TLS_REFUSED'));
    return line === undefined ? undefined : JSON.parse(line);
  });
}

/** As on a PBX on which no daemon ever was: a beat of the test before this one counts for half a minute. */
const forgetBeats = ({ lab }: Scene) => lab.pbx.manager.setvar('MOVIDESK_BRIDGE_ALIVE', '');

test('a caller is served over TLS from their first word to the last', async () => {
  const scene = await pbx.open({ tls: TLS });
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const caller = await scene.lab.caller('support', { number: '5511987650081', name: 'José 日本' });
  await scene.talk(caller, phone);
  await caller.hangUp();
  expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed', extension: '1001' });
  expect(logins(scene)).toHaveLength(1);
});

describe('a daemon that cannot be sure of the PBX does not log in, says why, and callers go to the fallback', () => {
  test.each([
    ['signed by nobody it trusts', { ...TLS, caFile: otherCaFile }, /signed by nobody/, /asterisk\.caFile/],
    ['no TLS on this port', { ...TLS, port: AMI_PORT }, /does not speak TLS/, /tlsbindaddr/],
  ])('%s', async (_what, tls, why, remedy) => {
    const scene = await pbx.open({ tls, willLink: false });
    await forgetBeats(scene);
    const told = await refusal(scene);
    expect(told).toMatchObject({ level: 'error', host: scene.lab.pbx.host, port: tls.port });
    expect(told['why']).toMatch(why);
    expect(told['remedy']).toMatch(remedy);
    const caller = await scene.lab.caller('support');
    await scene.isIn(caller, 'movidesk-fallback');
    expect(logins(scene)).toEqual([]);
    expect(scene.movidesk.ledger).toEqual([]);
  });

  test('a certificate for another name, until the PBX is given the right one', async () => {
    const scene = await pbx.open({ tls: TLS });
    const logged = scene.lab.pbx.log().length;
    await scene.bridge.stop();
    await waitFor('the session to end', async () => !(await isConnected(scene)));
    // The daemon says goodbye; Asterisk has nothing to complain of.
    expect(scene.lab.pbx.log().slice(logged)).toBe('');
    await forgetBeats(scene);
    await present(scene, authority.issue({ names: ['pbx.example.com'] }));
    scene.bridge.launch();
    const told = await refusal(scene);
    expect(told['why']).toMatch(/another name/);
    expect(told['remedy']).toMatch(/asterisk\.host/);
    const early = await scene.lab.caller('support');
    await scene.isIn(early, 'movidesk-fallback');
    expect(scene.movidesk.ledger).toEqual([]);
    await present(scene, authority.issue({ names: [scene.lab.pbx.host] }));
    await scene.bridge.nextBeat();
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    await scene.talk(await scene.lab.caller('support'), phone);
  });
});
