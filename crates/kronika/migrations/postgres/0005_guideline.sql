-- Projection: the firm's rules of communication, and who accepted which version.
CREATE TABLE guideline (
    id           BIGINT PRIMARY KEY,
    version      BIGINT NOT NULL,
    title        TEXT    NOT NULL,
    withdrawn_at BIGINT
);
CREATE TABLE guideline_version (
    guideline_id BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    content      TEXT    NOT NULL,
    issued_at    BIGINT NOT NULL,
    issued_by    TEXT    NOT NULL,
    PRIMARY KEY (guideline_id, version)
);
CREATE TABLE guideline_acceptance (
    guideline_id BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    accepted_at  BIGINT NOT NULL,
    PRIMARY KEY (guideline_id, version, account_id)
);
CREATE TABLE guideline_reminder (
    guideline_id BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    reminded_at  BIGINT NOT NULL,
    reminded_by  TEXT    NOT NULL,
    PRIMARY KEY (guideline_id, version, account_id)
);
