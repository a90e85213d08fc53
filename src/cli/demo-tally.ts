import { printable } from '../config/mistake.ts';
import type { MovideskSimulator } from '../simulators/movidesk/simulator.ts';

/** What the simulated Movidesk heard and took, and which of its rules were broken, at the end. */
export function movideskTally(movidesk: Pick<MovideskSimulator, 'ledger' | 'violations'>): string {
  const heard = new Map<string, number>();
  for (const { operation, status } of movidesk.ledger) {
    if (status === 200 && operation !== undefined) heard.set(operation, (heard.get(operation) ?? 0) + 1);
  }
  const counts = [...heard].map(([operation, count]) => `  ${operation}: ${count}`);
  const violations = movidesk.violations();
  return [
    'What the simulated Movidesk heard:',
    ...(counts.length === 0 ? ['  nothing'] : counts),
    violations.length === 0
      ? 'Rules of its page broken: none.'
      : `Rules of its page broken:\n  ${violations.map(printable).join('\n  ')}`,
  ].join('\n');
}
