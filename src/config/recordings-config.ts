import { type OrNone, orNone } from './or-none.ts';
import type { recordingsSchema } from './recordings-schema.ts';
import { Secret } from './secret.ts';
import type { ValuesOf } from './setting.ts';

export type RecordingsValues = ValuesOf<typeof recordingsSchema>;

/** Where recordings are, and how they are linked. */
export interface RecordingsConfig
  extends OrNone<Pick<RecordingsValues, 'linkTemplate' | 'folder'>, 'linkTemplate' | 'folder'>,
    Pick<RecordingsValues, 'pathTemplate' | 'pbxPathTemplate'> {
  readonly timeZone: string;
  /** Or else it is this machine's. */
  readonly isZoneGiven: boolean;
  /** Nothing where the daemon hands none out. */
  readonly served: ServedRecordings | undefined;
}

export interface ServedRecordings {
  readonly folder: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly linkDays: number;
  readonly key: Secret;
  readonly previousKey: Secret | undefined;
}

export function recordingsConfig(values: RecordingsValues): RecordingsConfig {
  const { linkTemplate, folder, pathTemplate, pbxPathTemplate, timeZone } = values;
  return {
    linkTemplate: orNone(linkTemplate),
    folder: orNone(folder),
    pathTemplate,
    pbxPathTemplate,
    timeZone: orNone(timeZone) ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    isZoneGiven: timeZone !== '',
    served: values.serve ? served(values) : undefined,
  };
}

function served({ folder, publicUrl, linkDays, key, previousKey }: RecordingsValues): ServedRecordings {
  return {
    folder,
    // Paths are appended with a slash of their own.
    publicUrl: publicUrl.replace(/\/+$/, ''),
    linkDays,
    key: new Secret(key),
    previousKey: previousKey === '' ? undefined : new Secret(previousKey),
  };
}
