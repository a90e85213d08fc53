/**
 * Every message that the document has for a 400, and its one for a 404. What stands in braces is a number or a language
 * that the message names; a message may also go on after " - ", as in the table of common answers. `means` is for a person.
 */
export const REFUSALS = {
  'agent-not-available': {
    says: ['Agent is not available to take this call'],
    means: 'The agent is not available to take this call.',
  },
  'agent-email-required': {
    says: ['Agent email required'],
    means: 'The agent’s e-mail address is missing.',
  },
  'agent-email-not-valid': {
    says: ['Not a valid agent email'],
    means: 'No agent there has this e-mail address.',
  },
  'agent-without-access': {
    says: ['Agent does not have access to make calls'],
    means: 'The agent may not make calls there.',
  },
  'number-or-ticket-required': {
    says: ['ticket_id or end_user_number required'],
    means: 'The number to call, or a ticket, is missing.',
  },
  'end-user-number-required': {
    says: ['end_user_number is required'],
    means: 'The number to call is missing.',
  },
  'end-user-number-not-well-formed': {
    // With a hyphen where an agent calls out, without where somebody is called back.
    says: ['end_user_number is not well-formed', 'end_user_number is not well formed'],
    means: 'The number to call is not a telephone number.',
  },
  'contact-not-found': {
    says: ['Contact not found'],
    means: 'Nobody who could be called belongs to the ticket.',
  },
  'invalid-call-type': {
    says: ['Invalid call type'],
    means: 'This type of call is not supported there.',
  },
  'missing-parameter': {
    says: ['Missing parameter'],
    means: 'Something required is missing.',
  },
  'menu-required': {
    says: ['menu_id is required'],
    means: 'The menu is missing.',
  },
  'menu-not-well-formed': {
    says: ['menu_id is not well formed', 'menu_id is not well-formed'],
    means: 'The menu’s number is not a number.',
  },
  'menu-not-found': {
    says: ['menu_id {menuId} is not found'],
    means: 'There is no menu {menuId}.',
  },
  'menu-not-ivr-or-mobile': {
    says: ['Only IVR and mobile menu IDs are permitted'],
    means: 'Call-backs take an IVR or a mobile menu only.',
  },
  'menu-not-mobile-or-web': {
    says: ['Only mobile and web menu IDs are permitted'],
    means: 'Scheduled calls take a mobile or a web menu only.',
  },
  'menu-in-after-hours': {
    says: ["Menu is in 'after hours' state, can't accept incoming calls"],
    means: 'The menu is out of its hours and takes no calls.',
  },
  'menu-in-manual-redirection': {
    says: ["Menu is in 'manual redirection' state, can't accept calls"],
    means: 'The menu is being redirected by hand and takes no calls.',
  },
  'language-not-available': {
    says: ["Language '{lang}' is not available"],
    means: 'The language {lang} is not available there.',
  },
  'language-not-found': {
    says: ["Language '{lang}' is not found"],
    means: 'There is no language {lang}.',
  },
  'scheduled-at-required': {
    says: ['scheduled_at is required'],
    means: 'The time of the call is missing.',
  },
  'resource-not-found': {
    says: ['Resource not found'],
    means: 'Nothing was found there: look at the subdomain.',
  },
} as const satisfies Readonly<Record<string, { readonly says: readonly string[]; readonly means: string }>>;

export type RefusalCode = keyof typeof REFUSALS;
