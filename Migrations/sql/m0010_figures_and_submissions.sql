-- Every figure opens to its people; months are submitted, and what was submitted stays.

-- Who counts in a flow of a month is found by the day of the change.
-- Each holds what is asked of its rows, so that the others of the month are passed over in the index.
CREATE INDEX spell_from ON spell (projection, from_day, opened, populations);
CREATE INDEX spell_to ON spell (projection, to_day, closed, populations) WHERE to_day IS NOT NULL;
DROP INDEX spell_moved_in;

-- A month as it was sent, once and for all.
CREATE TABLE submission (
    id           INTEGER PRIMARY KEY,
    community    INTEGER NOT NULL REFERENCES community (id),
    month        INTEGER NOT NULL,
    actor        INTEGER NOT NULL REFERENCES actor (id),
    recorded     INTEGER NOT NULL,
    -- Everything that was recorded up to here is in it, and nothing that was recorded later.
    known_at     INTEGER NOT NULL,
    policy       INTEGER NOT NULL REFERENCES policy (id),
    rule_version INTEGER NOT NULL
) STRICT;
CREATE INDEX submission_of_month ON submission (community, month);

-- Its figures: one row for each population and unit, as JSON, and what later months are held against.
CREATE TABLE submission_row (
    submission      INTEGER NOT NULL REFERENCES submission (id),
    population      INTEGER NOT NULL CHECK (population BETWEEN 0 AND 31),
    unit            INTEGER NOT NULL CHECK (unit IN (0, 1)),
    code            TEXT NOT NULL,
    name            TEXT NOT NULL,
    active_at_start INTEGER NOT NULL,
    inflow          INTEGER NOT NULL,
    outflow         INTEGER NOT NULL,
    active_at_end   INTEGER NOT NULL,
    figures         TEXT NOT NULL,
    PRIMARY KEY (submission, population, unit)
) STRICT, WITHOUT ROWID;

-- Who counted in them: ids, codes and dates only.
CREATE TABLE submission_entry (
    submission  INTEGER NOT NULL REFERENCES submission (id),
    record      INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    figure      INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    reason      INTEGER NOT NULL,
    populations INTEGER NOT NULL,
    PRIMARY KEY (submission, record, ordinal)
) STRICT, WITHOUT ROWID;

-- What a coordinator says about the quality of a month's data; a text stands until another takes its place.
CREATE TABLE annotation (
    id         INTEGER PRIMARY KEY,
    community  INTEGER NOT NULL REFERENCES community (id),
    month      INTEGER NOT NULL,
    -- NULL: of every population.
    population TEXT,
    actor      INTEGER NOT NULL REFERENCES actor (id),
    recorded   INTEGER NOT NULL,
    -- The one whose place it takes.
    replaces   INTEGER REFERENCES annotation (id),
    -- Empty: the one whose place it takes does not hold any more.
    text       TEXT NOT NULL CHECK (length(text) <= 2000)
) STRICT;
CREATE INDEX annotation_of_month ON annotation (community, month);

CREATE TRIGGER submission_is_never_changed BEFORE UPDATE ON submission
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;
CREATE TRIGGER submission_is_never_deleted BEFORE DELETE ON submission
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;
CREATE TRIGGER submission_row_is_never_changed BEFORE UPDATE ON submission_row
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;
CREATE TRIGGER submission_row_is_never_deleted BEFORE DELETE ON submission_row
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;
CREATE TRIGGER submission_entry_is_never_changed BEFORE UPDATE ON submission_entry
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;
CREATE TRIGGER submission_entry_is_never_deleted BEFORE DELETE ON submission_entry
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;
