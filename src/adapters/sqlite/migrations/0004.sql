-- A daemon before this migration cannot read the file any more: it would forget calls, and not what stands here of them.

-- Lost calls of which nothing is left to be done: their caller was handed out to be called back, or was answered since.
-- Numbers stand in `calls` alone, so that there is one place to forget them in.
CREATE TABLE lost_calls_settled (
  call_id   TEXT PRIMARY KEY,
  -- The far side's task that was given the caller. Empty: none was, they had been answered.
  task      TEXT,
  settled_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Read off the body, which may be unreadable where a call is over.
ALTER TABLE calls ADD COLUMN ending TEXT
  AS (CASE WHEN json_valid(body) THEN CAST(body ->> '$.ending' AS TEXT) END) VIRTUAL;
-- A number may be spelled with and without country, trunk prefix and carrier: its last six digits are always the same.
ALTER TABLE calls ADD COLUMN number_end TEXT
  AS (CASE WHEN json_valid(body) THEN substr(CAST(body ->> '$.clientNumber' AS TEXT), -6) END) VIRTUAL;

CREATE INDEX calls_lost ON calls (ended_at, call_id) WHERE ending = 'lost';
CREATE INDEX calls_ended_by_number ON calls (number_end) WHERE ended_at IS NOT NULL;
