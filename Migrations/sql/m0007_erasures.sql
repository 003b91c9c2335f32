-- Whose identity was erased: a birth date has given way to one that only keeps the ages, and names are gone.

CREATE TABLE identity_or_stand_in (
    fact          INTEGER PRIMARY KEY REFERENCES fact (seq),
    record        INTEGER NOT NULL,
    given_name    TEXT,
    middle_name   TEXT,
    family_name   TEXT,
    name_suffix   TEXT,
    description   TEXT,
    birth         INTEGER,
    birth_quality INTEGER CHECK (birth_quality BETWEEN 1 AND 4)
) STRICT;
INSERT INTO identity_or_stand_in
    SELECT fact, record, given_name, middle_name, family_name, name_suffix, description, birth, birth_quality
    FROM identity;
DROP TABLE identity;
ALTER TABLE identity_or_stand_in RENAME TO identity;
CREATE INDEX identity_of_record ON identity (record);

-- Ids and instants only. A person may be erased again, of what was said since.
CREATE TABLE erasure (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    record    INTEGER NOT NULL REFERENCES record (id),
    reason    INTEGER NOT NULL CHECK (reason BETWEEN 1 AND 2),
    actor     INTEGER NOT NULL REFERENCES actor (id),
    -- What was said after it stays.
    recorded  INTEGER NOT NULL
) STRICT;
CREATE INDEX erasure_of_record ON erasure (record);

-- Keyed hashes of the numbers by which other systems know erased people, so that an export does not bring them back.
CREATE TABLE erased_number (
    hash   BLOB PRIMARY KEY CHECK (length(hash) = 32),
    record INTEGER NOT NULL REFERENCES record (id)
) STRICT, WITHOUT ROWID;
