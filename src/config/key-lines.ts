import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';

/** In which line of the file each key stands, by its path (`movidesk.token`), counted from 1. The file was read before. */
export function keyLines(source: string): ReadonlyMap<string, number> {
  const lines = new LineCounter();
  const { contents } = parseDocument(source, { lineCounter: lines, logLevel: 'silent' });
  const found = new Map<string, number>();
  if (isMap(contents)) noteKeys(contents, '', (path, at) => found.set(path, lines.linePos(at).line));
  return found;
}

/** Lists are one value to us, wherever their entries stand. */
function noteKeys(group: YAMLMap, prefix: string, note: (path: string, at: number) => void): void {
  for (const { key, value } of group.items) {
    if (!isScalar(key)) continue;
    const path = prefix + String(key.value);
    const at = key.range?.[0];
    if (at !== undefined) note(path, at);
    if (isMap(value)) noteKeys(value, `${path}.`, note);
  }
}
