-- Calls as they are now. `body` is the call whole; the other columns are what is searched for.
CREATE TABLE calls (
  call_id   TEXT PRIMARY KEY,
  uniqueid  TEXT NOT NULL,
  phase     TEXT NOT NULL,
  body      TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  ended_at  INTEGER
) STRICT;
CREATE INDEX calls_by_uniqueid ON calls (uniqueid);
CREATE INDEX calls_open ON calls (phase) WHERE phase <> 'ended';

-- What happened to each call, in order.
CREATE TABLE timeline (
  line     INTEGER PRIMARY KEY AUTOINCREMENT,
  call_id  TEXT NOT NULL,
  at       INTEGER NOT NULL,
  from_phase TEXT NOT NULL,
  to_phase TEXT NOT NULL,
  input    TEXT NOT NULL,
  facts    TEXT NOT NULL,
  inferred INTEGER NOT NULL
) STRICT;
CREATE INDEX timeline_by_call ON timeline (call_id, line);

-- What must be told. A row stays when it was delivered, so that it can be seen what was told, and when.
CREATE TABLE outbox (
  seq       INTEGER PRIMARY KEY,
  call_id   TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('due', 'parked', 'delivered')),
  report    TEXT NOT NULL,
  attempts  INTEGER NOT NULL,
  cause     TEXT,
  delivered_at INTEGER
) STRICT;
CREATE INDEX outbox_by_call ON outbox (call_id, seq);
CREATE INDEX outbox_undelivered ON outbox (state) WHERE state <> 'delivered';

-- Requests started, so that the limit holds across restarts.
CREATE TABLE requests (
  started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX requests_by_start ON requests (started_at);
