-- What went wrong with a job, as a code that people can ask for.
ALTER TABLE job ADD COLUMN code TEXT NOT NULL DEFAULT '';
