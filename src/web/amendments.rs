//! Amendments: the list of a text, and one with its whole road.

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::{Card, Cards, Change};
use super::amendment_forms::name_place;
use super::contests;
use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::notes::ContestView;
use super::page::{Chrome, When};
use super::recommendations::{Head, find};
use crate::actions::rebases::find_spot;
use crate::actions::{amendments, co_sponsors};
use crate::domain::amendment::{AmendmentState, AmendmentVerb, RebaseKind};
use crate::domain::ids::AmendmentId;
use crate::domain::permission::{Verb, allows};
use crate::domain::recommendation::Recommendation;
use crate::i18n::{self, Loader};
use crate::markdown::compare::{RowKind, SpanKind};
use crate::store::amendments::{Amendment, MOST};
use crate::store::decisions::{Decision, Subject};
use crate::store::rebases::Rebase;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// Amendments on a page of the list.
const PAGE: usize = 50;
/// Steps and answers of one amendment that its page shows.
const MOST_STEPS: i64 = 200;

#[derive(Template)]
#[template(path = "amendments/list.html")]
struct ListPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    total: usize,
    unanswered: usize,
    may_dispose: bool,
    states: Vec<(String, String)>,
    state: String,
    organisations: Vec<String>,
    from: String,
    groups: Vec<Group>,
    more: Option<String>,
}

/// The amendments of one block.
struct Group {
    id: String,
    title: String,
    href: String,
    cards: Vec<Card>,
}

/// Where an amendment stands in the text: for sorting, what is gone last.
#[must_use]
pub fn order(sections: &[Section], own: &Amendment) -> (usize, usize) {
    let Some(spot) = find_spot(sections, &own.section, own.block) else {
        return (usize::MAX, 0);
    };
    let section = sections.iter().position(|section| section.kind == spot.section.kind);
    // One without text comes after those that have any, each by itself.
    let apart =
        || spot.section.kind.bytes().fold(1, |sum, byte| sum * 31 % 1_000_003 + usize::from(byte));
    section.map_or_else(
        || (usize::MAX - 1, apart()),
        |section| (section, spot.at.map_or(0, |at| at + 1)),
    )
}

pub fn show_list(cx: &Cx) -> Answer {
    let l = cx.l();
    let mut query = cx.query();
    let (state, from) = (query.take("state"), query.take("from"));
    let number: usize = query.take_parsed("page").unwrap_or(1).clamp(1, 1_000);
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let all = store::amendments::list_of(conn, own.id, 0, MOST)?;
        let mut organisations: Vec<String> =
            all.iter().map(|row| row.organisation_name.clone()).collect();
        organisations.sort();
        organisations.dedup();
        let wanted = AmendmentState::from_text(&state);
        let mut shown: Vec<&Amendment> = all
            .iter()
            .filter(|row| wanted.is_none_or(|wanted| row.state() == wanted))
            .filter(|row| from.is_empty() || row.organisation_name == from)
            .collect();
        shown.sort_by_key(|row| (order(&sections, row), row.number));
        let more = (shown.len() > number * PAGE).then(|| {
            let mut address = form_urlencoded::Serializer::new(String::new());
            address.append_pair("state", &state).append_pair("from", &from);
            address.append_pair("page", &(number + 1).to_string());
            format!("/drafts/{}/amendments?{}", own.reference, address.finish())
        });
        let cards = Cards::load(cx, conn, &own.reference, &all)?;
        let mut groups: Vec<Group> = Vec::new();
        for row in shown.into_iter().skip((number - 1) * PAGE).take(PAGE) {
            let spot = find_spot(&sections, &row.section, row.block);
            let (place, href) =
                name_place(cx, &programme, &own.reference, &row.section, spot.as_ref());
            let title =
                if spot.is_some() { place } else { fl!(l, "amendments-gone", place = place) };
            let card = cards.card(row, &all);
            match groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.cards.push(card),
                None => {
                    let id = format!("on-{}", groups.len() + 1);
                    groups.push(Group { id, title, href, cards: vec![card] });
                }
            }
        }
        let title = format!("{}: {}", fl!(l, "amendments-title"), own.reference);
        let name = |own: &AmendmentState| {
            (own.to_string(), i18n::message(l, &format!("amendment-state-{own}")))
        };
        Ok::<_, WebError>(ListPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "amendments")?,
            total: all.len(),
            unanswered: all.iter().filter(|row| row.is_unanswered()).count(),
            may_dispose: allows(cx.actor()?, Verb::Dispose, &own.object()),
            states: AmendmentState::ALL.iter().map(name).collect(),
            state,
            organisations,
            from,
            groups,
            more,
        })
    })?;
    Reply::page(&page)
}

// -------------------------------------------------------------------- one

#[derive(Template)]
#[template(path = "amendments/show.html")]
struct ShowPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    card: Card,
    place: String,
    place_href: String,
    gone: bool,
    mine: bool,
    /// Its proposer may give it other words or another reason, though it fits.
    may_reword: bool,
    /// It has no words of its own.
    deletes: bool,
    /// What its proposer changed since the asker's organisation put its name
    /// to it; empty for nothing.
    changed_since: String,
    /// As it was first proposed, when that is not how it stands.
    proposed: Vec<Change>,
    before_revision: i32,
    falls: Vec<(String, String, String)>,
    fell_to: Option<(String, String)>,
    sponsors: Vec<Sponsor>,
    organisation: String,
    may_join: bool,
    may_leave: bool,
    steps: Vec<Step>,
    may_dispose: bool,
    may_undo: bool,
    may_withdraw: bool,
    contest: Option<ContestView>,
    /// Where its author may contest the answer; empty otherwise.
    contest_href: String,
    token: String,
    undo_token: String,
    withdraw_token: String,
}

struct Sponsor {
    organisation: String,
    who: String,
    when: When,
    /// Whether it joined before the wording was written anew.
    earlier: bool,
}

/// A step of its road: along the revisions, and the answers given.
struct Step {
    sentence: String,
    who: String,
    reason: String,
    when: When,
    /// What follows: `The wording and the reason`; empty for neither.
    given: String,
    /// The wording that a step gave it, once there was more than one.
    wording: Vec<Change>,
    /// The reason likewise, as it was typed.
    argument: String,
}

impl Step {
    fn new(sentence: String, when: When) -> Self {
        let (who, reason, given) = (String::new(), String::new(), String::new());
        Self { sentence, who, reason, when, given, wording: Vec::new(), argument: String::new() }
    }
}

/// The amendment of the address, of a text that is the asker's to read.
///
/// # Errors
/// `NotFound` otherwise.
pub fn find_amendment(cx: &Cx, conn: &mut DbConn) -> Result<(Recommendation, Amendment), WebError> {
    let own = find(cx, conn)?;
    let number: i32 = cx.param_as("number")?;
    let found = store::amendments::find(conn, own.id, number)?.ok_or(WebError::NotFound)?;
    Ok((own, found))
}

/// What a compromise names, or what fell to it: address, name, proposer.
///
/// # Errors
/// When the database cannot be read.
pub fn falls_of(
    conn: &mut DbConn,
    reference: &str,
    own: &Amendment,
) -> Result<Vec<(String, String, String)>, WebError> {
    if !own.compromise {
        return Ok(Vec::new());
    }
    let rows = if own.disposition.is_some() {
        store::amendments::list_fallen(conn, own.id)?
    } else {
        let named = store::amendments::list_falls(conn, &[own.id])?;
        let ids: Vec<AmendmentId> = named.into_iter().map(|(_, id)| id).collect();
        let mut rows = store::amendments::list_by_ids(conn, &ids)?;
        rows.retain(Amendment::is_unanswered);
        rows
    };
    let row = |row: Amendment| {
        let href = format!("/drafts/{reference}/amendments/{}", row.number);
        (href, row.name(), row.organisation_name)
    };
    Ok(rows.into_iter().map(row).collect())
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let actor = cx.actor()?;
    let page = cx.read(|conn| {
        let (own, amendment) = find_amendment(cx, conn)?;
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let spot = find_spot(&sections, &amendment.section, amendment.block);
        let reference = own.reference.as_str();
        let (place, place_href) =
            name_place(cx, &programme, reference, &amendment.section, spot.as_ref());
        let others = store::amendments::list_unanswered(conn, own.id)?;
        let one = std::slice::from_ref(&amendment);
        let card = Cards::load(cx, conn, reference, one)?.card(&amendment, &others);
        let rebases = store::rebases::list_of(conn, amendment.id, MOST_STEPS)?;
        let answers =
            store::decisions::list_of(conn, Subject::Amendment(amendment.id), MOST_STEPS)?;
        let anew = |step: &&Rebase| matches!(step.kind, RebaseKind::Adapted | RebaseKind::Reworded);
        let adapted = rebases.iter().rfind(anew);
        let adapted_at = adapted.map(|step| step.created_at);
        let rows = store::co_sponsors::list_of_many(conn, &[amendment.id])?;
        let own_row = rows.iter().find(|row| row.organisation == actor.organisation);
        let joined = own_row.is_some();
        let changed_since =
            own_row.filter(|_| amendment.is_unanswered()).map_or_else(String::new, |row| {
                let later = |step: &&Rebase| step.created_at > row.created_at;
                if rebases.iter().filter(later).any(|step| anew(&step)) {
                    fl!(l, "co-sponsor-reworded")
                } else if rebases.iter().filter(later).any(|step| step.reason.is_some()) {
                    fl!(l, "co-sponsor-reasoned")
                } else {
                    String::new()
                }
            });
        let sponsor = |row: store::co_sponsors::CoSponsor| Sponsor {
            organisation: row.organisation_name,
            who: row.account_name,
            when: When::date(cx.language, row.created_at),
            earlier: adapted_at.is_some_and(|at| row.created_at < at),
        };
        let open = allows(actor, Verb::CoSponsor, &own.object());
        let waits = amendment.is_unanswered();
        let ours = amendment.organisation == actor.organisation;
        let fell_to = match amendment.fell_to {
            Some(id) => store::amendments::list_by_ids(conn, &[id])?
                .first()
                .map(|row| (format!("/drafts/{reference}/amendments/{}", row.number), row.name())),
            None => None,
        };
        let changed = amendment.wording
            != amendment.applied_text.as_deref().unwrap_or(&amendment.text)
            || (amendment.original != amendment.base_text
                && amendment.verb != AmendmentVerb::Insert);
        let chairs = allows(actor, Verb::Dispose, &own.object());
        let title = format!("{} {}", fl!(l, "amendment-n", n = amendment.number), own.reference);
        let mine = amendment.author == actor.account;
        let (contest, contest_href) = contests::of_answer(cx, conn, &own, &amendment)?;
        Ok::<_, WebError>(ShowPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "amendments")?,
            place,
            place_href,
            gone: spot.is_none(),
            mine: mine && allows(actor, Verb::Adapt, &own.object()),
            may_reword: mine && may_reword(cx, &own, &amendment)?,
            deletes: amendment.verb == AmendmentVerb::Delete,
            changed_since,
            proposed: if changed {
                Change::new(amendment.verb, &amendment.original, &amendment.wording)
            } else {
                Vec::new()
            },
            before_revision: amendment.applied_in.map_or(1, |n| (n - 1).max(1)),
            falls: falls_of(conn, reference, &amendment)?,
            fell_to,
            sponsors: rows.into_iter().map(sponsor).collect(),
            organisation: actor.organisation_name.clone(),
            may_join: open && waits && !ours && !joined && !own.is_overdue(cx.now),
            may_leave: open && waits && joined,
            steps: steps(cx, &amendment, rebases, answers),
            may_dispose: chairs && waits,
            may_undo: chairs && may_undo(&own, &amendment),
            may_withdraw: mine && waits && allows(actor, Verb::Adapt, &own.object()),
            contest,
            contest_href,
            token: cx.form_token(),
            undo_token: cx.form_token(),
            withdraw_token: cx.form_token(),
            card,
        })
    })?;
    Reply::page(&page)
}

/// Whether the answer can be taken back: one that changed the text, only while
/// no later revision stands on it.
#[must_use]
pub fn may_undo(own: &Recommendation, amendment: &Amendment) -> bool {
    amendment.disposition.is_some()
        && amendment.applied_in.is_none_or(|revision| revision == own.revision)
}

/// Whether an amendment that fits can still be given other words or another
/// reason by its proposer: while there is time to propose.
///
/// # Errors
/// `NotFound` for who is not signed in.
pub fn may_reword(cx: &Cx, own: &Recommendation, of: &Amendment) -> Result<bool, WebError> {
    Ok(of.state() == AmendmentState::Waiting
        && allows(cx.actor()?, Verb::Amend, &own.object())
        && !own.is_overdue(cx.now))
}

/// Both kinds of steps in the order of time.
fn steps(cx: &Cx, own: &Amendment, rebases: Vec<Rebase>, answers: Vec<Decision>) -> Vec<Step> {
    let l = cx.l();
    let gives = |step: &Rebase| {
        use RebaseKind::{Adapted, Proposed, Reworded};
        matches!(step.kind, Proposed | Adapted | Reworded)
    };
    let several = rebases.iter().filter(|step| gives(step)).count() > 1;
    let reasons = rebases.iter().filter(|step| step.reason.is_some()).count() > 1;
    let mut steps: Vec<(crate::domain::Instant, Step)> = Vec::new();
    for step in rebases {
        let n = step.revision;
        let sentence = match step.kind {
            RebaseKind::Proposed => fl!(l, "step-proposed", n = n),
            RebaseKind::Rebased => fl!(l, "step-rebased", n = n),
            RebaseKind::Stale => fl!(l, "step-stale", n = n),
            RebaseKind::Adapted => fl!(l, "step-adapted", n = n),
            RebaseKind::Reworded => fl!(l, "step-reworded", n = n),
            RebaseKind::Reasoned => fl!(l, "step-reasoned", n = n),
            RebaseKind::Restored => fl!(l, "step-restored", n = n),
        };
        let mut shown = Step::new(sentence, When::time(cx.language, step.created_at));
        if several && gives(&step) {
            shown.wording = Change::new(own.verb, &step.base_text, &step.text);
        }
        shown.argument = step.reason.filter(|_| reasons).unwrap_or_default();
        shown.given = match (shown.wording.is_empty(), shown.argument.is_empty()) {
            (true, true) => String::new(),
            (false, true) => fl!(l, "step-wording"),
            (true, false) => fl!(l, "step-reason"),
            (false, false) => fl!(l, "step-wording-and-reason"),
        };
        steps.push((step.created_at, shown));
    }
    for answer in answers {
        let disposition = i18n::message(l, &format!("disposition-{}", answer.disposition));
        let sentence = fl!(l, "step-answered", disposition = disposition);
        let mut shown = Step::new(sentence, When::time(cx.language, answer.created_at));
        (shown.who, shown.reason) = (answer.account_name, answer.reason);
        steps.push((answer.created_at, shown));
        if let Some(at) = answer.undone_at {
            let when = When::time(cx.language, at);
            steps.push((at, Step::new(fl!(l, "step-undone"), when)));
        }
    }
    steps.sort_by_key(|(at, _)| *at);
    steps.into_iter().map(|(_, step)| step).collect()
}

/// A form with nothing but its tokens; its page then.
fn simple(
    cx: &Cx,
    done: &str,
    verb: impl FnOnce(&mut DbConn, &str, i32) -> Result<(), crate::actions::ActionError>,
) -> Answer {
    let number: i32 = cx.param_as("number")?;
    let mut form = cx.form();
    let once = form.take("once");
    form.finish()?;
    let reference = cx.param("reference");
    Ok(cx.once(&once, |conn| {
        verb(conn, reference, number)?;
        Ok(format!("/drafts/{reference}/amendments/{number}?done={done}"))
    })?)
}

pub fn withdraw(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    simple(cx, "amendment-withdrawn", |conn, reference, number| {
        amendments::withdraw(conn, actor, reference, number, cx.now)
    })
}

pub fn co_sponsor(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    simple(cx, "co-sponsored", |conn, reference, number| {
        co_sponsors::join(conn, actor, reference, number, cx.now)
    })
}

pub fn leave_co_sponsors(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    simple(cx, "co-sponsor-left", |conn, reference, number| {
        co_sponsors::leave(conn, actor, reference, number, cx.now)
    })
}
