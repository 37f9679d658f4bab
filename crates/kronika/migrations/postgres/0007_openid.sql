-- Projection: who people are at the providers that the operator named.
CREATE TABLE openid_identity (
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    account_id BIGINT NOT NULL,
    -- For the eye: what the provider called them when it was linked.
    called     TEXT    NOT NULL,
    linked_at  BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX openid_identity_account ON openid_identity (account_id);

-- Local: an account may do without a password.
ALTER TABLE local_account_secret ALTER COLUMN password_hash DROP NOT NULL;
