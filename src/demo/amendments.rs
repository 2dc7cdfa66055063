//! Amendments of a story: proposed, co-sponsored, answered.

use serde::Deserialize;

use super::cast::People;
use super::story::Story;
use super::{DemoError, Result};
use crate::actions::amendments::{self, Place};
use crate::actions::decisions::{self, AnswerForm};
use crate::actions::{ActionError, co_sponsors};
use crate::domain::Instant;
use crate::domain::amendment::{AmendmentVerb, NewAmendment};
use crate::domain::programme::Programme;
use crate::markdown;
use crate::store::{self, DbConn};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    pub by: String,
    capacity: String,
    pub days: i64,
    section: String,
    /// How the paragraph begins, in Markdown.
    quote: String,
    /// `replace`, `insert` or `delete`.
    verb: String,
    /// Of a replacement: the words to change, and what they become.
    #[serde(default)]
    from: String,
    /// The new words; of an insertion, all of it.
    #[serde(default)]
    to: String,
    reason: String,
    #[serde(default)]
    pub co_sponsors: Vec<String>,
    disposition: Option<String>,
    answer: Option<String>,
    answered_by: Option<String>,
    pub answered_days: Option<i64>,
}

impl Amendment {
    fn fault(&self, story: &Story<'_>, what: impl std::fmt::Debug) -> DemoError {
        DemoError::new(&story.file, format!("amendment of {}: {what:?}", self.by))
    }

    /// Proposes it on the text as it is; answers its number.
    pub fn propose(
        &self,
        conn: &mut DbConn,
        story: &Story<'_>,
        people: &People,
        programme: &Programme,
        at: Instant,
    ) -> Result<i32> {
        let own = store::recommendations::find_by_reference(conn, &story.reference)?
            .ok_or_else(|| self.fault(story, "no text yet"))?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let section = sections.iter().find(|section| section.kind == self.section);
        let section = section.ok_or_else(|| self.fault(story, "no such section"))?;
        let source = |at: usize| markdown::source_of(&section.body, at).unwrap_or_default();
        let mut found =
            (0..section.blocks.0.len()).filter(|at| source(*at).starts_with(&self.quote));
        let (Some(index), None) = (found.next(), found.next()) else {
            return Err(self.fault(story, "not one paragraph begins so"));
        };
        let source = source(index);
        let verb = AmendmentVerb::from_text(&self.verb);
        let verb = verb.ok_or_else(|| self.fault(story, "no such verb"))?;
        let wording = match verb {
            AmendmentVerb::Replace if source.matches(&self.from).count() != 1 => {
                return Err(self.fault(story, "the words to change are not there once"));
            }
            AmendmentVerb::Replace => source.replace(&self.from, &self.to),
            AmendmentVerb::Insert | AmendmentVerb::Delete => self.to.clone(),
        };
        let new = NewAmendment::parse(verb, &source, &wording, &self.reason, &self.capacity)
            .map_err(|faults| self.fault(story, faults))?;
        let place = Place {
            revision: own.revision,
            section: self.section.clone(),
            block: section.blocks.at(index + 1),
        };
        let author = people.find(&story.file, &self.by)?;
        amendments::propose(conn, author, programme, &story.reference, &place, &new, at)
            .map_err(|refusal| self.fault(story, refusal))
    }

    /// Its co-sponsors put their names to it.
    pub fn co_sponsor(
        &self,
        conn: &mut DbConn,
        story: &Story<'_>,
        people: &People,
        number: i32,
        at: Instant,
    ) -> Result<()> {
        for name in &self.co_sponsors {
            let who = people.find(&story.file, name)?;
            co_sponsors::join(conn, who, &story.reference, number, at)
                .map_err(|refusal| self.fault(story, refusal))?;
        }
        Ok(())
    }

    /// The chair's answer; the revision it made, if it made one.
    pub fn answer(
        &self,
        conn: &mut DbConn,
        story: &Story<'_>,
        people: &People,
        programme: &Programme,
        number: i32,
        at: Instant,
    ) -> Result<Option<i32>> {
        let chair = self.answered_by.as_deref().unwrap_or_default();
        let chair = people.find(&story.file, chair)?;
        let own = store::recommendations::find_by_reference(conn, &story.reference)?
            .ok_or_else(|| self.fault(story, ActionError::NotFound))?;
        let form = AnswerForm {
            disposition: self.disposition.clone().unwrap_or_default(),
            reason: self.answer.clone().unwrap_or_default(),
            text: String::new(),
            revision: own.revision,
            seen: String::new(),
        };
        decisions::dispose(conn, chair, programme, &story.reference, number, &form, at)
            .map_err(|refusal| self.fault(story, refusal))
    }
}
