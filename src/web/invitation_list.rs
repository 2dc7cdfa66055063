//! Invitations as the secretariat keeps them: the list, many new ones at
//! once, sent again, revoked.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply, SessionChange, WebErrorOrFaults};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::organisations::group_options;
use super::page::{Chrome, When};
use super::pagination::{PER_PAGE, Pages};
use super::secretariat::frame;
use super::track_label::TrackLabel;
use crate::actions::invitations::{self, Invited, NewInvitation, SECRETARIAT, Seat};
use crate::actions::organisations::{self, NewOrganisation};
use crate::actions::{ActionError, Result as Done};
use crate::domain::fault::Faults;
use crate::domain::ids::{InvitationId, OrganisationId};
use crate::domain::language::Language;
use crate::domain::notice::NoticeKind;
use crate::domain::programme::Programme;
use crate::domain::role::Role;
use crate::i18n::{self, Loader};
use crate::store::invitations::Invitation;
use crate::store::{self, DbConn};

/// Most addresses in one form.
const MOST_ADDRESSES: usize = 200;

const LIST: &str = "/secretariat/invitations";

#[derive(Template)]
#[template(path = "secretariat/invitations.html")]
struct InvitationsPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    rows: Vec<InvitationRow>,
    pages: Pages,
}

struct InvitationRow {
    id: InvitationId,
    email: String,
    organisation: String,
    track: Option<TrackLabel>,
    role: String,
    sent: When,
    until: When,
    standing: Standing,
    mail: Mail,
    /// `None` where there is nothing to send again, or to revoke.
    resend_token: Option<String>,
    revoke_token: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Waiting,
    Accepted,
    Revoked,
    Expired,
}

impl Standing {
    fn of(invitation: &Invitation, cx: &Cx) -> Self {
        if invitation.accepted_at.is_some() {
            Self::Accepted
        } else if invitation.revoked_at.is_some() {
            Self::Revoked
        } else if invitation.is_waiting(cx.now) {
            Self::Waiting
        } else {
            Self::Expired
        }
    }
}

/// How the newest message about an invitation fares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mail {
    Sent,
    Unsent,
    Failed,
}

pub fn show_list(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let pages = Pages::of(cx, store::invitations::count(conn)?)?;
        let chrome = frame(cx, conn, &fl!(l, "invitations-title"))?;
        let programme = cx.programme(conn)?;
        let found = store::invitations::list(conn, pages.offset(), PER_PAGE)?;
        let ids: Vec<i64> = found.iter().map(|invitation| invitation.id.0).collect();
        let fates = store::outbox::list_fates(conn, NoticeKind::Invitation, &ids)?;
        let mail = |id: InvitationId| match fates.iter().rfind(|(own, ..)| *own == id.0) {
            Some((_, None, Some(_))) => Mail::Failed,
            Some((_, None, None)) => Mail::Unsent,
            _ => Mail::Sent,
        };
        let row = |invitation: Invitation| {
            let standing = Standing::of(&invitation, cx);
            let open = matches!(standing, Standing::Waiting | Standing::Expired);
            let revocable = standing == Standing::Waiting;
            InvitationRow {
                id: invitation.id,
                track: TrackLabel::find(&programme, invitation.track, cx.language),
                role: i18n::message(l, &format!("role-{}", invitation.role)),
                sent: When::date(cx.language, invitation.created_at),
                until: When::date(cx.language, invitation.expires_at),
                standing,
                mail: if open { mail(invitation.id) } else { Mail::Sent },
                resend_token: open.then(|| cx.form_token()),
                revoke_token: revocable.then(|| cx.form_token()),
                email: invitation.email,
                organisation: invitation.organisation_name,
            }
        };
        let rows = found.into_iter().map(row).collect();
        Ok::<_, WebError>(InvitationsPage { l, chrome, area: "invitations", rows, pages })
    })?;
    Reply::page(&page)
}

pub fn resend(cx: &Cx) -> Answer {
    let id: InvitationId = cx.param_as("invitation")?;
    let actor = cx.actor()?;
    once_to_list(cx, "invitation-resent", |conn| invitations::resend(conn, actor, id, cx.now))
}

pub fn revoke(cx: &Cx) -> Answer {
    let id: InvitationId = cx.param_as("invitation")?;
    let actor = cx.actor()?;
    once_to_list(cx, "invitation-revoked", |conn| invitations::revoke(conn, actor, id, cx.now))
}

fn once_to_list(cx: &Cx, done: &str, work: impl FnOnce(&mut DbConn) -> Done<()>) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    form.finish()?;
    Ok(cx.once(&once, |conn| {
        work(conn)?;
        Ok(format!("{LIST}?done={done}"))
    })?)
}

// -------------------------------------------------------------------- new

#[derive(Template)]
#[template(path = "secretariat/invite.html")]
struct InvitePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    errors: FieldErrors,
    typed: Typed,
    /// What was just done: the addresses invited, and those not with a reason.
    invited: Vec<String>,
    refused: Vec<(String, String)>,
    organisations: Vec<(String, String)>,
    groups: Vec<(String, String)>,
    tracks: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    confirmed: bool,
    token: String,
}

/// The form as it was filled in.
#[derive(Default)]
struct Typed {
    addresses: String,
    organisation: String,
    new_organisation: String,
    group: String,
    state: String,
    track: String,
    role: String,
    language: String,
}

impl Typed {
    fn take(form: &mut Fields) -> Self {
        Self {
            addresses: form.take("addresses"),
            organisation: form.take("organisation"),
            new_organisation: form.take("new-organisation"),
            group: form.take("group"),
            state: form.take("state"),
            track: form.take("track"),
            role: form.take("role"),
            language: form.take("language"),
        }
    }
}

/// The form, checked; the addresses one by one later.
struct Batch {
    addresses: Vec<String>,
    organisation: Organisation,
    seat: Seat,
    language: Language,
}

enum Organisation {
    Known(OrganisationId),
    New(NewOrganisation),
}

impl Batch {
    fn parse(programme: &Programme, typed: &Typed) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let addresses = split_addresses(&typed.addresses);
        if addresses.is_empty() {
            faults.add("addresses", "fault-required");
        } else if addresses.len() > MOST_ADDRESSES {
            faults.add_n("addresses", "fault-addresses-many", MOST_ADDRESSES);
        }
        let organisation = parse_organisation(programme, typed, &mut faults);
        let language = Language::from_text(&typed.language);
        // The seat is the same for all: any good address finds its faults.
        let seat = NewInvitation::parse(
            programme,
            "name@example.org",
            Some(OrganisationId(0)),
            &typed.track,
            &typed.role,
            language.unwrap_or(Language::En),
        );
        let seat = match seat {
            Ok(sample) => sample.seat,
            Err(found) => {
                faults.0.extend(found.0);
                Seat::Secretariat
            }
        };
        if language.is_none() {
            faults.add("language", "fault-choose");
        }
        let language = language.unwrap_or(Language::En);
        faults.into_result(Self { addresses, organisation, seat, language })
    }
}

/// One from the list, or a new one: not both.
fn parse_organisation(programme: &Programme, typed: &Typed, faults: &mut Faults) -> Organisation {
    let none = Organisation::Known(OrganisationId(0));
    if typed.new_organisation.trim().is_empty() {
        let chosen = typed.organisation.parse().ok();
        if chosen.is_none() {
            faults.add("organisation", "fault-organisation-which");
        }
        return chosen.map_or(none, Organisation::Known);
    }
    if !typed.organisation.is_empty() {
        faults.add("new-organisation", "fault-organisation-both");
    }
    match NewOrganisation::parse(programme, &typed.new_organisation, &typed.group, &typed.state) {
        Ok(new) => Organisation::New(new),
        Err(found) => {
            faults.0.extend(named_here(found).0);
            none
        }
    }
}

/// The faults of a new organisation at the names its fields have here.
fn named_here(mut faults: Faults) -> Faults {
    for fault in &mut faults.0 {
        if fault.field == "name" {
            "new-organisation".clone_into(&mut fault.field);
        }
    }
    faults
}

/// The addresses in what was pasted: a line or a comma each, or as mail
/// programs copy them, `Name <address>;`.
fn split_addresses(pasted: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in pasted.split(['\n', '\r', ';']) {
        let parts: Vec<&str> = if piece.contains('<') && piece.contains('>') {
            piece.split('<').skip(1).filter_map(|part| part.split('>').next()).collect()
        } else {
            piece.split(',').collect()
        };
        for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
            // The same address twice is one invitation.
            if !found.iter().any(|own| own.eq_ignore_ascii_case(part)) {
                found.push(part.to_owned());
            }
        }
    }
    found
}

fn page(
    cx: &Cx,
    errors: FieldErrors,
    typed: Typed,
    outcomes: Vec<Invited>,
) -> Result<InvitePage<'_>, WebError> {
    let l = cx.l();
    let (good, bad): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(|(_, own)| own.is_ok());
    let reason = |(address, outcome): Invited| {
        let reason = outcome.err().map(|key| i18n::message(l, key)).unwrap_or_default();
        (address, reason)
    };
    cx.read(|conn| {
        let chrome = frame(cx, conn, &fl!(l, "invitation-new"))?;
        let programme = cx.programme(conn)?;
        let organisations = store::organisations::list_names(conn)?;
        let track = |track: &crate::domain::programme::Track| {
            let name = track.name(cx.language).text;
            (track.slug.clone(), format!("{} {name}", track.reference))
        };
        let words = Role::ALL.iter().map(|role| role.as_str()).chain([SECRETARIAT]);
        let role = |word: &str| (word.to_owned(), i18n::message(l, &format!("role-{word}")));
        let own_names =
            Language::ALL.iter().map(|own| (own.to_string(), own.own_name().to_owned()));
        Ok(InvitePage {
            l,
            chrome,
            area: "invitations",
            errors,
            typed,
            invited: good.into_iter().map(|(address, _)| address).collect(),
            refused: bad.into_iter().map(reason).collect(),
            organisations: organisations
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect(),
            groups: group_options(&programme, cx.language),
            tracks: programme.tracks.iter().map(track).collect(),
            roles: words.map(role).collect(),
            languages: own_names.collect(),
            confirmed: cx.confirmed,
            token: cx.form_token(),
        })
    })
}

/// The empty form; links may choose track and role beforehand.
pub fn show_new(cx: &Cx) -> Answer {
    let mut query = cx.query();
    let typed = Typed {
        track: query.take("track"),
        role: query.take("role"),
        language: cx.language.to_string(),
        ..Typed::default()
    };
    Reply::page(&page(cx, FieldErrors::default(), typed, Vec::new())?)
}

pub fn create(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let password = form.take_optional("password");
    let mut typed = Typed::take(&mut form);
    form.finish()?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let batch = match Batch::parse(&programme, &typed) {
        Ok(batch) => batch,
        Err(faults) => {
            return Reply::refused(&page(cx, cx.errors(&faults), typed, Vec::new())?);
        }
    };
    // The secretariat's own role is not given away from an unattended screen.
    let sensitive = batch.seat == Seat::Secretariat;
    if sensitive {
        match cx.confirm(password.as_deref()) {
            Ok(()) => {}
            Err(WebErrorOrFaults::Web(fault)) => return Err(fault),
            Err(WebErrorOrFaults::Faults(faults)) => {
                return Reply::refused(&page(cx, cx.errors(&faults), typed, Vec::new())?);
            }
        }
    }
    let mut outcomes = Vec::new();
    let done = cx.once(&once, |conn| invite(cx, conn, &batch, &mut outcomes));
    let refused: Vec<&str> = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.is_err())
        .map(|(address, _)| address.as_str())
        .collect();
    let kept = refused.join("\n");
    let nobody = outcomes.iter().all(|(_, outcome)| outcome.is_err());
    let mut reply = match done {
        // All done, now or by the same form sent before.
        Ok(reply) if kept.is_empty() || nobody => reply,
        // The good rows are done; the others stay in the field.
        Ok(_) => {
            let faults = Faults::one("addresses", "fault-addresses-some");
            typed = Typed {
                addresses: kept,
                organisation: organisation_of(cx, typed.organisation, &batch)?,
                track: typed.track,
                role: typed.role,
                language: typed.language,
                ..Typed::default()
            };
            Reply::page(&page(cx, cx.errors(&faults), typed, outcomes)?)?
        }
        Err(ActionError::Faults(faults)) => {
            let errors = cx.errors(&named_here(faults));
            return Reply::refused(&page(cx, errors, typed, outcomes)?);
        }
        Err(fault) => return Err(fault.into()),
    };
    if sensitive && !cx.confirmed {
        reply = reply.with_session(SessionChange::Confirm);
    }
    Ok(reply)
}

/// The organisation for the next try: the one that was just made is there now.
fn organisation_of(cx: &Cx, typed: String, batch: &Batch) -> Result<String, WebError> {
    let Organisation::New(new) = &batch.organisation else { return Ok(typed) };
    let made = cx.read(|conn| store::organisations::find_by_name(conn, &new.name))?;
    Ok(made.map(|organisation| organisation.id.to_string()).unwrap_or_default())
}

/// Invites whom it can. When that is nobody, nothing at all is written, not
/// even the new organisation.
fn invite(cx: &Cx, conn: &mut DbConn, batch: &Batch, outcomes: &mut Vec<Invited>) -> Done<String> {
    let actor = cx.actor.as_ref().ok_or(ActionError::NotFound)?;
    let organisation = match &batch.organisation {
        Organisation::Known(id) => *id,
        Organisation::New(new) => organisations::create(conn, actor, new, cx.now)?,
    };
    let place = (organisation, batch.seat, batch.language);
    *outcomes = invitations::invite_many(conn, actor, &batch.addresses, place, cx.now)?;
    if outcomes.iter().all(|(_, outcome)| outcome.is_err()) {
        return Err(Faults::one("addresses", "fault-addresses-none").into());
    }
    Ok(format!("{LIST}?done=invited"))
}

#[cfg(test)]
mod tests {
    use super::split_addresses;

    #[test]
    fn addresses_are_found_however_they_were_pasted() {
        let split = |pasted| split_addresses(pasted).join(" ");
        assert_eq!(split("a@x.org\r\nb@x.org\n\n"), "a@x.org b@x.org");
        assert_eq!(split("a@x.org, b@x.org;c@x.org"), "a@x.org b@x.org c@x.org");
        assert_eq!(split("Doe, Jane <jane@x.org>; \"Ng\" <ng@x.org>, z"), "jane@x.org ng@x.org");
        assert_eq!(split("A@x.org\na@x.org"), "A@x.org");
        assert_eq!(split("not an address"), "not an address");
        assert_eq!(split(" , ;\n"), "");
    }
}
