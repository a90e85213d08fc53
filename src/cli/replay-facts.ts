import type { ReplayLine } from '../replay-line.ts';
import type { StoreView } from './store-command.ts';

/** One line of a replay for scripts and for eyes. */
export interface LineFacts {
  readonly kind: ReplayLine['kind'];
  /** The call, or the channel where no call is known. */
  readonly call: string;
  readonly what: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Numbers as they may be shown, nothing of the recording made safe for a terminal yet. */
export function factsOfLine(line: ReplayLine, number: StoreView['number']): LineFacts {
  const { kind } = line;
  switch (line.kind) {
    case 'decision': {
      const { callId, from, to, input, facts, inferred } = line.line;
      const more = inferred ? { ...facts, inferred } : facts;
      return { kind, call: callId, what: `${from} → ${to} on ${input}`, facts: more };
    }
    case 'pbx':
      return { kind, call: line.deed.uniqueid, what: `PBX: ${line.deed.did}`, facts: line.deed.facts };
    case 'movidesk': {
      const { kind: report, callId, ...facts } = line.report;
      return {
        kind,
        call: callId,
        what: `Movidesk: ${report}`,
        facts: masked({ ...facts, at: undefined }, number),
      };
    }
    case 'refused':
      return { kind, call: '', what: `refused, not as Asterisk writes it: ${line.why}`, facts: {} };
    case 'heard': {
      const { kind: event, ...rest } = line.event;
      const { uniqueid = '', ...facts } = 'caller' in rest ? rest.caller : { uniqueid: undefined, ...rest };
      return { kind, call: uniqueid, what: `heard: ${event}`, facts: masked(facts, number) };
    }
    case 'ignored':
      return { kind, call: line.callId ?? '', what: `ignored: ${line.input}, ${line.why}`, facts: {} };
    case 'warning': {
      const { callId = '', ...facts } = line.facts;
      return { kind, call: String(callId), what: line.message, facts: masked(facts, number) };
    }
  }
}

/** Where a number of somebody's may stand. */
const NUMBERS = new Set(['number', 'clientNumber', 'to']);

const masked = (facts: object, number: StoreView['number']): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, NUMBERS.has(name) ? number(String(value)) : value]),
  );
