import { refuse } from './refusals.ts';
import type { Room } from './room.ts';
import type { StatusFeed } from './status-feed.ts';
import { MOST_WATCHERS, type Watchers } from './watchers.ts';

// By then somebody may have closed a tab.
const COME_BACK_SECONDS = 30;

/** `/api/status`: how everything is now. `/api/events`: the same whenever it changes, as server-sent events. */
export function statusRoom({ feed, watchers }: { feed: StatusFeed; watchers: Watchers }): Room {
  return (server) => {
    server.get('/api/status', (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(feed.now.json),
    );
    // A HEAD of what never ends would watch for ever.
    server.get('/api/events', { exposeHeadRoute: false }, (_request, reply) => {
      if (!watchers.hasRoom)
        return refuse(
          reply.header('retry-after', String(COME_BACK_SECONDS)),
          503,
          `${MOST_WATCHERS} are watching already: close one, or ask /api/status now and then`,
        );
      const watcher = watchers.add(() => reply.raw.destroy());
      return (
        reply
          .headers({ 'content-type': 'text/event-stream; charset=utf-8', connection: 'close' })
          // nginx would keep small pieces back.
          .header('x-accel-buffering', 'no')
          .send(watcher.stream)
      );
    });
    // Nobody who only watches is waited for at the stop.
    server.addHook('preClose', async () => watchers.close());
  };
}
