-- Projection: rebuilt from the records.
ALTER TABLE account ADD COLUMN removed_at INTEGER;
CREATE TABLE invitation (
    id         INTEGER PRIMARY KEY,
    -- Empty when whoever accepts it chooses the name.
    name       TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    language   TEXT    NOT NULL,
    made_by    TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- Withdrawn or accepted.
    ended_at   INTEGER
);

-- Local: not part of what the archive records.
CREATE TABLE local_invitation_secret (
    invitation_id INTEGER PRIMARY KEY,
    token_hash    BLOB    NOT NULL UNIQUE
);
ALTER TABLE local_account_secret ADD COLUMN seen_at INTEGER;
-- Whoever was signed in signs in again: sessions got a number, a place and a browser.
DROP TABLE local_session;
CREATE TABLE local_session (
    token_hash BLOB    PRIMARY KEY,
    id         INTEGER NOT NULL UNIQUE,
    account_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    address    TEXT    NOT NULL,
    browser    TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX local_session_account ON local_session (account_id);
CREATE TABLE local_authenticator (
    account_id    INTEGER PRIMARY KEY,
    sealed_secret BLOB    NOT NULL,
    confirmed_at  INTEGER,
    -- The newest 30 seconds whose code was used; neither it nor an older one is taken again.
    last_step     INTEGER NOT NULL
);
CREATE TABLE local_recovery_code (
    account_id INTEGER NOT NULL,
    code_hash  BLOB    NOT NULL,
    PRIMARY KEY (account_id, code_hash)
) WITHOUT ROWID;
CREATE TABLE local_passkey (
    id            INTEGER PRIMARY KEY,
    account_id    INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    credential_id BLOB    NOT NULL UNIQUE,
    credential    TEXT    NOT NULL,
    added_at      INTEGER NOT NULL,
    used_at       INTEGER
);
CREATE INDEX local_passkey_account ON local_passkey (account_id);
