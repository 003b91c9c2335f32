-- The schema after all steps, kept true by a test.

CREATE INDEX access_log_of_record ON access_log (record);

CREATE INDEX annotation_of_month ON annotation (community, month);

CREATE INDEX correction_of_record ON fact (record) WHERE target IS NOT NULL;

CREATE INDEX erasure_of_record ON erasure (record);

CREATE INDEX external_id_of_record ON external_id (record);

CREATE INDEX fact_of_household ON fact (subject) WHERE kind = 11;

CREATE INDEX fact_of_record ON fact (record);

CREATE UNIQUE INDEX fact_of_source ON fact (source, source_key, source_version) WHERE source_key IS NOT NULL;

CREATE INDEX identity_born ON identity (birth, initials) WHERE birth_quality = 1;

CREATE INDEX identity_of_record ON identity (record);

CREATE INDEX merge_of_record ON fact (record) WHERE kind = 17;

CREATE INDEX merge_with_record ON fact (subject) WHERE kind = 17;

CREATE INDEX quarantine_waiting ON quarantine (community, form, id) WHERE state = 0;

CREATE INDEX record_of_community ON record (community);

CREATE INDEX sharing_of_record ON fact (record) WHERE kind IN (12, 15);

CREATE INDEX spell_from ON spell (projection, from_day >> 4, person, from_day, opened, populations);

CREATE INDEX spell_projected ON spell (projection, projected_chronic, person) WHERE projected_chronic IS NOT NULL;

CREATE INDEX spell_to ON spell (projection, to_day >> 4, person, to_day, closed, populations) WHERE to_day IS NOT NULL;

CREATE INDEX submission_of_month ON submission (community, month);

CREATE INDEX worklist_of_other ON worklist (other);

CREATE INDEX worklist_of_record ON worklist (record);

CREATE INDEX worklist_waiting ON worklist (community, id) WHERE dismissed IS NULL;

CREATE TABLE access_link (
    id      INTEGER PRIMARY KEY,
    first   INTEGER NOT NULL,
    through INTEGER NOT NULL CHECK (through >= first),
    -- Tells keys apart, and tells nothing of the key.
    key     BLOB NOT NULL CHECK (length(key) = 8),
    mac     BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TABLE access_log (
    seq       INTEGER PRIMARY KEY,
    community INTEGER NOT NULL,
    actor     INTEGER NOT NULL,
    record    INTEGER NOT NULL,
    fields    TEXT NOT NULL,
    purpose   TEXT NOT NULL,
    recorded  INTEGER NOT NULL
, request INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE actor (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    agency    TEXT NOT NULL,
    name      TEXT NOT NULL,
    UNIQUE (community, agency, name)
) STRICT;

CREATE TABLE agency (
    community INTEGER NOT NULL REFERENCES community (id),
    name      TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 8),
    PRIMARY KEY (community, name)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE community (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 2 AND 40),
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    zone       TEXT NOT NULL,
    created    INTEGER NOT NULL,
    -- Changed in every commit that changes a figure of the community.
    generation INTEGER NOT NULL DEFAULT 0,
    -- The projection that reports are read from.
    projection INTEGER REFERENCES projection (id)
, changed INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE erased_number (
    hash   BLOB PRIMARY KEY CHECK (length(hash) = 32),
    record INTEGER NOT NULL REFERENCES record (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    record    INTEGER NOT NULL REFERENCES record (id),
    reason    INTEGER NOT NULL CHECK (reason BETWEEN 1 AND 2),
    actor     INTEGER NOT NULL REFERENCES actor (id),
    -- What was said after it stays.
    recorded  INTEGER NOT NULL
) STRICT;

CREATE TABLE "external_id" (
    community INTEGER NOT NULL,
    system    TEXT NOT NULL,
    value     TEXT NOT NULL,
    record    INTEGER NOT NULL REFERENCES record (id), recorded INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (community, system, value, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
    seq            INTEGER PRIMARY KEY,
    community      INTEGER NOT NULL,
    record         INTEGER NOT NULL REFERENCES record (id),
    kind           INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 17),
    version        INTEGER NOT NULL CHECK (version >= 1),
    effective_from INTEGER,
    effective_to   INTEGER CHECK (effective_to >= effective_from),
    confirmed_to   INTEGER,
    code           INTEGER NOT NULL DEFAULT 0 CHECK (code BETWEEN 0 AND 255),
    subject        INTEGER,
    flags          INTEGER NOT NULL DEFAULT 0 CHECK (flags BETWEEN 0 AND 65535),
    actor          INTEGER NOT NULL REFERENCES actor (id),
    source         INTEGER NOT NULL REFERENCES source (id),
    source_key     TEXT,
    source_version INTEGER,
    recorded       INTEGER NOT NULL,
    -- The fact that this one voids (kind 16) or replaces.
    target         INTEGER REFERENCES fact (seq),
    -- What only a person's page shows, as JSON; nothing personal, and no rule reads it.
    detail         TEXT,
    CHECK ((source_key IS NULL) = (source_version IS NULL))
) STRICT;

CREATE TABLE form (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    code      TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 100),
    version   INTEGER NOT NULL,
    document  TEXT NOT NULL,
    actor     INTEGER NOT NULL REFERENCES actor (id),
    recorded  INTEGER NOT NULL,
    UNIQUE (community, code, version)
) STRICT;

CREATE TABLE household (
    id         INTEGER PRIMARY KEY,
    community  INTEGER NOT NULL REFERENCES community (id),
    source     INTEGER NOT NULL REFERENCES source (id),
    source_key TEXT,
    UNIQUE (source, source_key)
) STRICT;

CREATE TABLE "identity" (
    fact          INTEGER PRIMARY KEY REFERENCES fact (seq),
    record        INTEGER NOT NULL,
    given_name    TEXT,
    middle_name   TEXT,
    family_name   TEXT,
    name_suffix   TEXT,
    description   TEXT,
    birth         INTEGER,
    birth_quality INTEGER CHECK (birth_quality BETWEEN 1 AND 4)
, initials TEXT) STRICT;

CREATE TABLE late_fact (
    community INTEGER NOT NULL,
    month     INTEGER NOT NULL,
    imported  INTEGER NOT NULL,
    facts     INTEGER NOT NULL,
    PRIMARY KEY (community, month, imported)
) STRICT, WITHOUT ROWID;

CREATE TABLE length_tally (
    projection INTEGER NOT NULL,
    population INTEGER NOT NULL,
    unit       INTEGER NOT NULL,
    month      INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    width      INTEGER NOT NULL,
    bucket     INTEGER NOT NULL,
    move_ins   INTEGER NOT NULL,
    days       INTEGER NOT NULL,
    PRIMARY KEY (projection, population, unit, month, start, width, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE match_key (
    community INTEGER NOT NULL,
    key       TEXT NOT NULL,
    record    INTEGER NOT NULL,
    PRIMARY KEY (community, key, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE month_tally (
    projection INTEGER NOT NULL,
    population INTEGER NOT NULL,
    unit       INTEGER NOT NULL,
    measure    INTEGER NOT NULL,
    month      INTEGER NOT NULL,
    reason     INTEGER NOT NULL,
    events     INTEGER NOT NULL,
    people     INTEGER NOT NULL,
    PRIMARY KEY (projection, population, unit, measure, month, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    fact   INTEGER PRIMARY KEY REFERENCES fact (seq),
    record INTEGER NOT NULL,
    text   TEXT NOT NULL
) STRICT;

CREATE TABLE policy (
    id             INTEGER PRIMARY KEY,
    community      INTEGER NOT NULL REFERENCES community (id),
    version        INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    document       TEXT NOT NULL,
    recorded       INTEGER NOT NULL,
    UNIQUE (community, version)
) STRICT;

CREATE TABLE population (
    projection INTEGER NOT NULL REFERENCES projection (id),
    bit        INTEGER NOT NULL CHECK (bit BETWEEN 0 AND 31),
    code       TEXT NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (projection, bit)
) STRICT, WITHOUT ROWID;

CREATE TABLE projection (
    id           INTEGER PRIMARY KEY,
    community    INTEGER NOT NULL REFERENCES community (id),
    policy       INTEGER NOT NULL REFERENCES policy (id),
    rule_version INTEGER NOT NULL,
    -- Records up to this one are in it; NULL: all.
    built_to     INTEGER
) STRICT;

CREATE TABLE quarantine (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    form      TEXT NOT NULL,
    -- What the form tool calls the submission, and the hash by which another one under that name is told from it.
    key       TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    actor     INTEGER NOT NULL REFERENCES actor (id),
    source    INTEGER NOT NULL REFERENCES source (id),
    -- NULL: settled, or never kept.
    content   TEXT,
    -- Names of fields and what was wrong with them, as JSON; no values.
    problems  TEXT NOT NULL,
    -- 0: waits; 1: admitted; 2: discarded.
    state     INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
    recorded  INTEGER NOT NULL,
    UNIQUE (community, form, key, actor),
    CHECK (state = 0 OR content IS NULL)
) STRICT;

CREATE TABLE "receipt" (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL,
    actor     INTEGER NOT NULL,
    route     TEXT NOT NULL,
    key       TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    answer    TEXT NOT NULL,
    recorded  INTEGER NOT NULL,
    UNIQUE (key, actor, route, community)
) STRICT;

CREATE TABLE record (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id)
) STRICT;

CREATE TABLE search_key (
    community INTEGER NOT NULL,
    key       TEXT NOT NULL,
    record    INTEGER NOT NULL,
    PRIMARY KEY (community, key, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    code      TEXT NOT NULL,
    imported  INTEGER NOT NULL CHECK (imported IN (0, 1)),
    UNIQUE (community, code)
) STRICT;

CREATE TABLE spell (
    projection    INTEGER NOT NULL,
    person        INTEGER NOT NULL,
    ordinal       INTEGER NOT NULL,
    from_day      INTEGER NOT NULL,
    -- The day on which it no longer holds; NULL: nothing that is known ends it.
    to_day        INTEGER,
    populations   INTEGER NOT NULL,
    gaps          INTEGER NOT NULL,
    opened        INTEGER NOT NULL,
    closed        INTEGER,
    closed_reason INTEGER NOT NULL, projected_chronic INTEGER,
    PRIMARY KEY (projection, person, ordinal)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE tally (
    projection INTEGER NOT NULL,
    population INTEGER NOT NULL,
    unit       INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    measure    INTEGER NOT NULL,
    reason     INTEGER NOT NULL,
    events     INTEGER NOT NULL,
    -- People, counted on the day of their first such event of the month.
    people     INTEGER NOT NULL,
    PRIMARY KEY (projection, population, unit, day, measure, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE "token" (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    actor     INTEGER NOT NULL REFERENCES actor (id),
    source    INTEGER NOT NULL REFERENCES source (id),
    role      INTEGER NOT NULL CHECK (role BETWEEN 1 AND 6),
    hash      BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    created   INTEGER NOT NULL,
    expires   INTEGER NOT NULL CHECK (expires > created),
    revoked   INTEGER,
    -- To the minute or so.
    last_used INTEGER
) STRICT;

CREATE TABLE token_community (
    token     INTEGER NOT NULL REFERENCES token (id),
    community INTEGER NOT NULL REFERENCES community (id),
    PRIMARY KEY (token, community)
) STRICT, WITHOUT ROWID;

CREATE TABLE "worklist" (
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

CREATE TRIGGER access_link_is_never_changed BEFORE UPDATE ON access_link
BEGIN SELECT raise(ABORT, 'the access log only grows'); END;

CREATE TRIGGER access_link_is_never_deleted BEFORE DELETE ON access_link
BEGIN SELECT raise(ABORT, 'the access log only grows'); END;

CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE ON access_log
BEGIN SELECT raise(ABORT, 'the access log only grows'); END;

CREATE TRIGGER access_log_is_never_deleted BEFORE DELETE ON access_log
BEGIN SELECT raise(ABORT, 'the access log only grows'); END;

CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
BEGIN SELECT raise(ABORT, 'the journal only grows'); END;

CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
BEGIN SELECT raise(ABORT, 'the journal only grows'); END;

CREATE TRIGGER submission_entry_is_never_changed BEFORE UPDATE ON submission_entry
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;

CREATE TRIGGER submission_entry_is_never_deleted BEFORE DELETE ON submission_entry
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;

CREATE TRIGGER submission_is_never_changed BEFORE UPDATE ON submission
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;

CREATE TRIGGER submission_is_never_deleted BEFORE DELETE ON submission
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;

CREATE TRIGGER submission_row_is_never_changed BEFORE UPDATE ON submission_row
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;

CREATE TRIGGER submission_row_is_never_deleted BEFORE DELETE ON submission_row
BEGIN SELECT raise(ABORT, 'what was submitted stays'); END;
