/**
 * The whole daemon between a simulated PBX and a simulated Movidesk: AMI over TCP, HTTP, a SQLite file, real time.
 *
 * One file to the runner, so that all stories run at the same time: they do little but wait. The longest come first.
 */
import './stories/link-half-open.ts';
import './stories/movidesk-down.ts';
import './stories/busy-hour.ts';
import './stories/link-lost.ts';
import './stories/daemon-restart.ts';
import './stories/parked-reports.ts';
import './stories/unavailable-agents.ts';
import './stories/no-agent.ts';
import './stories/caller-gone.ts';
import './stories/answered-calls.ts';
import './stories/calls-made.ts';
import './stories/http-served.ts';
import './stories/status-served.ts';
