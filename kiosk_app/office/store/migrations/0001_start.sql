CREATE TABLE cases (
    case_id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    kiosk TEXT NOT NULL,
    phase TEXT NOT NULL,
    queued_at REAL,
    answered_at REAL,
    ended_at REAL,
    promised_seconds INTEGER,
    record TEXT NOT NULL
);
CREATE INDEX cases_open ON cases (phase) WHERE phase <> 'ended';
CREATE INDEX cases_queued_at ON cases (queued_at);

CREATE TABLE events (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    at REAL NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT,
    detail TEXT NOT NULL
);
CREATE INDEX events_case ON events (case_id, event_id);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the case log is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the case log is append-only'); END;

CREATE TABLE chat (
    chat_id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    message_id TEXT NOT NULL,
    message TEXT NOT NULL,
    UNIQUE (case_id, message_id)
);

CREATE TABLE commands (
    command TEXT PRIMARY KEY,
    case_id TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE kiosks (
    kiosk TEXT PRIMARY KEY,
    record TEXT NOT NULL
);

CREATE TABLE agents (
    agent TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE logins (
    token_hash TEXT PRIMARY KEY,
    agent TEXT NOT NULL REFERENCES agents (agent),
    expires REAL NOT NULL,
    used_at REAL
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    agent TEXT NOT NULL REFERENCES agents (agent),
    expires REAL NOT NULL
);
