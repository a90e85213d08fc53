import type { Metrics } from '../metrics.ts';
import type { Room } from './room.ts';

/** What Prometheus reads. */
export function metricsRoom(metrics: Metrics): Room {
  return (server) => {
    server.get('/metrics', async (_request, reply) =>
      reply.type(metrics.contentType).send(await metrics.text()),
    );
  };
}
