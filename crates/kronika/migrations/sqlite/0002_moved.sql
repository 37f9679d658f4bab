-- Projection: where an interaction went that could be read at last. Old links still lead to it.
CREATE TABLE interaction_moved (
    old_key INTEGER PRIMARY KEY,
    new_key INTEGER NOT NULL
);

-- Which import refused a file; 0 for one from the command line.
ALTER TABLE local_quarantine ADD COLUMN import_id INTEGER NOT NULL DEFAULT 0;
DROP INDEX local_quarantine_source;
CREATE UNIQUE INDEX local_quarantine_source ON local_quarantine (import_id, source, reason);
