-- Projection: tokens with which programs act as an account.
CREATE TABLE api_token (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    -- Names of what it is good for, with spaces between.
    scopes     TEXT    NOT NULL,
    made_by    TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
);
CREATE INDEX api_token_account ON api_token (account_id);

-- Local: not part of what the archive records.
CREATE TABLE local_api_token_secret (
    token_id   INTEGER PRIMARY KEY,
    token_hash BLOB    NOT NULL UNIQUE,
    used_at    INTEGER
);
-- Answers that are given again to whoever asks again.
CREATE TABLE local_idempotency (
    token_id     INTEGER NOT NULL,
    key_hash     BLOB    NOT NULL,
    request_hash BLOB    NOT NULL,
    begun_at     INTEGER NOT NULL,
    -- None while the first request is being answered.
    status       INTEGER,
    media_type   TEXT    NOT NULL,
    location     TEXT    NOT NULL,
    answer       BLOB    NOT NULL,
    PRIMARY KEY (token_id, key_hash)
) WITHOUT ROWID;
