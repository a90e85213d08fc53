import { after, every, now } from './clock.js';

// A sign of life comes every 15 s: after two of them are missing the line is dead, though nothing says so.
const SILENCE_MS = 35_000;
const LOOK_MS = 1_000;
// The browser comes back by itself from a lost line, but not from a refusal.
const AGAIN_MS = 5_000;

/**
 * Follows the daemon's status, and goes on for ever. `onStatus` is given each status; `onAlive` says that the last one is
 * still true; `onLost` that nobody knows.
 */
export function follow({ onStatus, onAlive, onLost }) {
  let source;
  let heardAt = now();
  const heard = (tell) => {
    heardAt = now();
    tell();
  };
  const open = () => {
    source?.close();
    const own = new EventSource('/api/events');
    source = own;
    own.addEventListener('status', ({ data }) => heard(() => onStatus(JSON.parse(data))));
    own.addEventListener('alive', () => heard(onAlive));
    own.addEventListener('error', () => {
      if (own !== source) return;
      if (own.readyState !== EventSource.CLOSED) onLost();
      else refused(own);
    });
  };
  /** Too many watch already, or somebody in between cannot do it: then the status is asked for now and then. */
  const refused = async (own) => {
    // The watch below may have opened another by then: two that go on for ever would become hundreds in a night.
    after(AGAIN_MS, () => {
      if (own === source) open();
    });
    try {
      const answer = await fetch('/api/status');
      if (!answer.ok) throw new Error(answer.statusText);
      const status = await answer.json();
      heard(() => onStatus(status));
    } catch {
      onLost();
    }
  };
  every(LOOK_MS, () => {
    if (now() - heardAt <= SILENCE_MS) return;
    onLost();
    heardAt = now();
    open();
  });
  open();
}
