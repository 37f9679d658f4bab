-- Projection: the firm's rules of communication, and who accepted which version.
CREATE TABLE guideline (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL,
    title        TEXT    NOT NULL,
    withdrawn_at INTEGER
);
CREATE TABLE guideline_version (
    guideline_id INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    content      TEXT    NOT NULL,
    issued_at    INTEGER NOT NULL,
    issued_by    TEXT    NOT NULL,
    PRIMARY KEY (guideline_id, version)
);
CREATE TABLE guideline_acceptance (
    guideline_id INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    accepted_at  INTEGER NOT NULL,
    PRIMARY KEY (guideline_id, version, account_id)
);
CREATE TABLE guideline_reminder (
    guideline_id INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    reminded_at  INTEGER NOT NULL,
    reminded_by  TEXT    NOT NULL,
    PRIMARY KEY (guideline_id, version, account_id)
);
