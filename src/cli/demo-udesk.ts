import { startUdeskSimulator, type UdeskSimulator } from '../simulators/udesk/simulator.ts';

const APP_ID = '00000000-0000-4000-8000-000000000001';
const SID = 'demo-account-of-nobody';
const AUTH_TOKEN = 'demo-udesk-token-of-nobody';
const SECRET = 'demo-udesk-secret-of-nobody';

/** What must not be seen in the demo's log, though it is nobody's. */
export const UDESK_SECRETS = [AUTH_TOKEN, SECRET] as const;

/** A Udesk in which every agent of the demo has a seat. */
export function startDemoUdesk(extensions: readonly string[]): Promise<UdeskSimulator> {
  return startUdeskSimulator({
    sid: SID,
    authToken: AUTH_TOKEN,
    application: {
      appId: APP_ID,
      secret: SECRET,
      agents: extensions.map((extension) => ({ agentId: `1${extension}`, extensions: [extension] })),
    },
  });
}

/** The configuration that leads there. Its callbacks come to the daemon's own server, which is given `httpPort`. */
export function demoUdeskValues(
  { url, agentUrl }: UdeskSimulator,
  httpPort: number,
): Readonly<Record<string, string>> {
  return {
    UDESK_ENABLED: 'true',
    UDESK_BASE_URL: url,
    UDESK_WEB_SOCKET_URL: agentUrl,
    UDESK_APP_ID: APP_ID,
    UDESK_SID: SID,
    UDESK_AUTH_TOKEN: AUTH_TOKEN,
    UDESK_SECRET: SECRET,
    UDESK_CALLBACK_URL: `http://127.0.0.1:${httpPort}/udesk/callback`,
  };
}

/** Prints what Udesk makes of the agents, a line for each change. Returns how to end it. */
export function watchDemoUdesk(udesk: UdeskSimulator): () => void {
  return udesk.onHappening((happening) => {
    switch (happening.what) {
      case 'agent-logged-in':
      case 'agent-logged-out':
        return console.log(
          `  Udesk: ${extensionOf(happening.agentId)} ${happening.what.slice('agent-'.length)}`,
        );
      case 'agent-state':
        return console.log(
          `  Udesk: ${extensionOf(happening.agentId)} ${happening.oldState} → ${happening.state}`,
        );
      default:
        return undefined;
    }
  });
}

/** What came of it, at the end. */
export function udeskSummary(udesk: UdeskSimulator): string {
  const states = udesk.ledger.filter(({ what }) => what === 'agent-state').length;
  const violations = udesk.violations();
  return [
    `What the simulated Udesk saw: ${states} changes of its agents’ states.`,
    violations.length === 0
      ? 'Rules of its document broken: none.'
      : `Rules of its document broken:\n  ${violations.join('\n  ')}`,
  ].join('\n');
}

const extensionOf = (agentId: string): string => agentId.slice(1);
