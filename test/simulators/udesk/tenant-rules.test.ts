import { describe, expect, test } from 'vitest';
import { aCallCentre } from './call-centre.ts';

describe('extensions and seats', () => {
  test('a seat takes two extensions and no third', async () => {
    await using centre = await aCallCentre();
    for (const Extension of ['2345', '9527', '4567'])
      await centre.call('POST extensions', { body: { Extension } });
    const bind = (...Extensions: string[]) =>
      centre.codeOf('POST agents/extensions', { body: { AgentId: '7765', Extensions } });
    expect(await bind('2345')).toBe('000000 OK');
    expect(await bind('2345', '9527')).toBe('000000 OK');
    expect(await bind('4567')).toBe('000001 ParamsInvalid');
    expect(centre.simulator.agents.find('7765').extensions).toEqual(['2345', '9527']);
  });

  test('an extension of somebody else cannot be had, nor one that does not exist', async () => {
    await using centre = await aCallCentre();
    const bind = (number: string) =>
      centre.codeOf('POST agents/extensions', { body: { AgentId: '7765', Extensions: [number] } });
    expect(await bind('8001')).toBe('100004 Duplicate entry 8001 for Extension');
    expect(await bind('1111')).toBe('100018 RecordNotFound');
  });

  test('an extension can be deleted once it is unbound', async () => {
    await using centre = await aCallCentre();
    const remove = () => centre.codeOf('DELETE extensions', { body: { Extension: '8001' } });
    const unbind = () =>
      centre.codeOf('DELETE agents/extensions', { body: { AgentId: '10031', Extensions: ['8001'] } });
    expect(await remove()).toBe('100016 VoipBindAgent');
    expect(await unbind()).toBe('000000 OK');
    expect(await unbind()).toBe('000004 Data does not exist');
    expect(await remove()).toBe('000000 OK');
  });

  test('a seat may be made along with an extension, and deleted along with it', async () => {
    await using centre = await aCallCentre();
    const agent = { AgentId: '300', WorkId: 'w300', IsCreateExtension: true };
    const { json } = await centre.call('POST agents', { body: { Agents: [agent] } });
    expect(json).toMatchObject({
      Result: { Extensions: [{ Extension: '8003', Password: expect.any(String) }] },
    });
    const remove = (change: object) =>
      centre.codeOf('DELETE agents/300', { body: { AgentId: '300', ...change } });
    expect(await remove({})).toBe("100004 Agent has queue or voip, can't delete");
    expect(await remove({ IsDelExtensions: true })).toBe('000000 OK');
    expect(await centre.codeOf('POST extensions', { body: { Extension: '8003' } })).toBe('000000 OK');
  });

  test('of several seats all are made or none', async () => {
    await using centre = await aCallCentre();
    const Agents = ['300', '301', '300'].map((AgentId) => ({ AgentId, WorkId: AgentId }));
    expect(await centre.codeOf('POST agents', { body: { Agents } })).toBe(
      '100004 Duplicate entry 300 for AgentId',
    );
    expect(centre.simulator.agents.all()).toHaveLength(3);
  });
});

describe('queues', () => {
  test('a queue with seats stays, and a seat with queues too', async () => {
    await using centre = await aCallCentre();
    const body = { QueueId: '9008', AgentIds: ['7765'] };
    expect(await centre.codeOf('PUT queues/agents', { body })).toBe('000000 OK');
    const bound = "100004 Agent has queue or voip, can't delete";
    expect(await centre.codeOf('DELETE queues', { body: { QueueId: '9008' } })).toBe(bound);
    expect(await centre.codeOf('DELETE agents/7765', { body: { AgentId: '7765' } })).toBe(bound);
    await centre.call('DELETE agents/queues', { body: { AgentId: '7765', Queues: ['9008'] } });
    expect(await centre.codeOf('DELETE queues', { body: { QueueId: '9008' } })).toBe('000000 OK');
  });

  test('binding more seats leaves those that are bound', async () => {
    await using centre = await aCallCentre();
    for (const agentId of ['10031', '10032']) {
      await centre.call('POST queues/agents', { body: { QueueId: '9008', AgentIds: [agentId] } });
    }
    expect((await centre.call('GET queues/9008')).json).toMatchObject({
      Result: {
        QueueId: '9008',
        QueueName: 'Support',
        Timeout: 60,
        MaxLength: 128,
        Agents: ['10031', '10032'],
      },
    });
    expect((await centre.call('GET agents/10031', { body: { AgentId: '10031' } })).json).toMatchObject({
      Result: { Queues: ['9008'], QueuesNames: 'Support' },
    });
  });

  test('an application has a hundred queues at most, and all are listed', async () => {
    await using centre = await aCallCentre();
    const create = (at: number) => {
      const body = {
        QueueId: String(9100 + at),
        QueueName: `Q ${at}`,
        Strategy: 'longest_idle',
        MaxLength: 512,
      };
      return centre.codeOf('POST queues', { body });
    };
    for (let at = 1; at < 100; at += 1) expect(await create(at)).toBe('000000 OK');
    expect(await create(100)).toBe('000001 ParamsInvalid');
    const { Result } = (await centre.call('GET queues')).json as { Result: object[] };
    expect(Result).toHaveLength(100);
    expect(Result[1]).toMatchObject({ ID: 2, QueueID: '9101', Name: 'Q 1', MaxLength: 512, WaitMusic: '' });
  });
});

describe('relay numbers', () => {
  test('the default is one of the list, for all or for one seat', async () => {
    await using centre = await aCallCentre();
    const number = { body: { DefSpNumber: '057128091649' } };
    expect(await centre.codeOf('PUT spnumbers/default', number)).toBe('000000 OK');
    expect(await centre.codeOf('PUT spnumbers/agent/default/10031', number)).toBe('000000 OK');
    expect(await centre.codeOf('PUT spnumbers/agent/default/99', number)).toBe('100018 RecordNotFound');
    expect((await centre.call('GET spnumbers')).json).toMatchObject({
      Result: { SpNumbers: ['057126200670', '057128091649'], DefSpNumber: '057128091649' },
    });
    const detail = { body: { AgentId: '10031' } };
    expect((await centre.call('GET agents/10031', detail)).json).toMatchObject({
      Result: { DefSpNumber: '057128091649' },
    });
    expect(await centre.codeOf('DELETE spnumbers/default')).toBe('000000 OK');
    expect(await centre.codeOf('DELETE spnumbers/agent/default/10031')).toBe('000000 OK');
    expect(await centre.codeOf('DELETE spnumbers/agent/default/10031')).toBe('000004 Data does not exist');
  });
});

describe('voices and fast routers', () => {
  test('a voice file is unique, listed, and gone when deleted', async () => {
    await using centre = await aCallCentre();
    const body = { FileName: 'hello.wav', FileType: 'wav', FileDesc: 'a greeting' };
    expect(await centre.codeOf('POST ivrs/vfiles', { body })).toBe('000000 OK');
    expect(await centre.codeOf('POST ivrs/vfiles', { body })).toBe(
      '100004 Duplicate entry hello.wav for FileName',
    );
    expect((await centre.call('GET ivrs/vfiles')).json).toMatchObject({ Result: { IvrVFiles: [body] } });
    await centre.call('DELETE ivrs/vfiles', { body: { FileName: 'hello.wav' } });
    expect((await centre.call('GET ivrs/vfiles')).json).toMatchObject({ Result: { IvrVFiles: [] } });
  });

  test('default voices are kept until they are default again', async () => {
    await using centre = await aCallCentre();
    const Welcome = { Type: 'tts', Content: 'hello' };
    const set = (voices: object) => centre.codeOf('POST ivrs/defvoices', { body: { DefVoices: [voices] } });
    expect(await set({ Welcome, Hold: 'default' })).toBe('000000 OK');
    expect((await centre.call('GET ivrs/defvoices')).json).toMatchObject({
      Result: { Voices: [{ Welcome }] },
    });
    expect(await set({ Welcome: 'default' })).toBe('000000 OK');
    expect((await centre.call('GET ivrs/defvoices')).json).toMatchObject({ Result: { Voices: [{}] } });
  });

  test('fast routers lead to queues that exist, and are shown beside the code', async () => {
    await using centre = await aCallCentre();
    const FastRouter = [{ Dtmf: '1', Desc: 'Support', QueueId: '9008' }];
    expect(await centre.codeOf('PUT ivrs/fastrouters', { body: { FastRouter } })).toBe('000000 OK');
    expect((await centre.call('GET ivrs/fastrouters')).json).toEqual({
      ErrCode: '000000',
      ErrDesc: 'OK',
      FastRouter,
    });
    const nowhere = { FastRouter: [{ Dtmf: '1', Desc: 'Nobody', QueueId: '9999' }] };
    expect(await centre.codeOf('POST ivrs/fastrouters', { body: nowhere })).toBe('100018 RecordNotFound');
  });
});

describe('dial tasks', () => {
  const TASK = {
    ...{ AdTaskId: 't1', AdTaskType: '2', AdTaskRatio: 1.5, AdQueueId: '9008', AdConCallLimit: 100 },
    ...{ AdCallerNum: '057126200670', AdDispNum: '057126200670' },
  };

  test.each(['stop', 'force_stop'])('a task runs once, until %s', async (how) => {
    await using centre = await aCallCentre();
    const start = () => centre.codeOf('POST ads/task/start', { body: TASK });
    const end = () => centre.codeOf(`POST ads/task/${how}`, { body: { AdTaskId: 't1' } });
    const change = () =>
      centre.codeOf('POST ads/task/update_ratio', { body: { AdTaskId: 't1', AdTaskRatio: 5 } });
    expect(await change()).toBe('100018 RecordNotFound');
    expect(await start()).toBe('000000 OK');
    expect(await start()).toBe('100004 Duplicate entry t1 for AdTaskId');
    expect(await change()).toBe('000000 OK');
    expect(await end()).toBe('000000 OK');
    expect(await end()).toBe('100018 RecordNotFound');
    expect(await start()).toBe('000000 OK');
  });

  test.each([
    { AdTaskRatio: 0.9 },
    { AdTaskRatio: 5.1 },
    { AdConCallLimit: 101 },
    { AdTaskType: '6' },
    { AdQueueId: '8000' },
    { AdCallerNum: '12' },
  ])('out of bounds: %o', async (change) => {
    await using centre = await aCallCentre();
    expect(await centre.codeOf('POST ads/task/start', { body: { ...TASK, ...change } })).toBe(
      '000001 ParamsInvalid',
    );
  });
});
