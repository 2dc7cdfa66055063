//! The tables, as diesel prints them from the migrations.

diesel::table! {
    programme (id) {
        id -> BigInt,
        language -> Text,
        public_version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    programme_texts (language) {
        language -> Text,
        title -> Text,
        tagline -> Text,
        intro -> Text,
    }
}

diesel::table! {
    stakeholder_groups (id) {
        id -> BigInt,
        slug -> Text,
        position -> Integer,
    }
}

diesel::table! {
    stakeholder_group_texts (group_id, language) {
        group_id -> BigInt,
        language -> Text,
        name -> Text,
    }
}

diesel::table! {
    organisations (id) {
        id -> BigInt,
        name -> Text,
        group_id -> BigInt,
        state -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    tracks (id) {
        id -> BigInt,
        slug -> Text,
        reference -> Text,
        position -> Integer,
        shape -> Text,
        colour -> Integer,
        attribution_rule -> Text,
        next_number -> Integer,
    }
}

diesel::table! {
    track_texts (track_id, language) {
        track_id -> BigInt,
        language -> Text,
        name -> Text,
        summary -> Text,
    }
}

diesel::table! {
    audiences (id) {
        id -> BigInt,
        slug -> Text,
        position -> Integer,
    }
}

diesel::table! {
    audience_texts (audience_id, language) {
        audience_id -> BigInt,
        language -> Text,
        name -> Text,
        reader -> Text,
        summary -> Text,
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        email -> Text,
        name -> Text,
        organisation_id -> BigInt,
        language -> Text,
        password_hash -> Text,
        is_secretariat -> Bool,
        created_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    memberships (id) {
        id -> BigInt,
        account_id -> BigInt,
        track_id -> BigInt,
        role -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    invitations (id) {
        id -> BigInt,
        email -> Text,
        organisation_id -> BigInt,
        track_id -> Nullable<BigInt>,
        role -> Text,
        language -> Text,
        invited_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        accepted_at -> Nullable<Timestamp>,
        accepted_by -> Nullable<BigInt>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    tokens (id) {
        id -> BigInt,
        purpose -> Text,
        subject_id -> BigInt,
        hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        token_hash -> Text,
        account_id -> Nullable<BigInt>,
        state -> Text,
        browser -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    sign_in_attempts (id) {
        id -> BigInt,
        account_key -> Text,
        network -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    workshops (id) {
        id -> BigInt,
        slug -> Text,
        track_id -> BigInt,
        title -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        zone -> Text,
        place -> Text,
        link -> Text,
        agenda -> Text,
        agenda_html -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    recommendations (id) {
        id -> BigInt,
        track_id -> BigInt,
        reference -> Text,
        stage -> Text,
        title -> Text,
        revision -> Integer,
        brackets -> Integer,
        workshop_id -> Nullable<BigInt>,
        comments_until -> Nullable<Timestamp>,
        agreed_revision -> Nullable<Integer>,
        agreed_at -> Nullable<Timestamp>,
        withdrawn_at -> Nullable<Timestamp>,
        withdrawn_reason -> Nullable<Text>,
        created_by -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        next_block -> Integer,
        next_amendment -> Integer,
        contest_days -> Integer,
        changes -> BigInt,
    }
}

diesel::table! {
    revisions (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        number -> Integer,
        title -> Text,
        summary -> Text,
        author_id -> BigInt,
        organisation_id -> BigInt,
        attribution_rule -> Text,
        created_at -> Timestamp,
        amendment_id -> Nullable<BigInt>,
        merged_base -> Nullable<Integer>,
    }
}

diesel::table! {
    sections (id) {
        id -> BigInt,
        revision_id -> BigInt,
        position -> Integer,
        kind -> Text,
        body -> Text,
        rendered -> Text,
        renderer -> Integer,
        blocks -> Text,
    }
}

diesel::table! {
    comments (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        revision -> Integer,
        section -> Nullable<Text>,
        position -> Nullable<Integer>,
        quote -> Nullable<Text>,
        body -> Text,
        html -> Text,
        renderer -> Integer,
        author_id -> BigInt,
        organisation_id -> BigInt,
        capacity -> Text,
        attribution_rule -> Text,
        created_at -> Timestamp,
        disposition -> Nullable<Text>,
        reason -> Nullable<Text>,
        disposed_by -> Nullable<BigInt>,
        disposed_at -> Nullable<Timestamp>,
        kind -> Nullable<Text>,
        proposed -> Nullable<Text>,
        block -> Nullable<Integer>,
        exact -> Nullable<Text>,
        prefix -> Nullable<Text>,
        suffix -> Nullable<Text>,
        changed_in -> Nullable<Integer>,
        edited_at -> Nullable<Timestamp>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    editions (id) {
        id -> BigInt,
        number -> Nullable<Integer>,
        foreword -> Text,
        foreword_html -> Text,
        language -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        published_by -> Nullable<BigInt>,
        manifest -> Nullable<Text>,
        sha256 -> Nullable<Text>,
    }
}

diesel::table! {
    edition_picks (edition_id, recommendation_id) {
        edition_id -> BigInt,
        recommendation_id -> BigInt,
        position -> Integer,
    }
}

diesel::table! {
    edition_entries (id) {
        id -> BigInt,
        edition_id -> BigInt,
        position -> Integer,
        reference -> Text,
        document -> Text,
        sha256 -> Text,
        rendered -> Text,
        renderer -> Integer,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        kind -> Text,
        account_id -> Nullable<BigInt>,
        subject_id -> BigInt,
        created_at -> Timestamp,
        attempts -> Integer,
        next_attempt_at -> Timestamp,
        delivered_at -> Nullable<Timestamp>,
        failed_at -> Nullable<Timestamp>,
        last_fault -> Nullable<Text>,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        at -> Timestamp,
        account_id -> Nullable<BigInt>,
        acting -> Bool,
        verb -> Text,
        object -> Text,
        object_id -> BigInt,
        track_id -> Nullable<BigInt>,
        sequence -> Nullable<BigInt>,
        hash -> Nullable<Text>,
    }
}

diesel::table! {
    form_tokens (token) {
        token -> Text,
        account_id -> BigInt,
        outcome -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    comment_versions (comment_id, number) {
        comment_id -> BigInt,
        number -> Integer,
        kind -> Nullable<Text>,
        proposed -> Nullable<Text>,
        body -> Text,
        html -> Text,
        renderer -> Integer,
        written_at -> Timestamp,
    }
}

diesel::table! {
    mentions (comment_id, account_id) {
        comment_id -> BigInt,
        account_id -> BigInt,
    }
}

diesel::table! {
    amendments (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        number -> Integer,
        verb -> Text,
        section -> Text,
        block -> Nullable<Integer>,
        revision -> Integer,
        original -> Text,
        wording -> Text,
        reason -> Text,
        reason_html -> Text,
        renderer -> Integer,
        base_revision -> Integer,
        base_text -> Text,
        text -> Text,
        stale_at -> Nullable<Timestamp>,
        compromise -> Bool,
        author_id -> BigInt,
        organisation_id -> BigInt,
        capacity -> Text,
        attribution_rule -> Text,
        created_at -> Timestamp,
        disposition -> Nullable<Text>,
        disposition_reason -> Nullable<Text>,
        disposed_by -> Nullable<BigInt>,
        disposed_at -> Nullable<Timestamp>,
        applied_in -> Nullable<Integer>,
        applied_text -> Nullable<Text>,
        fell_to -> Nullable<BigInt>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    co_sponsors (amendment_id, organisation_id) {
        amendment_id -> BigInt,
        organisation_id -> BigInt,
        account_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    compromise_falls (compromise_id, amendment_id) {
        compromise_id -> BigInt,
        amendment_id -> BigInt,
    }
}

diesel::table! {
    rebases (amendment_id, number) {
        amendment_id -> BigInt,
        number -> Integer,
        kind -> Text,
        revision -> Integer,
        section -> Text,
        base_text -> Text,
        text -> Text,
        created_at -> Timestamp,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    decisions (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        comment_id -> Nullable<BigInt>,
        amendment_id -> Nullable<BigInt>,
        disposition -> Text,
        reason -> Text,
        account_id -> BigInt,
        created_at -> Timestamp,
        revision -> Nullable<Integer>,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    contests (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        comment_id -> Nullable<BigInt>,
        amendment_id -> Nullable<BigInt>,
        account_id -> BigInt,
        body -> Text,
        created_at -> Timestamp,
        answer -> Nullable<Text>,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    pens (recommendation_id) {
        recommendation_id -> BigInt,
        account_id -> BigInt,
        taken_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    pen_requests (recommendation_id, account_id) {
        recommendation_id -> BigInt,
        account_id -> BigInt,
        requested_at -> Timestamp,
    }
}

diesel::table! {
    pen_moves (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        kind -> Text,
        from_account -> Nullable<BigInt>,
        to_account -> Nullable<BigInt>,
        reason -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    readings (recommendation_id, account_id) {
        recommendation_id -> BigInt,
        account_id -> BigInt,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    working_copies (id) {
        id -> BigInt,
        account_id -> BigInt,
        place -> Text,
        base -> Integer,
        form -> Text,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    brackets (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        section -> Text,
        block -> Integer,
        text -> Text,
        since_revision -> Integer,
        since_at -> Timestamp,
        account_id -> BigInt,
        organisation_id -> BigInt,
        attribution_rule -> Text,
        until_revision -> Nullable<Integer>,
        withdrawn_by -> Nullable<BigInt>,
    }
}

diesel::joinable!(stakeholder_group_texts -> stakeholder_groups (group_id));
diesel::joinable!(organisations -> stakeholder_groups (group_id));
diesel::joinable!(track_texts -> tracks (track_id));
diesel::joinable!(audience_texts -> audiences (audience_id));
diesel::joinable!(accounts -> organisations (organisation_id));
diesel::joinable!(memberships -> accounts (account_id));
diesel::joinable!(memberships -> tracks (track_id));
diesel::joinable!(invitations -> organisations (organisation_id));
diesel::joinable!(invitations -> tracks (track_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(workshops -> tracks (track_id));
diesel::joinable!(recommendations -> tracks (track_id));
diesel::joinable!(recommendations -> workshops (workshop_id));
diesel::joinable!(recommendations -> accounts (created_by));
diesel::joinable!(revisions -> recommendations (recommendation_id));
diesel::joinable!(revisions -> accounts (author_id));
diesel::joinable!(revisions -> organisations (organisation_id));
diesel::joinable!(sections -> revisions (revision_id));
diesel::joinable!(comments -> recommendations (recommendation_id));
diesel::joinable!(comments -> accounts (author_id));
diesel::joinable!(comments -> organisations (organisation_id));
diesel::joinable!(editions -> accounts (published_by));
diesel::joinable!(edition_picks -> editions (edition_id));
diesel::joinable!(edition_picks -> recommendations (recommendation_id));
diesel::joinable!(edition_entries -> editions (edition_id));
diesel::joinable!(outbox -> accounts (account_id));
diesel::joinable!(amendments -> recommendations (recommendation_id));
diesel::joinable!(amendments -> accounts (author_id));
diesel::joinable!(amendments -> organisations (organisation_id));
diesel::joinable!(comment_versions -> comments (comment_id));
diesel::joinable!(mentions -> comments (comment_id));
diesel::joinable!(mentions -> accounts (account_id));
diesel::joinable!(co_sponsors -> amendments (amendment_id));
diesel::joinable!(co_sponsors -> organisations (organisation_id));
diesel::joinable!(co_sponsors -> accounts (account_id));
diesel::joinable!(rebases -> amendments (amendment_id));
diesel::joinable!(decisions -> recommendations (recommendation_id));
diesel::joinable!(decisions -> comments (comment_id));
diesel::joinable!(decisions -> amendments (amendment_id));
diesel::joinable!(decisions -> accounts (account_id));
diesel::joinable!(contests -> recommendations (recommendation_id));
diesel::joinable!(contests -> comments (comment_id));
diesel::joinable!(contests -> amendments (amendment_id));
diesel::joinable!(contests -> accounts (account_id));
diesel::joinable!(pens -> recommendations (recommendation_id));
diesel::joinable!(pens -> accounts (account_id));
diesel::joinable!(pen_requests -> recommendations (recommendation_id));
diesel::joinable!(pen_requests -> accounts (account_id));
diesel::joinable!(pen_moves -> recommendations (recommendation_id));
diesel::joinable!(readings -> recommendations (recommendation_id));
diesel::joinable!(readings -> accounts (account_id));
diesel::joinable!(working_copies -> accounts (account_id));
diesel::joinable!(brackets -> recommendations (recommendation_id));
diesel::joinable!(brackets -> accounts (account_id));
diesel::joinable!(brackets -> organisations (organisation_id));

diesel::allow_tables_to_appear_in_same_query!(
    programme,
    programme_texts,
    stakeholder_groups,
    stakeholder_group_texts,
    organisations,
    tracks,
    track_texts,
    audiences,
    audience_texts,
    accounts,
    memberships,
    invitations,
    tokens,
    sessions,
    sign_in_attempts,
    workshops,
    recommendations,
    revisions,
    sections,
    comments,
    editions,
    edition_picks,
    edition_entries,
    outbox,
    audit,
    form_tokens,
    comment_versions,
    mentions,
    amendments,
    co_sponsors,
    compromise_falls,
    rebases,
    decisions,
    contests,
    pens,
    pen_requests,
    pen_moves,
    readings,
    working_copies,
    brackets,
);
