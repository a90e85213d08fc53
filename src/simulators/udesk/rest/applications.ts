import { optional, required } from '../fields.ts';
import { boolean, oneOf, text, url } from '../formats.ts';
import type { Account } from '../state/account.ts';
import type { ApplicationFacts } from '../state/application.ts';
import { accountOperation, operation } from './operation.ts';

// The create table numbers the types, the two others name them. That 1, the call centre, is `default` is assumed.
const TYPES = ['external', 'default'] as const;

export const APPLICATIONS = {
  'POST apps': accountOperation({
    fields: {
      Name: required(text),
      Type: required(oneOf(0, 1)),
      CallbackUrl: required(url),
      IsHideUserNum: optional(boolean),
      Memo: optional(text),
    },
    act({ account, body }) {
      const facts = newFacts(account, {
        name: body.Name,
        type: TYPES[body.Type] ?? 'default',
        callbackUrl: body.CallbackUrl,
        isHideUserNum: body.IsHideUserNum ?? false,
        memo: body.Memo ?? '',
      });
      account.add(facts);
      return created(facts, body.Type);
    },
  }),

  'PUT apps': operation({
    fields: {
      Name: optional(text),
      Type: optional(oneOf('default', 'external')),
      CallbackUrl: optional(url),
      IsHideUserNum: optional(boolean),
      Memo: optional(text),
    },
    act({ application: { facts }, body }) {
      facts.name = body.Name ?? facts.name;
      facts.type = body.Type ?? facts.type;
      facts.callbackUrl = body.CallbackUrl ?? facts.callbackUrl;
      facts.isHideUserNum = body.IsHideUserNum ?? facts.isHideUserNum;
      facts.memo = body.Memo ?? facts.memo;
      return null;
    },
  }),

  'GET apps': operation({
    act: ({ application: { facts } }) => ({
      AppId: facts.appId,
      Name: facts.name,
      Type: facts.type,
      CallbackUrl: facts.callbackUrl,
      IsHideUserNum: facts.isHideUserNum,
      Secret: facts.secret,
      Memo: facts.memo,
    }),
  }),
};

type Chosen = Omit<ApplicationFacts, 'appId' | 'secret' | 'extensionPrefix'>;

function newFacts({ world, applications }: Account, chosen: Chosen): ApplicationFacts {
  const serial = String(applications.size + 1).padStart(9, '0');
  return { ...chosen, appId: world.uuid(), secret: world.hex(32), extensionPrefix: `9${serial}` };
}

/** Every value is a string here, says the table. */
function created(facts: ApplicationFacts, type: 0 | 1): object {
  return {
    AppId: facts.appId,
    ExtensionPrefix: facts.extensionPrefix,
    Name: facts.name,
    Memo: facts.memo,
    Type: String(type),
    CallbackUrl: facts.callbackUrl,
    IsHideUserNum: String(facts.isHideUserNum),
    Secret: facts.secret,
    WrapUpTime: '0',
  };
}
