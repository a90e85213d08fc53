import { expect, test } from 'vitest';
import type { UdeskErrorName } from '../../../../src/adapters/udesk/error-codes.ts';
import { AUTH_TOKEN, anOffice, type Office, SID } from './office.ts';

interface Provocation {
  readonly code: string;
  readonly kind: 'refused' | 'broken' | 'unauthorized';
  readonly by: (office: Office) => Promise<unknown>;
}

/** Every error of the document's table: one that is added to it does not compile until somebody provokes it here. */
const PROVOKED: Readonly<Record<Exclude<UdeskErrorName, 'Undocumented'>, Provocation>> = {
  IdentityBlank: {
    code: '000001',
    kind: 'refused',
    by: ({ client }) => client.call('agentLogin', { agent_Id: '' }),
  },
  FileNameBlank: {
    code: '000001',
    kind: 'refused',
    by: ({ client }) => client.call('voiceFileUpload', { FileName: '' }),
  },
  ParamsInvalid: {
    code: '000001',
    kind: 'refused',
    by: ({ client }) => client.call('extensionCreate', { Extension: '0123' }),
  },
  ParameterError: {
    code: '000001',
    kind: 'refused',
    by: ({ client }) => client.call('queueCreate', { QueueId: '9001', QueueName: '' }),
  },
  SystemInternalError: {
    code: '000003',
    kind: 'broken',
    by: ({ client, simulator }) => {
      simulator.failNext('GET agents', { errCode: '000003' });
      return client.call('agentList');
    },
  },
  DataDoesNotExist: {
    code: '000004',
    kind: 'refused',
    by: ({ client }) => client.call('voiceFileDelete', { FileName: 'none.wav' }),
  },
  AppNotFoundOrForbidden: {
    code: '100002',
    kind: 'unauthorized',
    by: ({ client, simulator }) => {
      simulator.setForbidden(true);
      return client.call('agentList');
    },
  },
  DuplicateEntry: {
    code: '100004',
    kind: 'refused',
    by: ({ client }) => client.call('agentCreate', { Agents: [{ AgentId: '10031', WorkId: '1' }] }),
  },
  UnexpectedEndOfJson: {
    code: '100004',
    kind: 'refused',
    // The client sends a body wherever one is wanted: only a fault between us makes an incomplete one of it.
    by: ({ client, simulator }) => {
      const errDesc = 'unexpected end of JSON input';
      simulator.failNext('GET calls/logs', { errCode: '100004', errDesc });
      return client.call('callLogs');
    },
  },
  AgentHasQueueOrVoip: {
    code: '100004',
    kind: 'refused',
    by: ({ client }) => client.call('agentDelete', { AgentId: '10031' }),
  },
  NumberIsExisted: {
    code: '100015',
    kind: 'refused',
    by: ({ client }) => client.call('extensionCreate', { Extension: '8001' }),
  },
  VoipBindAgent: {
    code: '100016',
    kind: 'refused',
    by: ({ client }) => client.call('extensionDelete', { Extension: '8001' }),
  },
  AppIdBlank: {
    code: '100017',
    kind: 'unauthorized',
    by: async ({ simulator, clock }) => {
      await using without = await anOffice({
        client: { baseUrl: simulator.url, sid: SID, authToken: AUTH_TOKEN, appId: undefined, clock },
      });
      return without.client.call('agentList');
    },
  },
  RecordNotFound: {
    code: '100018',
    kind: 'refused',
    by: ({ client }) => client.call('agentGet', { AgentId: '99' }),
  },
};

test.each(Object.entries(PROVOKED))('%s is told by its name', async (name, { code, kind, by }) => {
  await using office = await anOffice();
  expect(await by(office)).toMatchObject({
    ok: false,
    failure: {
      ...{ kind, status: 200, error: { name, code } },
      cause: expect.stringMatching(new RegExp(`^${name} \\(${code}\\): `)),
    },
  });
});

test('an error of call control, which answers in its own shape, is told by its name', async () => {
  await using office = await anOffice();
  const call = { call_id: 'none', agent_id: '10031', on_succ: 'x', on_failed: 'x' };
  expect(await office.client.call('callHold', call)).toMatchObject({
    failure: { kind: 'refused', error: { name: 'RecordNotFound', code: '100018' } },
  });
});
