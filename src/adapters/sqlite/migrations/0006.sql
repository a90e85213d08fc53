-- A daemon before this migration cannot read the file any more, and need not: it would not know how long a call-back holds.

-- When the far side will do what it was told, where that is later: a call that is scheduled for the next opening.
ALTER TABLE relays ADD COLUMN due_at INTEGER;
