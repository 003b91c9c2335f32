-- Who somebody is rests on what was said of their identity and on what corrects it: with this index a line of the list
-- reads those few facts, and not all that was ever said. Most facts correct nothing and are not in it.
CREATE INDEX correction_of_record ON fact (record) WHERE target IS NOT NULL;
