-- Receipts in the order in which they were given: keys are random, and a receipt is as large as its answer. Held by
-- key, each one landed on a page of its own among thousands; so only the small index is written all over.
CREATE TABLE receipt_in_order (
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
INSERT INTO receipt_in_order (community, actor, route, key, body_hash, answer, recorded)
    SELECT community, actor, route, key, body_hash, answer, recorded FROM receipt ORDER BY recorded;
DROP TABLE receipt;
ALTER TABLE receipt_in_order RENAME TO receipt;
