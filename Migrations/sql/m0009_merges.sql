-- Two records may be found to be one person's: a fact of kind 17 about the one, whose subject is the other.

-- The line that says which kinds there are is written anew in the schema itself, and not a row of the journal is
-- touched (https://www.sqlite.org/lang_altertable.html#otheralter): every row that fitted fits.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (kind BETWEEN 1 AND 16)', 'CHECK (kind BETWEEN 1 AND 17)')
WHERE type = 'table' AND name = 'fact';
PRAGMA writable_schema = RESET;

-- Of who was never merged, two looks into these say so.
CREATE INDEX merge_of_record ON fact (record) WHERE kind = 17;
CREATE INDEX merge_with_record ON fact (subject) WHERE kind = 17;

-- By a full birth date people are looked for, and who may be somebody known is suggested.
CREATE INDEX identity_born ON identity (birth) WHERE birth_quality = 1;

-- What waits can be settled: the two are different people, said by whom and when.
CREATE TABLE worklist_with_settled (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    record    INTEGER NOT NULL REFERENCES record (id),
    -- The record that it may be the same as.
    other     INTEGER REFERENCES record (id),
    reason    INTEGER NOT NULL CHECK (reason BETWEEN 1 AND 4),
    recorded  INTEGER NOT NULL,
    -- When a coordinator said that they are different people; NULL: it waits.
    dismissed INTEGER,
    actor     INTEGER REFERENCES actor (id),
    CHECK ((dismissed IS NULL) = (actor IS NULL))
) STRICT;
INSERT INTO worklist_with_settled (id, community, record, other, reason, recorded)
    SELECT id, community, record, other, reason, recorded FROM worklist;
DROP TABLE worklist;
ALTER TABLE worklist_with_settled RENAME TO worklist;
CREATE INDEX worklist_waiting ON worklist (community, id) WHERE dismissed IS NULL;
CREATE INDEX worklist_of_record ON worklist (record);
CREATE INDEX worklist_of_other ON worklist (other);
