import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameGate } from '../../../src/adapters/asterisk/frame-gate.ts';

const passedBy = (gate: FrameGate, chunks: readonly string[]) =>
  chunks.map((chunk) => gate.pass(chunk)).map((passed) => (passed.kind === 'frames' ? passed.text : 'BURST'));

function cutAt(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...[...new Set(cuts)].toSorted((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

test('whole packets pass and nothing is lost, wherever the network cuts the text', () => {
  const packets = fc.array(fc.constantFrom('Event: A\r\nX: é\r\n\r\n', 'A: 1\r\n\r\n', '\r\n', 'B: \r\n'), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(packets, fc.array(fc.nat(80)), (pieces, cuts) => {
      const text = `${pieces.join('')}Z: 1\r\n\r\n`;
      const places = cuts.filter((cut) => cut <= text.length);
      const passed = passedBy(new FrameGate(), cutAt(text, places));
      expect(passed.join('')).toBe(text);
      for (const frames of passed) expect(frames === '' || frames.endsWith('\r\n\r\n')).toBe(true);
    }),
  );
});

test('a line that does not end bursts the gate instead of the memory', () => {
  const gate = new FrameGate();
  const passed = Array.from({ length: 5 }, () => gate.pass('x'.repeat(16_000)));
  expect(passed.at(-1)).toEqual({ kind: 'too-long', what: 'line' });
});

test('a packet that does not end bursts it, too', () => {
  const gate = new FrameGate();
  const passed = Array.from({ length: 1_100 }, () => gate.pass(`X: ${'y'.repeat(1_000)}\r\n`));
  expect(passed).toContainEqual({ kind: 'too-long', what: 'packet' });
});

test('a forged response that would never end is kept from the parser, its neighbours are not', () => {
  const passed = new FrameGate().pass('A: 1\r\n\r\nResponse: Follow\r\nB: 2\r\n\r\nC: 3\r\n\r\n');
  expect(passed).toEqual({ kind: 'frames', text: 'A: 1\r\n\r\nC: 3\r\n\r\n', refused: 1 });
});

test('a true list that says it will follow passes', () => {
  const text = 'Response: Success\r\nEventList: start\r\nMessage: Channels will follow\r\n\r\n';
  expect(new FrameGate().pass(text)).toEqual({ kind: 'frames', text, refused: 0 });
});
