import type { FastifyInstance } from 'fastify';

// Ten minutes: an agent's next click need not ask again, and what a new version allows is soon known.
const REMEMBERED_SECONDS = '600';

/**
 * Lets scripts on pages of any site ask, and read the answer (CORS). Only for what asks for a credential that no browser
 * remembers: a page that has none can do with it what any program can, and that is nothing.
 */
export function openToPages(server: FastifyInstance, paths: readonly string[]): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' });
  });
  for (const path of paths) {
    // Asked without a credential, before each request that has an Authorization header or a body of JSON.
    server.options(path, async ({ headers }, reply) => {
      // Chrome asks so where a page of the internet wants to reach an address of the house.
      if (headers['access-control-request-private-network'] === 'true')
        reply.header('access-control-allow-private-network', 'true');
      return reply.code(204).headers(ALLOWED).send();
    });
  }
}

const ALLOWED = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'Authorization, Content-Type',
  'access-control-max-age': REMEMBERED_SECONDS,
} as const;
