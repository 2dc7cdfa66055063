//! The audit log: who did what, to what, in which track.
//!
//! Rows hold ids only. Names are looked up for the reader, so that erasing a
//! person leaves the chain whole.

use std::collections::HashMap;

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::page::{Chrome, When};
use super::pagination::{PER_PAGE, Pages};
use super::secretariat::frame;
use super::track_label::TrackLabel;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::ids::{
    AccountId, AmendmentId, CommentId, EditionId, InvitationId, OrganisationId, RecommendationId,
    WorkshopId,
};
use crate::domain::programme::Programme;
use crate::i18n::{self, Loader};
use crate::store::audit::Row;
use crate::store::{self, DbConn};

#[derive(Template)]
#[template(path = "secretariat/audit.html")]
struct AuditPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    rows: Vec<AuditRow>,
    pages: Pages,
}

struct AuditRow {
    at: When,
    who: Named,
    acting: bool,
    what: String,
    kind: String,
    object: Named,
    track: Option<TrackLabel>,
}

/// A name and where its bearer has a page.
#[derive(Clone, Default)]
struct Named {
    text: String,
    href: Option<String>,
}

impl Named {
    const fn plain(text: String) -> Self {
        Self { text, href: None }
    }

    const fn at(text: String, href: String) -> Self {
        Self { text, href: Some(href) }
    }
}

type Names = HashMap<(AuditObject, i64), Named>;

pub fn show_list(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let pages = Pages::of(cx, store::audit::count(conn)?)?;
        let chrome = frame(cx, conn, &fl!(l, "audit-title"))?;
        let programme = cx.programme(conn)?;
        let rows = store::audit::list(conn, pages.offset(), PER_PAGE)?;
        let names = find_names(cx, conn, &programme, &rows)?;
        let rows = rows.iter().map(|row| shown(cx, &programme, &names, row)).collect();
        Ok::<_, WebError>(AuditPage { l, chrome, area: "audit", rows, pages })
    })?;
    Reply::page(&page)
}

fn shown(cx: &Cx, programme: &Programme, names: &Names, row: &Row) -> AuditRow {
    let l = cx.l();
    let named = |object, id| names.get(&(object, id)).cloned();
    let who = match row.account {
        Some(id) => named(AuditObject::Account, id.0)
            .unwrap_or_else(|| Named::plain(fl!(l, "audit-erased"))),
        None if row.verb == AuditVerb::ResetAsked.as_str() => Named::plain(fl!(l, "audit-visitor")),
        None => Named::plain(fl!(l, "audit-command-line")),
    };
    let object = AuditObject::from_text(&row.object).and_then(|own| named(own, row.object_id));
    AuditRow {
        at: When::time(cx.language, row.at),
        who,
        acting: row.acting,
        what: word(l, "audit-verb", &row.verb),
        kind: word(l, "audit-object", &row.object),
        object: object.unwrap_or_default(),
        track: TrackLabel::find(programme, row.track, cx.language),
    }
}

/// What a later version wrote is shown as it stands in the log.
fn word(l: &Loader, kind: &str, word: &str) -> String {
    let key = format!("{kind}-{word}");
    if l.has(&key) { i18n::message(l, &key) } else { word.to_owned() }
}

/// The names of everything on the page: one query a kind, whatever the rows.
fn find_names(
    cx: &Cx,
    conn: &mut DbConn,
    programme: &Programme,
    rows: &[Row],
) -> Result<Names, WebError> {
    use AuditObject as Object;
    let ids = |object: Object| {
        let own = rows.iter().filter(move |row| row.object == object.as_str());
        own.map(|row| row.object_id)
    };
    let mut names = Names::new();
    let actors = rows.iter().filter_map(|row| row.account);
    let accounts: Vec<_> = ids(Object::Account).map(AccountId).chain(actors).collect();
    for (id, name) in store::comments::names_of(conn, &accounts)? {
        let named = Named::at(name, format!("/secretariat/people/{id}"));
        names.insert((Object::Account, id.0), named);
    }
    let wanted: Vec<_> = ids(Object::Organisation).map(OrganisationId).collect();
    for (id, name) in store::organisations::names_of(conn, &wanted)? {
        let named = Named::at(name, format!("/secretariat/organisations/{id}"));
        names.insert((Object::Organisation, id.0), named);
    }
    let wanted: Vec<_> = ids(Object::Invitation).map(InvitationId).collect();
    for (id, email) in store::invitations::emails_of(conn, &wanted)? {
        names.insert((Object::Invitation, id.0), Named::plain(email));
    }
    let wanted: Vec<_> = ids(Object::Recommendation).map(RecommendationId).collect();
    for (id, reference, _) in store::recommendations::references_of(conn, &wanted)? {
        let href = format!("/drafts/{reference}");
        names.insert((Object::Recommendation, id.0), Named::at(reference, href));
    }
    let wanted: Vec<_> = ids(Object::Comment).map(CommentId).collect();
    for (id, reference) in store::comments::references_of(conn, &wanted)? {
        let href = format!("/drafts/{reference}#c{id}");
        names.insert((Object::Comment, id.0), Named::at(reference, href));
    }
    let wanted: Vec<_> = ids(Object::Amendment).map(AmendmentId).collect();
    for (id, reference, number) in store::amendments::references_of(conn, &wanted)? {
        let href = format!("/drafts/{reference}/amendments/{number}");
        names.insert((Object::Amendment, id.0), Named::at(format!("{reference} A{number}"), href));
    }
    let wanted: Vec<_> = ids(Object::Workshop).map(WorkshopId).collect();
    for (id, slug, title) in store::workshops::titles_of(conn, &wanted)? {
        let named = Named::at(title, format!("/secretariat/workshops/{slug}"));
        names.insert((Object::Workshop, id.0), named);
    }
    let wanted: Vec<_> = ids(Object::Edition).map(EditionId).collect();
    for (id, number) in store::editions::numbers_of(conn, &wanted)? {
        let named = match number {
            Some(number) => Named::at(number.to_string(), format!("/editions/{number}")),
            None => {
                Named::at(fl!(cx.l(), "audit-unpublished"), format!("/secretariat/editions/{id}"))
            }
        };
        names.insert((Object::Edition, id.0), named);
    }
    name_programme(cx, programme, &mut names);
    Ok(names)
}

fn name_programme(cx: &Cx, programme: &Programme, names: &mut Names) {
    for track in &programme.tracks {
        let href = format!("/secretariat/tracks/{}", track.slug);
        let named = Named::at(track.reference.clone(), href);
        names.insert((AuditObject::Track, track.id.0), named);
    }
    for audience in &programme.audiences {
        let name = audience.name(cx.language).text.to_owned();
        let named = Named::at(name, "/secretariat/settings".to_owned());
        names.insert((AuditObject::Audience, audience.id.0), named);
    }
}
