-- Projection: rebuilt from the records.
ALTER TABLE account ADD COLUMN removed_at BIGINT;
CREATE TABLE invitation (
    id         BIGINT PRIMARY KEY,
    -- Empty when whoever accepts it chooses the name.
    name       TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    language   TEXT    NOT NULL,
    made_by    TEXT    NOT NULL,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Withdrawn or accepted.
    ended_at   BIGINT
);

-- Local: not part of what the archive records.
CREATE TABLE local_invitation_secret (
    invitation_id BIGINT PRIMARY KEY,
    token_hash    BYTEA    NOT NULL UNIQUE
);
ALTER TABLE local_account_secret ADD COLUMN seen_at BIGINT;
-- Whoever was signed in signs in again: sessions got a number, a place and a browser.
DROP TABLE local_session;
CREATE TABLE local_session (
    token_hash BYTEA    PRIMARY KEY,
    id         BIGINT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    address    TEXT    NOT NULL,
    browser    TEXT    NOT NULL
);
CREATE INDEX local_session_account ON local_session (account_id);
CREATE TABLE local_authenticator (
    account_id    BIGINT PRIMARY KEY,
    sealed_secret BYTEA    NOT NULL,
    confirmed_at  BIGINT,
    -- The newest 30 seconds whose code was used; neither it nor an older one is taken again.
    last_step     BIGINT NOT NULL
);
CREATE TABLE local_recovery_code (
    account_id BIGINT NOT NULL,
    code_hash  BYTEA    NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);
CREATE TABLE local_passkey (
    id            BIGINT PRIMARY KEY,
    account_id    BIGINT NOT NULL,
    name          TEXT    NOT NULL,
    credential_id BYTEA    NOT NULL UNIQUE,
    credential    TEXT    NOT NULL,
    added_at      BIGINT NOT NULL,
    used_at       BIGINT
);
CREATE INDEX local_passkey_account ON local_passkey (account_id);
