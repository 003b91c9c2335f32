-- Of those who were born on a day, and on the first of January many are said to have been, whoever has the initials is
-- found without looking at the others. What was written before gets its initials with the search keys, which are made
-- anew.
ALTER TABLE identity ADD COLUMN initials TEXT;
DROP INDEX identity_born;
CREATE INDEX identity_born ON identity (birth, initials) WHERE birth_quality = 1;
