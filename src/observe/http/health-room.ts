import type { Room } from './room.ts';

/** The process is alive. Touches nothing, so that a daemon that is only cut off from its far sides is not restarted. */
export const healthRoom: Room = (server) => {
  server.get('/healthz', (_request, reply) => reply.type('text/plain; charset=utf-8').send('ok\n'));
};
