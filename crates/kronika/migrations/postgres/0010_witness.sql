-- Witnesses' signatures under checkpoints: like the checkpoints themselves, not made from anything else.
CREATE TABLE journal_cosignature (
    size        BIGINT NOT NULL,
    -- The witness's key, as text (C2SP vkey).
    witness     TEXT   NOT NULL,
    -- By the witness's clock.
    cosigned_at BIGINT NOT NULL,
    line        TEXT   NOT NULL,
    PRIMARY KEY (size, witness, cosigned_at)
);

-- Local: how things stand with each witness.
CREATE TABLE local_witness (
    witness     TEXT   PRIMARY KEY,
    -- The size it cosigned last.
    size        BIGINT NOT NULL,
    asked_at    BIGINT NOT NULL,
    answered_at BIGINT,
    -- Why the last try failed, in a word of ours; none when it did not.
    trouble     TEXT
);
