//! Every story, step by step in the order of time, through the actions.

use std::collections::HashMap;

use chrono::TimeDelta;

use super::amendments::Amendment;
use super::calendar::Calendar;
use super::cast::People;
use super::meetings::{EDITION, Meetings, Workshop};
use super::story::{Comment, End, Story};
use super::{DemoError, Result};
use crate::actions::comments::{self, Target};
use crate::actions::{ActionError, contests, dispositions, editions, recommendations, workshops};
use crate::domain::Instant;
use crate::domain::comment::{NewAnswer, NewComment, Words};
use crate::domain::fault::Faults;
use crate::domain::ids::{CommentId, ContestId, WorkshopId};
use crate::domain::programme::Programme;
use crate::domain::workshop::NewWorkshop;
use crate::store::DbConn;

/// Times of day, UTC: what happens on one day happens in this order.
mod hour {
    pub const REVISED: i64 = 6;
    pub const CREATED: i64 = 7;
    pub const OPENED: i64 = 8;
    pub const COMMENTED: i64 = 10;
    pub const AMENDED: i64 = 11;
    pub const CO_SPONSORED: i64 = 12;
    pub const TAKEN_BACK: i64 = 12;
    pub const CONTESTED: i64 = 13;
    pub const REPLIED: i64 = 14;
    pub const ANSWERED: i64 = 16;
    pub const CONTEST_ANSWERED: i64 = 16;
    pub const DEADLINE: i64 = 17;
    pub const CLOSED: i64 = 18;
}

/// What happens at one instant; numbers are places in lists.
#[derive(Clone, Copy)]
enum Step {
    Workshop(usize),
    Create(usize),
    Open(usize),
    Revise(usize, usize),
    Comment(usize, usize),
    Reply(usize, usize, usize),
    Answer(usize, usize),
    Amend(usize, usize),
    CoSponsor(usize, usize),
    Decide(usize, usize),
    TakeBack(usize, usize),
    Contest(usize, usize),
    AnswerContest(usize, usize),
    Close(usize),
    Publish,
}

/// What is needed to carry out a step, and what earlier steps made.
struct Stage<'a> {
    programme: &'a Programme,
    people: &'a People,
    meetings: &'a Meetings,
    stories: &'a [Story<'a>],
    calendar: &'a Calendar,
    workshops: HashMap<&'a str, WorkshopId>,
    comments: HashMap<(usize, usize), CommentId>,
    /// Numbers of the amendments.
    amendments: HashMap<(usize, usize), i32>,
    contests: HashMap<(usize, usize), ContestId>,
    /// The current revision of each story.
    revisions: Vec<i32>,
}

/// Plays everything.
pub fn play(
    conn: &mut DbConn,
    programme: &Programme,
    people: &People,
    meetings: &Meetings,
    stories: &[Story<'_>],
    calendar: &Calendar,
) -> Result<()> {
    let mut steps = steps(meetings, stories, calendar)?;
    steps.sort_by_key(|(at, _)| *at);
    let mut stage = Stage {
        programme,
        people,
        meetings,
        stories,
        calendar,
        workshops: HashMap::new(),
        comments: HashMap::new(),
        amendments: HashMap::new(),
        contests: HashMap::new(),
        revisions: vec![0; stories.len()],
    };
    for (at, step) in steps {
        stage.carry_out(conn, step, at)?;
    }
    Ok(())
}

fn steps(
    meetings: &Meetings,
    stories: &[Story<'_>],
    calendar: &Calendar,
) -> Result<Vec<(Instant, Step)>> {
    let mut steps = Vec::new();
    for (workshop, index) in meetings.workshops.iter().zip(0..) {
        // Announced a month ahead, at the earliest when the platform was new.
        let announced = (workshop.days - 30).clamp(-100, -3);
        steps.push((calendar.at(announced, 9, index), Step::Workshop(index)));
    }
    for (story, index) in stories.iter().zip(0..) {
        for (at, step) in steps_of(story, index, calendar) {
            if !calendar.is_past(at) {
                return Err(DemoError::new(&story.file, "something happens today or later"));
            }
            steps.push((at, step));
        }
    }
    steps.push((calendar.at(meetings.edition.days, 12, 0), Step::Publish));
    Ok(steps)
}

fn steps_of(story: &Story<'_>, index: usize, calendar: &Calendar) -> Vec<(Instant, Step)> {
    let plot = &story.plot;
    let mut seed = index * 100;
    let mut at = |days, hour| {
        seed += 1;
        calendar.at(days, hour, seed)
    };
    let mut steps = vec![(at(plot.days, hour::CREATED), Step::Create(index))];
    if plot.stage != End::Draft {
        steps.push((at(plot.days + 1, hour::OPENED), Step::Open(index)));
    }
    for (revision, n) in plot.revisions.iter().zip(0..) {
        steps.push((at(revision.days, hour::REVISED), Step::Revise(index, n)));
    }
    for (comment, n) in plot.comments.iter().zip(0..) {
        steps.push((at(comment.days, hour::COMMENTED), Step::Comment(index, n)));
        for (reply, r) in comment.replies.iter().zip(0_usize..) {
            // Replies of one day come one after another.
            let later = TimeDelta::minutes(i64::try_from(r * 40).unwrap_or(0));
            let replied = calendar.at(reply.days, hour::REPLIED, index * 7 + n) + later;
            steps.push((replied, Step::Reply(index, n, r)));
        }
        if let Some(days) = comment.answered_days {
            steps.push((at(days, hour::ANSWERED), Step::Answer(index, n)));
        }
        if let Some(days) = comment.withdrawn_days {
            steps.push((at(days, hour::TAKEN_BACK), Step::TakeBack(index, n)));
        }
        if let Some(contest) = &comment.contest {
            steps.push((at(contest.days, hour::CONTESTED), Step::Contest(index, n)));
            if let Some(days) = contest.answered_days {
                steps.push((at(days, hour::CONTEST_ANSWERED), Step::AnswerContest(index, n)));
            }
        }
    }
    for (own, n) in plot.amendments.iter().zip(0..) {
        // Those of one day come one after another.
        let later = TimeDelta::minutes(i64::try_from(n * 5).unwrap_or(0));
        steps.push((calendar.at(own.days, hour::AMENDED, index) + later, Step::Amend(index, n)));
        let joined = calendar.at(own.days, hour::CO_SPONSORED, index) + later;
        steps.push((joined, Step::CoSponsor(index, n)));
        if let Some(days) = own.answered_days {
            steps.push((at(days, hour::ANSWERED), Step::Decide(index, n)));
        }
    }
    if let Some(days) = plot.agreed_days.or(plot.closed_days) {
        steps.push((at(days, hour::CLOSED), Step::Close(index)));
    }
    steps
}

impl<'a> Stage<'a> {
    fn carry_out(&mut self, conn: &mut DbConn, step: Step, at: Instant) -> Result<()> {
        match step {
            Step::Workshop(index) => self.announce(conn, &self.meetings.workshops[index], at),
            Step::Create(index) => self.create(conn, index, at),
            Step::Open(index) => self.open(conn, index, at),
            Step::Revise(index, n) => self.revise(conn, index, n, at),
            Step::Comment(index, n) => self.comment(conn, index, n, at),
            Step::Reply(index, n, r) => self.reply(conn, index, n, r, at),
            Step::Answer(index, n) => self.answer(conn, index, n, at),
            Step::Amend(index, n) => self.amend(conn, index, n, at),
            Step::CoSponsor(index, n) => {
                let (story, own) = self.amendment(index, n);
                own.co_sponsor(conn, story, self.people, self.number(index, n), at)
            }
            Step::Decide(index, n) => self.decide(conn, index, n, at),
            Step::TakeBack(index, n) => self.take_back(conn, index, n, at),
            Step::Contest(index, n) => self.contest(conn, index, n, at),
            Step::AnswerContest(index, n) => self.answer_contest(conn, index, n, at),
            Step::Close(index) => self.close(conn, index, at),
            Step::Publish => self.publish(conn, at),
        }
    }

    fn announce(&mut self, conn: &mut DbConn, workshop: &'a Workshop, at: Instant) -> Result<()> {
        let convener = self.people.convener()?;
        let form = workshop.form(self.calendar)?;
        let new = NewWorkshop::parse(&form, self.programme)
            .map_err(|faults| workshop.fault(format!("{faults:?}")))?;
        let slug = Some(workshop.slug.as_str());
        let made = workshops::create(conn, convener, self.programme, &new, slug, at)
            .map_err(|refusal| workshop.fault(format!("{refusal:?}")))?;
        self.workshops.insert(&workshop.slug, made.id);
        Ok(())
    }

    fn create(&mut self, conn: &mut DbConn, index: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let plot = &story.plot;
        let workshop = self.workshops.get(plot.workshop.as_str()).copied();
        if workshop.is_none() {
            return Err(DemoError::new(&story.file, format!("no workshop {}", plot.workshop)));
        }
        let (draft, rendered) = &story.texts[0];
        let author = self.people.find(&story.file, &plot.author)?;
        let made =
            recommendations::create(conn, author, story.track, draft, rendered, workshop, at)
                .map_err(|refusal| fault(story, "creating", &refusal))?;
        if made.reference != story.reference {
            let reason = format!("comes out as {}: number in the order of days", made.reference);
            return Err(DemoError::new(&story.file, reason));
        }
        self.revisions[index] = 1;
        Ok(())
    }

    fn open(&self, conn: &mut DbConn, index: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let plot = &story.plot;
        let closes = plot.closes.or(plot.agreed_days).or(plot.closed_days);
        let closes = closes.ok_or_else(|| DemoError::new(&story.file, "never closes"))?;
        let until = self.calendar.day(closes) + TimeDelta::hours(hour::DEADLINE);
        let chair = self.people.chair(story.track.id);
        let chair = chair.ok_or_else(|| DemoError::new(&story.file, "its track has no chair"))?;
        recommendations::open(conn, chair, &story.reference, until, at)
            .map_err(|refusal| fault(story, "opening", &refusal))
    }

    fn revise(&mut self, conn: &mut DbConn, index: usize, n: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let author = self.people.find(&story.file, &story.plot.revisions[n].author)?;
        let (draft, rendered) = &story.texts[n + 1];
        let base = self.revisions[index];
        self.revisions[index] = recommendations::revise(
            conn,
            author,
            self.programme,
            &story.reference,
            base,
            draft,
            rendered,
            at,
        )
        .map_err(|refusal| fault(story, "revising", &refusal))?;
        Ok(())
    }

    fn comment(&mut self, conn: &mut DbConn, index: usize, n: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let comment = &story.plot.comments[n];
        if comment.revision != self.revisions[index] {
            let reason = format!(
                "{} comments on revision {} when {} is the newest",
                comment.by, comment.revision, self.revisions[index]
            );
            return Err(DemoError::new(&story.file, reason));
        }
        let target = match &comment.quote {
            None => Target::Whole,
            Some(quote) => {
                let section = comment.section.clone();
                let position = story.block(comment.revision, &comment.section, quote)?;
                match &comment.words {
                    None => Target::Block { section, position },
                    Some(exact) => {
                        let words = Words { exact: exact.clone(), ..Words::default() };
                        Target::Words { section, position, words }
                    }
                }
            }
        };
        let author = self.people.find(&story.file, &comment.by)?;
        let new = NewComment::parse_whole(
            &comment.text,
            &comment.capacity,
            &comment.kind,
            &comment.proposed,
        )
        .map_err(|faults| DemoError::new(&story.file, format!("{faults:?}")))?;
        let id = comments::create(
            conn,
            author,
            self.programme,
            &story.reference,
            comment.revision,
            &target,
            &new,
            at,
        )
        .map_err(|refusal| fault(story, &about(comment), &refusal))?;
        self.comments.insert((index, n), id);
        Ok(())
    }

    fn reply(
        &self,
        conn: &mut DbConn,
        index: usize,
        n: usize,
        r: usize,
        at: Instant,
    ) -> Result<()> {
        let story = &self.stories[index];
        let comment = &story.plot.comments[n];
        let reply = &comment.replies[r];
        let author = self.people.find(&story.file, &reply.by)?;
        let new = parse_comment(story, &reply.text, &reply.capacity)?;
        let parent = self.made(story, index, n)?;
        comments::reply(conn, author, self.programme, &story.reference, parent, &new, at)
            .map(drop)
            .map_err(|refusal| fault(story, &format!("reply to {}", about(comment)), &refusal))
    }

    fn answer(&self, conn: &mut DbConn, index: usize, n: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let comment = &story.plot.comments[n];
        let chair = comment.answered_by.as_deref().unwrap_or_default();
        let chair = self.people.find(&story.file, chair)?;
        let id = self.made(story, index, n)?;
        let disposition = comment.disposition.as_deref().unwrap_or_default();
        let reason = comment.reason.as_deref().unwrap_or_default();
        NewAnswer::parse(disposition, reason, "")
            .map_err(ActionError::Faults)
            .and_then(|answer| {
                dispositions::dispose(conn, chair, &story.reference, id, &answer, None, at)
            })
            .map_err(|refusal| fault(story, &format!("answer to {}", about(comment)), &refusal))
    }

    fn amendment(&self, index: usize, n: usize) -> (&'a Story<'a>, &'a Amendment) {
        let story = &self.stories[index];
        (story, &story.plot.amendments[n])
    }

    fn number(&self, index: usize, n: usize) -> i32 {
        self.amendments.get(&(index, n)).copied().unwrap_or(0)
    }

    fn amend(&mut self, conn: &mut DbConn, index: usize, n: usize, at: Instant) -> Result<()> {
        let (story, own) = self.amendment(index, n);
        let number = own.propose(conn, story, self.people, self.programme, at)?;
        self.amendments.insert((index, n), number);
        Ok(())
    }

    fn decide(&mut self, conn: &mut DbConn, index: usize, n: usize, at: Instant) -> Result<()> {
        let (story, own) = self.amendment(index, n);
        let number = self.number(index, n);
        let made = own.answer(conn, story, self.people, self.programme, number, at)?;
        self.revisions[index] = made.unwrap_or(self.revisions[index]);
        Ok(())
    }

    fn take_back(&self, conn: &mut DbConn, index: usize, n: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let comment = &story.plot.comments[n];
        let author = self.people.find(&story.file, &comment.by)?;
        let id = self.made(story, index, n)?;
        comments::withdraw(conn, author, &story.reference, id, at)
            .map_err(|refusal| fault(story, &format!("taking back {}", about(comment)), &refusal))
    }

    fn contest(&mut self, conn: &mut DbConn, index: usize, n: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let comment = &story.plot.comments[n];
        let Some(contest) = &comment.contest else { return Ok(()) };
        let author = self.people.find(&story.file, &comment.by)?;
        let id = self.made(story, index, n)?;
        let id = contests::contest_comment(conn, author, &story.reference, id, &contest.text, at)
            .map_err(|refusal| {
            fault(story, &format!("contest of {}", about(comment)), &refusal)
        })?;
        self.contests.insert((index, n), id);
        Ok(())
    }

    fn answer_contest(&self, conn: &mut DbConn, index: usize, n: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let contest = story.plot.comments[n].contest.as_ref();
        let (Some(contest), Some(id)) = (contest, self.contests.get(&(index, n))) else {
            return Err(DemoError::new(&story.file, "answered before it was contested"));
        };
        let chair =
            self.people.find(&story.file, contest.answered_by.as_deref().unwrap_or_default())?;
        let answer = contest.answer.as_deref().unwrap_or_default();
        contests::answer(conn, chair, &story.reference, *id, answer, at)
            .map_err(|refusal| fault(story, "answering a contest", &refusal))
    }

    /// The end of the story: agreed or withdrawn.
    fn close(&self, conn: &mut DbConn, index: usize, at: Instant) -> Result<()> {
        let story = &self.stories[index];
        let plot = &story.plot;
        let chair = plot.agreed_by.as_deref().or(plot.by.as_deref()).unwrap_or_default();
        let chair = self.people.find(&story.file, chair)?;
        let reference = &story.reference;
        match plot.stage {
            End::Agreed => {
                recommendations::agree(conn, chair, reference, self.revisions[index], at)
            }
            End::Withdrawn => {
                let reason = plot.reason.as_deref().unwrap_or_default();
                recommendations::withdraw(conn, chair, reference, reason, at)
            }
            End::Draft | End::Open => {
                return Err(DemoError::new(&story.file, "ends although it is not at an end"));
            }
        }
        .map_err(|refusal| fault(story, "closing", &refusal))
    }

    fn publish(&self, conn: &mut DbConn, at: Instant) -> Result<()> {
        let edition = &self.meetings.edition;
        let mut picks = Vec::new();
        for track in &edition.tracks {
            let own = self.stories.iter().filter(|story| story.track.slug == *track);
            let picked = own.filter(|story| story.plot.in_edition);
            picks.extend(picked.map(|story| story.reference.clone()));
        }
        let convener = self.people.convener()?;
        let begun = at - TimeDelta::hours(26);
        editions::create(conn, convener, begun)
            .and_then(|id| {
                let changed = begun + TimeDelta::hours(2);
                editions::change(conn, convener, id, &edition.foreword, &picks, changed)?;
                editions::publish(conn, convener, self.programme, id, false, at)
            })
            .map(drop)
            .map_err(|refusal| DemoError::new(EDITION, format!("{refusal:?}")))
    }

    fn made(&self, story: &Story<'_>, index: usize, n: usize) -> Result<CommentId> {
        let found = self.comments.get(&(index, n)).copied();
        found.ok_or_else(|| DemoError::new(&story.file, "answered before it was said"))
    }
}

fn parse_comment(story: &Story<'_>, text: &str, capacity: &str) -> Result<NewComment> {
    NewComment::parse(text, capacity)
        .map_err(|faults: Faults| DemoError::new(&story.file, format!("{faults:?}")))
}

fn about(comment: &Comment) -> String {
    format!("comment of {} on day {}", comment.by, comment.days)
}

fn fault(story: &Story<'_>, what: &str, refusal: &ActionError) -> DemoError {
    DemoError::new(&story.file, format!("{what}: {refusal:?}"))
}
