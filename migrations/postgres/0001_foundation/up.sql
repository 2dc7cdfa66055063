-- The programme and what the secretariat edits of it. One deployment is one programme.
CREATE TABLE programme (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    language TEXT NOT NULL,
    -- Rises in every transaction that changes a public page; drops the page cache.
    public_version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE programme_texts (
    language TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    tagline TEXT NOT NULL,
    intro TEXT NOT NULL
);

CREATE TABLE stakeholder_groups (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL
);

CREATE TABLE stakeholder_group_texts (
    group_id BIGINT NOT NULL REFERENCES stakeholder_groups (id),
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (group_id, language)
);

CREATE TABLE organisations (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    group_id BIGINT NOT NULL REFERENCES stakeholder_groups (id),
    state TEXT,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE tracks (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    shape TEXT NOT NULL,
    colour INTEGER NOT NULL,
    attribution_rule TEXT NOT NULL,
    -- The number the next recommendation takes; numbers are never used twice.
    next_number INTEGER NOT NULL
);

CREATE TABLE track_texts (
    track_id BIGINT NOT NULL REFERENCES tracks (id),
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (track_id, language)
);

CREATE TABLE audiences (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL
);

CREATE TABLE audience_texts (
    audience_id BIGINT NOT NULL REFERENCES audiences (id),
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    reader TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (audience_id, language)
);

-- People.
CREATE TABLE accounts (
    id BIGINT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    language TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    is_secretariat BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    disabled_at TIMESTAMP
);
CREATE INDEX accounts_by_organisation ON accounts (organisation_id);

CREATE TABLE memberships (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    track_id BIGINT NOT NULL REFERENCES tracks (id),
    role TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (account_id, track_id)
);
CREATE INDEX memberships_by_track ON memberships (track_id, role);

CREATE TABLE invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    track_id BIGINT REFERENCES tracks (id),
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    invited_by BIGINT REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP,
    accepted_by BIGINT REFERENCES accounts (id),
    revoked_at TIMESTAMP
);
CREATE INDEX invitations_by_email ON invitations (email);
CREATE INDEX invitations_by_time ON invitations (created_at);

-- Single-use addresses: only a hash is kept. The subject is an invitation, an
-- account (reset) or 0 (set-up).
CREATE TABLE tokens (
    id BIGINT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX tokens_by_subject ON tokens (purpose, subject_id);

CREATE TABLE sessions (
    id BIGINT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    account_id BIGINT REFERENCES accounts (id),
    state TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE sign_in_attempts (
    id BIGINT NOT NULL PRIMARY KEY,
    account_key TEXT NOT NULL,
    network TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_attempts_by_account ON sign_in_attempts (account_key, at);
CREATE INDEX sign_in_attempts_by_network ON sign_in_attempts (network, at);

-- Meetings.
CREATE TABLE workshops (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    track_id BIGINT NOT NULL REFERENCES tracks (id),
    title TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    zone TEXT NOT NULL,
    place TEXT NOT NULL,
    link TEXT NOT NULL,
    agenda TEXT NOT NULL,
    agenda_html TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX workshops_by_track ON workshops (track_id, starts_at);
CREATE INDEX workshops_by_time ON workshops (starts_at);

-- Drafting. A revision and its sections never change once written.
CREATE TABLE recommendations (
    id BIGINT NOT NULL PRIMARY KEY,
    track_id BIGINT NOT NULL REFERENCES tracks (id),
    reference TEXT NOT NULL UNIQUE,
    stage TEXT NOT NULL,
    title TEXT NOT NULL,
    revision INTEGER NOT NULL,
    brackets INTEGER NOT NULL,
    workshop_id BIGINT REFERENCES workshops (id),
    comments_until TIMESTAMP,
    agreed_revision INTEGER,
    agreed_at TIMESTAMP,
    withdrawn_at TIMESTAMP,
    withdrawn_reason TEXT,
    created_by BIGINT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX recommendations_by_track ON recommendations (track_id, stage);
CREATE INDEX recommendations_by_stage ON recommendations (stage, comments_until);

CREATE TABLE revisions (
    id BIGINT NOT NULL PRIMARY KEY,
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    author_id BIGINT NOT NULL REFERENCES accounts (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    attribution_rule TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (recommendation_id, number)
);

CREATE TABLE sections (
    id BIGINT NOT NULL PRIMARY KEY,
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    position INTEGER NOT NULL,
    -- 'statement', 'rationale' or 'for:' and an audience's slug.
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    -- The safe HTML as a JSON list of pieces, and the version that made it.
    rendered TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    UNIQUE (revision_id, position),
    UNIQUE (revision_id, kind)
);

CREATE TABLE comments (
    id BIGINT NOT NULL PRIMARY KEY,
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    parent_id BIGINT REFERENCES comments (id),
    revision INTEGER NOT NULL,
    section TEXT,
    position INTEGER,
    quote TEXT,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    author_id BIGINT NOT NULL REFERENCES accounts (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    capacity TEXT NOT NULL,
    attribution_rule TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    disposition TEXT,
    reason TEXT,
    disposed_by BIGINT REFERENCES accounts (id),
    disposed_at TIMESTAMP
);
CREATE INDEX comments_by_recommendation ON comments (recommendation_id, created_at);
CREATE INDEX comments_by_author ON comments (author_id, created_at);
CREATE INDEX comments_by_parent ON comments (parent_id);

-- Publishing. An edition without a number is being built.
CREATE TABLE editions (
    id BIGINT NOT NULL PRIMARY KEY,
    number INTEGER UNIQUE,
    foreword TEXT NOT NULL,
    foreword_html TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    published_by BIGINT REFERENCES accounts (id),
    manifest TEXT,
    sha256 TEXT
);

CREATE TABLE edition_picks (
    edition_id BIGINT NOT NULL REFERENCES editions (id),
    recommendation_id BIGINT NOT NULL REFERENCES recommendations (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (edition_id, recommendation_id)
);

-- One recommendation as frozen in an edition: its canonical JSON (RFC 8785),
-- from which every download of it is made, and the safe HTML of its sections.
CREATE TABLE edition_entries (
    id BIGINT NOT NULL PRIMARY KEY,
    edition_id BIGINT NOT NULL REFERENCES editions (id),
    position INTEGER NOT NULL,
    reference TEXT NOT NULL,
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rendered TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    UNIQUE (edition_id, reference),
    UNIQUE (edition_id, position)
);

-- Mail to send: what happened and to whom, never a token or a body.
CREATE TABLE outbox (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    subject_id BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMP NOT NULL,
    delivered_at TIMESTAMP,
    failed_at TIMESTAMP,
    last_fault TEXT
);
CREATE INDEX outbox_waiting ON outbox (delivered_at, failed_at, next_attempt_at);

-- Who did what, by id. Sealed rows form a hash chain.
CREATE TABLE audit (
    id BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    account_id BIGINT,
    acting BOOLEAN NOT NULL,
    verb TEXT NOT NULL,
    object TEXT NOT NULL,
    object_id BIGINT NOT NULL,
    track_id BIGINT,
    sequence BIGINT UNIQUE,
    hash TEXT
);
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_object ON audit (object, object_id);

-- Form tokens already used, with the address their first use led to.
CREATE TABLE form_tokens (
    token TEXT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX form_tokens_by_time ON form_tokens (created_at);

-- A published edition is frozen: nothing may change, add to or remove it.
CREATE FUNCTION primum_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a published edition or a revision cannot be changed'; END $$;

CREATE FUNCTION primum_entry_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM editions WHERE id = OLD.edition_id AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a published entry cannot be changed';
    END IF;
    IF TG_OP <> 'DELETE' AND EXISTS (
        SELECT 1 FROM editions WHERE id = NEW.edition_id AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a published edition cannot be added to';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER editions_frozen BEFORE UPDATE OR DELETE ON editions
FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION primum_refuse();
CREATE TRIGGER editions_kept BEFORE TRUNCATE ON editions
FOR EACH STATEMENT EXECUTE FUNCTION primum_refuse();
CREATE TRIGGER entries_frozen BEFORE INSERT OR UPDATE OR DELETE ON edition_entries
FOR EACH ROW EXECUTE FUNCTION primum_entry_frozen();
CREATE TRIGGER entries_kept BEFORE TRUNCATE ON edition_entries
FOR EACH STATEMENT EXECUTE FUNCTION primum_refuse();

-- History is new rows, never overwritten text.
CREATE TRIGGER revisions_kept BEFORE UPDATE OR DELETE ON revisions
FOR EACH ROW EXECUTE FUNCTION primum_refuse();
