import { WebSocket } from 'ws';
import { APP_ID, AUTH_TOKEN, type CallCentre, sha1 } from './call-centre.ts';

type Message = Readonly<Record<string, unknown>>;
type Change = Readonly<Record<string, unknown>>;

interface ClientOptions {
  readonly query?: Readonly<Record<string, string>>;
  /** How events are acknowledged: as they should be, changed, or not at all. */
  readonly ack?: Change | 'none';
}

/** An agent's client as anybody could write it: nothing of ours in between. */
export async function anAgentClient(
  centre: CallCentre,
  agentId: string,
  { query, ack = {} }: ClientOptions = {},
) {
  const Timestamp = query?.['Timestamp'] ?? String(centre.clock.now());
  const Sign = sha1(agentId, AUTH_TOKEN, Timestamp);
  const search = new URLSearchParams({ Timestamp, AppId: APP_ID, AgentId: agentId, Sign, ...query });
  const socket = new WebSocket(`${centre.simulator.agentUrl}?${search}`);
  const received: Message[] = [];
  const waiting = new Set<() => void>();
  const closed = Promise.withResolvers<number>();
  let seqId = 0;

  socket.on('message', (data) => {
    const message: Message = JSON.parse(String(data));
    received.push(message);
    if (message['MsgType'] === 'EVT' && ack !== 'none') send({ ...acknowledgementOf(message), ...ack });
    for (const look of waiting) look();
  });
  socket.on('close', (code) => closed.resolve(code));

  const send = (message: Message) => socket.send(JSON.stringify(message));
  const acknowledgementOf = ({ SeqId, MsgId, Method }: Message): Message => ({
    ...{ Ver: '1.0', SeqId, MsgId, MsgType: 'ACK', Timestamp: centre.clock.now(), Method },
  });

  /** The first that fits, come or to come. */
  function next(fits: (message: Message) => boolean): Promise<Message> {
    const { promise, resolve } = Promise.withResolvers<Message>();
    const look = () => {
      const found = received.find(fits);
      if (found !== undefined) resolve(found);
    };
    waiting.add(look);
    look();
    return promise.finally(() => waiting.delete(look));
  }

  /** A request, changed as one likes, and its reply. */
  function ask(Method: string, change: Change = {}): Promise<Message> {
    seqId += 1;
    const header = { Ver: '1.0', UA: 'test', SeqId: seqId, MsgId: `m${seqId}`, MsgType: 'REQ' };
    const whose = { AppId: APP_ID, AgentId: agentId, Timestamp: centre.clock.now() };
    const request: Message = { ...header, ...whose, Method, ...change };
    // An undefined in the change leaves the field out of the text.
    send(request);
    const answers = (message: Message) =>
      message['MsgType'] === 'REP' && message['MsgId'] === (request['MsgId'] ?? '');
    const before = received.filter(answers).length;
    return next((message) => answers(message) && received.filter(answers).indexOf(message) >= before);
  }

  await opened(socket);
  return {
    socket,
    received,
    closed: closed.promise,
    sign: Sign,
    send,
    next,
    ask,
    login: (change: Change = {}) => ask('login', { Token: Sign, ...change }),
    event: (Method: string) =>
      next((message) => message['MsgType'] === 'EVT' && message['Method'] === Method),
    [Symbol.asyncDispose]: async () => {
      socket.terminate();
      await closed.promise;
    },
  };
}

/** Rejects with what the server answered in place of a WebSocket. */
function opened(socket: WebSocket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('open', resolve).on('error', reject);
  return promise;
}
