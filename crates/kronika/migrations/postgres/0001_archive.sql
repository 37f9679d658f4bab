-- Authoritative: what was captured and done, and the journal over it. Everything below is made again from these.
CREATE TABLE record (
    id             BIGINT PRIMARY KEY,
    kind           BIGINT NOT NULL,
    captured_at    BIGINT NOT NULL,
    commitment     BYTEA   NOT NULL,
    part_hashes    BYTEA   NOT NULL,
    sealed_meta    BYTEA   NOT NULL,
    sealed_content BYTEA,
    content_object TEXT,
    content_size   BIGINT NOT NULL
);
CREATE TABLE record_key (
    record_id BIGINT NOT NULL,
    kek_id    BIGINT NOT NULL,
    wrapped   BYTEA   NOT NULL,
    PRIMARY KEY (record_id, kek_id)
);
CREATE TABLE journal_pending (
    record_id BIGINT PRIMARY KEY
);
CREATE TABLE journal_leaf (
    position  BIGINT PRIMARY KEY,
    record_id BIGINT NOT NULL,
    logged_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX journal_leaf_record ON journal_leaf (record_id);
CREATE TABLE journal_tile (
    level    BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hashes   BYTEA   NOT NULL,
    PRIMARY KEY (level, position)
);
CREATE TABLE journal_checkpoint (
    size      BIGINT PRIMARY KEY,
    signed_at BIGINT NOT NULL,
    note      TEXT    NOT NULL
);

-- Projection: rebuilt from the above.
CREATE TABLE client (
    id                BIGINT PRIMARY KEY,
    name              TEXT    NOT NULL,
    name_folded       TEXT    NOT NULL,
    language          TEXT    NOT NULL,
    city              TEXT    NOT NULL,
    city_folded       TEXT    NOT NULL,
    tax_id            TEXT    NOT NULL,
    created_at        BIGINT NOT NULL,
    interaction_count BIGINT NOT NULL DEFAULT 0,
    last_key          BIGINT
);
CREATE INDEX client_by_name ON client (name_folded, id);
CREATE INDEX client_by_last ON client (last_key, id);
CREATE TABLE client_file (
    client_id  BIGINT PRIMARY KEY,
    number     BIGINT NOT NULL,
    commitment BYTEA NOT NULL
);
CREATE TABLE client_address (
    kind      TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    client_id BIGINT NOT NULL,
    name      TEXT    NOT NULL,
    role      TEXT    NOT NULL,
    added_at  BIGINT NOT NULL,
    PRIMARY KEY (kind, value, client_id)
);
CREATE INDEX client_address_client ON client_address (client_id);
CREATE TABLE own_address (
    kind     TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (kind, value)
);
CREATE TABLE assignment_rule (
    id        BIGINT PRIMARY KEY,
    field     TEXT    NOT NULL,
    needle    TEXT    NOT NULL,
    client_id BIGINT NOT NULL,
    added_at  BIGINT NOT NULL
);
CREATE TABLE account (
    id         BIGINT PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    role       TEXT    NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE interaction (
    interaction_key  BIGINT PRIMARY KEY,
    record_id        BIGINT NOT NULL,
    original_record  BIGINT NOT NULL,
    channel          TEXT    NOT NULL,
    direction        TEXT    NOT NULL,
    nature           TEXT    NOT NULL,
    subject          TEXT    NOT NULL,
    preview          TEXT    NOT NULL,
    from_name        TEXT    NOT NULL,
    from_address     TEXT    NOT NULL,
    to_line          TEXT    NOT NULL,
    claimed_at       BIGINT,
    captured_at      BIGINT NOT NULL,
    thread_key       BIGINT NOT NULL,
    message_id       TEXT,
    content_id       BYTEA   NOT NULL,
    digest           BYTEA   NOT NULL,
    size             BIGINT NOT NULL,
    attachment_count BIGINT NOT NULL,
    unreadable       TEXT,
    ignored_for      TEXT,
    assigned_count   BIGINT NOT NULL DEFAULT 0,
    analyser         BIGINT NOT NULL
);
CREATE UNIQUE INDEX interaction_content ON interaction (content_id);
CREATE UNIQUE INDEX interaction_record ON interaction (record_id);
CREATE INDEX interaction_thread ON interaction (thread_key);
CREATE INDEX interaction_inbox ON interaction (interaction_key) WHERE assigned_count = 0 AND ignored_for IS NULL;
CREATE INDEX interaction_ignored ON interaction (interaction_key) WHERE ignored_for IS NOT NULL;
CREATE INDEX interaction_unreadable ON interaction (interaction_key) WHERE unreadable IS NOT NULL;
CREATE TABLE participant (
    interaction_key BIGINT NOT NULL,
    position        BIGINT NOT NULL,
    role            TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    address         TEXT    NOT NULL,
    PRIMARY KEY (interaction_key, position)
);
CREATE INDEX participant_address ON participant (address, interaction_key);
CREATE TABLE attachment (
    interaction_key BIGINT NOT NULL,
    position        BIGINT NOT NULL,
    number          TEXT    NOT NULL,
    filename        TEXT    NOT NULL,
    media_type      TEXT    NOT NULL,
    size            BIGINT NOT NULL,
    text_state      TEXT    NOT NULL,
    PRIMARY KEY (interaction_key, position)
);
CREATE TABLE mail_thread (
    message_hash BIGINT PRIMARY KEY,
    thread_key   BIGINT NOT NULL
);
CREATE INDEX mail_thread_thread ON mail_thread (thread_key);
CREATE TABLE client_tally (
    client_id   BIGINT NOT NULL,
    channel     TEXT    NOT NULL,
    direction   TEXT    NOT NULL,
    count       BIGINT NOT NULL,
    attachments BIGINT NOT NULL,
    PRIMARY KEY (client_id, channel, direction)
);
CREATE TABLE client_thread (
    client_id  BIGINT NOT NULL,
    thread_key BIGINT NOT NULL,
    latest_key BIGINT NOT NULL,
    count      BIGINT NOT NULL,
    PRIMARY KEY (client_id, thread_key)
);
CREATE INDEX client_thread_latest ON client_thread (client_id, latest_key);
CREATE INDEX client_thread_thread ON client_thread (thread_key);
CREATE TABLE assignment (
    client_id       BIGINT NOT NULL,
    interaction_key BIGINT NOT NULL,
    why             TEXT    NOT NULL,
    detail          TEXT    NOT NULL,
    record_id       BIGINT NOT NULL,
    PRIMARY KEY (client_id, interaction_key)
);
CREATE INDEX assignment_interaction ON assignment (interaction_key);
CREATE TABLE assignment_change (
    record_id       BIGINT NOT NULL,
    interaction_key BIGINT NOT NULL,
    client_id       BIGINT NOT NULL,
    change          TEXT    NOT NULL,
    why             TEXT    NOT NULL,
    detail          TEXT    NOT NULL,
    changed_by      TEXT    NOT NULL,
    changed_at      BIGINT NOT NULL,
    PRIMARY KEY (interaction_key, record_id, client_id)
);
CREATE TABLE sighting (
    source_id       BYTEA   PRIMARY KEY,
    interaction_key BIGINT NOT NULL,
    record_id       BIGINT NOT NULL,
    connector       TEXT    NOT NULL,
    mailbox         TEXT    NOT NULL,
    external_id     TEXT    NOT NULL,
    captured_at     BIGINT NOT NULL,
    same_bytes      BIGINT NOT NULL
);
CREATE INDEX sighting_interaction ON sighting (interaction_key);
CREATE TABLE search (
    interaction_key BIGINT PRIMARY KEY,
    words           TSVECTOR NOT NULL
);
-- A rare word is found through the index, whatever the planner believes about its frequency.
ALTER TABLE search ALTER COLUMN words SET STATISTICS 2000;
CREATE INDEX search_words ON search USING gin (words);

-- Local: not part of what the archive records.
CREATE TABLE local_attachment_text (
    interaction_key BIGINT NOT NULL,
    position        BIGINT NOT NULL,
    sealed_text     BYTEA,
    failure         TEXT,
    PRIMARY KEY (interaction_key, position)
);
CREATE TABLE local_account_secret (
    account_id    BIGINT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    language      TEXT NOT NULL,
    theme         TEXT NOT NULL
);
CREATE TABLE local_session (
    token_hash BYTEA   PRIMARY KEY,
    account_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
CREATE TABLE local_import (
    id          BIGINT PRIMARY KEY,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT,
    report      TEXT    NOT NULL
);
CREATE TABLE local_quarantine (
    id          BIGINT PRIMARY KEY,
    source      TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    found_at    BIGINT NOT NULL
);
CREATE UNIQUE INDEX local_quarantine_source ON local_quarantine (source, reason);
