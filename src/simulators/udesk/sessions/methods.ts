import {
  type Fields,
  optional,
  type Problem,
  readFields,
  refuses,
  required,
  type ValuesOf,
} from '../fields.ts';
import * as formats from '../formats.ts';
import { REFUSALS, type Refusal } from '../refusal.ts';
import { changeCallMode, changeState, logIn, logOut } from '../state/agent-states.ts';
import type { Application } from '../state/application.ts';
import { takeStep } from '../state/call-flow.ts';
import type { PlaceCall } from '../state/place-call.ts';
import { isLoggedIn, SETTABLE_STATES, type Seat } from '../state/seat.ts';
import { callFields } from './agent-event.ts';
import type { Message } from './message.ts';

/** What a request acts upon. */
export interface AtSeat {
  readonly application: Application;
  readonly seat: Seat;
  readonly placeCall: PlaceCall;
  readonly isToken: (token: string, timestamp: number) => boolean;
}

type Reply = Readonly<Record<string, unknown>>;

interface Heard {
  /** What the reply has beside its header and Method. */
  readonly reply: Reply | Refusal;
  readonly problems: readonly Problem[];
}

interface Method {
  readonly answer: (message: Message, at: AtSeat) => Heard;
}

/** The requests of the agent client, each refused where the agent is not logged in, but the first. */
const METHODS: Readonly<Record<string, Method>> = {
  login: method({
    fields: {
      Token: required(formats.text),
      State: optional(formats.oneOf(...SETTABLE_STATES)),
    },
    isForGuests: true,
    act(body, { application, seat, isToken }, { timestamp }) {
      if (!isToken(body.Token, timestamp)) return REFUSALS.paramsInvalid;
      return logIn(application, seat, { by: 'session', state: body.State }) ?? {};
    },
  }),

  logout: method({
    act(_, { application, seat }) {
      logOut(application, seat, 'session');
      return {};
    },
  }),

  setState: method({
    fields: {
      State: required(formats.oneOf(...SETTABLE_STATES)),
      SubState: optional(formats.integerBetween(0, Number.MAX_SAFE_INTEGER)),
    },
    act({ State, SubState }, { application, seat }) {
      if (SubState !== undefined && State !== 'onBreak') return REFUSALS.paramsInvalid;
      changeState(application, seat, State, SubState ?? 0);
      return {};
    },
  }),

  setCallMode: method({
    fields: { Contact: required(formats.oneOf('voip', 'cellphone')), UserData: optional(formats.anything) },
    act({ Contact }, { application, seat }) {
      changeCallMode(application, seat, Contact);
      return {};
    },
  }),

  dialout: method({
    fields: {
      DestNumber: required(formats.phoneNumber),
      // Left out, "the system" selects one.
      SpNumber: optional(formats.digits),
      UserData: optional(formats.anything),
    },
    act({ DestNumber, SpNumber, UserData }, { application, seat, placeCall }) {
      if (SpNumber !== undefined && !application.relayNumbers.includes(SpNumber))
        return REFUSALS.paramsInvalid;
      if (application.currentCallOf(seat.agentId) !== undefined) return REFUSALS.paramsInvalid;
      const spNumber = SpNumber ?? (seat.defSpNumber || application.defaultRelayNumber);
      placeCall(application, { agentId: seat.agentId, destNumber: DestNumber, spNumber, userData: UserData });
      return { DestNumberLoc: '', UserData: UserData ?? '' };
    },
  }),

  hangup: method({
    act(_, { application, seat }) {
      const call = application.currentCallOf(seat.agentId);
      if (call === undefined) return REFUSALS.recordNotFound;
      takeStep(application, call, 'agent_hangup');
      return {};
    },
  }),

  getState: method({
    isForGuests: true,
    act(_, { application, seat }) {
      const call = application.currentCallOf(seat.agentId);
      return {
        CurState: seat.state,
        StartTime: seat.since,
        CurMode: seat.callMode,
        CurExtState: application.extensions.get(seat.extensions[0] ?? '')?.state ?? 'offline',
        ...(call === undefined ? {} : callFields(call)),
      };
    },
  }),
};

export function hear(message: Message, at: AtSeat): Heard {
  const { method } = message;
  const found = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (found !== undefined) return found.answer(message, at);
  const problem: Problem = { field: 'Method', kind: 'value', why: 'is not in the document' };
  return { reply: REFUSALS.paramsInvalid, problems: [problem] };
}

interface Definition<F extends Fields> {
  readonly fields?: F;
  /** Whether one may ask before being logged in. */
  readonly isForGuests?: boolean;
  readonly act: (body: ValuesOf<F>, at: AtSeat, message: Message) => Reply | Refusal;
}

function method<F extends Fields>({ fields, isForGuests = false, act }: Definition<F>): Method {
  return {
    answer(message, at) {
      const { value, problems } = readFields(fields ?? ({} as F), message.fields);
      if (value === undefined) {
        const isMissing = problems.filter(refuses).every(({ kind }) => kind === 'missing');
        return { reply: isMissing ? REFUSALS.parameterError : REFUSALS.paramsInvalid, problems };
      }
      const isRefused = !isForGuests && !isLoggedIn(at.seat);
      return { reply: isRefused ? REFUSALS.paramsInvalid : act(value, at, message), problems };
    },
  };
}
