import type { OperationName } from '../../../../src/adapters/ccai/operations.ts';
import { customerFlags, setCustomerFlags } from './cases/customer-flags.ts';
import { incomingCall } from './cases/incoming.ts';
import { outboundCallByNumber, outboundCallByTicket } from './cases/outbound.ts';
import { scheduledCallAfterCall, scheduledCallByMenu } from './cases/scheduled.ts';
import type { Contract, ContractOf } from './contract.ts';

/** A new operation does not compile until it stands here. */
const CONTRACTS: { readonly [Name in OperationName]: ContractOf<Name> } = {
  outboundCallByNumber,
  outboundCallByTicket,
  incomingCall,
  scheduledCallByMenu,
  scheduledCallAfterCall,
  customerFlags,
  setCustomerFlags,
};

/** Where its cases stand: `cases/<file>.ts`. */
export const CASES_IN: Readonly<Record<OperationName, string>> = {
  outboundCallByNumber: 'outbound',
  outboundCallByTicket: 'outbound',
  incomingCall: 'incoming',
  scheduledCallByMenu: 'scheduled',
  scheduledCallAfterCall: 'scheduled',
  customerFlags: 'customer-flags',
  setCustomerFlags: 'customer-flags',
};

export const OPERATION_NAMES = Object.keys(CONTRACTS).filter(
  (name): name is OperationName => name in CONTRACTS,
);

/** Whatever the operation, its rows are texts. */
export const contractOf = (name: OperationName): Contract<string, string, string> => CONTRACTS[name];
