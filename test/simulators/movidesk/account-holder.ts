import {
  type MovideskSimulatorOptions,
  startMovideskSimulator,
} from '../../../src/simulators/movidesk/simulator.ts';

export const NOON = Date.UTC(2026, 4, 1, 12, 0, 0);
const TOKEN = '155cac97-f203-4bb8-86e1-aa4cb8781f3e';

type Query = Readonly<Record<string, string>>;

/** A simulator, a clock of the test's, and requests as anybody could write them: nothing of ours in between. */
export async function anAccount(options: Partial<MovideskSimulatorOptions> = {}) {
  const clock = { now: NOON };
  const simulator = await startMovideskSimulator({
    token: TOKEN,
    requestsPerMinute: 1_000,
    queues: [
      { id: 1, agents: ['1001', '1002'] },
      { id: 2, agents: ['1001'] },
    ],
    now: () => clock.now,
    ...options,
  });

  const date = () => new Date(clock.now).toISOString().slice(0, 19);

  async function send(path: string, init: RequestInit = {}): Promise<{ status: number; body: string }> {
    const response = await fetch(`${simulator.url}/${path}`, { method: 'POST', ...init });
    return { status: response.status, body: await response.text() };
  }

  const post = (operation: string, query: Query) =>
    send(`${operation}?${new URLSearchParams({ token: TOKEN, ...query })}`);

  return {
    simulator,
    clock,
    send,
    post,
    /** The answer to `receivedCall`, without its quotes. */
    ask: async (id: string, change: Query = {}) => {
      const query = { queueId: '1', clientNumber: '4733990777', id, callDate: date(), ...change };
      const { status, body } = await post('asterisk_receivedCall', query);
      return status === 200 ? JSON.parse(body) : status;
    },
    transfer: (id: string, branchLine: string, transferDate = date()) =>
      post('asterisk_transferedCall', { id, branchLine, transferDate }),
    complete: (id: string, change: Query = {}) =>
      post('asterisk_completedCall', { id, completedDate: date(), ...change }),
    lose: (id: string, change: Query = {}) =>
      post('asterisk_lostCall', { id, completedDate: date(), ...change }),
    cancel: (id: string, canceledDate = date()) => post('asterisk_canceledCall', { id, canceledDate }),
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}
