import type { Readings } from '../state/account.ts';
import type { Application } from '../state/application.ts';
import { extensionStateNumber, type Seat, stateNumber } from '../state/seat.ts';

/** A seat as the detail and the list show it; empty lists are null, as in the examples. */
export function seatAnswer(
  application: Application,
  seat: Seat,
  { extensionsAs }: Readings,
): Readonly<Record<string, unknown>> {
  const queueNames = [...seat.queues].map((queueId) => application.queues.get(queueId)?.name ?? '');
  return {
    AppId: application.appId,
    AgentId: seat.agentId,
    WorkId: seat.workId,
    Name: seat.name,
    Mobile: seat.mobile,
    Email: seat.email,
    Role: seat.role,
    Queues: seat.queues.size === 0 ? null : [...seat.queues],
    QueuesNames: queueNames.length === 0 ? null : queueNames.join(','),
    Extensions: extensionsOf(application, seat, extensionsAs),
    DefSpNumber: seat.defSpNumber,
    State: stateNumber(seat.state),
    ExtState: extensionStateNumber(phoneState(application, seat)),
    WrapUpTime: seat.wrapUpTime,
    Enable: seat.enable,
    ExtenInfos: null,
  };
}

function extensionsOf(application: Application, seat: Seat, as: Readings['extensionsAs']) {
  if (seat.extensions.length === 0) return null;
  if (as === 'numbers') return [...seat.extensions];
  return seat.extensions.map((number) => ({
    Extension: number,
    Password: application.extensions.get(number)?.password ?? '',
  }));
}

function phoneState(application: Application, seat: Seat) {
  return application.extensions.get(seat.extensions[0] ?? '')?.state ?? 'offline';
}
