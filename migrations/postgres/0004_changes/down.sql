DROP TRIGGER changes_of_comments ON comments;
DROP TRIGGER changes_of_amendments ON amendments;
DROP TRIGGER changes_of_contests ON contests;
DROP TRIGGER changes_of_brackets ON brackets;
DROP TRIGGER changes_of_co_sponsors ON co_sponsors;
DROP FUNCTION primum_text_changed();
DROP FUNCTION primum_sponsors_changed();
ALTER TABLE recommendations DROP COLUMN changes;
