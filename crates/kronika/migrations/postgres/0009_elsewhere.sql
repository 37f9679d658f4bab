-- Local: not part of what the archive records.
-- Other archives of the same instance to which a person belongs too, as that person said in both.
CREATE TABLE local_elsewhere (
    account_id    BIGINT NOT NULL,
    archive       TEXT   NOT NULL,
    other_account BIGINT NOT NULL,
    PRIMARY KEY (account_id, archive)
);
