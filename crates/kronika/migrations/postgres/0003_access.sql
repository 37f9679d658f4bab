-- Who may see what. All of it is made from acts.
ALTER TABLE client ADD COLUMN openness TEXT NOT NULL DEFAULT 'open';
-- How many of its interactions are not of the team's sensitivity; they are in none of the other counts.
ALTER TABLE client ADD COLUMN guarded_count BIGINT NOT NULL DEFAULT 0;
CREATE INDEX client_closed ON client (id) WHERE openness <> 'open';
ALTER TABLE interaction ADD COLUMN sensitivity TEXT NOT NULL DEFAULT 'team';
-- Whether somebody decided it; else it follows from the next column and from the clients.
ALTER TABLE interaction ADD COLUMN sensitivity_chosen BIGINT NOT NULL DEFAULT 0;
-- Whether nobody of ours took part but people by their own addresses.
ALTER TABLE interaction ADD COLUMN personal BIGINT NOT NULL DEFAULT 0;
CREATE INDEX interaction_guarded ON interaction (interaction_key) WHERE sensitivity <> 'team';
CREATE INDEX interaction_inbox_team ON interaction (interaction_key)
    WHERE assigned_count = 0 AND ignored_for IS NULL AND sensitivity = 'team';
CREATE TABLE team (
    id       BIGINT PRIMARY KEY,
    name     TEXT    NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE TABLE team_member (
    team_id    BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    PRIMARY KEY (team_id, account_id)
);
CREATE INDEX team_member_account ON team_member (account_id);
CREATE TABLE client_team (
    client_id BIGINT NOT NULL,
    team_id   BIGINT NOT NULL,
    PRIMARY KEY (client_id, team_id)
);
CREATE INDEX client_team_team ON client_team (team_id);
CREATE TABLE client_person (
    client_id  BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    PRIMARY KEY (client_id, account_id)
);
CREATE INDEX client_person_account ON client_person (account_id);
CREATE TABLE interaction_person (
    interaction_key BIGINT NOT NULL,
    account_id      BIGINT NOT NULL,
    PRIMARY KEY (interaction_key, account_id)
);
-- What later messages of a thread inherit.
CREATE TABLE thread_sensitivity (
    thread_key  BIGINT PRIMARY KEY,
    sensitivity TEXT NOT NULL
);
CREATE TABLE thread_person (
    thread_key BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    PRIMARY KEY (thread_key, account_id)
);
CREATE TABLE account_address (
    account_id BIGINT NOT NULL,
    address    TEXT    NOT NULL,
    PRIMARY KEY (account_id, address)
);
CREATE INDEX account_address_address ON account_address (address);
CREATE TABLE access_grant (
    id          BIGINT PRIMARY KEY,
    account_id  BIGINT NOT NULL,
    covers      TEXT    NOT NULL,
    client_id   BIGINT,
    thread_key  BIGINT,
    valid_from  BIGINT NOT NULL,
    valid_until BIGINT,
    ended_at    BIGINT
);
CREATE INDEX access_grant_account ON access_grant (account_id);
-- Who looked at what and who did what, made from acts.
CREATE TABLE log_entry (
    record_id       BIGINT NOT NULL,
    position        BIGINT NOT NULL,
    happened_at     BIGINT NOT NULL,
    by_name         TEXT NOT NULL,
    kind            TEXT NOT NULL,
    client_id       BIGINT,
    interaction_key BIGINT,
    detail          TEXT NOT NULL,
    PRIMARY KEY (record_id, position)
);
CREATE INDEX log_entry_time ON log_entry (happened_at, record_id, position);
CREATE INDEX log_entry_by ON log_entry (by_name, happened_at);
CREATE INDEX log_entry_client ON log_entry (client_id, happened_at);
CREATE INDEX log_entry_interaction ON log_entry (interaction_key, happened_at);

-- Local: whose upload an import is.
ALTER TABLE local_import ADD COLUMN account_id BIGINT;
