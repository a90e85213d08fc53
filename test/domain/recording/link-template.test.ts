import { describe, expect, it } from 'vitest';
import { isPlaceholder } from '../../../src/domain/recording/link-template.ts';
import type { Recording } from '../../../src/domain/recording/recording.ts';
import { recordingPath, templateLink } from '../../../src/domain/recording/template-link.ts';
import { aCall, extension } from '../builders.ts';

const { callId, queue } = aCall().inQueue('support & sales').waiting();
const talk: Recording = {
  file: 'talk.wav',
  callId,
  queue,
  extension: extension('1001'),
  callAt: Date.UTC(2026, 0, 1, 1, 30),
};

const LISTENING_IN = 'America/Sao_Paulo';

function linkOf(recording: Partial<Recording>, linkTemplate: string, timeZone = LISTENING_IN) {
  const pathOf = recordingPath({
    pathTemplate: 'movidesk/{file}',
    pbxPathTemplate: 'monitor/{date:yyyy/MM}/{file}',
    timeZone,
  });
  return templateLink({ linkTemplate, pathOf, timeZone })({ ...talk, ...recording });
}

describe('the link of a recording', () => {
  it('fills in file, call, extension and queue', () => {
    const template = 'https://pbx.example.com/{queue}/{extension}/{callId}?f={file}';
    expect(linkOf({}, template)).toBe(
      'https://pbx.example.com/support%20%26%20sales/1001/pbx1-1795361570.12?f=talk.wav',
    );
  });

  it('fills in a placeholder as often as it stands there', () => {
    expect(linkOf({ file: 'a.wav' }, 'https://x/{file}#{file}')).toBe('https://x/a.wav#a.wav');
  });

  it('tells the day of the call by the clocks beside the PBX, where it may be another than in London', () => {
    expect(linkOf({}, 'https://x/{date:yyyy/MM/dd}/{file}')).toBe('https://x/2025/12/31/talk.wav');
    expect(linkOf({}, 'https://x/{date:yyyy/MM/dd}/{file}', 'UTC')).toBe('https://x/2026/01/01/talk.wav');
    expect(linkOf({}, 'https://x/{date:dd.MM.yyyy}-{date:dd}/{file}')).toBe(
      'https://x/31.12.2025-31/talk.wav',
    );
  });

  it('fills in the whole way below the folder, as it should be or as it was found', () => {
    expect(linkOf({}, 'https://x/{path}')).toBe('https://x/monitor/2025/12/talk.wav');
    const ours = `${callId}-1001-1795361570.wav`;
    expect(linkOf({ file: ours }, 'https://x/{path}')).toBe(`https://x/movidesk/${ours}`);
    expect(linkOf({ path: 'old/a b/talk.mp3' }, 'https://x/{path}')).toBe('https://x/old/a%20b/talk.mp3');
  });

  it('of a file of the PBX’s tells the day on which its caller came in, which is in its name', () => {
    const file = 'external-1001-5511987654321-20261123-235959-1795478399.12.wav';
    const callAt = Date.UTC(2026, 10, 24, 0, 0, 5);
    expect(linkOf({ file, callAt }, 'https://x/{date:yyyyMMdd}/{path}', 'UTC')).toBe(
      `https://x/20261123/monitor/2026/11/${file}`,
    );
    const ours = `${callId}-1001-1795478399.wav`;
    expect(linkOf({ file: ours, callAt }, 'https://x/{date:yyyyMMdd}', 'UTC')).toBe('https://x/20261124');
  });

  it('knows for ours what the dialplan made without a call id', () => {
    for (const file of ['1795361570.12-1001-1795361600.wav', 'pbx1-1795361570.12-message-1795361600.wav'])
      expect(linkOf({ file }, 'https://x/{path}')).toBe(`https://x/movidesk/${file}`);
  });

  it('of a message names no extension', () => {
    expect(linkOf({ extension: undefined }, 'https://x/{extension}/{file}')).toBe('https://x//talk.wav');
  });

  it('has no empty step in its way below the folder, where a call has no queue or no extension', () => {
    const pathOf = recordingPath({
      pathTemplate: '{queue}/{date:yyyy}/{extension}/{file}',
      pbxPathTemplate: '{extension}/{file}',
      timeZone: 'UTC',
    });
    const ours = { ...talk, file: `${callId}-1001-1795361570.wav` };
    expect(pathOf(ours)).toBe(`support & sales/2026/1001/${ours.file}`);
    expect(pathOf({ ...ours, queue: undefined })).toBe(`2026/1001/${ours.file}`);
    expect(pathOf({ ...ours, queue: undefined, extension: undefined })).toBe(`2026/${ours.file}`);
    expect(pathOf({ ...talk, extension: undefined })).toBe('talk.wav');
  });

  it.each([
    '{nobody}',
    '{constructor}',
    '{toString}',
    '{__proto__}',
    '{}',
    '{date:}',
    '{date:HH}',
    '{date:/}',
  ])('leaves %s as it stands, for it is no placeholder', (unknown) => {
    expect(linkOf({}, `https://x/${unknown}`)).toBe(`https://x/${unknown}`);
    expect(isPlaceholder(unknown.slice(1, -1))).toBe(false);
  });

  it.each(['file', 'path', 'callId', 'extension', 'queue', 'date:yyyy/MM/dd', 'date:yyyyMMdd', 'date:dd_MM'])(
    'knows {%s}',
    (inside) => {
      expect(isPlaceholder(inside)).toBe(true);
      expect(linkOf({}, `https://x/{${inside}}`)).not.toContain('{');
    },
  );

  it('is missing where no template is configured', () => {
    expect(linkOf({}, '')).toBeUndefined();
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
    expect(linkOf({ file }, 'https://x/{file}')).toBe(link);
  });
});
