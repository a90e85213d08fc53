import { required } from '../fields.ts';
import * as formats from '../formats.ts';
import { REFUSALS } from '../refusal.ts';
import { newExtension } from '../state/new-extension.ts';
import { operation } from './operation.ts';

const FIELDS = { Extension: required(formats.extension) };

export const EXTENSIONS = {
  'POST extensions': operation({
    fields: FIELDS,
    act({ application, body }) {
      if (application.extensions.has(body.Extension)) return REFUSALS.numberIsExisted;
      const { number, password, sipNumber } = newExtension(application, body.Extension);
      return { Extension: number, Password: password, Number: sipNumber };
    },
  }),

  'DELETE extensions': operation({
    fields: FIELDS,
    act({ application, body }) {
      if (!application.extensions.has(body.Extension)) return REFUSALS.doesNotExist;
      if (application.ownerOf(body.Extension) !== undefined) return REFUSALS.voipBindAgent;
      application.extensions.delete(body.Extension);
      return null;
    },
  }),
};
