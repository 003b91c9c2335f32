-- A rebuild writes person after person: what is found by its day lies by half a month and person, so that each batch
-- touches the ends of some runs and not every page of the index.
DROP INDEX spell_from;
DROP INDEX spell_to;
CREATE INDEX spell_from ON spell (projection, from_day >> 4, person, from_day, opened, populations);
CREATE INDEX spell_to ON spell (projection, to_day >> 4, person, to_day, closed, populations) WHERE to_day IS NOT NULL;
