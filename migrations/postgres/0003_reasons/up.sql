-- The reason that a step gave an amendment; null where it kept the one before.
ALTER TABLE rebases ADD COLUMN reason TEXT;
UPDATE rebases SET reason = (
    SELECT amendments.reason FROM amendments WHERE amendments.id = rebases.amendment_id
) WHERE kind = 'proposed';
