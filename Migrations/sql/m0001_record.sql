-- The record: communities, the journal of facts, identity apart from it, receipts, and the projections made from them.
-- Days are day numbers since 1970-01-01, instants microseconds since then in UTC.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

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
) STRICT;

-- The live policy is the latest recorded one that is in effect.
CREATE TABLE policy (
    id             INTEGER PRIMARY KEY,
    community      INTEGER NOT NULL REFERENCES community (id),
    version        INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    document       TEXT NOT NULL,
    recorded       INTEGER NOT NULL,
    UNIQUE (community, version)
) STRICT;

-- Who writes: a person of an agency, or a program.
CREATE TABLE actor (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    agency    TEXT NOT NULL,
    name      TEXT NOT NULL,
    UNIQUE (community, agency, name)
) STRICT;

-- Where facts come from: the intake form, an export of another system.
CREATE TABLE source (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id),
    code      TEXT NOT NULL,
    imported  INTEGER NOT NULL CHECK (imported IN (0, 1)),
    UNIQUE (community, code)
) STRICT;

-- What one intake or one imported client described. Which records are one person is itself a fact.
CREATE TABLE record (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community (id)
) STRICT;
CREATE INDEX record_of_community ON record (community);

CREATE TABLE household (
    id         INTEGER PRIMARY KEY,
    community  INTEGER NOT NULL REFERENCES community (id),
    source     INTEGER NOT NULL REFERENCES source (id),
    source_key TEXT,
    UNIQUE (source, source_key)
) STRICT;

-- The journal. It only grows.
CREATE TABLE fact (
    seq            INTEGER PRIMARY KEY,
    community      INTEGER NOT NULL,
    record         INTEGER NOT NULL REFERENCES record (id),
    kind           INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 16),
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
CREATE INDEX fact_of_record ON fact (record);
CREATE INDEX fact_of_household ON fact (subject) WHERE kind = 11;
CREATE UNIQUE INDEX fact_of_source ON fact (source, source_key, source_version) WHERE source_key IS NOT NULL;
CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
BEGIN SELECT raise(ABORT, 'the journal only grows'); END;
CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
BEGIN SELECT raise(ABORT, 'the journal only grows'); END;

-- Everything that names or describes a person lies here and not in the journal, so that it can be erased.
CREATE TABLE identity (
    fact          INTEGER PRIMARY KEY REFERENCES fact (seq),
    record        INTEGER NOT NULL,
    given_name    TEXT,
    middle_name   TEXT,
    family_name   TEXT,
    name_suffix   TEXT,
    description   TEXT,
    birth         INTEGER,
    birth_quality INTEGER CHECK (birth_quality BETWEEN 1 AND 3)
) STRICT;
CREATE INDEX identity_of_record ON identity (record);

CREATE TABLE external_id (
    community INTEGER NOT NULL,
    system    TEXT NOT NULL,
    value     TEXT NOT NULL,
    record    INTEGER NOT NULL REFERENCES record (id),
    PRIMARY KEY (community, system, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX external_id_of_record ON external_id (record);

-- Keys by which possible duplicates are suggested, such as the hashes of a hashed export.
CREATE TABLE match_key (
    community INTEGER NOT NULL,
    key       TEXT NOT NULL,
    record    INTEGER NOT NULL,
    PRIMARY KEY (community, key, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    fact   INTEGER PRIMARY KEY REFERENCES fact (seq),
    record INTEGER NOT NULL,
    text   TEXT NOT NULL
) STRICT;

-- What was answered to a request with an idempotency key; ids and codes, nothing personal.
CREATE TABLE receipt (
    community INTEGER NOT NULL,
    actor     INTEGER NOT NULL,
    route     TEXT NOT NULL,
    key       TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    answer    TEXT NOT NULL,
    recorded  INTEGER NOT NULL,
    PRIMARY KEY (community, actor, route, key)
) STRICT, WITHOUT ROWID;

-- Who saw what of whom, for what purpose.
CREATE TABLE access_log (
    seq       INTEGER PRIMARY KEY,
    community INTEGER NOT NULL,
    actor     INTEGER NOT NULL,
    record    INTEGER NOT NULL,
    fields    TEXT NOT NULL,
    purpose   TEXT NOT NULL,
    recorded  INTEGER NOT NULL
) STRICT;
CREATE INDEX access_log_of_record ON access_log (record);
CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE ON access_log
BEGIN SELECT raise(ABORT, 'the access log only grows'); END;
CREATE TRIGGER access_log_is_never_deleted BEFORE DELETE ON access_log
BEGIN SELECT raise(ABORT, 'the access log only grows'); END;

-- A projection is what one policy and one version of the rules make of the journal. It can be dropped and rebuilt.
CREATE TABLE projection (
    id           INTEGER PRIMARY KEY,
    community    INTEGER NOT NULL REFERENCES community (id),
    policy       INTEGER NOT NULL REFERENCES policy (id),
    rule_version INTEGER NOT NULL,
    -- Records up to this one are in it; NULL: all.
    built_to     INTEGER
) STRICT;

-- The populations of a projection: a bit of `spell.populations` each.
CREATE TABLE population (
    projection INTEGER NOT NULL REFERENCES projection (id),
    bit        INTEGER NOT NULL CHECK (bit BETWEEN 0 AND 31),
    code       TEXT NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (projection, bit)
) STRICT, WITHOUT ROWID;

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
    closed_reason INTEGER NOT NULL,
    PRIMARY KEY (projection, person, ordinal)
) STRICT, WITHOUT ROWID;
-- Move-ins (5) by day: for a month that is reported up to an earlier day.
CREATE INDEX spell_moved_in ON spell (projection, to_day) WHERE closed = 5;

-- Events by day. Measures 1 to 7 are flows; 11 to 13 the day's change of unnamed, unassessed and unconsented people.
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

-- The same by month, so that a month is read from few rows. Measure 0: net change of the people in the population.
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

-- Days from identification to move-in, for mean and median: start 0 of the episode, 1 of the first identification ever.
-- Each move-in counts in buckets of 256, of 16 and of 1 day, so that the middle is found in few rows.
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

-- Facts that were recorded after the month they speak of had ended.
CREATE TABLE late_fact (
    community INTEGER NOT NULL,
    month     INTEGER NOT NULL,
    imported  INTEGER NOT NULL,
    facts     INTEGER NOT NULL,
    PRIMARY KEY (community, month, imported)
) STRICT, WITHOUT ROWID;
