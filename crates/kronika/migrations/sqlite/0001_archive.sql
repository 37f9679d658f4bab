-- Authoritative: what was captured and done, and the journal over it. Everything below is made again from these.
CREATE TABLE record (
    id             INTEGER PRIMARY KEY,
    kind           INTEGER NOT NULL,
    captured_at    INTEGER NOT NULL,
    commitment     BLOB    NOT NULL,
    part_hashes    BLOB    NOT NULL,
    sealed_meta    BLOB    NOT NULL,
    sealed_content BLOB,
    content_object TEXT,
    content_size   INTEGER NOT NULL
);
CREATE TABLE record_key (
    record_id INTEGER NOT NULL,
    kek_id    INTEGER NOT NULL,
    wrapped   BLOB    NOT NULL,
    PRIMARY KEY (record_id, kek_id)
) WITHOUT ROWID;
CREATE TABLE journal_pending (
    record_id INTEGER PRIMARY KEY
);
CREATE TABLE journal_leaf (
    position  INTEGER PRIMARY KEY,
    record_id INTEGER NOT NULL,
    logged_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX journal_leaf_record ON journal_leaf (record_id);
CREATE TABLE journal_tile (
    level    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hashes   BLOB    NOT NULL,
    PRIMARY KEY (level, position)
) WITHOUT ROWID;
CREATE TABLE journal_checkpoint (
    size      INTEGER PRIMARY KEY,
    signed_at INTEGER NOT NULL,
    note      TEXT    NOT NULL
);

-- Projection: rebuilt from the above.
CREATE TABLE client (
    id                INTEGER PRIMARY KEY,
    name              TEXT    NOT NULL,
    name_folded       TEXT    NOT NULL,
    language          TEXT    NOT NULL,
    city              TEXT    NOT NULL,
    city_folded       TEXT    NOT NULL,
    tax_id            TEXT    NOT NULL,
    created_at        INTEGER NOT NULL,
    interaction_count INTEGER NOT NULL DEFAULT 0,
    last_key          INTEGER
);
CREATE INDEX client_by_name ON client (name_folded, id);
CREATE INDEX client_by_last ON client (last_key, id);
CREATE TABLE client_file (
    client_id  INTEGER PRIMARY KEY,
    number     INTEGER NOT NULL,
    commitment BLOB NOT NULL
);
CREATE TABLE client_address (
    kind      TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    client_id INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    role      TEXT    NOT NULL,
    added_at  INTEGER NOT NULL,
    PRIMARY KEY (kind, value, client_id)
) WITHOUT ROWID;
CREATE INDEX client_address_client ON client_address (client_id);
CREATE TABLE own_address (
    kind     TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE TABLE assignment_rule (
    id        INTEGER PRIMARY KEY,
    field     TEXT    NOT NULL,
    needle    TEXT    NOT NULL,
    client_id INTEGER NOT NULL,
    added_at  INTEGER NOT NULL
);
CREATE TABLE account (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    role       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE interaction (
    interaction_key  INTEGER PRIMARY KEY,
    record_id        INTEGER NOT NULL,
    original_record  INTEGER NOT NULL,
    channel          TEXT    NOT NULL,
    direction        TEXT    NOT NULL,
    nature           TEXT    NOT NULL,
    subject          TEXT    NOT NULL,
    preview          TEXT    NOT NULL,
    from_name        TEXT    NOT NULL,
    from_address     TEXT    NOT NULL,
    to_line          TEXT    NOT NULL,
    claimed_at       INTEGER,
    captured_at      INTEGER NOT NULL,
    thread_key       INTEGER NOT NULL,
    message_id       TEXT,
    content_id       BLOB    NOT NULL,
    digest           BLOB    NOT NULL,
    size             INTEGER NOT NULL,
    attachment_count INTEGER NOT NULL,
    unreadable       TEXT,
    ignored_for      TEXT,
    assigned_count   INTEGER NOT NULL DEFAULT 0,
    analyser         INTEGER NOT NULL
);
CREATE UNIQUE INDEX interaction_content ON interaction (content_id);
CREATE UNIQUE INDEX interaction_record ON interaction (record_id);
CREATE INDEX interaction_thread ON interaction (thread_key);
CREATE INDEX interaction_inbox ON interaction (interaction_key) WHERE assigned_count = 0 AND ignored_for IS NULL;
CREATE INDEX interaction_ignored ON interaction (interaction_key) WHERE ignored_for IS NOT NULL;
CREATE INDEX interaction_unreadable ON interaction (interaction_key) WHERE unreadable IS NOT NULL;
CREATE TABLE participant (
    interaction_key INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    role            TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    address         TEXT    NOT NULL,
    PRIMARY KEY (interaction_key, position)
) WITHOUT ROWID;
CREATE INDEX participant_address ON participant (address, interaction_key);
CREATE TABLE attachment (
    interaction_key INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    number          TEXT    NOT NULL,
    filename        TEXT    NOT NULL,
    media_type      TEXT    NOT NULL,
    size            INTEGER NOT NULL,
    text_state      TEXT    NOT NULL,
    PRIMARY KEY (interaction_key, position)
) WITHOUT ROWID;
CREATE TABLE mail_thread (
    message_hash INTEGER PRIMARY KEY,
    thread_key   INTEGER NOT NULL
);
CREATE INDEX mail_thread_thread ON mail_thread (thread_key);
CREATE TABLE client_tally (
    client_id   INTEGER NOT NULL,
    channel     TEXT    NOT NULL,
    direction   TEXT    NOT NULL,
    count       INTEGER NOT NULL,
    attachments INTEGER NOT NULL,
    PRIMARY KEY (client_id, channel, direction)
) WITHOUT ROWID;
CREATE TABLE client_thread (
    client_id  INTEGER NOT NULL,
    thread_key INTEGER NOT NULL,
    latest_key INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (client_id, thread_key)
) WITHOUT ROWID;
CREATE INDEX client_thread_latest ON client_thread (client_id, latest_key);
CREATE INDEX client_thread_thread ON client_thread (thread_key);
CREATE TABLE assignment (
    client_id       INTEGER NOT NULL,
    interaction_key INTEGER NOT NULL,
    why             TEXT    NOT NULL,
    detail          TEXT    NOT NULL,
    record_id       INTEGER NOT NULL,
    PRIMARY KEY (client_id, interaction_key)
) WITHOUT ROWID;
CREATE INDEX assignment_interaction ON assignment (interaction_key);
CREATE TABLE assignment_change (
    record_id       INTEGER NOT NULL,
    interaction_key INTEGER NOT NULL,
    client_id       INTEGER NOT NULL,
    change          TEXT    NOT NULL,
    why             TEXT    NOT NULL,
    detail          TEXT    NOT NULL,
    changed_by      TEXT    NOT NULL,
    changed_at      INTEGER NOT NULL,
    PRIMARY KEY (interaction_key, record_id, client_id)
) WITHOUT ROWID;
CREATE TABLE sighting (
    source_id       BLOB    PRIMARY KEY,
    interaction_key INTEGER NOT NULL,
    record_id       INTEGER NOT NULL,
    connector       TEXT    NOT NULL,
    mailbox         TEXT    NOT NULL,
    external_id     TEXT    NOT NULL,
    captured_at     INTEGER NOT NULL,
    same_bytes      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sighting_interaction ON sighting (interaction_key);
CREATE VIRTUAL TABLE search USING fts5 (subject, people, body, attachment, content = '', tokenize = 'kronika');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- Local: not part of what the archive records.
CREATE TABLE local_attachment_text (
    interaction_key INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    sealed_text     BLOB,
    failure         TEXT,
    PRIMARY KEY (interaction_key, position)
) WITHOUT ROWID;
CREATE TABLE local_account_secret (
    account_id    INTEGER PRIMARY KEY,
    password_hash TEXT NOT NULL,
    language      TEXT NOT NULL,
    theme         TEXT NOT NULL
);
CREATE TABLE local_session (
    token_hash BLOB    PRIMARY KEY,
    account_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE local_import (
    id          INTEGER PRIMARY KEY,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    report      TEXT    NOT NULL
);
CREATE TABLE local_quarantine (
    id          INTEGER PRIMARY KEY,
    source      TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    found_at    INTEGER NOT NULL
);
CREATE UNIQUE INDEX local_quarantine_source ON local_quarantine (source, reason);
