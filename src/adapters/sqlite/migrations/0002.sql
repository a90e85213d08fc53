-- A daemon before this migration cannot read the file any more.

-- Requests by the machine's own clock, which nobody sets: milliseconds since it was booted. Empty: kept by an older
-- version, by a clock that may have been set since.
CREATE TABLE requests_since_boot (
  started_at REAL
) STRICT;
INSERT INTO requests_since_boot SELECT NULL FROM requests;
DROP TABLE requests;
ALTER TABLE requests_since_boot RENAME TO requests;
CREATE INDEX requests_by_start ON requests (started_at);

-- A parked entry can be given up for good, which lets go of what waits behind it.
CREATE TABLE outbox_with_dropped (
  seq       INTEGER PRIMARY KEY,
  call_id   TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('due', 'parked', 'delivered', 'dropped')),
  report    TEXT NOT NULL,
  attempts  INTEGER NOT NULL,
  cause     TEXT,
  -- When it was delivered or dropped.
  settled_at INTEGER
) STRICT;
INSERT INTO outbox_with_dropped SELECT seq, call_id, state, report, attempts, cause, delivered_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_with_dropped RENAME TO outbox;
CREATE INDEX outbox_by_call ON outbox (call_id, seq);
CREATE INDEX outbox_open ON outbox (seq) WHERE state IN ('due', 'parked');
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;

-- The latest calls, and those that are old enough to be forgotten.
CREATE INDEX calls_ended ON calls (ended_at) WHERE ended_at IS NOT NULL;
