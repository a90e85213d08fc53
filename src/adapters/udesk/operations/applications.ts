import { boolean, nothing, number, object, optional, text } from './kind.ts';
import type { Operations } from './operation.ts';

/** An application is a tenant of the call centre. */
export const APPLICATIONS = {
  appCreate: {
    title: 'Create Application',
    method: 'POST',
    path: 'apps',
    // Its table wants none, since there is none yet; its example carries one. It is sent where one is configured.
    app: 'AppId',
    body: {
      Name: text,
      /** 1 is a call centre, 0 is telemarketing. The other two operations have words for it. */
      Type: number,
      CallbackUrl: text,
      IsHideUserNum: optional(boolean),
      Memo: optional(text),
    },
    answer: 'Result',
    result: optional(
      object({
        AppId: text,
        ExtensionPrefix: text,
        Name: text,
        Memo: text,
        Type: text,
        CallbackUrl: text,
        // A string here and a boolean in `appGet`, as `WrapUpTime` is an integer elsewhere.
        IsHideUserNum: boolean,
        Secret: text,
        WrapUpTime: number,
      }),
    ),
    repeating: 'harmful',
  },
  appUpdate: {
    title: 'Update Application',
    method: 'PUT',
    path: 'apps',
    app: 'AppId',
    body: {
      Name: optional(text),
      /** `default` or `external`. */
      Type: optional(text),
      CallbackUrl: optional(text),
      IsHideUserNum: optional(boolean),
      Memo: optional(text),
    },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  appGet: {
    title: 'Get Application Details',
    method: 'GET',
    path: 'apps',
    app: 'AppId',
    answer: 'Result',
    result: object({
      AppId: text,
      Name: text,
      Type: text,
      CallbackUrl: text,
      IsHideUserNum: boolean,
      Secret: text,
      Memo: text,
    }),
    repeating: 'harmless',
  },
} as const satisfies Operations;
