-- Projection: who people are at the providers that the operator named.
CREATE TABLE openid_identity (
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    account_id INTEGER NOT NULL,
    -- For the eye: what the provider called them when it was linked.
    called     TEXT    NOT NULL,
    linked_at  INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
CREATE INDEX openid_identity_account ON openid_identity (account_id);

-- Local: an account may do without a password.
CREATE TABLE local_account_secret_new (
    account_id    INTEGER PRIMARY KEY,
    password_hash TEXT,
    language      TEXT NOT NULL,
    theme         TEXT NOT NULL,
    seen_at       INTEGER
);
INSERT INTO local_account_secret_new SELECT account_id, password_hash, language, theme, seen_at FROM local_account_secret;
DROP TABLE local_account_secret;
ALTER TABLE local_account_secret_new RENAME TO local_account_secret;
