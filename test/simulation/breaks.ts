/** A deliberate fault in the code, which the simulation must notice. `find` stands exactly once in the file. */
export interface Break {
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** It shows where agents call customers from the help desk: those storms are played, and no others. */
  readonly agentsCall?: boolean;
}

/** Ways in which calls could get lost, doubled or misreported. The last ones are bugs that the simulation itself has found. */
export const BREAKS: readonly Break[] = [
  {
    what: 'steps in which something was delivered are not committed',
    file: 'src/runtime/bridge.ts',
    find: 'if (!draft.isEmpty) await',
    replace: 'if (!draft.isEmpty && draft.outbox.length === 0) await',
  },
  {
    what: 'what was decided is done before it is committed',
    file: 'src/runtime/bridge.ts',
    find: `      if (!draft.isEmpty) await this.#parts.store.commit(draft.step);
      this.#afterCommit(draft);`,
    replace: `      this.#afterCommit(draft);
      if (!draft.isEmpty) await this.#parts.store.commit(draft.step);`,
  },
  {
    what: 'an ending is told twice, in other words',
    file: 'src/domain/call/ending.ts',
    find: 'const reports = [...registration(call, rules), report];',
    replace: 'const reports = [...registration(call, rules), report, { ...report, link: undefined }];',
  },
  {
    what: 'an extension is not reserved while it is being offered a caller',
    file: 'src/runtime/open-calls.ts',
    find: 'if (reservedBy(call) === extension) return true;',
    replace: '',
  },
  {
    what: 'the requests of the last minute are forgotten at a restart',
    file: 'src/runtime/help-desk-lane.ts',
    find: 'startedAt: kept.requestsStartedAt',
    replace: 'startedAt: []',
  },
  {
    what: 'one request a minute too many',
    file: 'src/domain/budget/request-window.ts',
    find: 'const tooMany = started.length + wanted - window.limit;',
    replace: 'const tooMany = started.length + wanted - window.limit - 1;',
  },
  {
    what: 'the reports of a call are sent in any order',
    file: 'src/domain/outbox/entry.ts',
    find: 'entry.seq < front.seq',
    replace: 'entry.seq > front.seq',
  },
  {
    what: 'a report whose answer was lost counts as delivered',
    file: 'src/runtime/help-desk-lane.ts',
    find: 'if (outcome.ok) return this.#delivered(seq);',
    replace: "if (outcome.ok || outcome.failure.kind === 'unknown-outcome') return this.#delivered(seq);",
  },
  {
    what: 'the diary is not read after a login',
    file: 'src/runtime/reconcile.ts',
    find: 'const { diary, farewell } = reading;',
    replace: 'const { diary, farewell } = { diary: undefined, farewell: undefined };',
  },
  {
    what: 'ids are given again',
    file: 'src/runtime/pbx-event-router.ts',
    find: 'return (await this.#store.visitsOf(uniqueid)) + begun;',
    replace: 'return begun;',
  },
  {
    what: 'a Redirect that answers Success is believed',
    file: 'src/domain/call/deadline.ts',
    find: 'return call.offer.until;',
    replace: "return call.offer.stage === 'moving' ? undefined : call.offer.until;",
  },
  {
    what: 'a caller whose answer nobody heard of is canceled without having been registered',
    file: 'src/domain/call/ending.ts',
    find: "if (call.hearing === 'heard') return [];",
    replace: "if (call.hearing !== 'unasked') return [];",
  },
  {
    what: 'callers who came in while nobody listened are not looked for',
    file: 'src/runtime/pbx-link.ts',
    find: 'return this.#withoutCall(findings.onHold,',
    replace: 'return this.#withoutCall([],',
  },
  {
    what: 'nobody is ever offered to an agent',
    file: 'src/domain/call/while-waiting.ts',
    find: 'return input.verdict.available',
    replace: 'return input.verdict.available && now < 0',
  },
  {
    what: 'only newcomers are asked about',
    file: 'src/domain/budget/polls.ts',
    find: 'return guessedPollOf(spending, head, pace);',
    replace: "return { class: 'blind', why: 'blind', dueAt: Infinity };",
  },
  {
    what: 'the heart does not beat',
    file: 'src/runtime/heartbeat.ts',
    find: 'this.#canServe() &&',
    replace: 'false &&',
  },
  {
    what: 'a transfer ends the talk',
    file: 'src/domain/call/while-talking.ts',
    find: "case 'transferred':\n      return decided(call);",
    replace: "case 'transferred':\n      return complete(call, { at: now }, rules);",
  },
  {
    what: 'who is lost is told as canceled',
    file: 'src/domain/call/ending.ts',
    find: "const report: Report = { kind: 'lost', callId: call.callId, link, at };",
    replace: "const report: Report = { kind: 'canceled', callId: call.callId, at };",
  },
  {
    what: 'the recording of a talk is not linked',
    file: 'src/domain/call/ending.ts',
    find: 'const recorded: Recorded = { file: facts.recording ?? call.recording, extension };',
    replace: 'const recorded: Recorded = { file: undefined, extension };',
  },
  {
    what: 'everybody is told of as of the first queue',
    file: 'src/runtime/help-desk-requests.ts',
    find: 'const { helpDeskQueueId } = this.#world.rulesOf(call.queue);',
    replace: 'const helpDeskQueueId = 1;',
  },
  {
    what: 'nobody makes the rounds',
    file: 'src/runtime/bridge.ts',
    find: 'this.#link.goRound(draft);',
    replace: '',
  },
  {
    what: 'a call that an agent made is over as soon as somebody looks',
    file: 'src/runtime/made-call-lookout.ts',
    find: "if (located.kind !== 'gone') return false;",
    replace: '',
    agentsCall: true,
  },
  {
    what: 'calls that agents made are looked for only where somebody has told that they are over',
    file: 'src/runtime/bridge.ts',
    find: 'this.#madeCalls.lookForAll(draft);',
    replace: '',
    agentsCall: true,
  },
  {
    what: 'the link of a call that an agent made is not told',
    file: 'src/runtime/made-calls.ts',
    find: 'this.#world.tellLink(draft, decision.report);',
    replace: '{}',
    agentsCall: true,
  },
  {
    what: 'the link of a call that an agent made is told twice',
    file: 'src/runtime/made-calls.ts',
    find: 'this.#world.tellLink(draft, decision.report);',
    replace: 'for (const one of [decision.report, decision.report]) this.#world.tellLink(draft, one);',
    agentsCall: true,
  },
  {
    what: 'the link of a call that an agent made is told without an id',
    file: 'src/domain/made-call/made-call.ts',
    find: 'if (file === undefined || isIdUntold === true) return undefined;',
    replace: 'if (file === undefined) return undefined;',
    agentsCall: true,
  },
  {
    what: 'an agent is rung for a call of their own though a caller is on the way to them',
    file: 'src/runtime/made-calls.ts',
    find: 'calls.isReserved(agent) ||',
    replace: "calls.isReserved('' as Extension) ||",
    agentsCall: true,
  },
  {
    what: 'an agent is sent a caller though their phone is about to ring for a call of their own',
    file: 'src/runtime/world.ts',
    find: 'this.calls.isReserved(extension) || this.madeCalls.isReserved(extension, now)',
    replace: 'this.calls.isReserved(extension)',
    agentsCall: true,
  },
  {
    what: 'whoever clicks twice is told that the agent is in a call',
    file: 'src/runtime/made-calls.ts',
    find: 'if (same !== undefined) {',
    replace: "if (same?.callId === '') {",
    agentsCall: true,
  },
  {
    what: 'a wish is not answered where the PBX does not say whether it makes the call',
    file: 'src/runtime/made-calls.ts',
    find: 'const isHeard = this.#answerAll(',
    replace: 'const isHeard = outcome.ok && this.#answerAll(',
    agentsCall: true,
  },
  {
    what: 'nobody may call from the help desk',
    file: 'src/runtime/made-calls.ts',
    find: "return retryAfterMs === 0 ? undefined : { kind: 'too-many', retryAfterMs };",
    replace: "return { kind: 'too-many', retryAfterMs };",
    agentsCall: true,
  },
  {
    what: 'an agent is rung for a call of their own though they are in another',
    file: 'src/runtime/made-calls.ts',
    find: "reading.device !== 'NOT_INUSE'",
    replace: "reading.device === ''",
    agentsCall: true,
  },
  {
    what: 'found: an offer without a word is given up before anybody has looked',
    file: 'src/domain/call/while-offered.ts',
    find: `    case 'moving':
    case 'unseen': {`,
    replace: `    case 'moving':
    case 'unseen': {
      if (stage === 'moving') return waitAgain(call, 'no word while moving', [{ kind: 'locate' }]);`,
  },
  {
    what: 'found: a hangup ends an offer whose answer was told in an event that never came',
    file: 'src/domain/call/found-unanswered.ts',
    find: 'return input.diary === undefined',
    replace: 'return input.diary !== null',
  },
  {
    what: 'found: an ending is dated before what it ends, when somebody has set the clock',
    file: 'src/domain/call/ending.ts',
    find: 'const at = Math.max(facts.at, call.answeredAt);',
    replace: 'const at = facts.at;',
  },
  {
    what: 'found: who was answered unseen and is back on hold counts as never answered',
    file: 'src/domain/call/found-unanswered.ts',
    find: 'if (diary?.endedAt !== undefined) return',
    replace: 'if (diary?.endedAt !== undefined && now < 0) return',
  },
  {
    what: 'found: diaries whose ending was delivered without the PBX stay for ever',
    file: 'src/runtime/bridge.ts',
    find: 'if (this.#isForgotten(callId))',
    replace: 'if (this.#isForgotten(callId) && callId === undefined)',
  },
];
