import { impossible } from '../invariant.ts';
import type { Call } from './call.ts';
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';
import { ignored } from './decision.ts';
import type { CallInput } from './input.ts';
import { whileLeaving } from './while-leaving.ts';
import { whileOffered } from './while-offered.ts';
import { whileTalking } from './while-talking.ts';
import { whileWaiting } from './while-waiting.ts';

/**
 * What each input does in each phase. `·` is ignored, with a reason; every other cell has a test.
 *
 * | input             | waiting                   | offered                   | talking         | leaving               |
 * |-------------------|---------------------------|---------------------------|-----------------|-----------------------|
 * | asked             | noted                     | ·                         | ·               | ·                     |
 * | agent-named       | offered, or stays         | ·                         | ·               | ·                     |
 * | nobody-free       | heard                     | ·                         | ·               | ·                     |
 * | no-agent          | leaving                   | ·                         | ·               | ·                     |
 * | extension-checked | ·                         | moving, or waiting        | ·               | ·                     |
 * | called-off        | ·                         | waiting                   | ·               | ·                     |
 * | not-moved         | ·                         | waiting, or looked for    | ·               | ·                     |
 * | ringing           | offered (late)            | ringing                   | ·               | ·                     |
 * | answered          | talking, or looked for    | talking, or looked for    | ·               | elsewhere: looked for |
 * | offer-failed      | ·                         | waiting                   | ·               | ·                     |
 * | transferred       | ·                         | ·                         | noted           | ·                     |
 * | message-left      | ·                         | ·                         | ·               | noted                 |
 * | gone              | canceled, or completed    | canceled, or completed    | completed       | lost, or completed    |
 * | entered-again     | canceled, or completed    | canceled, or completed    | completed       | lost, or completed    |
 * | deadline          | leaving                   | waiting, or looked for    | ·               | looked for            |
 * | help-desk-silent  | leaving                   | ·                         | ·               | ·                     |
 * | found             | where they are            | where they are            | hold: completed | where they are        |
 * | missed-hangup     | diary's word, or canceled | diary's word, or canceled | completed       | diary's word, or lost |
 *
 * An ended call ignores everything: that is what makes its ending the only one.
 */
export function decide(call: Call, input: CallInput, context: Context): Decision {
  switch (call.phase) {
    case 'waiting':
      return whileWaiting(call, input, context);
    case 'offered':
      return whileOffered(call, input, context);
    case 'talking':
      return whileTalking(call, input, context);
    case 'leaving':
      return whileLeaving(call, input, context);
    case 'ended':
      return ignored('the call has ended');
    default:
      return impossible(call);
  }
}
