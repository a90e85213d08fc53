/**
 * What SIPp does, as its XML. A player that talks is told what to do next by requests of our own invention
 * (`XHANGUP`, `XHOLD` …) that carry the Call-ID of its call: see `sipp.ts`.
 */

const sdp = (direction: 'sendrecv' | 'sendonly', port = '[auto_media_port]'): string => `v=0
o=sipp 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio ${port} RTP/AVP 0
a=rtpmap:0 PCMU/8000
a=${direction}`;

const message = (text: string): string => `<send><![CDATA[\n${text.trim()}\n\n]]></send>`;
/** Repeated until it is answered. */
const persistent = (text: string): string => `<send retrans="500"><![CDATA[\n${text.trim()}\n\n]]></send>`;
const body = (text: string): string => `Content-Type: application/sdp\nContent-Length: [len]\n\n${text}`;

const scenario = (name: string, steps: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="${name}">\n${steps.join('\n')}\n</scenario>\n`;

const answer = (status: string, extra = 'Content-Length: 0'): string => `SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
${extra}`;

/** The same, where the To of the request has no tag yet. */
const firstAnswer = (status: string, extra = 'Content-Length: 0'): string => `SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]-[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
${extra}`;

/** A request inside the call; `$me` and `$peer` hold the two addresses with their tags. */
const request = (
  method: string,
  extra = 'Content-Length: 0',
): string => `${method} sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: [$me]
To: [$peer]
Call-ID: [call_id]
CSeq: [$number] ${method}
Contact: <sip:[local_ip]:[local_port]>
Max-Forwards: 70
${extra}`;

const captured = (name: string, into: string): string =>
  `<ereg regexp=".*" search_in="hdr" header="${name}:" check_it="true" assign_to="${into}"/>`;

const told = (method: string, label: string, more = ''): string =>
  `<recv request="${method}" optional="true" next="${label}"><action>${captured('X-Number', 'number')}${more}</action></recv>`;

const reinvite = (direction: 'sendrecv' | 'sendonly'): string[] => [
  persistent(request('INVITE', body(sdp(direction)))),
  '<recv response="100" optional="true"/>',
  '<recv response="200"/>',
  message(request('ACK')),
  '<nop next="talk"/>',
];

const speech = '<nop><action><exec rtp_stream="voice.ulaw,-1,0"/></action></nop>';

/** From the answer on: does what it is told, until one side says BYE. */
const talk: string[] = [
  '<label id="talk"/>',
  told('XHANGUP', 'hangup'),
  told('XHOLD', 'hold'),
  told('XUNHOLD', 'unhold'),
  told('XREFER', 'refer', captured('X-Refer-To', 'target')),
  told('XSPEAK', 'speak'),
  '<recv request="NOTIFY" optional="true" next="notified"/>',
  '<recv request="BYE"/>',
  message(answer('200 OK')),
  '<nop next="over"/>',
  '<label id="hangup"/>',
  persistent(request('BYE')),
  '<recv response="200"/>',
  '<nop next="over"/>',
  '<label id="hold"/>',
  ...reinvite('sendonly'),
  '<label id="unhold"/>',
  ...reinvite('sendrecv'),
  '<label id="speak"/>',
  speech,
  '<nop next="talk"/>',
  '<label id="refer"/>',
  persistent(request('REFER', 'Refer-To:[$target]\nContent-Length: 0')),
  '<recv response="202"/>',
  '<nop next="talk"/>',
  '<label id="notified"/>',
  message(answer('200 OK')),
  '<nop next="talk"/>',
  '<label id="over"/>',
];

/** SIPp refuses a script that fills a variable and never uses it, so `$peer` is only for those who speak first. */
const captureMe = `${captured('To', 'to')}<assignstr assign_to="me" value="[$to];tag=[pid]-[call_number]"/>`;

/** A phone that rings for `ringMs` and answers. */
export const answering = (ringMs: number): string =>
  pickingUp([
    message(firstAnswer('180 Ringing')),
    `<recv request="CANCEL" timeout="${ringMs}" ontimeout="pickup" next="canceled"/>`,
  ]);

/** A phone that waits until its agent is told to pick up; one that does not say that it rings looks free meanwhile. */
export const answeringWhenTold = (saysThatItRings: boolean): string =>
  pickingUp([
    message(firstAnswer(saysThatItRings ? '180 Ringing' : '100 Trying')),
    '<recv request="CANCEL" optional="true" next="canceled"/>',
    '<recv request="XANSWER"/>',
  ]);

const invited = [captured('Via', 'via'), captured('From', 'peer'), captured('CSeq', 'cseq'), captureMe].join(
  '',
);

/** The answer to the INVITE; `last_Via` would be that of the word to pick up. */
const pickup = `SIP/2.0 200 OK
Via: [$via]
From: [$peer]
To: [$me]
Call-ID: [call_id]
CSeq: [$cseq]
Contact: <sip:[local_ip]:[local_port]>
${body(sdp('sendrecv', '[rtpstream_audio_port]'))}`;

const pickingUp = (ring: readonly string[]): string =>
  scenario('answers', [
    `<recv request="INVITE"><action>${invited}</action></recv>`,
    ...ring,
    '<label id="pickup"/>',
    persistent(pickup),
    '<recv request="ACK"/>',
    ...talk.slice(0, -1),
    ...canceled,
    '<label id="over"/>',
  ]);

/** The answers to a CANCEL and to the INVITE it ends. */
const canceled = [
  '<label id="canceled"/>',
  message(answer('200 OK')),
  message(`SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
To: [$me]
[last_Call-ID:]
CSeq: [cseq] INVITE
Content-Length: 0`),
  '<recv request="ACK"/>',
];

/** A phone that was unplugged: nothing comes back. */
export const unresponsive = (): string =>
  scenario('does nothing', ['<recv request="INVITE"/>', '<recv request="CANCEL"/>']);

/** A phone that rings and that nobody picks up. */
export const ringing = (): string =>
  scenario('rings', [
    `<recv request="INVITE"><action>${captureMe}</action></recv>`,
    message(firstAnswer('180 Ringing')),
    '<recv request="CANCEL"/>',
    ...canceled,
  ]);

/** A phone that says no at once, for example `486 Busy Here` or `603 Decline`. */
export const refusing = (status: string): string =>
  scenario('refuses', ['<recv request="INVITE"/>', persistent(firstAnswer(status)), '<recv request="ACK"/>']);

const register = (expires: number, more: string): string => `REGISTER sip:[remote_ip] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: <sip:[service]@[remote_ip]>;tag=[pid]-[call_number]
To: <sip:[service]@[remote_ip]>
Call-ID: [call_id]
CSeq: [cseq] REGISTER
Contact: <sip:[service]@[local_ip]:5060>
Expires: ${expires}
Max-Forwards: 70
${more}Content-Length: 0`;

export const registering = (expires: number): string =>
  scenario('registers', [
    persistent(register(expires, '')),
    '<recv response="401" auth="true"/>',
    persistent(register(expires, '[authentication]\n')),
    '<recv response="200"/>',
  ]);

export interface Dialing {
  /** What stands in From, for example `"Ana" <sip:5511987654321@127.0.0.1>`. */
  readonly from: string;
  readonly withPassword: boolean;
  /** Headers of the caller's own, a line each. */
  readonly more?: string;
}

const invite = (from: string, more: string): string => `INVITE sip:[service]@[remote_ip] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: ${from};tag=[pid]-[call_number]
To: <sip:[service]@[remote_ip]>
Call-ID: [call_id]
CSeq: [cseq] INVITE
Contact: <sip:[local_ip]:[local_port]>
Max-Forwards: 70
${more}${body(sdp('sendrecv', '[rtpstream_audio_port]'))}`;

const acknowledge = (from: string): string => `ACK sip:[service]@[remote_ip] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: ${from};tag=[pid]-[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: [cseq] ACK
Max-Forwards: 70
Content-Length: 0`;

/** Somebody who calls: the caller on the trunk, or an agent by their own phone (`withPassword`). */
export const dialing = ({ from, withPassword, more = '' }: Dialing): string =>
  scenario('dials', [
    persistent(invite(from, more)),
    ...(withPassword
      ? [
          '<recv response="401" auth="true"/>',
          message(acknowledge(from)),
          persistent(invite(from, '[authentication]\n')),
        ]
      : []),
    '<recv response="100" optional="true"/>',
    '<recv response="180" optional="true"/>',
    '<recv response="183" optional="true"/>',
    '<recv response="503" optional="true" next="refused"/>',
    '<recv response="404" optional="true" next="refused"/>',
    '<recv response="486" optional="true" next="refused"/>',
    `<recv response="200"><action>${captured('From', 'me')}${captured('To', 'peer')}</action></recv>`,
    message(acknowledge(from)),
    speech,
    ...talk.slice(0, -1),
    '<label id="refused"/>',
    message(acknowledge(from)),
    '<label id="over"/>',
  ]);
