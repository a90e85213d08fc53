import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutUnread } from '../../../src/adapters/asterisk/unread-events.ts';

const packet = (name: string) => `Event: ${name}\r\nPrivilege: call,all\r\n\r\n`;

test('what is read, and whatever is not plainly an event, stays in its order; the rest is counted', () => {
  const kept = ['UserEvent', 'Hangup', 'DialEnd'].map(packet);
  kept.push('Response: Success\r\n\r\n', 'X: Event: VarSet\r\n\r\n', 'event: VarSet\r\n\r\n');
  const unread = ['VarSet', 'Newexten', 'HangupRequest', 'close', ''].map(packet);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...kept, ...unread)), (packets) => {
      const { text, skipped } = withoutUnread(packets.join(''));
      expect(text).toBe(packets.filter((one) => kept.includes(one)).join(''));
      expect(skipped).toBe(packets.filter((one) => unread.includes(one)).length);
    }),
  );
});

test('the greeting stays in front of the first packet', () => {
  const text = `Asterisk Call Manager/11.0.0\r\nResponse: Success\r\n\r\n${packet('Newexten')}`;
  expect(withoutUnread(text)).toEqual({
    text: 'Asterisk Call Manager/11.0.0\r\nResponse: Success\r\n\r\n',
    skipped: 1,
  });
});

test('blank lines between packets are nothing', () => {
  const text = `\r\n${packet('Hangup')}\r\n\r\n\r\n${packet('Newexten')}\r\n${packet('DialEnd')}\r\n\r\n`;
  expect(withoutUnread(text)).toEqual({ text: packet('Hangup') + packet('DialEnd'), skipped: 1 });
  expect(withoutUnread('\r\n'.repeat(30_000))).toEqual({ text: '', skipped: 0 });
});
