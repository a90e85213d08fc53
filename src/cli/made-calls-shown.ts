import type { OutboxRow } from '../adapters/sqlite/store-reader.ts';
import { printable } from '../config/mistake.ts';
import type { EndedMadeCall, MadeCall } from '../domain/made-call/made-call.ts';
import { EXIT } from './exit-codes.ts';
import type { StoreView } from './store-command.ts';
import { momentOf, table } from './table.ts';
import { toldFacts, toldText } from './told-shown.ts';

/** A call that an agent made from the help desk, as it may be shown. */
interface MadeFacts {
  readonly callId: string;
  /** What became of it: nothing yet while it is open. */
  readonly result: EndedMadeCall['result'] | null;
  readonly extension: string;
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly number: string;
  /** Whether Movidesk knows it by its id; where it does not, no link is told. */
  readonly isIdTold: boolean;
}

export const madeFacts = (call: MadeCall | EndedMadeCall, number: StoreView['number']): MadeFacts => ({
  callId: call.callId,
  result: 'result' in call ? call.result : null,
  extension: call.agent,
  madeAt: momentOf(call.madeAt),
  endedAt: 'endedAt' in call ? momentOf(call.endedAt) : null,
  number: number(call.clientNumber),
  isIdTold: call.isIdUntold !== true,
});

export function madeTable(made: readonly MadeFacts[]): string {
  return table(
    ['MADE CALL', 'RESULT', 'EXTENSION', 'SINCE', 'UNTIL', 'NUMBER'],
    made.map(({ callId, result, extension, madeAt, endedAt, number }) => [
      callId,
      result ?? 'open',
      extension,
      madeAt,
      endedAt ?? '',
      number,
    ]),
  );
}

/** One of them, and what was told of it. */
export function showMadeCall(
  { number, show }: StoreView,
  call: MadeCall | EndedMadeCall,
  told: readonly OutboxRow[],
): number {
  const facts = madeFacts(call, number);
  show(
    { madeCall: facts, outbox: told.map((row) => toldFacts(row, number)) },
    [headOf(facts), toldText(told)].join('\n\n'),
  );
  return EXIT.OK;
}

function headOf({ callId, result, extension, madeAt, endedAt, number, isIdTold }: MadeFacts): string {
  const now = result === null ? 'open' : `ended: ${result}`;
  const over = endedAt === null ? '' : `  over ${endedAt}`;
  const untold = isIdTold ? '' : '  Movidesk was not given its id: no link is told';
  return printable(
    `${callId}  ${now}  extension ${extension}  number ${number}  made ${madeAt}${over}${untold}`,
  );
}
