-- Projection: webhooks that people made.
CREATE TABLE webhook (
    id         BIGINT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    name       TEXT    NOT NULL,
    url        TEXT    NOT NULL,
    -- Names of what it is told, with spaces between.
    events     TEXT    NOT NULL,
    made_at    BIGINT NOT NULL,
    paused_at  BIGINT,
    -- 'person' or 'gone'.
    paused_for TEXT,
    removed_at BIGINT
);

-- Local: not part of what the archive records.
CREATE TABLE local_webhook_state (
    webhook_id      BIGINT PRIMARY KEY,
    -- The first entry of the journal that was not looked at yet.
    position        BIGINT NOT NULL,
    sealed_secret   BYTEA   NOT NULL,
    -- The secret before, and until when it still signs.
    sealed_previous BYTEA,
    previous_until  BIGINT
);
CREATE TABLE local_webhook_delivery (
    id              BIGINT PRIMARY KEY,
    webhook_id      BIGINT NOT NULL,
    event           TEXT    NOT NULL,
    -- The record that tells of it, and which of its events it is.
    record_id       BIGINT NOT NULL,
    number          BIGINT NOT NULL,
    -- None of a test.
    position        BIGINT,
    happened_at     BIGINT NOT NULL,
    client_id       BIGINT,
    interaction_key BIGINT,
    -- 'waiting', 'delivered' or 'dead'.
    state           TEXT    NOT NULL,
    tries           BIGINT NOT NULL,
    next_at         BIGINT NOT NULL,
    tried_at        BIGINT,
    status          BIGINT,
    reason          TEXT
);
CREATE UNIQUE INDEX local_webhook_delivery_event ON local_webhook_delivery (webhook_id, record_id, number);
CREATE INDEX local_webhook_delivery_due ON local_webhook_delivery (webhook_id, state, next_at);
