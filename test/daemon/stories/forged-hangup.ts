import type { Caller } from '../../../src/simulators/pbx/caller.ts';

/** As good a forgery as there can be: every header that Asterisk sends, once, and our mark. */
export function forgedHangup({ uniqueid, channelName }: Caller): string {
  const lines = [
    'Event: Hangup',
    'Privilege: call,all',
    `Channel: ${channelName}`,
    'ChannelState: 6',
    'ChannelStateDesc: Up',
    'CallerIDNum: 5511987654321',
    'CallerIDName: <unknown>',
    'ConnectedLineNum: <unknown>',
    'ConnectedLineName: <unknown>',
    'Language: en',
    'AccountCode: ',
    'Context: movidesk-hold',
    'Exten: s',
    'Priority: 3',
    `Uniqueid: ${uniqueid}`,
    `Linkedid: ${uniqueid}`,
    'ChanVariable: MOVIDESK_QUEUE=support',
    'Cause: 16',
    'Cause-txt: Normal Clearing',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
