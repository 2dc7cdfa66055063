-- The drafting room: blocks with permanent ids, richer comments, amendments,
-- the pen, working copies, brackets with their history.

ALTER TABLE recommendations ADD COLUMN next_block INTEGER NOT NULL DEFAULT 1;
ALTER TABLE recommendations ADD COLUMN next_amendment INTEGER NOT NULL DEFAULT 1;
-- How many days an author may contest an answer.
ALTER TABLE recommendations ADD COLUMN contest_days INTEGER NOT NULL DEFAULT 7;

-- The amendment a revision carried out.
ALTER TABLE revisions ADD COLUMN amendment_id BIGINT;
-- The revision a merged text was written on.
ALTER TABLE revisions ADD COLUMN merged_base INTEGER;

-- The permanent ids of the section's blocks, in order, a space between.
ALTER TABLE sections ADD COLUMN blocks TEXT NOT NULL DEFAULT '';

ALTER TABLE comments ADD COLUMN kind TEXT;
ALTER TABLE comments ADD COLUMN proposed TEXT;
-- The permanent id of the block, and the words selected in it (a text-quote
-- selector: the words, what stands before, what stands after).
ALTER TABLE comments ADD COLUMN block INTEGER;
ALTER TABLE comments ADD COLUMN exact TEXT;
ALTER TABLE comments ADD COLUMN prefix TEXT;
ALTER TABLE comments ADD COLUMN suffix TEXT;
-- The revision whose change answered it.
ALTER TABLE comments ADD COLUMN changed_in INTEGER;
ALTER TABLE comments ADD COLUMN edited_at TIMESTAMP;
ALTER TABLE comments ADD COLUMN withdrawn_at TIMESTAMP;

-- Earlier wordings of an edited comment: kept in the record.
CREATE TABLE comment_versions (
    comment_id BIGINT NOT NULL REFERENCES comments (id),
    number INTEGER NOT NULL,
    kind TEXT,
    proposed TEXT,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    written_at TIMESTAMP NOT NULL,
    PRIMARY KEY (comment_id, number)
);

-- Who was named in a comment, and so told of it.
CREATE TABLE mentions (
    comment_id BIGINT NOT NULL REFERENCES comments (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (comment_id, account_id)
);
CREATE INDEX mentions_by_account ON mentions (account_id);

-- A change of one block that somebody proposes. What they wrote stays; where it
-- stands now follows the text, revision by revision.
CREATE TABLE amendments (
    id BIGINT NOT NULL PRIMARY KEY,
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    -- A4 of its recommendation; never used twice.
    number INTEGER NOT NULL,
    -- 'replace', 'insert' (after the block) or 'delete'.
    verb TEXT NOT NULL,
    section TEXT NOT NULL,
    -- The permanent id of the block; null for an insertion at the start.
    block INTEGER,
    -- As it was proposed: on which revision, the block's source, the wording.
    revision INTEGER NOT NULL,
    original TEXT NOT NULL,
    wording TEXT NOT NULL,
    reason TEXT NOT NULL,
    reason_html TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    -- As it stands now, rebased on a later revision.
    base_revision INTEGER NOT NULL,
    base_text TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Since when it no longer fits and waits for its proposer.
    stale_at TIMESTAMP,
    -- A compromise text of the chair, and the amendments that fall with it.
    compromise BOOLEAN NOT NULL,
    author_id BIGINT NOT NULL REFERENCES accounts (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    capacity TEXT NOT NULL,
    attribution_rule TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    disposition TEXT,
    disposition_reason TEXT,
    disposed_by BIGINT REFERENCES accounts (id),
    disposed_at TIMESTAMP,
    -- The revision that carried it out and the wording it took there.
    applied_in INTEGER,
    applied_text TEXT,
    -- The compromise it fell to.
    fell_to BIGINT REFERENCES amendments (id),
    withdrawn_at TIMESTAMP,
    UNIQUE (recommendation_id, number)
);
CREATE INDEX amendments_by_author ON amendments (author_id, created_at);

CREATE TABLE co_sponsors (
    amendment_id BIGINT NOT NULL REFERENCES amendments (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (amendment_id, organisation_id)
);

-- What a compromise would make fall, named when it is proposed.
CREATE TABLE compromise_falls (
    compromise_id BIGINT NOT NULL REFERENCES amendments (id),
    amendment_id BIGINT NOT NULL REFERENCES amendments (id),
    PRIMARY KEY (compromise_id, amendment_id)
);

-- How an amendment followed the text: 'proposed', 'rebased' on a later revision,
-- 'stale' (it no longer fitted), 'adapted' by its proposer, 'restored' by an undo.
CREATE TABLE rebases (
    amendment_id BIGINT NOT NULL REFERENCES amendments (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- The revision that it then stood on or, when stale, that it no longer fitted.
    revision INTEGER NOT NULL,
    section TEXT NOT NULL,
    base_text TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (amendment_id, number)
);

-- Every answer ever given to a comment or an amendment, the undone ones too.
CREATE TABLE decisions (
    id BIGINT NOT NULL PRIMARY KEY,
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    comment_id BIGINT REFERENCES comments (id),
    amendment_id BIGINT REFERENCES amendments (id),
    disposition TEXT NOT NULL,
    reason TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    -- The revision that carried it out.
    revision INTEGER,
    undone_at TIMESTAMP,
    undone_by BIGINT REFERENCES accounts (id)
);
CREATE INDEX decisions_by_recommendation ON decisions (recommendation_id, created_at);
CREATE INDEX decisions_by_comment ON decisions (comment_id);
CREATE INDEX decisions_by_amendment ON decisions (amendment_id);

-- An author contests an answer, once, and is answered on the record.
CREATE TABLE contests (
    id BIGINT NOT NULL PRIMARY KEY,
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    comment_id BIGINT UNIQUE REFERENCES comments (id),
    amendment_id BIGINT UNIQUE REFERENCES amendments (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    body TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    answer TEXT,
    answered_by BIGINT REFERENCES accounts (id),
    answered_at TIMESTAMP
);
CREATE INDEX contests_by_recommendation ON contests (recommendation_id, created_at);

-- Who holds the pen of a recommendation, until when.
CREATE TABLE pens (
    recommendation_id BIGINT NOT NULL PRIMARY KEY REFERENCES recommendations (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    taken_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE TABLE pen_requests (
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    requested_at TIMESTAMP NOT NULL,
    PRIMARY KEY (recommendation_id, account_id)
);

-- How the pen went from hand to hand: 'taken' (it was free), 'handed', 'seized'
-- (with a reason), 'released'.
CREATE TABLE pen_moves (
    id BIGINT NOT NULL PRIMARY KEY,
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    kind TEXT NOT NULL,
    from_account BIGINT REFERENCES accounts (id),
    to_account BIGINT REFERENCES accounts (id),
    reason TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX pen_moves_by_recommendation ON pen_moves (recommendation_id, created_at);

-- Who is reading a text just now; rows of a few seconds.
CREATE TABLE readings (
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    seen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (recommendation_id, account_id)
);
CREATE INDEX readings_by_time ON readings (seen_at);

-- What somebody is writing and has not saved as a revision: theirs alone. The
-- place is the address of the form, such as 'RES-03' or 'new'.
CREATE TABLE working_copies (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    place TEXT NOT NULL,
    base INTEGER NOT NULL,
    -- The form's fields, encoded as a form.
    form TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    UNIQUE (account_id, place)
);
CREATE INDEX working_copies_by_time ON working_copies (saved_at);

-- Text not yet agreed: who put it in brackets, since when, until when.
CREATE TABLE brackets (
    id BIGINT NOT NULL PRIMARY KEY,
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    section TEXT NOT NULL,
    -- The permanent id of the block it opens in.
    block INTEGER NOT NULL,
    text TEXT NOT NULL,
    since_revision INTEGER NOT NULL,
    since_at TIMESTAMP NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    attribution_rule TEXT NOT NULL,
    -- The first revision without it, and who withdrew it if somebody did.
    until_revision INTEGER,
    withdrawn_by BIGINT REFERENCES accounts (id)
);
CREATE INDEX brackets_by_recommendation ON brackets (recommendation_id, until_revision);

-- A section's text is history like its revision; only what is made of it (its
-- HTML by a later renderer, ids for a text older than ids) may be made anew.
CREATE TRIGGER sections_kept_update BEFORE UPDATE ON sections
WHEN NEW.id <> OLD.id OR NEW.revision_id <> OLD.revision_id OR NEW.position <> OLD.position
  OR NEW.kind <> OLD.kind OR NEW.body <> OLD.body
  OR (NEW.rendered <> OLD.rendered AND NEW.renderer <= OLD.renderer)
  OR (NEW.blocks <> OLD.blocks AND OLD.blocks <> '')
BEGIN SELECT RAISE(ABORT, 'a section of a revision cannot be changed'); END;

CREATE TRIGGER sections_kept_delete BEFORE DELETE ON sections
BEGIN SELECT RAISE(ABORT, 'a section of a revision cannot be removed'); END;

CREATE TRIGGER comment_versions_kept_update BEFORE UPDATE ON comment_versions
BEGIN SELECT RAISE(ABORT, 'an earlier wording cannot be changed'); END;

CREATE TRIGGER comment_versions_kept_delete BEFORE DELETE ON comment_versions
BEGIN SELECT RAISE(ABORT, 'an earlier wording cannot be removed'); END;
