import { expect } from 'vitest';
import { covering } from './office.ts';

covering(
  'ivr',
  'callers hear what was uploaded, and the keys lead to the queues that were set',
  async ({ ask }) => {
    await ask('voiceFileUpload', { FileName: 'hello.wav', FileType: 'wav', FileDesc: 'greeting' });
    await ask('voiceFileUpload', { FileName: 'bye.wav' });
    await ask('voiceFileDelete', { FileName: 'bye.wav' });
    expect(await ask('voiceFileList')).toEqual({
      IvrVFiles: [{ FileName: 'hello.wav', FileType: 'wav', FileDesc: 'greeting' }],
    });

    const welcome = { Type: 'wav', Content: 'hello.wav' } as const;
    const waiting = { Type: 'tts', Content: 'please wait' } as const;
    await ask('defaultVoicesCreate', { DefVoices: [{ Welcome: welcome }] });
    await ask('defaultVoicesUpdate', { DefVoices: [{ Waiting: waiting, Hold: 'default' }] });
    const { Voices } = await ask('defaultVoicesGet');
    expect(Voices).toMatchObject([{ Welcome: welcome, Waiting: waiting, Hold: null }]);

    await ask('fastRoutersCreate', { FastRouter: [{ Dtmf: '1', Desc: 'first', QueueId: '9008' }] });
    const routes = [
      { Dtmf: '1', Desc: 'support', QueueId: '9008' },
      { Dtmf: '0', Desc: 'anybody', QueueId: '9008' },
    ];
    await ask('fastRoutersUpdate', { FastRouter: routes });
    expect(await ask('fastRoutersGet')).toEqual({ FastRouter: routes });
  },
);
