import { type ContractOf, RESOURCE_NOT_FOUND } from '../contract.ts';
import { NUMBER, type Platform } from '../platform.ts';

const aCall = ({ client }: Platform) => client.incomingCall({ menuId: 9, endUserNumber: NUMBER });

const PATH = '/calls/1/customer_flag';
const ALL = { verifiedCustomer: true, badActor: false, repeatCustomer: true };

const aFlaggedCall = async (platform: Platform) => {
  await aCall(platform);
  platform.simulator.setFlags(1, ALL);
};

const read =
  (callId = 1) =>
  ({ client }: Platform) =>
    client.customerFlags(callId);
const set =
  (flags: Parameters<Platform['client']['setCustomerFlags']>[1], callId = 1) =>
  ({ client }: Platform) =>
    client.setCustomerFlags(callId, flags);

const flags = ({ simulator }: Platform) => simulator.calls[0]?.flags;

export const customerFlags: ContractOf<'customerFlags'> = {
  whole: {
    path: PATH,
    prepare: aFlaggedCall,
    ask: read(),
    sent: undefined,
    became: flags,
    becomes: ALL,
  },
  answers: {
    '2xx': { prepare: aFlaggedCall, ask: read(), status: 200, answer: { kind: 'flags', flags: ALL } },
  },
  refusals: {
    'resource-not-found': { prepare: aCall, ask: read(99), status: 404, says: RESOURCE_NOT_FOUND },
  },
};

export const setCustomerFlags: ContractOf<'setCustomerFlags'> = {
  whole: {
    path: PATH,
    prepare: aCall,
    ask: set(ALL),
    sent: { verified_customer: true, bad_actor: false, repeat_customer: true, repeat_customers: true },
    became: flags,
    becomes: ALL,
  },
  // What is left out stays as it is.
  least: { prepare: aFlaggedCall, ask: set({ badActor: true }), sent: { bad_actor: true } },
  answers: {
    '2xx': { prepare: aCall, ask: set(ALL), status: 200, answer: { kind: 'set' } },
  },
  refusals: {
    'resource-not-found': { prepare: aCall, ask: set(ALL, 99), status: 404, says: RESOURCE_NOT_FOUND },
  },
};
