//! The secretariat's start page: what needs attention, and the way to
//! everything else.

use askama::Template;
use chrono::TimeDelta;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::page::{Chrome, When};
use super::track_label::TrackLabel;
use crate::domain::ids::InvitationId;
use crate::domain::notice::NoticeKind;
use crate::domain::programme::Programme;
use crate::i18n::{self, Loader, format};
use crate::store::outbox::Failed;
use crate::store::{self, DbConn};

/// Mail that is still here after this time does not go out by itself.
const STUCK_AFTER: TimeDelta = TimeDelta::minutes(10);
/// How long the page speaks of a message that was given up.
const FAILED_WITHIN: TimeDelta = TimeDelta::days(14);
/// How many of those it lists.
const MOST_FAILED: i64 = 20;

#[derive(Template)]
#[template(path = "secretariat/overview.html")]
struct OverviewPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    tasks: Vec<Task>,
    failed: Vec<FailedRow>,
    areas: Vec<Area>,
}

/// Something that waits for the secretariat.
struct Task {
    title: String,
    why: String,
    /// `None` when there is nothing to open.
    href: Option<String>,
    track: Option<TrackLabel>,
}

struct FailedRow {
    kind: String,
    to: String,
    at: Option<When>,
    fault: String,
}

struct Area {
    href: &'static str,
    name: String,
    note: String,
    count: Option<i64>,
}

/// The frame of every page of the secretariat.
///
/// # Errors
/// As [`Cx::chrome`].
pub fn frame(cx: &Cx, conn: &mut DbConn, title: &str) -> Result<Chrome, WebError> {
    Ok(cx.chrome(conn, title)?.in_section("secretariat"))
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let chrome = frame(cx, conn, &fl!(l, "secretariat-title"))?;
        let programme = cx.programme(conn)?;
        let mut tasks = list_without_chair(cx, conn, &programme)?;
        tasks.extend(list_editions(cx, conn)?);
        tasks.extend(list_invitations(cx, conn)?);
        tasks.extend(list_mail(cx, conn)?);
        let failed = list_failed(cx, conn)?;
        let areas = list_areas(l, conn, &programme)?;
        Ok::<_, WebError>(OverviewPage { l, chrome, area: "overview", tasks, failed, areas })
    })?;
    Reply::page(&page)
}

fn list_without_chair(
    cx: &Cx,
    conn: &mut DbConn,
    programme: &Programme,
) -> Result<Vec<Task>, WebError> {
    let l = cx.l();
    let chaired = store::accounts::chaired_tracks(conn)?;
    let open = programme.tracks.iter().filter(|track| !chaired.contains(&track.id));
    let task = |track| {
        let label = TrackLabel::new(track, cx.language);
        Task {
            title: fl!(l, "secretariat-no-chair", reference = label.reference.as_str()),
            why: fl!(l, "secretariat-no-chair-why"),
            href: Some(format!("/secretariat/invitations/new?track={}&role=chair", track.slug)),
            track: Some(label),
        }
    };
    Ok(open.map(task).collect())
}

fn list_editions(cx: &Cx, conn: &mut DbConn) -> Result<Vec<Task>, WebError> {
    let l = cx.l();
    let editions = store::editions::list_unpublished(conn)?;
    let task = |edition: crate::domain::edition::Edition| {
        let changed = format::date(cx.language, edition.updated_at);
        Task {
            title: fl!(
                l,
                "secretariat-edition",
                day = format::date(cx.language, edition.created_at)
            ),
            why: fl!(l, "secretariat-edition-why", day = changed),
            href: Some(format!("/secretariat/editions/{}", edition.id)),
            track: None,
        }
    };
    Ok(editions.into_iter().map(task).collect())
}

fn list_invitations(cx: &Cx, conn: &mut DbConn) -> Result<Vec<Task>, WebError> {
    let l = cx.l();
    let href = || Some("/secretariat/invitations".to_owned());
    let waiting = store::invitations::count_waiting(conn, cx.now)?;
    let expired = store::invitations::count_expired(conn, cx.now)?;
    let mut tasks = Vec::new();
    if waiting > 0 {
        tasks.push(Task {
            title: fl!(l, "secretariat-invitations", n = waiting),
            why: fl!(l, "secretariat-invitations-why"),
            href: href(),
            track: None,
        });
    }
    if expired > 0 {
        tasks.push(Task {
            title: fl!(l, "secretariat-expired", n = expired),
            why: fl!(l, "secretariat-expired-why"),
            href: href(),
            track: None,
        });
    }
    Ok(tasks)
}

fn list_mail(cx: &Cx, conn: &mut DbConn) -> Result<Vec<Task>, WebError> {
    let l = cx.l();
    let is_set = cx.app.mail.is_set();
    let before = if is_set { cx.now - STUCK_AFTER } else { cx.now };
    let stuck = store::outbox::count_stuck(conn, before)?;
    let failed = store::outbox::count_failed(conn, cx.now - FAILED_WITHIN)?;
    let mut tasks = Vec::new();
    if stuck > 0 {
        let why =
            if is_set { fl!(l, "secretariat-mail-slow") } else { fl!(l, "secretariat-mail-unset") };
        let title = fl!(l, "secretariat-mail", n = stuck);
        tasks.push(Task { title, why, href: None, track: None });
    }
    if failed > 0 {
        tasks.push(Task {
            title: fl!(l, "secretariat-failed", n = failed),
            why: fl!(l, "secretariat-failed-why"),
            href: Some("#failed".to_owned()),
            track: None,
        });
    }
    Ok(tasks)
}

fn list_failed(cx: &Cx, conn: &mut DbConn) -> Result<Vec<FailedRow>, WebError> {
    let rows = store::outbox::list_failed(conn, cx.now - FAILED_WITHIN, MOST_FAILED)?;
    let accounts: Vec<_> = rows.iter().filter_map(|row| row.account).collect();
    let names = store::comments::names_of(conn, &accounts)?;
    let is_invitation = |row: &&Failed| row.kind == NoticeKind::Invitation;
    let invitations: Vec<_> =
        rows.iter().filter(is_invitation).map(|row| InvitationId(row.subject)).collect();
    let emails = store::invitations::emails_of(conn, &invitations)?;
    let to = |row: &Failed| {
        let name = names.iter().find(|(id, _)| Some(*id) == row.account).map(|(_, name)| name);
        let email = || emails.iter().find(|(id, _)| id.0 == row.subject).map(|(_, email)| email);
        match row.kind {
            NoticeKind::Invitation => name.or_else(email),
            _ => name,
        }
        .cloned()
        .unwrap_or_default()
    };
    let row = |row: Failed| FailedRow {
        kind: i18n::message(cx.l(), &format!("notice-kind-{}", row.kind)),
        to: to(&row),
        at: row.failed_at.map(|at| When::time(cx.language, at)),
        fault: row.fault.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(row).collect())
}

fn list_areas(l: &Loader, conn: &mut DbConn, programme: &Programme) -> Result<Vec<Area>, WebError> {
    let tracks = i64::try_from(programme.tracks.len()).unwrap_or(i64::MAX);
    let area = |href, name, note, count| Area { href, name, note, count };
    Ok(vec![
        area(
            "/secretariat/people",
            fl!(l, "people-title"),
            fl!(l, "people-note"),
            Some(store::accounts::count(conn)?),
        ),
        area(
            "/secretariat/organisations",
            fl!(l, "organisations-title"),
            fl!(l, "organisations-note"),
            Some(store::organisations::count(conn)?),
        ),
        area(
            "/secretariat/invitations",
            fl!(l, "invitations-title"),
            fl!(l, "invitations-note"),
            Some(store::invitations::count(conn)?),
        ),
        area("/secretariat/tracks", fl!(l, "tracks-title"), fl!(l, "tracks-note"), Some(tracks)),
        area(
            "/secretariat/workshops",
            fl!(l, "nav-workshops"),
            fl!(l, "secretariat-workshops-note"),
            None,
        ),
        area(
            "/secretariat/editions",
            fl!(l, "nav-editions"),
            fl!(l, "secretariat-editions-note"),
            None,
        ),
        area("/secretariat/audit", fl!(l, "audit-title"), fl!(l, "audit-note"), None),
        area("/secretariat/settings", fl!(l, "settings-title"), fl!(l, "settings-note"), None),
    ])
}
