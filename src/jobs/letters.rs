//! Who is still told of what: the letter a notice becomes at the moment it is
//! sent. What has meanwhile gone, closed or been taken from its reader's sight
//! becomes none.

use chrono::TimeDelta;

use crate::actions::{ActionError, invitations};
use crate::app::App;
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::ids::{CommentId, EditionId, InvitationId, RecommendationId};
use crate::domain::language::Language;
use crate::domain::notice::NoticeKind;
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::domain::stage::Stage;
use crate::mail::{Letter, Message, Recipient, Sender};
use crate::secrets;
use crate::store::comments::Comment;
use crate::store::outbox::Waiting;
use crate::store::tokens::{self, Purpose};
use crate::store::{self, DbConn};

/// How long the address in a reset letter is good.
const RESET_TERM: TimeDelta = TimeDelta::hours(1);
/// A reset that could not be sent for so long is not what anybody waits for.
const RESET_STALE: TimeDelta = TimeDelta::hours(24);

/// What became of a notice.
pub(super) enum Composed {
    Ready(Message),
    /// Nobody is to be told, or of nothing any more.
    Gone,
    /// The address is not one that mail can be sent to.
    Unwritable,
}

type Result<T> = std::result::Result<T, ActionError>;

/// Writes the letter of a notice, minting the token it carries.
pub(super) fn compose(
    app: &App,
    conn: &mut DbConn,
    notice: &Waiting,
    now: Instant,
) -> Result<Composed> {
    if notice.kind == NoticeKind::Invitation {
        return invitation(app, conn, notice, now);
    }
    // `None` for a reset that was asked for an address nobody has.
    let Some(account) = notice.account else { return Ok(Composed::Gone) };
    let Some(reader) = store::accounts::find_actor(conn, account)? else {
        return Ok(Composed::Gone);
    };
    let programme = app.programme(conn)?;
    let subject = notice.subject;
    match notice.kind {
        NoticeKind::Invitation => Ok(Composed::Gone),
        NoticeKind::Reset => {
            if notice.created_at + RESET_STALE < now {
                return Ok(Composed::Gone);
            }
            let token = secrets::token();
            let hash = secrets::token_hash(&token);
            tokens::insert(conn, Purpose::Reset, account.0, &hash, now, now + RESET_TERM)?;
            let link = address(app, &format!("/reset/{token}"));
            Ok(to_reader(app, &programme, &reader, notice, &Letter::Reset { link }))
        }
        NoticeKind::Opened | NoticeKind::Agreed => {
            let found = visible(conn, &reader, RecommendationId(subject))?;
            let letter = found
                .as_ref()
                .and_then(|found| moved(app, found, &programme, &reader, notice.kind, now));
            Ok(letter.map_or(Composed::Gone, |letter| {
                to_reader(app, &programme, &reader, notice, &letter)
            }))
        }
        NoticeKind::Answered | NoticeKind::Replied => {
            let Some(comment) = store::comments::find(conn, CommentId(subject))? else {
                return Ok(Composed::Gone);
            };
            let found = visible(conn, &reader, comment.recommendation)?;
            let letter = found.as_ref().and_then(|found| spoken(app, found, &comment, notice.kind));
            Ok(letter.map_or(Composed::Gone, |letter| {
                to_reader(app, &programme, &reader, notice, &letter)
            }))
        }
        NoticeKind::Mentioned
        | NoticeKind::AmendmentAnswered
        | NoticeKind::AmendmentReopened
        | NoticeKind::AmendmentStale
        | NoticeKind::AmendmentWithdrawn
        | NoticeKind::AmendmentReworded
        | NoticeKind::Contested
        | NoticeKind::ContestAnswered
        | NoticeKind::PenAsked
        | NoticeKind::PenHanded
        | NoticeKind::PenTaken => {
            let Some((id, place)) = store::outbox::find_place(conn, notice.kind, subject)? else {
                return Ok(Composed::Gone);
            };
            let found = visible(conn, &reader, id)?;
            Ok(found.map_or(Composed::Gone, |found| {
                let reference = found.reference.as_str();
                let link = address(app, &format!("/drafts/{reference}{place}"));
                let letter =
                    Letter::Told { kind: notice.kind, reference, title: &found.title, link };
                to_reader(app, &programme, &reader, notice, &letter)
            }))
        }
        NoticeKind::Published => {
            let found = store::editions::find(conn, EditionId(subject))?;
            let published = found.filter(|edition| edition.published_at.is_some());
            let Some(number) = published.and_then(|edition| edition.number) else {
                return Ok(Composed::Gone);
            };
            let link = address(app, &format!("/editions/{number}"));
            let letter = Letter::Published { number, link };
            Ok(to_reader(app, &programme, &reader, notice, &letter))
        }
    }
}

fn invitation(app: &App, conn: &mut DbConn, notice: &Waiting, now: Instant) -> Result<Composed> {
    let id = InvitationId(notice.subject);
    let Some(invitation) = store::invitations::find(conn, id)?.filter(|own| own.is_waiting(now))
    else {
        return Ok(Composed::Gone);
    };
    let inviter = match invitation.invited_by {
        Some(account) => store::accounts::find_person(conn, account)?,
        None => None,
    };
    let programme = app.programme(conn)?;
    let language = invitation.language;
    let track = invitation.track.and_then(|track| programme.track_by_id(track));
    let token = secrets::token();
    invitations::mint(conn, id, &secrets::token_hash(&token), now)?;
    let letter = Letter::Invitation {
        inviter: inviter.as_ref().map(|own| (own.name.as_str(), own.organisation_name.as_str())),
        organisation: &invitation.organisation_name,
        track: track.map(|track| track.name(language).text),
        role: &invitation.role,
        link: address(app, &format!("/invitations/{token}")),
        until: invitation.expires_at,
    };
    let to = Recipient { name: None, email: &invitation.email };
    Ok(written(letter.write(sender(app, &programme, language), to, notice.id)))
}

/// The text, if the reader still may see it.
fn visible(
    conn: &mut DbConn,
    reader: &Actor,
    id: RecommendationId,
) -> Result<Option<Recommendation>> {
    let found = store::recommendations::find(conn, id)?;
    Ok(found.filter(|found| reader.sees(found.track)))
}

/// What a text that was opened or agreed is told of, while it still is.
fn moved<'a>(
    app: &App,
    found: &'a Recommendation,
    programme: &'a Programme,
    reader: &Actor,
    kind: NoticeKind,
    now: Instant,
) -> Option<Letter<'a>> {
    let track = programme.track_by_id(found.track)?.name(reader.language).text;
    let (reference, title) = (found.reference.as_str(), found.title.as_str());
    let link = address(app, &format!("/drafts/{reference}"));
    match (kind, found.stage) {
        (NoticeKind::Opened, Stage::Open) => {
            let until = found.comments_until.filter(|until| *until > now)?;
            Some(Letter::Opened { reference, title, track, until, link })
        }
        (NoticeKind::Agreed, Stage::Agreed) => {
            Some(Letter::Agreed { reference, title, track, link })
        }
        _ => None,
    }
}

/// What is told of a comment that was answered, or of a reply.
fn spoken<'a>(
    app: &App,
    found: &'a Recommendation,
    comment: &Comment,
    kind: NoticeKind,
) -> Option<Letter<'a>> {
    let (reference, title) = (found.reference.as_str(), found.title.as_str());
    let link = address(app, &format!("/drafts/{reference}#c{}", comment.id));
    match (kind, comment.disposition) {
        (NoticeKind::Answered, Some(disposition)) => {
            Some(Letter::Answered { reference, title, disposition, link })
        }
        (NoticeKind::Replied, _) => Some(Letter::Replied { reference, title, link }),
        _ => None,
    }
}

fn to_reader(
    app: &App,
    programme: &Programme,
    reader: &Actor,
    notice: &Waiting,
    letter: &Letter<'_>,
) -> Composed {
    let to = Recipient { name: Some(&reader.name), email: &reader.email };
    written(letter.write(sender(app, programme, reader.language), to, notice.id))
}

fn written<E>(outcome: std::result::Result<Message, E>) -> Composed {
    outcome.map_or(Composed::Unwritable, Composed::Ready)
}

fn sender<'a>(app: &'a App, programme: &'a Programme, language: Language) -> Sender<'a> {
    Sender {
        l: app.catalog.loader(language),
        language,
        programme: programme.texts.phrase(language, |text| text.title.as_str()).text,
        origin: &app.origin.address,
        host: &app.origin.host,
    }
}

/// Links lead to the configured origin, never to a Host header.
fn address(app: &App, path: &str) -> String {
    format!("{}{path}", app.origin.address)
}
