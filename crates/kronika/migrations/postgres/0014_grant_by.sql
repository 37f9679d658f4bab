-- Who gave it. Empty for what was given before this column, until the tables are made anew.
ALTER TABLE access_grant ADD COLUMN given_by TEXT NOT NULL DEFAULT '';
