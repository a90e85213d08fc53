import type { activeCallSchema } from './active-call-schema.ts';
import { orNone } from './or-none.ts';
import { Secret } from './secret.ts';
import type { ValuesOf } from './setting.ts';

export type ActiveCallValues = ValuesOf<typeof activeCallSchema>;

/** How whoever asks for a call shows that they may. */
export type CallAccess =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: Secret }
  | { readonly kind: 'token'; readonly token: Secret };

/** Calls that the help desk has the PBX make. */
export interface ActiveCallConfig
  extends Pick<
    ActiveCallValues,
    'extensions' | 'dialContext' | 'allowedPrefixes' | 'callsPerMinute' | 'ringSeconds'
  > {
  readonly access: CallAccess;
  readonly callerId: string | undefined;
  /** Who may listen; nothing where nobody may. */
  readonly supervisors: readonly string[] | undefined;
}

/** Nothing where it is switched off. */
export function activeCallConfig(values: ActiveCallValues): ActiveCallConfig | undefined {
  if (!values.enabled) return undefined;
  const { extensions, dialContext, allowedPrefixes, callsPerMinute, ringSeconds } = values;
  return {
    ...{ extensions, dialContext, allowedPrefixes, callsPerMinute, ringSeconds },
    access: accessOf(values),
    callerId: orNone(values.callerId),
    supervisors: values.monitor ? values.supervisors : undefined,
  };
}

function accessOf({ auth, user, password, token }: ActiveCallValues): CallAccess {
  switch (auth) {
    case 'none':
      return { kind: 'none' };
    case 'basic':
      return { kind: 'basic', user, password: new Secret(password) };
    case 'token':
      return { kind: 'token', token: new Secret(token) };
  }
}
