-- Projection: tokens with which programs act as an account.
CREATE TABLE api_token (
    id         BIGINT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    name       TEXT    NOT NULL,
    -- Names of what it is good for, with spaces between.
    scopes     TEXT    NOT NULL,
    made_by    TEXT    NOT NULL,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX api_token_account ON api_token (account_id);

-- Local: not part of what the archive records.
CREATE TABLE local_api_token_secret (
    token_id   BIGINT PRIMARY KEY,
    token_hash BYTEA    NOT NULL UNIQUE,
    used_at    BIGINT
);
-- Answers that are given again to whoever asks again.
CREATE TABLE local_idempotency (
    token_id     BIGINT NOT NULL,
    key_hash     BYTEA    NOT NULL,
    request_hash BYTEA    NOT NULL,
    begun_at     BIGINT NOT NULL,
    -- None while the first request is being answered.
    status       BIGINT,
    media_type   TEXT    NOT NULL,
    location     TEXT    NOT NULL,
    answer       BYTEA    NOT NULL,
    PRIMARY KEY (token_id, key_hash)
);
