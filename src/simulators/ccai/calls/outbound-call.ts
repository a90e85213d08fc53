import { type Answer, answerOr } from '../answer.ts';
import { type Body, languageIn, textIn } from '../parameters.ts';
import { REFUSALS, Refusal } from '../refusal.ts';
import type { SimulatedAgent } from '../state/agents.ts';
import type { World } from '../state/world.ts';
import { callObject } from './call-object.ts';
import { type CalledParty, calledParty } from './called-party.ts';

interface Wish {
  readonly agent: SimulatedAgent;
  readonly party: CalledParty;
  readonly lang: string;
}

/** "Voice Outbound (API)": an agent is to call somebody. */
export function outboundCall(world: World, body: Body): Answer {
  return answerOr(wishIn(world, body), (wish) => {
    // "The API request has been successful, but manual intervention is required inside of the widget."
    if (wish.agent.state === 'acts-in-widget') return { status: 202 };
    const outboundNumber = world.outboundNumbers.choose(textIn(body, 'outbound_number'));
    return outboundNumber === undefined ? choiceNeeded(world, body) : create(world, wish, outboundNumber);
  });
}

/** What is wrong, in the order in which the examples allow it: what is missing, then the agent, then whom to dial. */
function wishIn(world: World, body: Body): Wish | Refusal {
  const email = textIn(body, 'agent_email');
  if (email === undefined) return REFUSALS.agentEmailRequired;
  const isAddressed = ['ticket_id', 'end_user_number'].some((name) => textIn(body, name) !== undefined);
  if (!isAddressed) return REFUSALS.ticketOrNumberRequired;
  const agent = world.agents.find(email);
  if (agent instanceof Refusal) return agent;
  const party = calledParty(world, body, 'outbound');
  if (party instanceof Refusal) return party;
  const lang = languageIn(body);
  // Assumed: the language errors are shown for the other two kinds of calls only.
  return world.languages.whyNot(lang) ?? { agent, party, lang };
}

/** The 200 says the request back. */
function choiceNeeded({ readings }: World, body: Body): Answer {
  return readings.choiceAnswers === 200 ? { status: 200, body } : { status: 202 };
}

function create(world: World, { agent, party, lang }: Wish, outboundNumber: string): Answer {
  const createdAt = world.clock.now();
  const facts = { agent, lang, createdAt, outboundNumber, recordingPermission: 'not_asked' } as const;
  const call = world.calls.create({ kind: 'outbound', ...party, ...facts });
  return { status: 201, body: callObject(call, world) };
}
