-- A daemon before this migration cannot read the file any more: it would give numbers that relays have, and forget calls
-- of which something is still to be told.

-- What the far sides besides the help desk must be told, each in a lane of its own. Numbers are shared with `outbox`.
-- A state goes when it was told, or when a later one took its place; all else stays, so that it can be seen what was told.
CREATE TABLE relays (
  -- AUTOINCREMENT: the highest number is remembered though its row is gone.
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  lane      TEXT NOT NULL,
  line      TEXT NOT NULL,
  -- Empty: about no call of ours.
  call_id   TEXT,
  state     TEXT NOT NULL CHECK (state IN ('due', 'parked', 'delivered', 'dropped')),
  relay     TEXT NOT NULL,
  -- When that happened which is to be told.
  at        INTEGER NOT NULL,
  attempts  INTEGER NOT NULL,
  -- When it was sent which must not be done twice, while nobody knows whether it was done; 0 otherwise.
  started   INTEGER NOT NULL DEFAULT 0,
  cause     TEXT,
  -- What the far side calls it.
  result    TEXT,
  -- When it was delivered or dropped.
  settled_at INTEGER
) STRICT;
CREATE INDEX relays_by_call ON relays (call_id, seq) WHERE call_id IS NOT NULL;
CREATE INDEX relays_open ON relays (seq) WHERE state IN ('due', 'parked');
CREATE INDEX relays_settled ON relays (settled_at) WHERE settled_at IS NOT NULL;
