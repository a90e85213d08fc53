import { optional } from '../fields.ts';
import { digits } from '../formats.ts';
import { REFUSALS } from '../refusal.ts';
import type { Application } from '../state/application.ts';
import { operation } from './operation.ts';

const FIELDS = { DefSpNumber: optional(digits) };

const setDefault = operation({
  fields: FIELDS,
  act({ application, body: { DefSpNumber } }) {
    if (!isOffered(application, DefSpNumber)) return REFUSALS.paramsInvalid;
    application.defaultRelayNumber = DefSpNumber ?? application.defaultRelayNumber;
    return null;
  },
});

const deleteDefault = operation({
  act({ application }) {
    if (application.defaultRelayNumber === '') return REFUSALS.doesNotExist;
    application.defaultRelayNumber = '';
    return null;
  },
});

export const RELAY_NUMBERS = {
  'GET spnumbers': operation({
    act: ({ application }) => ({
      SpNumbers: [...application.relayNumbers],
      DefSpNumber: application.defaultRelayNumber,
    }),
  }),
  'PUT spnumbers/default': setDefault,
  'DELETE spnumbers/default': deleteDefault,
  // The examples append a number that the tables do not have, and nothing says what it means.
  'PUT spnumbers/default/{number}': setDefault,
  'DELETE spnumbers/default/{number}': deleteDefault,

  'PUT spnumbers/agent/default/{agentId}': operation({
    fields: FIELDS,
    act({ application, path, body: { DefSpNumber } }) {
      const seat = application.seats.get(path['agentId'] ?? '');
      if (seat === undefined) return REFUSALS.recordNotFound;
      if (!isOffered(application, DefSpNumber)) return REFUSALS.paramsInvalid;
      seat.defSpNumber = DefSpNumber ?? seat.defSpNumber;
      return null;
    },
  }),

  'DELETE spnumbers/agent/default/{agentId}': operation({
    act({ application, path }) {
      const seat = application.seats.get(path['agentId'] ?? '');
      if (seat === undefined) return REFUSALS.recordNotFound;
      if (seat.defSpNumber === '') return REFUSALS.doesNotExist;
      seat.defSpNumber = '';
      return null;
    },
  }),
};

/** "Can be any number in the relay number list." */
function isOffered({ relayNumbers }: Application, number: string | undefined): boolean {
  return number === undefined || relayNumbers.includes(number);
}
