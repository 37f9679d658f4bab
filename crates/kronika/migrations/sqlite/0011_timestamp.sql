-- Projection: rebuilt from the records.
CREATE TABLE journal_timestamp (
    record_id INTEGER PRIMARY KEY,
    -- Entries under the checkpoint that was stamped.
    size      INTEGER NOT NULL,
    -- By the authority's clock.
    stamped_at INTEGER NOT NULL,
    authority TEXT NOT NULL
);
CREATE INDEX journal_timestamp_size ON journal_timestamp (size);

-- Local: how things stand with each authority.
CREATE TABLE local_authority (
    name        TEXT PRIMARY KEY,
    asked_at    INTEGER NOT NULL,
    answered_at INTEGER,
    -- Why the last try failed; none when it did not.
    trouble     TEXT
);
