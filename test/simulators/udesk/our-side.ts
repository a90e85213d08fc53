import { createServer } from 'node:http';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly type: string;
  readonly body: unknown;
}

interface Answer {
  /** 0 never answers. */
  readonly status: number;
  readonly body: string;
}

type Answering = (heard: Heard) => Answer | Promise<Answer>;

const taken: Answering = () => ({ status: 200, body: '' });

/** A server that takes whatever Udesk sends, and answers what the test likes. */
export async function ourSide(answer: Answering = taken) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const { method = '', headers } = request;
    const text = Buffer.concat(chunks).toString();
    const one = {
      ...{ method, path: url.pathname, query: Object.fromEntries(url.searchParams) },
      type: headers['content-type'] ?? '',
      body: text.startsWith('{') ? JSON.parse(text) : text,
    };
    heard.push(one);
    const { status, body } = await answer(one);
    if (status > 0) response.writeHead(status).end(body);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}
