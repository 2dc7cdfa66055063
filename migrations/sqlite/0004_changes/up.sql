-- A number that rises whenever what is said of a text changes, so that its page
-- is made anew only then. New comments are counted instead: their authors need
-- not wait for each other. Mentions and earlier wordings change with a comment.

ALTER TABLE recommendations ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;

CREATE TRIGGER changes_of_comments AFTER UPDATE ON comments
BEGIN UPDATE recommendations SET changes = changes + 1 WHERE id = NEW.recommendation_id; END;

CREATE TRIGGER changes_of_amendments_new AFTER INSERT ON amendments
BEGIN UPDATE recommendations SET changes = changes + 1 WHERE id = NEW.recommendation_id; END;
CREATE TRIGGER changes_of_amendments AFTER UPDATE ON amendments
BEGIN UPDATE recommendations SET changes = changes + 1 WHERE id = NEW.recommendation_id; END;

CREATE TRIGGER changes_of_contests_new AFTER INSERT ON contests
BEGIN UPDATE recommendations SET changes = changes + 1 WHERE id = NEW.recommendation_id; END;
CREATE TRIGGER changes_of_contests AFTER UPDATE ON contests
BEGIN UPDATE recommendations SET changes = changes + 1 WHERE id = NEW.recommendation_id; END;

CREATE TRIGGER changes_of_brackets_new AFTER INSERT ON brackets
BEGIN UPDATE recommendations SET changes = changes + 1 WHERE id = NEW.recommendation_id; END;
CREATE TRIGGER changes_of_brackets AFTER UPDATE ON brackets
BEGIN UPDATE recommendations SET changes = changes + 1 WHERE id = NEW.recommendation_id; END;

CREATE TRIGGER changes_of_co_sponsors_new AFTER INSERT ON co_sponsors
BEGIN UPDATE recommendations SET changes = changes + 1
WHERE id = (SELECT recommendation_id FROM amendments WHERE id = NEW.amendment_id); END;
CREATE TRIGGER changes_of_co_sponsors AFTER DELETE ON co_sponsors
BEGIN UPDATE recommendations SET changes = changes + 1
WHERE id = (SELECT recommendation_id FROM amendments WHERE id = OLD.amendment_id); END;
