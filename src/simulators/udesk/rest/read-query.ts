import type { RestOperation } from './operation.ts';
import type { OperationName } from './operations.ts';

export interface ReadQuery {
  /** The known names, spelled as in the document. */
  readonly values: Readonly<Record<string, string>>;
  readonly breaches: readonly string[];
}

const SIGNATURE = ['Timestamp', 'Sid', 'Sign'];
// "Pass AppId, Timestamp, sid, and sign in the URL", says this chapter alone.
const SMALL: Readonly<Record<string, string>> = { sid: 'Sid', sign: 'Sign' };

/** What stands in the URL. All else belongs into the body. */
export function readQuery(name: OperationName, operation: RestOperation, search: string): ReadQuery {
  const values: Record<string, string> = {};
  const breaches: string[] = [];
  const known = knownNames(operation);
  for (const [given, value] of new URLSearchParams(search)) {
    const key = (name.endsWith('webhooks/events') ? SMALL[given] : undefined) ?? given;
    if (Object.hasOwn(values, key)) breaches.push(`${given} twice in the URL`);
    if (key === 'AuthToken') breaches.push('the AuthToken in the URL');
    else if (!known.includes(key)) breaches.push(`${given} in the URL is not in the document`);
    values[key] = value;
  }
  return { values, breaches };
}

function knownNames({ app, shape }: RestOperation): readonly string[] {
  // "Required for all operations except creating", says the beginning: where a chapter wants none, one does no harm.
  const appName = app === 'none' ? 'AppId' : app;
  return [...SIGNATURE, 'AgentId', appName, ...(shape === 'message' ? ['MsgId'] : [])];
}
