import { describe, expect, test } from 'vitest';
import { codeFrom, errorOf } from '../../../src/adapters/udesk/error-codes.ts';

describe('an error of the document', () => {
  test.each([
    ['000001', 'AgentId AppId WorkId Blank', 'IdentityBlank', 'refused'],
    ['000001', 'AgentId Blank', 'IdentityBlank', 'refused'],
    ['000001', 'Parameter error', 'ParameterError', 'refused'],
    ['000001', 'ParamsInvalid', 'ParamsInvalid', 'refused'],
    ['000001', 'File name Blank', 'FileNameBlank', 'refused'],
    ['000001', '', 'ParameterError', 'refused'],
    ['000003', 'System internal error', 'SystemInternalError', 'broken'],
    ['000004', 'Data does not exist', 'DataDoesNotExist', 'refused'],
    ['100002', 'AppId AppNotFound or forbidden', 'AppNotFoundOrForbidden', 'unauthorized'],
    ['100004', "Duplicate entry '199' for key 'agent_id'", 'DuplicateEntry', 'refused'],
    ['100004', 'unexpected end of JSON input', 'UnexpectedEndOfJson', 'refused'],
    ['100004', "Agent has queue or voip, can't delete", 'AgentHasQueueOrVoip', 'refused'],
    ['100015', 'NumberIsExisted', 'NumberIsExisted', 'refused'],
    ['100016', 'VoipBindAgent', 'VoipBindAgent', 'refused'],
    ['100017', 'AppID Blank', 'AppIdBlank', 'unauthorized'],
    ['100018', 'RecordNotFound', 'RecordNotFound', 'refused'],
  ])('%s "%s" is %s, and %s', (code, description, name, means) => {
    expect(errorOf(code, description)).toEqual({ error: { name, code }, means });
  });
});

describe('an error that the document does not have', () => {
  test.each([
    ['100004', 'something else', 'refused'],
    ['123456', '', 'refused'],
    ['123456', 'agent must sign in first', 'refused'],
    ['123456', 'agent is not signed in', 'refused'],
    ['123456', 'design flaw', 'refused'],
    ['123456', 'Sign error', 'unauthorized'],
    ['123456', 'invalid signature', 'unauthorized'],
    ['123456', 'Unauthorized', 'unauthorized'],
    ['000401', '', 'unauthorized'],
    ['000403', '', 'unauthorized'],
  ])('%s "%s" is %s', (code, description, means) => {
    expect(errorOf(code, description)).toEqual({ error: { name: 'Undocumented', code }, means });
  });
});

test.each([
  ['100018', '100018'],
  [100_018, '100018'],
  [0, '000000'],
  [3, '000003'],
  ['0', '000000'],
  [' 000000 ', '000000'],
  ['E00012', 'E00012'],
  [-1, undefined],
  ['1566446286123', undefined],
  ['wrong', undefined],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
  [true, undefined],
  [1.5, undefined],
  [['000000'], undefined],
])('the code %j is read as %s', (found, code) => {
  expect(codeFrom(found)).toBe(code);
});
