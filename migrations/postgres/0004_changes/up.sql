-- A number that rises whenever what is said of a text changes, so that its page
-- is made anew only then. New comments are counted instead: their authors need
-- not wait for each other. Mentions and earlier wordings change with a comment.

ALTER TABLE recommendations ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;

CREATE FUNCTION primum_text_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE recommendations SET changes = changes + 1 WHERE id = NEW.recommendation_id;
    RETURN NULL;
END $$;
CREATE FUNCTION primum_sponsors_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE recommendations SET changes = changes + 1 WHERE id = (
        SELECT recommendation_id FROM amendments
        WHERE id = COALESCE(NEW.amendment_id, OLD.amendment_id));
    RETURN NULL;
END $$;

CREATE TRIGGER changes_of_comments AFTER UPDATE ON comments
FOR EACH ROW EXECUTE FUNCTION primum_text_changed();
CREATE TRIGGER changes_of_amendments AFTER INSERT OR UPDATE ON amendments
FOR EACH ROW EXECUTE FUNCTION primum_text_changed();
CREATE TRIGGER changes_of_contests AFTER INSERT OR UPDATE ON contests
FOR EACH ROW EXECUTE FUNCTION primum_text_changed();
CREATE TRIGGER changes_of_brackets AFTER INSERT OR UPDATE ON brackets
FOR EACH ROW EXECUTE FUNCTION primum_text_changed();
CREATE TRIGGER changes_of_co_sponsors AFTER INSERT OR DELETE ON co_sponsors
FOR EACH ROW EXECUTE FUNCTION primum_sponsors_changed();
