
-- When a command was carried out, so that it can be forgotten. What is there already counts as new.
ALTER TABLE commands ADD COLUMN at REAL NOT NULL DEFAULT 0;
UPDATE commands SET at = unixepoch('now');
CREATE INDEX commands_at ON commands (at);
