-- Codes by which a case goes on in a phone, and the phones that it has gone on in. Hashes only.
CREATE TABLE handoffs (
    token_hash TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    expires REAL NOT NULL,
    used_at REAL
);
CREATE INDEX handoffs_case ON handoffs (case_id);

CREATE TABLE phones (
    token_hash TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    expires REAL NOT NULL
);
