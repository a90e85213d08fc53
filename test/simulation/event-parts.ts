import type { AmiEvent } from '../../src/simulators/pbx/packet.ts';

export const headerOf = ({ headers }: AmiEvent, name: string): string =>
  headers.find(([header]) => header === name)?.[1] ?? '';

export function variableOf({ headers }: AmiEvent, name: string): string {
  const start = `${name}=`;
  const found = headers.find(([header, value]) => header === 'ChanVariable' && value.startsWith(start));
  return found?.[1].slice(start.length) ?? '';
}
