-- Projection: rebuilt from the records. Packages of evidence that were made.
CREATE TABLE evidence (
    id           INTEGER PRIMARY KEY,
    -- What was asked for, as JSON.
    choice       TEXT   NOT NULL,
    items        INTEGER NOT NULL,
    -- Interactions of which nothing, or not everything, was given.
    withheld     INTEGER NOT NULL,
    -- What it was made for, and for whom.
    purpose      TEXT   NOT NULL,
    recipient    TEXT   NOT NULL,
    -- The key it was encrypted to, if it was.
    encrypted_to TEXT   NOT NULL,
    -- Volumes of the readable report in it.
    reports      INTEGER NOT NULL,
    -- Of the package before it was encrypted, in hexadecimal.
    sha256       TEXT   NOT NULL,
    size         INTEGER NOT NULL,
    made_by      TEXT   NOT NULL,
    made_at      INTEGER NOT NULL
);
-- The clients whose interactions are in it.
CREATE TABLE evidence_client (
    evidence_id INTEGER NOT NULL,
    client_id   INTEGER NOT NULL,
    PRIMARY KEY (evidence_id, client_id)
);
CREATE INDEX evidence_client_client ON evidence_client (client_id);
CREATE TABLE evidence_item (
    evidence_id     INTEGER NOT NULL,
    interaction_key INTEGER NOT NULL,
    PRIMARY KEY (evidence_id, interaction_key)
);
CREATE INDEX evidence_item_interaction ON evidence_item (interaction_key);

-- What a client's key opens: its file is walked when evidence is made of a part of it.
CREATE INDEX record_key_kek ON record_key (kek_id);
