import { printable } from '../../config/mistake.ts';
import { jsonText } from '../json-text.ts';
import type { FoundIn } from './finding.ts';

const STATE_WIDTH = 'skipped'.length;
// Longer ones push what follows to the right.
const WHERE_WIDTH = 36;

/** One line: the state, what was looked at, what was found, and what to do. Safe on a terminal. */
export function lineOf(finding: FoundIn): string {
  const { state, area, name, found } = finding;
  const where = `${area}: ${name}`;
  const what = 'remedy' in finding ? `${found} → ${finding.remedy}` : found;
  return printable(`${state.padEnd(STATE_WIDTH)}  ${where.padEnd(WHERE_WIDTH)}  ${what}`);
}

/** The last line. */
export function sumOf(findings: readonly FoundIn[]): string {
  const count = (state: FoundIn['state']) => findings.filter((finding) => finding.state === state).length;
  const wrong = count('FAIL');
  const sum = `${count('ok')} ok, ${count('warn')} warn, ${wrong} FAIL, ${count('skipped')} skipped.`;
  return wrong === 0 ? sum : `${sum} Mend what FAILs, and run check again.`;
}

/** For scripts. */
export function jsonOf(findings: readonly FoundIn[]): string {
  return jsonText(
    findings.map((finding) => {
      const { area, name, state, found } = finding;
      return { area, name, state, found, ...('remedy' in finding && { remedy: finding.remedy }) };
    }),
  );
}
