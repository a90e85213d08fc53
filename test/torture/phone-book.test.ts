import { beforeEach, describe, expect, test } from 'vitest';
import { PhoneBook } from './phone-book.ts';

const COLLEAGUES = 'PJSIP/1002-00000009';
const OURS = 'PJSIP/1002-0000000a';

describe('an offer at a phone that another call stands on', () => {
  let book: PhoneBook;
  const tell = (event: string, channel: string, state: string, at: number): void =>
    book.note(
      event,
      [
        ['Event', event],
        ['Channel', channel],
        ['ChannelState', state],
      ],
      at,
    );

  beforeEach(() => {
    book = new PhoneBook();
    tell('Newchannel', COLLEAGUES, '0', 0);
    tell('Newchannel', OURS, '0', 1000);
  });

  test('is a fault where the PBX has shown for a while that the phone rings', () => {
    tell('Newstate', COLLEAGUES, '5', 100);
    book.offered('1002', OURS, 1000);
    expect(book.secondOffers).toEqual([`1002 was offered ${OURS} while it had ${COLLEAGUES}`]);
  });

  test('is none where it began to ring while the caller was on the way', () => {
    tell('Newstate', COLLEAGUES, '5', 900);
    book.offered('1002', OURS, 1000);
    expect(book.secondOffers).toEqual([]);
  });

  test('is none where the phone keeps silent about it: the PBX calls it free', () => {
    book.offered('1002', OURS, 1000);
    expect(book.secondOffers).toEqual([]);
  });

  test('is a fault where the other is an offer of ours, silent or not', () => {
    book.offered('1002', COLLEAGUES, 10);
    book.offered('1002', OURS, 1000);
    expect(book.secondOffers).toHaveLength(1);
  });

  test('is none where the other call is over', () => {
    tell('Newstate', COLLEAGUES, '5', 100);
    tell('Hangup', COLLEAGUES, '5', 200);
    book.offered('1002', OURS, 1000);
    expect(book.secondOffers).toEqual([]);
  });
});
