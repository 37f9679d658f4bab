-- Witnesses' signatures under checkpoints: like the checkpoints themselves, not made from anything else.
CREATE TABLE journal_cosignature (
    size        INTEGER NOT NULL,
    -- The witness's key, as text (C2SP vkey).
    witness     TEXT   NOT NULL,
    -- By the witness's clock.
    cosigned_at INTEGER NOT NULL,
    line        TEXT   NOT NULL,
    PRIMARY KEY (size, witness, cosigned_at)
);

-- Local: how things stand with each witness.
CREATE TABLE local_witness (
    witness     TEXT   PRIMARY KEY,
    -- The size it cosigned last.
    size        INTEGER NOT NULL,
    asked_at    INTEGER NOT NULL,
    answered_at INTEGER,
    -- Why the last try failed, in a word of ours; none when it did not.
    trouble     TEXT
);
