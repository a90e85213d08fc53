import { describe, expect, it } from 'vitest';
import { recordingLink } from '../../../src/domain/call/recording-link.ts';
import { aCall, someRules } from '../builders.ts';

const visit = aCall().inQueue('support & sales').waiting();

function linkOf(file: string | undefined, linkTemplate: string) {
  return recordingLink(file, visit, '1001', someRules({ linkTemplate }));
}

describe('the link of a recording', () => {
  it('fills in file, call, extension and queue', () => {
    const template = 'https://pbx.example.com/{queue}/{extension}/{callId}?f={file}';
    expect(linkOf('talk.wav', template)).toBe(
      'https://pbx.example.com/support%20%26%20sales/1001/pbx1-1795361570.12?f=talk.wav',
    );
  });

  it('fills in a placeholder as often as it stands there', () => {
    expect(linkOf('a.wav', 'https://x/{file}#{file}')).toBe('https://x/a.wav#a.wav');
  });

  it.each(['{nobody}', '{constructor}', '{toString}', '{__proto__}', '{}', '{file'])(
    'leaves %s as it stands',
    (unknown) => {
      expect(linkOf('talk.wav', `https://x/${unknown}`)).toBe(`https://x/${unknown}`);
    },
  );

  it.each([undefined, ''])('is missing where there is no file', (file) => {
    expect(linkOf(file, 'https://x/{file}')).toBeUndefined();
  });

  it('is missing where no template is configured', () => {
    expect(linkOf('talk.wav', '')).toBeUndefined();
  });

  it.each([
    ['../../etc/passwd', 'https://x/..%2F..%2Fetc%2Fpasswd'],
    ['a b?c#d&e=f.wav', 'https://x/a%20b%3Fc%23d%26e%3Df.wav'],
    ['{callId}.wav', 'https://x/%7BcallId%7D.wav'],
    ["$&$1$'.wav", "https://x/%24%26%241%24'.wav"],
    ['a\r\nX: y.wav', 'https://x/a%0D%0AX%3A%20y.wav'],
    ['çã.wav', 'https://x/%C3%A7%C3%A3.wav'],
    ['half \ud83d.wav', 'https://x/half%20%EF%BF%BD.wav'],
  ])('cannot be bent by the file name %j', (file, link) => {
    expect(linkOf(file, 'https://x/{file}')).toBe(link);
  });
});
