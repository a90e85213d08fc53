import { type Extension, extensionFrom } from '../domain/identity.ts';
import { type OrNone, orNone } from './or-none.ts';
import type { SeatValues } from './seat-list.ts';
import { Secret } from './secret.ts';
import type { ValuesOf } from './setting.ts';
import type { udeskSchema } from './udesk-schema.ts';

type UdeskValues = ValuesOf<typeof udeskSchema>;
type Given = Omit<UdeskValues, 'enabled' | 'authToken' | 'authTokenFile' | 'secret' | 'secretFile' | 'seats'>;

/** The relay to Udesk, where there is one. */
export interface UdeskConfig extends OrNone<Given, 'webSocketUrl' | 'callIdVariable' | 'callbackUrl'> {
  readonly authToken: Secret;
  /** There wherever `callbackUrl` or `callbackList` is. */
  readonly secret: Secret | undefined;
  /** Empty: Udesk's own list of seats says who has which extension. */
  readonly seats: readonly SeatConfig[];
}

export interface SeatConfig {
  readonly extension: Extension;
  /** Digits. */
  readonly agentId: string;
}

/** Valid values in the shape that the relay is given; nothing where it is switched off. */
export function udeskConfig(values: UdeskValues, seats: readonly SeatValues[]): UdeskConfig | undefined {
  const { enabled, authToken, authTokenFile: _tokenFile, secret, secretFile: _secretFile, ...given } = values;
  if (!enabled) return undefined;
  return {
    ...given,
    // Operations are appended with a slash of their own.
    baseUrl: given.baseUrl.replace(/\/+$/, ''),
    webSocketUrl: orNone(given.webSocketUrl),
    authToken: new Secret(authToken),
    secret: secret === '' ? undefined : new Secret(secret),
    seats: seats.flatMap(seatConfig),
    callIdVariable: orNone(given.callIdVariable),
    callbackUrl: orNone(given.callbackUrl),
  };
}

// The rule of the key takes what the domain takes, so that none is dropped here.
function seatConfig({ extension, agentId }: SeatValues): readonly SeatConfig[] {
  const known = extensionFrom(extension);
  return known === undefined ? [] : [{ extension: known, agentId }];
}
