-- Projection: rebuilt from the records. Packages of evidence that were given out.
CREATE TABLE evidence (
    record_id BIGINT PRIMARY KEY,
    client_id BIGINT NOT NULL,
    items     BIGINT NOT NULL,
    -- What it was made for, and for whom.
    purpose   TEXT   NOT NULL,
    recipient TEXT   NOT NULL,
    -- Of the file, in hexadecimal.
    sha256    TEXT   NOT NULL,
    size      BIGINT NOT NULL,
    made_by   TEXT   NOT NULL,
    made_at   BIGINT NOT NULL
);
CREATE INDEX evidence_client ON evidence (client_id);
