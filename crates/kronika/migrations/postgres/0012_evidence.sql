-- Projection: rebuilt from the records. Packages of evidence that were made.
CREATE TABLE evidence (
    id           BIGINT PRIMARY KEY,
    -- What was asked for, as JSON.
    choice       TEXT   NOT NULL,
    items        BIGINT NOT NULL,
    -- Interactions of which nothing, or not everything, was given.
    withheld     BIGINT NOT NULL,
    -- What it was made for, and for whom.
    purpose      TEXT   NOT NULL,
    recipient    TEXT   NOT NULL,
    -- The key it was encrypted to, if it was.
    encrypted_to TEXT   NOT NULL,
    -- Volumes of the readable report in it.
    reports      BIGINT NOT NULL,
    -- Of the package before it was encrypted, in hexadecimal.
    sha256       TEXT   NOT NULL,
    size         BIGINT NOT NULL,
    made_by      TEXT   NOT NULL,
    made_at      BIGINT NOT NULL
);
-- The clients whose interactions are in it.
CREATE TABLE evidence_client (
    evidence_id BIGINT NOT NULL,
    client_id   BIGINT NOT NULL,
    PRIMARY KEY (evidence_id, client_id)
);
CREATE INDEX evidence_client_client ON evidence_client (client_id);
CREATE TABLE evidence_item (
    evidence_id     BIGINT NOT NULL,
    interaction_key BIGINT NOT NULL,
    PRIMARY KEY (evidence_id, interaction_key)
);
CREATE INDEX evidence_item_interaction ON evidence_item (interaction_key);

-- What a client's key opens: its file is walked when evidence is made of a part of it.
CREATE INDEX record_key_kek ON record_key (kek_id);
