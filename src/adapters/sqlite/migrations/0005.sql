-- A daemon before this migration cannot read the file any more, and need not: nothing it has is changed.

-- What an adapter must know again after a restart, and cannot ask for: the id of what it has made over there.
CREATE TABLE notes (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
