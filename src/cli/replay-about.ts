/** What the help of `replay` says besides. */
export const REPLAY_ABOUT = `Neither the PBX nor Movidesk nor the store is touched. Queues and names are those of the configuration; its secrets
are not needed. Record a session on the PBX, as the AMI user of the daemon, until Ctrl-C:

  (printf 'Action: Login\\r\\nUsername: movidesk\\r\\nSecret: %s\\r\\n\\r\\n' "$SECRET"; cat) \\
    | nc 127.0.0.1 5038 | tee session.ami

A recording holds numbers and names of callers: keep it as you would keep a call log. It tells the time only where
manager.conf has timestampevents=yes. Else the limit of requests is left out, 1.2 seconds are taken to lie between
two events, and each line begins with the number of a packet. Who was there before the recording began is not known.

What Movidesk answered is not in a recording: it is taken to have named the extension to which the caller was then
moved, and else to have had nobody free; whoever left a message found it closed. Udesk and CCAI Platform are left out.`;
