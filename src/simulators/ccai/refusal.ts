/** A 400 with its message. */
export class Refusal {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The document's messages, letter by letter. */
export const REFUSALS = {
  invalidCallType: new Refusal('Invalid call type'),
  agentEmailRequired: new Refusal('Agent email required'),
  agentEmailInvalid: new Refusal('Not a valid agent email'),
  agentWithoutAccess: new Refusal('Agent does not have access to make calls'),
  agentUnavailable: new Refusal('Agent is not available to take this call'),
  ticketOrNumberRequired: new Refusal('ticket_id or end_user_number required'),
  contactNotFound: new Refusal('Contact not found'),
  numberRequired: new Refusal('end_user_number is required'),
  menuRequired: new Refusal('menu_id is required'),
  menuNotWellFormed: new Refusal('menu_id is not well formed'),
  menuAfterHours: new Refusal("Menu is in 'after hours' state, can't accept incoming calls"),
  menuRedirected: new Refusal("Menu is in 'manual redirection' state, can't accept calls"),
  onlyIvrAndMobile: new Refusal('Only IVR and mobile menu IDs are permitted'),
  onlyMobileAndWeb: new Refusal('Only mobile and web menu IDs are permitted'),
  scheduledAtRequired: new Refusal('scheduled_at is required'),
} as const;

// The outbound call writes the hyphen and the two others do not: a client has to know both.
export const NUMBER_NOT_WELL_FORMED = {
  outbound: new Refusal('end_user_number is not well-formed'),
  incoming: new Refusal('end_user_number is not well formed'),
  scheduled: new Refusal('end_user_number is not well formed'),
} as const;

/** Assumed, each of them: the document asks for the thing and shows no answer to its absence. */
export const ASSUMED_REFUSALS = {
  scheduledAtInvalid: new Refusal('scheduled_at must be a valid future time'),
  flagNotBoolean: new Refusal('customer flags must be booleans'),
  bodyNotJson: new Refusal('the body is not a JSON object'),
} as const;

export const menuNotFound = (menuId: number) => new Refusal(`menu_id ${menuId} is not found`);
export const languageNotAvailable = (lang: string) => new Refusal(`Language '${lang}' is not available`);
export const languageNotFound = (lang: string) => new Refusal(`Language '${lang}' is not found`);
/** Assumed, after the message of the menus. */
export const callNotFound = (callId: string) => new Refusal(`call_id ${callId} is not found`);
