-- What was known then holds for the numbers of other systems, too.

-- When a number was written down, in microseconds since 1970; 0: before this step, and known at every moment.
ALTER TABLE external_id ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0;
