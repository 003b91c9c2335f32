-- Who may come in: agencies with what they do, more roles, tokens for several communities; and an access log that shows
-- when it has been altered.

CREATE TABLE agency (
    community INTEGER NOT NULL REFERENCES community (id),
    name      TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 8),
    PRIMARY KEY (community, name)
) STRICT, WITHOUT ROWID;
-- What each does is not known; nobody is a victim service provider before somebody says so.
INSERT INTO agency (community, name, kind) SELECT DISTINCT community, agency, 8 FROM actor;

CREATE TABLE token_of_role (
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
INSERT INTO token_of_role (id, community, actor, source, role, hash, created, expires, revoked)
    SELECT id, community, actor, source, role, hash, created, expires, revoked FROM token;
DROP TABLE token;
ALTER TABLE token_of_role RENAME TO token;

-- The other communities whose figures a collaborative's token shows.
CREATE TABLE token_community (
    token     INTEGER NOT NULL REFERENCES token (id),
    community INTEGER NOT NULL REFERENCES community (id),
    PRIMARY KEY (token, community)
) STRICT, WITHOUT ROWID;

-- The number of the request by which somebody was shown, as the request log has it; 0: none.
ALTER TABLE access_log ADD COLUMN request INTEGER NOT NULL DEFAULT 0;

-- One link for the rows of each commit group: a keyed hash of them and of the link before.
CREATE TABLE access_link (
    id      INTEGER PRIMARY KEY,
    first   INTEGER NOT NULL,
    through INTEGER NOT NULL CHECK (through >= first),
    -- Tells keys apart, and tells nothing of the key.
    key     BLOB NOT NULL CHECK (length(key) = 8),
    mac     BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TRIGGER access_link_is_never_changed BEFORE UPDATE ON access_link
BEGIN SELECT raise(ABORT, 'the access log only grows'); END;

CREATE TRIGGER access_link_is_never_deleted BEFORE DELETE ON access_link
BEGIN SELECT raise(ABORT, 'the access log only grows'); END;
