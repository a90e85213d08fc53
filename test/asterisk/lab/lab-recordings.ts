import { join } from 'node:path';
import type { Lab } from './lab.ts';

const DAEMONS_PORT = 9096;
export const RECORDINGS_KEY = 'lab-recordings-key-0f8fad5b';

/** The daemon hands recordings out, from the spool of the lab's PBX. */
export class LabRecordings {
  readonly daemonsPlace: { readonly host: string; readonly port: number };
  /** The group `recordings` of the daemon's configuration. */
  readonly config: Readonly<Record<string, unknown>>;

  constructor(lab: Lab) {
    this.daemonsPlace = { host: lab.pbx.host, port: DAEMONS_PORT };
    this.config = {
      serve: true,
      folder: join(lab.pbx.home.outside, 'spool'),
      pathTemplate: 'movidesk/{file}',
      pbxPathTemplate: 'monitor/{date:yyyy/MM/dd}/{file}',
      publicUrl: `http://${lab.pbx.host}:${DAEMONS_PORT}/recordings`,
      key: RECORDINGS_KEY,
    };
  }
}
