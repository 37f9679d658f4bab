-- Projection: rebuilt from the records. Packages of evidence that were given out.
CREATE TABLE evidence (
    record_id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL,
    items     INTEGER NOT NULL,
    -- What it was made for, and for whom.
    purpose   TEXT   NOT NULL,
    recipient TEXT   NOT NULL,
    -- Of the file, in hexadecimal.
    sha256    TEXT   NOT NULL,
    size      INTEGER NOT NULL,
    made_by   TEXT   NOT NULL,
    made_at   INTEGER NOT NULL
);
CREATE INDEX evidence_client ON evidence (client_id);
