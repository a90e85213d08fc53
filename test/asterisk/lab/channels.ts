import type { Asterisk } from './asterisk.ts';
import { header } from './manager-client.ts';
import { waitFor } from './wait-for.ts';

/** One channel of the PBX as the lab sees it. */
export interface LabChannel {
  readonly name: string;
  readonly uniqueid: string;
  readonly state: string;
  readonly context: string;
  readonly application: string;
  readonly bridgeId: string;
}

export async function channels(pbx: Asterisk): Promise<LabChannel[]> {
  const items = await pbx.manager.list('CoreShowChannels');
  return items.map((item) => ({
    name: header(item, 'Channel'),
    uniqueid: header(item, 'Uniqueid'),
    state: header(item, 'ChannelStateDesc'),
    context: header(item, 'Context'),
    application: header(item, 'Application'),
    bridgeId: header(item, 'BridgeId'),
  }));
}

const callIdOf = (pbx: Asterisk, channel: string): Promise<string> =>
  pbx.manager.getvar('CHANNEL(pjsip,call-id)', channel);

/** The channel of one SIP call. */
export function channelOfCallId(pbx: Asterisk, callId: string): Promise<LabChannel> {
  return waitFor(`the channel of the SIP call ${callId}`, async () => {
    for (const channel of await channels(pbx)) {
      if (channel.name.startsWith('PJSIP/') && (await callIdOf(pbx, channel.name)) === callId) return channel;
    }
    return undefined;
  });
}

/** A dialog's identity as the other side must name it in `Replaces`. */
export interface Dialog {
  readonly channel: string;
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
}

export async function dialogOf(pbx: Asterisk, channel: string): Promise<Dialog> {
  return {
    channel,
    callId: await callIdOf(pbx, channel),
    localTag: await pbx.manager.getvar('CHANNEL(pjsip,local_tag)', channel),
    remoteTag: await pbx.manager.getvar('CHANNEL(pjsip,remote_tag)', channel),
  };
}
