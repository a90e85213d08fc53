import { describe, expect, test } from 'vitest';
import { aPlatform } from './platform.ts';

const CALL = {
  call_type: 'Voice Outbound (API)',
  agent_email: 'allen@somedomain.com',
  end_user_number: '+1 202-555-0101',
};

describe('an outbound call', () => {
  test('by a ticket dials its contact, whatever number is given beside it', async () => {
    await using platform = await aPlatform();
    const { status, json } = await platform.call({ ...CALL, ticket_id: '71450', end_user_number: '123123' });
    expect(status).toBe(201);
    expect(json).toMatchObject({ out_ticket_id: '71450', end_user: { id: 67 } });
    expect(platform.simulator.calls).toMatchObject([{ kind: 'outbound', number: '+1 202-555-0167' }]);
  });

  test('goes out by the number wished for, however it is spelled, else by the default', async () => {
    await using platform = await aPlatform();
    const wish = { ...CALL, outbound_number: '+17604108538' };
    expect((await platform.call(wish)).json).toMatchObject({ outbound_number: '+1 760-410-8538' });
    expect((await platform.call(CALL)).json).toMatchObject({ outbound_number: '+1 339-219-5276' });
    const unknown = { ...CALL, outbound_number: '+1 202-555-0199' };
    expect((await platform.call(unknown)).json).toMatchObject({ outbound_number: '+1 339-219-5276' });
  });

  test('needs no choice of a number where there is one only, and creates nothing where it does', async () => {
    await using platform = await aPlatform({ defaultOutboundNumber: null });
    expect(await platform.call(CALL)).toMatchObject({ status: 200, json: CALL });
    expect(platform.simulator.calls).toEqual([]);
    platform.simulator.outboundNumbers.set(['+1 760-410-8538']);
    expect(await platform.verdictOn(CALL)).toBe('201');
    platform.simulator.outboundNumbers.set(['+1 760-410-8538', '+1 760-867-5309'], '+1 760-867-5309');
    expect((await platform.call(CALL)).json).toMatchObject({ outbound_number: '+1 760-867-5309' });
  });

  test('names what is missing first, then the agent, then whom to dial', async () => {
    await using platform = await aPlatform();
    const { simulator, verdictOn } = platform;
    const wrong = { call_type: CALL.call_type, end_user_number: '123123', lang: 'xy' };
    expect(await verdictOn(wrong)).toBe('400 Agent email required');
    const { end_user_number: _, ...unaddressed } = CALL;
    const nobody = 'nobody@somedomain.com';
    expect(await verdictOn({ ...unaddressed, agent_email: nobody })).toBe(
      '400 ticket_id or end_user_number required',
    );
    expect(await verdictOn({ ...wrong, agent_email: nobody })).toBe('400 Not a valid agent email');
    simulator.agents.change(CALL.agent_email, 'no-access');
    expect(await verdictOn({ ...CALL, ...wrong })).toBe('400 Agent does not have access to make calls');
    simulator.agents.change(CALL.agent_email, 'unavailable');
    expect(await verdictOn({ ...CALL, ...wrong })).toBe('400 Agent is not available to take this call');
    simulator.agents.change(CALL.agent_email, 'available');
    expect(await verdictOn({ ...CALL, ...wrong })).toBe('400 end_user_number is not well-formed');
    expect(await verdictOn({ ...CALL, lang: 'xy' })).toBe("400 Language 'xy' is not found");
    expect(simulator.calls).toEqual([]);
  });

  test('is left to an agent who acts in the widget, and creates nothing', async () => {
    await using platform = await aPlatform();
    platform.simulator.agents.change(CALL.agent_email, 'acts-in-widget');
    expect(await platform.call(CALL)).toMatchObject({ status: 202, text: '' });
    expect(platform.simulator.calls).toEqual([]);
  });

  test('may be asked for by its deprecated name; one of no name, or another’s, is of no type', async () => {
    await using platform = await aPlatform();
    const { json } = await platform.call({ ...CALL, call_type: 'OutboundCall' });
    expect(json).toMatchObject({ call_type: 'Voice Outbound (API)' });
    const { call_type: _, ...typeless } = CALL;
    expect(await platform.verdictOn(typeless)).toBe('400 Invalid call type');
    expect(await platform.verdictOn({ ...CALL, call_type: 'IncomingCall' })).toBe('400 Invalid call type');
  });
});
