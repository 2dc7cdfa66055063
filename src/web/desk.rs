//! A member's home: what waits for them, since when, and by when.

use askama::Template;
use chrono::TimeDelta;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::page::{Chrome, When};
use super::track_label::TrackLabel;
use super::working_copies::{KeptRow, list_kept};
use super::workshops::Hours;
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::ids::{RecommendationId, TrackId};
use crate::domain::permission::{Object, Verb, allows};
use crate::domain::programme::Programme;
use crate::domain::role::Role;
use crate::domain::stage::Stage;
use crate::i18n::{self, Loader, format};
use crate::markdown;
use crate::store::amendments::Amendment;
use crate::store::desk::{self, UnderWay};
use crate::store::{self, DbConn};

/// Texts under way that are looked through, and rows shown of each kind.
const MOST_READ: i64 = 500;
const MOST_SHOWN: usize = 10;
/// Amendments of one's own that no longer fit.
const STALE: i64 = 50;
/// What is due within this time is soon.
const SOON: TimeDelta = TimeDelta::days(3);
/// How much of a reply or a reason is quoted, in characters.
const EXCERPT: usize = 160;

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    name: String,
    organisation: String,
    roles: Vec<String>,
    tasks: Vec<Task>,
    /// What they typed and have not saved.
    kept: Vec<KeptRow>,
    /// How much waits in the work queue.
    queue: usize,
    open: Vec<TextRow>,
    drafts: Vec<TextRow>,
    creates: bool,
    words: Vec<WordRow>,
    workshops: Vec<WorkshopRow>,
    /// The current edition, to read when nothing waits.
    edition: Option<i32>,
    convening: Option<Convening>,
}

/// Something that waits for this person.
struct Task {
    title: String,
    href: String,
    /// The text's own title.
    text: String,
    why: String,
    due: String,
    /// What the task waits for; nothing is later than any time.
    at: Option<Instant>,
    late: bool,
    soon: bool,
}

struct TextRow {
    label: Option<TrackLabel>,
    reference: String,
    title: String,
    note: String,
    until: Option<When>,
    overdue: bool,
    stage: Stage,
    stage_name: String,
}

/// A reply to one's comment, or the chair's answer.
struct WordRow {
    at: Instant,
    when: When,
    href: String,
    reference: String,
    /// Who replied; `None` for an answer.
    who: Option<String>,
    disposition: String,
    excerpt: String,
}

struct WorkshopRow {
    label: Option<TrackLabel>,
    href: String,
    title: String,
    hours: Hours,
}

/// What waits for the secretariat beside it all.
struct Convening {
    invitations: i64,
    /// Id and day it was begun.
    editions: Vec<(i64, String)>,
}

pub fn show(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let page = cx.read(|conn| page(cx, conn, actor))?;
    Reply::page(&page)
}

fn page<'a>(cx: &'a Cx, conn: &mut DbConn, actor: &Actor) -> Result<DeskPage<'a>, WebError> {
    let l = cx.l();
    let chrome = cx.chrome(conn, &fl!(l, "nav-desk"))?.in_section("desk");
    let programme = cx.programme(conn)?;
    let chaired = store::accounts::chaired_tracks(conn)?;
    let desk = Desk { cx, l, actor, programme: &programme, chaired };
    let seen = desk.tracks(|track| actor.sees(track));
    let texts = desk::list_under_way(conn, &seen, MOST_READ)?;
    let ids: Vec<RecommendationId> = texts.iter().map(|text| text.id).collect();
    let commented = desk::list_commented(conn, actor.account, &ids)?;
    let chaired = desk.tracks(|track| desk.chairs(track));
    let waiting = store::comments::list_waiting(conn, &chaired)?;
    let proposed = store::amendments::list_waiting(conn, &chaired)?;
    let stale = store::amendments::list_stale_of(conn, actor.account, STALE)?;

    let mut tasks: Vec<Task> = Vec::new();
    for text in &texts {
        if let Some((_, since, n)) = waiting.iter().find(|(id, ..)| *id == text.id) {
            tasks.push(desk.answer(text, *since, *n));
        }
        if let Some((_, since, n)) = proposed.iter().find(|(id, ..)| *id == text.id) {
            tasks.push(desk.consolidate(text, *since, *n));
        }
        for own in stale.iter().filter(|own| own.recommendation == text.id) {
            tasks.push(desk.adapt(text, own));
        }
        if desk.is_overdue(text) && desk.chairs(text.track) {
            tasks.push(desk.close(text));
        }
        if desk.asks_comment(text) && !commented.contains(&text.id) {
            tasks.push(desk.comment(text));
        }
    }
    let never = Instant::MAX;
    tasks.sort_by_key(|task| (!task.late, task.at.unwrap_or(never)));

    let asked = |text: &UnderWay| desk.asks_comment(text) && !commented.contains(&text.id);
    let mut open: Vec<&UnderWay> =
        texts.iter().filter(|text| text.stage == Stage::Open && !asked(text)).collect();
    open.sort_by_key(|text| (desk.is_overdue(text), text.comments_until));
    let drafts: Vec<&UnderWay> = texts
        .iter()
        .filter(|text| text.stage == Stage::Draft && desk.allows(Verb::Revise, text))
        .collect();
    let creates = programme.tracks.iter().any(|track| {
        let has_chair = desk.chaired.contains(&track.id);
        allows(actor, Verb::Create, &Object { track: track.id, has_chair, stage: None })
    });
    let opens = |track, stage| {
        let has_chair = desk.chaired.contains(&track);
        allows(actor, Verb::Revise, &Object { track, has_chair, stage: Some(stage) })
    };
    let kept = list_kept(cx, conn, creates, opens)?;
    let noted = |text: &&UnderWay| {
        let mine = commented.contains(&text.id);
        if mine { fl!(l, "desk-commented") } else { String::new() }
    };
    let changed = |text: &&UnderWay| {
        let day = format::date(cx.language, text.updated_at);
        fl!(l, "desk-changed", revision = text.revision, day = day)
    };
    let rows = |of: Vec<&UnderWay>, note: &dyn Fn(&&UnderWay) -> String| {
        of.into_iter().take(MOST_SHOWN).map(|text| desk.row(text, note(&text))).collect()
    };
    Ok(DeskPage {
        l,
        chrome,
        name: actor.name.clone(),
        organisation: actor.organisation_name.clone(),
        roles: desk.roles(),
        open: rows(open, &noted),
        drafts: rows(drafts, &changed),
        tasks,
        kept,
        queue: super::queue::load(cx, conn)?.len(),
        creates,
        words: desk.words(conn)?,
        workshops: desk.workshops(conn, &seen)?,
        edition: store::editions::find_current(conn)?.and_then(|edition| edition.number),
        convening: desk.convening(conn)?,
    })
}

/// What every part of the page asks.
struct Desk<'a> {
    cx: &'a Cx,
    l: &'a Loader,
    actor: &'a Actor,
    programme: &'a Programme,
    /// Tracks that have a chair.
    chaired: Vec<TrackId>,
}

impl Desk<'_> {
    fn tracks(&self, wanted: impl Fn(TrackId) -> bool) -> Vec<TrackId> {
        let ids = self.programme.tracks.iter().map(|track| track.id);
        ids.filter(|track| wanted(*track)).collect()
    }

    /// As chair, or as secretariat where nobody is.
    fn chairs(&self, track: TrackId) -> bool {
        self.actor.role_in(track) == Some(Role::Chair) || self.acts(track)
    }

    fn acts(&self, track: TrackId) -> bool {
        self.actor.secretariat && !self.chaired.contains(&track)
    }

    fn allows(&self, verb: Verb, text: &UnderWay) -> bool {
        let has_chair = self.chaired.contains(&text.track);
        let object = Object { track: text.track, has_chair, stage: Some(text.stage) };
        allows(self.actor, verb, &object)
    }

    fn is_overdue(&self, text: &UnderWay) -> bool {
        text.stage == Stage::Open && text.comments_until.is_some_and(|until| until <= self.cx.now)
    }

    /// Chairs are asked to answer, not to comment.
    fn asks_comment(&self, text: &UnderWay) -> bool {
        text.stage == Stage::Open
            && !self.is_overdue(text)
            && !self.chairs(text.track)
            && self.allows(Verb::Comment, text)
    }

    fn track_name(&self, track: TrackId) -> String {
        let found = self.programme.track_by_id(track);
        found.map(|track| track.name(self.cx.language).text.to_owned()).unwrap_or_default()
    }

    /// `You chair Resilience.`
    fn chairing(&self, track: TrackId) -> String {
        let name = self.track_name(track);
        if self.acts(track) {
            fl!(self.l, "desk-acting", track = name)
        } else {
            fl!(self.l, "desk-chairing", track = name)
        }
    }

    fn answer(&self, text: &UnderWay, since: Option<Instant>, n: i64) -> Task {
        let reference = text.reference.clone();
        let since = since.unwrap_or(text.updated_at);
        let day = format::date(self.cx.language, since);
        let why = format!("{} {}", self.chairing(text.track), fl!(self.l, "desk-since", day = day));
        let mut task = self.task(text, "ledger", why);
        task.title = fl!(self.l, "desk-answer", n = n, reference = reference);
        // Drafts have no deadline: the oldest comment says which comes first.
        task.at = task.at.or(Some(since));
        task
    }

    /// A chair's: amendments that wait.
    fn consolidate(&self, text: &UnderWay, since: Option<Instant>, n: i64) -> Task {
        let since = since.unwrap_or(text.updated_at);
        let mut task = self.answer(text, Some(since), n);
        task.href = format!("/drafts/{}/consolidation", text.reference);
        task.title = fl!(self.l, "desk-amendments", n = n, reference = text.reference.clone());
        task
    }

    /// A proposer's: an amendment that no longer fits.
    fn adapt(&self, text: &UnderWay, own: &Amendment) -> Task {
        let mut task = self.task(text, "", fl!(self.l, "desk-amendment-stale-why"));
        task.href = format!("/drafts/{}/amendments/{}", text.reference, own.number);
        let reference = text.reference.clone();
        task.title = fl!(self.l, "desk-amendment-stale", name = own.name(), reference = reference);
        task.at = task.at.or(own.stale_at);
        task
    }

    fn close(&self, text: &UnderWay) -> Task {
        let mut task = self.task(text, "stage", self.chairing(text.track));
        task.title = fl!(self.l, "desk-close", reference = text.reference.clone());
        task
    }

    fn comment(&self, text: &UnderWay) -> Task {
        let why = fl!(self.l, "desk-comment-why", track = self.track_name(text.track));
        let mut task = self.task(text, "", why);
        task.title = fl!(self.l, "desk-comment", reference = text.reference.clone());
        task
    }

    fn task(&self, text: &UnderWay, part: &str, why: String) -> Task {
        let now = self.cx.now;
        let until = text.comments_until.filter(|_| text.stage == Stage::Open);
        let late = until.is_some_and(|until| until <= now);
        let due = match until {
            Some(until) if late => fl!(self.l, "desk-overdue", n = (now - until).num_days()),
            Some(until) => {
                let time = format!("{} UTC", format::date_time(self.cx.language, until));
                fl!(self.l, "desk-by", time = time)
            }
            None => String::new(),
        };
        let slash = if part.is_empty() { "" } else { "/" };
        Task {
            title: String::new(),
            href: format!("/drafts/{}{slash}{part}", text.reference),
            text: text.title.clone(),
            why,
            due,
            at: until,
            late,
            soon: !late && until.is_some_and(|until| until - now <= SOON),
        }
    }

    fn row(&self, text: &UnderWay, note: String) -> TextRow {
        TextRow {
            label: TrackLabel::find(self.programme, Some(text.track), self.cx.language),
            reference: text.reference.clone(),
            title: text.title.clone(),
            note,
            until: text.comments_until.map(|until| When::time(self.cx.language, until)),
            overdue: self.is_overdue(text),
            stage: text.stage,
            stage_name: i18n::message(self.l, &format!("stage-{}", text.stage)),
        }
    }

    /// `Resilience: Chair`, in the order of the programme.
    fn roles(&self) -> Vec<String> {
        let convening = self.actor.secretariat.then(|| i18n::message(self.l, "role-secretariat"));
        let held = self.programme.tracks.iter().filter_map(|track| {
            let role = self.actor.role_in(track.id)?;
            let role = i18n::message(self.l, &format!("role-{role}"));
            Some(format!("{}: {role}", self.track_name(track.id)))
        });
        convening.into_iter().chain(held).collect()
    }

    /// Replies to one's comments and answers to them, newest first, of the
    /// texts one still may see.
    fn words(&self, conn: &mut DbConn) -> Result<Vec<WordRow>, WebError> {
        let most = i64::try_from(MOST_SHOWN).unwrap_or(i64::MAX);
        let replies = store::comments::list_replies_to(conn, self.actor.account, most)?;
        let answers = store::comments::list_answered(conn, self.actor.account, most)?;
        let both = replies.iter().chain(&answers);
        let ids: Vec<RecommendationId> = both.map(|comment| comment.recommendation).collect();
        let titles = desk::list_titles(conn, &ids)?;
        let reference = |id: RecommendationId| {
            let found = titles.iter().find(|(own, ..)| *own == id)?;
            self.actor.sees(found.1).then(|| found.2.clone())
        };
        let row = |comment: &store::comments::Comment, answered: bool| {
            let at = comment.disposed_at.filter(|_| answered).unwrap_or(comment.created_at);
            let reference = reference(comment.recommendation)?;
            let words = if answered { comment.reason.as_deref() } else { Some(&*comment.body) };
            let disposition = comment.disposition.filter(|_| answered);
            let named = |word| i18n::message(self.l, &format!("disposition-{word}"));
            Some(WordRow {
                at,
                when: When::date(self.cx.language, at),
                href: format!("/drafts/{reference}#c{}", comment.id),
                reference,
                who: (!answered).then(|| comment.author_name.clone()),
                disposition: disposition.map(named).unwrap_or_default(),
                excerpt: excerpt(words.unwrap_or_default()),
            })
        };
        let mut rows: Vec<WordRow> = replies.iter().filter_map(|reply| row(reply, false)).collect();
        rows.extend(answers.iter().filter_map(|answer| row(answer, true)));
        rows.sort_by_key(|row| std::cmp::Reverse(row.at));
        rows.truncate(MOST_SHOWN);
        Ok(rows)
    }

    fn workshops(&self, conn: &mut DbConn, seen: &[TrackId]) -> Result<Vec<WorkshopRow>, WebError> {
        let (cx, l) = (self.cx, self.l);
        let coming = store::workshops::list_coming_of(conn, seen, cx.now, 5)?;
        let row = |workshop: &crate::domain::workshop::Workshop| WorkshopRow {
            label: TrackLabel::find(self.programme, Some(workshop.track), cx.language),
            href: format!("/{}/workshops/{}", cx.language, workshop.slug),
            title: workshop.title.clone(),
            hours: Hours::of(l, cx.language, workshop),
        };
        Ok(coming.iter().map(row).collect())
    }

    fn convening(&self, conn: &mut DbConn) -> Result<Option<Convening>, WebError> {
        if !self.actor.secretariat {
            return Ok(None);
        }
        let begun = |edition: crate::domain::edition::Edition| {
            (edition.id.0, format::date(self.cx.language, edition.created_at))
        };
        let mut editions = store::editions::list_unpublished(conn)?;
        editions.truncate(MOST_SHOWN);
        Ok(Some(Convening {
            invitations: store::invitations::count_waiting(conn, self.cx.now)?,
            editions: editions.into_iter().map(begun).collect(),
        }))
    }
}

/// The first words of a text, on one line.
pub fn excerpt(text: &str) -> String {
    let plain = markdown::plain(text);
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    let cut: String = line.chars().take(EXCERPT).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_between_words() {
        assert_eq!(excerpt("*Short*\n\nand plain\n"), "Short and plain");
        let long = excerpt(&"word ".repeat(100));
        assert!(long.ends_with("word …") && long.chars().count() <= EXCERPT + 2, "{long}");
        assert_eq!(excerpt(&"x".repeat(200)).chars().count(), EXCERPT + 2);
    }
}
