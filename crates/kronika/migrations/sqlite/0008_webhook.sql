-- Projection: webhooks that people made.
CREATE TABLE webhook (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    url        TEXT    NOT NULL,
    -- Names of what it is told, with spaces between.
    events     TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    paused_at  INTEGER,
    -- 'person' or 'gone'.
    paused_for TEXT,
    removed_at INTEGER
);

-- Local: not part of what the archive records.
CREATE TABLE local_webhook_state (
    webhook_id      INTEGER PRIMARY KEY,
    -- The first entry of the journal that was not looked at yet.
    position        INTEGER NOT NULL,
    sealed_secret   BLOB    NOT NULL,
    -- The secret before, and until when it still signs.
    sealed_previous BLOB,
    previous_until  INTEGER
);
CREATE TABLE local_webhook_delivery (
    id              INTEGER PRIMARY KEY,
    webhook_id      INTEGER NOT NULL,
    event           TEXT    NOT NULL,
    -- The record that tells of it, and which of its events it is.
    record_id       INTEGER NOT NULL,
    number          INTEGER NOT NULL,
    -- None of a test.
    position        INTEGER,
    happened_at     INTEGER NOT NULL,
    client_id       INTEGER,
    interaction_key INTEGER,
    -- 'waiting', 'delivered' or 'dead'.
    state           TEXT    NOT NULL,
    tries           INTEGER NOT NULL,
    next_at         INTEGER NOT NULL,
    tried_at        INTEGER,
    status          INTEGER,
    reason          TEXT
);
CREATE UNIQUE INDEX local_webhook_delivery_event ON local_webhook_delivery (webhook_id, record_id, number);
CREATE INDEX local_webhook_delivery_due ON local_webhook_delivery (webhook_id, state, next_at);
