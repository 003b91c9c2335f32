-- The front door: who may come in, how people are found, what waits for a coordinator.

-- The instant of the last commit that changed a figure: asking known_at with it gives the same figures.
ALTER TABLE community ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

-- A token is shown once; only its hash is kept.
CREATE TABLE token (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    actor     INTEGER NOT NULL REFERENCES actor (id),
    source    INTEGER NOT NULL REFERENCES source (id),
    role      INTEGER NOT NULL CHECK (role BETWEEN 1 AND 4),
    hash      BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    created   INTEGER NOT NULL,
    expires   INTEGER NOT NULL CHECK (expires > created),
    revoked   INTEGER
) STRICT;

-- Normalised names and words of descriptions; erased with the identity they were made of.
CREATE TABLE search_key (
    community INTEGER NOT NULL,
    key       TEXT NOT NULL,
    record    INTEGER NOT NULL,
    PRIMARY KEY (community, key, record)
) STRICT, WITHOUT ROWID;

-- One number of another system may lie on several records, until somebody says that they are one person.
CREATE TABLE external_id_of_records (
    community INTEGER NOT NULL,
    system    TEXT NOT NULL,
    value     TEXT NOT NULL,
    record    INTEGER NOT NULL REFERENCES record (id),
    PRIMARY KEY (community, system, value, record)
) STRICT, WITHOUT ROWID;
INSERT INTO external_id_of_records SELECT community, system, value, record FROM external_id;
DROP TABLE external_id;
ALTER TABLE external_id_of_records RENAME TO external_id;
CREATE INDEX external_id_of_record ON external_id (record);

-- What a coordinator should look at: records that may be one person.
CREATE TABLE worklist (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    record    INTEGER NOT NULL REFERENCES record (id),
    -- The record that it may be the same as.
    other     INTEGER REFERENCES record (id),
    reason    INTEGER NOT NULL CHECK (reason BETWEEN 1 AND 2),
    recorded  INTEGER NOT NULL
) STRICT;
CREATE INDEX worklist_of_community ON worklist (community, id);
