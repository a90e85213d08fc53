import type { CallBackRule, CallOrder } from '../../../src/domain/call-back/rule.ts';
import type { QueueName } from '../../../src/domain/identity.ts';
import { queueNameFrom } from '../../../src/domain/identity.ts';

export const SUPPORT: QueueName = queueNameFrom('support');
export const SALES: QueueName = queueNameFrom('sales');

const ORDER: CallOrder = {
  menuId: 9,
  scheduledMenuId: 9,
  alternativeMenuId: undefined,
  lang: 'pt',
  alternativeLang: undefined,
  recordingPermission: 'not-asked',
  outboundNumber: undefined,
};

type Meant = Partial<Pick<CallBackRule, 'queues' | 'ending' | 'reasons'>>;

/** A rule about every loss, unless told otherwise. */
export function aRule(wants: CallBackRule['wants'], meant: Meant = {}): CallBackRule {
  const losses = { queues: undefined, ending: undefined, reasons: undefined, ...meant };
  return wants === 'nothing' ? { ...losses, wants } : { ...losses, wants, order: ORDER };
}
