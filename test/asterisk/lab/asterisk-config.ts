import type { Credentials } from '../../certificates/authority.ts';
import type { Network } from './network.ts';

/** What an admin would have on a small PBX already; the shipped files of `config/asterisk` are included unchanged. */
export interface PbxPlan {
  readonly network: Network;
  /** The lab's directory as Asterisk sees it, inside its root filesystem. */
  readonly home: string;
  readonly extensions: readonly string[];
  /** `freepbx`: the `*_custom.conf` variant instead of the plain files. */
  readonly flavour: 'plain' | 'freepbx';
  /** With these, AMI is spoken over TLS as well, on a port of its own. */
  readonly tls?: Credentials | undefined;
  /** The admin has prepared the PBX for the Udesk relay, as the shipped manager file says. */
  readonly udesk?: boolean | undefined;
  /** The admin has given the bridge's user the right to make calls, as the shipped manager file says. */
  readonly originate?: boolean | undefined;
}

export const AMI_PORT = 5038;
export const AMI_TLS_PORT = 5039;

/** The lab's own manager user may do everything: it arranges the world and looks behind the scenes. */
export const LAB_USER = { username: 'lab', secret: 'lab' };
/** The user of the shipped manager file, as it is shipped. */
export const BRIDGE_USER = { username: 'movidesk', secret: 'change-this-secret' };

const asteriskConf = ({ home }: PbxPlan): string => `
[directories]
astetcdir => ${home}/etc
astvarlibdir => ${home}/lib
astdbdir => ${home}/lib
astkeydir => ${home}/lib
astrundir => ${home}/run
astspooldir => ${home}/spool
astlogdir => ${home}/log
astcachedir => ${home}/cache
[options]
verbose = 0
`;

const includes = {
  plain: {
    extensions: '#include extensions_movidesk.conf\n#include hints_movidesk.conf\n',
    manager: '#include manager_movidesk.conf\n',
    queues: '#include queues_movidesk.conf\n',
  },
  freepbx: {
    extensions: '#include extensions_custom.conf\n',
    manager: '#include manager_custom.conf\n',
    queues: '[sales]\nstrategy = linear\njoinempty = yes\nleavewhenempty = no\n',
  },
};

// Udesk's own calls come with their id in a header, which is cleaned like everything that somebody else has sent.
const UDESK_CALL_ID = `Set(__UDESK_CALL_ID=\${FILTER(0-9A-Za-z._\\x2d,\${PJSIP_HEADER(read,X-Udesk-Call-Id)})})`;

/** From its first priority on, what a number does that leads to a queue. */
const toQueue = ({ udesk }: PbxPlan): string =>
  `1,${udesk === true ? UDESK_CALL_ID : 'NoOp()'}\n same => n,Goto(movidesk-entry,\${EXTEN},1)`;

// Callers dial a queue's name; `q_` in front takes the way through an Asterisk queue. Agents reach each other, the
// queue (8000) and the world (7000, which answers and plays a tone); 700 parks a call, and 701 is the first place.
// `raw` is a number of the PBX that knows nothing of the bridge and cleans nothing.
const extensionsConf = (plan: PbxPlan): string => `
[from-trunk]
exten => raw,1,Answer()
 same => n,Wait(60)
exten => 551130001000,1,Goto(movidesk-entry,support,1)
exten => _[a-z].,${toQueue(plan)}
; A PBX that records by itself, and names the file as FreePBX does.
exten => _rec_[a-z].,1,Set(AT=\${CUT(UNIQUEID,.,1)})
 same => n,Set(CALLFILENAME=external-551130001000-\${CALLERID(num)}-\${STRFTIME(\${AT},,%Y%m%d-%H%M%S)}-\${UNIQUEID})
 same => n,MixMonitor(\${ASTSPOOLDIR}/monitor/\${STRFTIME(\${AT},,%Y/%m/%d)}/\${CALLFILENAME}.wav,abi(LOCAL_MIXMON_ID))
 same => n,Set(__REC_STATUS=RECORDING)
 same => n,Goto(movidesk-entry,\${EXTEN:4},1)
exten => _q_[a-z].,1,Goto(movidesk-queue,\${EXTEN:2},1)
[from-pstn]
include => from-trunk
[from-agents]
exten => _1XXX,1,Dial(PJSIP/\${EXTEN},20,tT)
exten => 7000,1,Answer()
 same => n,Milliwatt()
exten => 8000,1,Goto(movidesk-entry,support,1)
include => parked
; What agents' phones dial goes out here: the customer of every number is the phone 1004, which rings for two seconds where the
; number begins with 550.
[to-world]
exten => _55XXXX!,1,Dial(PJSIP/1004,20)
exten => _550XXX!,1,Dial(PJSIP/1004,2)
exten => _+55XXXX!,1,Goto(\${EXTEN:1},1)
[from-agents](+)
${plan.flavour === 'plain' ? 'include => movidesk-dnd' : ''}
${includes[plan.flavour].extensions}`;

// As the shipped files say it.
const managerTls = ({ network, home }: PbxPlan): string => `
[general](+)
tlsenable = yes
tlsbindaddr = ${network.pbx}:${AMI_TLS_PORT}
tlscertfile = ${home}/etc/ami.crt
tlsprivatekey = ${home}/etc/ami.key
`;

const managerConf = ({ network, flavour }: PbxPlan): string => `
[general]
enabled = yes
webenabled = no
port = ${AMI_PORT}
bindaddr = ${network.pbx}
[${LAB_USER.username}]
secret = ${LAB_USER.secret}
read = all
write = all
${includes[flavour].manager}`;

const endpoint = (extension: string): string => `
[${extension}]
type = endpoint
context = from-agents
disallow = all
allow = ulaw
direct_media = no
callerid = Agent ${extension} <${extension}>
auth = ${extension}
aors = ${extension}
[${extension}]
type = auth
auth_type = userpass
username = ${extension}
password = ${extension}
[${extension}]
type = aor
max_contacts = 1
remove_existing = yes
`;

const pjsipConf = ({ network, extensions, flavour }: PbxPlan): string => `
[transport-udp]
type = transport
protocol = udp
bind = ${network.pbx}:5060
[trunk]
type = endpoint
context = ${flavour === 'plain' ? 'from-trunk' : 'movidesk-from-trunk'}
disallow = all
allow = ulaw
direct_media = no
bind_rtp_to_media_address = yes
media_address = ${network.pbx}
[trunk]
type = identify
endpoint = trunk
match = ${network.trunkRange}
${extensions.map(endpoint).join('')}`;

/** The shipped manager file as an admin changes it for the Udesk relay: without the semicolons before its filters. */
export function withUdeskFilters(shipped: string): string {
  const filters = /^;(?=eventfilter\(action\(include\),name\((?:Hold|Unhold)\),)/gm;
  if (shipped.match(filters)?.length !== 2)
    throw new Error('The shipped filters of Hold and Unhold are gone.');
  return shipped.replace(filters, '');
}

/** The same for calls that agents make from Movidesk. */
export function withOriginate(shipped: string): string {
  if (!shipped.includes('\nwrite = call\n') || !shipped.includes('\n;write = call,originate\n'))
    throw new Error('The shipped rights to write are gone.');
  return shipped
    .replace('\nwrite = call\n', '\n')
    .replace('\n;write = call,originate\n', '\nwrite = call,originate\n');
}

/** Every file of Asterisk's configuration folder but the shipped ones. */
export function configFiles(plan: PbxPlan): Record<string, string> {
  return {
    'asterisk.conf': asteriskConf(plan),
    'modules.conf': '[modules]\nautoload = yes\n',
    'logger.conf': '[general]\n[logfiles]\nmessages => notice,warning,error\n',
    'extensions.conf': extensionsConf(plan),
    'manager.conf': managerConf(plan) + (plan.tls === undefined ? '' : managerTls(plan)),
    ...(plan.tls && { 'ami.crt': plan.tls.cert, 'ami.key': plan.tls.key }),
    'queues.conf': `[general]\npersistentmembers = no\n${includes[plan.flavour].queues}`,
    'pjsip.conf': pjsipConf(plan),
    'rtp.conf': '[general]\nrtpstart = 20000\nrtpend = 29999\n',
    'musiconhold.conf': `[default]\nmode = files\ndirectory = ${plan.home}/moh\n`,
    // An agent who announced nothing and hung up is called back when the colleague does not answer: after 15 s, unless told.
    'features.conf': '[general]\natxfernoanswertimeout = 5\n[featuremap]\nblindxfer = #1\natxfer = *2\n',
    'res_parking.conf':
      '[general]\n[default]\nparkext = 700\nparkpos = 701-720\ncontext = parked\nparkingtime = 20\n',
  };
}
