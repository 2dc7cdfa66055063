ALTER TABLE rebases DROP COLUMN reason;
