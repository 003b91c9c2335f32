-- How a form of a form tool is read: what each of its fields becomes of an intake. Versions are kept, as of a policy.
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

-- Submissions that were refused, whole, for a coordinator. They may hold names: their text goes when they are settled.
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
CREATE INDEX quarantine_waiting ON quarantine (community, form, id) WHERE state = 0;
