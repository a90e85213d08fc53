-- A daemon before this migration cannot read the file any more: it would not look for calls that agents have made.

-- Calls that agents make from the help desk. `body` is the call whole; the other columns are what is searched for.
CREATE TABLE made_calls (
  call_id  TEXT PRIMARY KEY,
  body     TEXT NOT NULL,
  made_at  INTEGER NOT NULL,
  -- Empty while it is open.
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX made_calls_open ON made_calls (made_at) WHERE ended_at IS NULL;
CREATE INDEX made_calls_ended ON made_calls (ended_at) WHERE ended_at IS NOT NULL;

-- When it became known that a call was over, which may be long after its end: from then on its recording is looked for.
CREATE INDEX timeline_of_endings ON timeline (at) WHERE to_phase = 'ended';
