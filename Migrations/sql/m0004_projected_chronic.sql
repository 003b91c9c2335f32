-- The day on which somebody on the active list becomes chronically homeless if the present stay goes on: what the
-- prevention list is sorted by. NULL: they are already, or never will.
ALTER TABLE spell ADD COLUMN projected_chronic INTEGER;
CREATE INDEX spell_projected ON spell (projection, projected_chronic, person) WHERE projected_chronic IS NOT NULL;
