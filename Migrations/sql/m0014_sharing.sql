-- Who may read somebody is asked for each line of a page: by what was said of sharing and sealing, and not by reading
-- all that was ever said of them. What voids or replaces it has an index already.
CREATE INDEX sharing_of_record ON fact (record) WHERE kind IN (12, 15);
