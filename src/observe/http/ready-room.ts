import { isReady, type Readiness } from '../../ports/readiness.ts';
import type { Room } from './room.ts';

/**
 * `/readyz`: whether callers who come in now will be served, and where not, which part is to blame. What is only degraded
 * does not make it 503: a relay that fails takes no caller from anybody.
 */
export function readyRoom(readiness: () => Readiness): Room {
  return (server) => {
    server.get('/readyz', async (_request, reply) => {
      const parts = readiness();
      const ready = isReady(parts);
      return reply.status(ready ? 200 : 503).send({ ready, parts });
    });
  };
}
