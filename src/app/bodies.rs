//! Bodies of drafts' pages: made once for all readers who see the same, and
//! made anew when anything that is shown in them has changed.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;

use crate::domain::Instant;
use crate::domain::ids::{AccountId, RecommendationId};
use crate::domain::language::Language;
use crate::domain::recommendation::Recommendation;

/// What a body was made of. All of it is read before the rest, so that a body
/// is never older than this says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its number of changes rises with all that is said but new comments.
    pub of: Recommendation,
    /// Comments and replies.
    pub comments: i64,
    /// The version of names: tracks, audiences, organisations, people.
    pub programme: i64,
}

/// What makes one reader's body differ from another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct View {
    pub language: Language,
    /// Comment, dispose, contest, withdraw, amend.
    pub may: [bool; 5],
    pub overdue: bool,
}

/// A body, and who has written in it: they are shown what they can do with it,
/// and so have bodies of their own.
#[derive(Debug)]
pub struct Body {
    pub html: String,
    pub authors: HashSet<AccountId>,
}

/// Bodies by text.
#[derive(Debug, Default)]
pub struct BodyCache(Mutex<Texts>);

#[derive(Debug, Default)]
struct Texts {
    kept: HashMap<RecommendationId, Text>,
    /// Of all bodies together.
    bytes: usize,
}

#[derive(Debug)]
struct Text {
    made: Made,
    /// Of the newest body.
    authors: HashSet<AccountId>,
    views: HashMap<(View, Option<AccountId>), (Instant, Arc<Body>)>,
}

/// Bytes of HTML that are kept.
const MOST_BYTES: usize = 16 << 20;

/// What changes with the hour alone, such as until when an answer may be
/// contested, may stand for so long.
const KEPT_FOR: TimeDelta = TimeDelta::seconds(60);

impl BodyCache {
    /// The body of this text for a reader.
    #[must_use]
    pub fn get(
        &self,
        made: &Made,
        view: View,
        reader: AccountId,
        now: Instant,
    ) -> Option<Arc<Body>> {
        let texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = texts.kept.get(&made.of.id).filter(|text| text.made == *made)?;
        let own = text.authors.contains(&reader).then_some(reader);
        let (at, body) = text.views.get(&(view, own))?;
        (now - *at < KEPT_FOR).then(|| Arc::clone(body))
    }

    /// Forgets every body; what is asked for next is made anew.
    pub fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Texts::default();
    }

    /// Keeps a body made for this reader.
    pub fn put(&self, made: Made, view: View, reader: AccountId, body: Arc<Body>, now: Instant) {
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if texts.bytes + body.html.len() > MOST_BYTES {
            *texts = Texts::default();
        }
        let Texts { kept, bytes } = &mut *texts;
        let text = kept.entry(made.of.id).or_insert_with(|| Text::new(made.clone(), &body));
        if text.made != made {
            *bytes -= text.views.values().map(|(_, own)| own.html.len()).sum::<usize>();
            *text = Text::new(made, &body);
        }
        *bytes += body.html.len();
        let own = text.authors.contains(&reader).then_some(reader);
        if let Some((_, old)) = text.views.insert((view, own), (now, body)) {
            *bytes -= old.html.len();
        }
    }
}

impl Text {
    fn new(made: Made, body: &Body) -> Self {
        Self { made, authors: body.authors.clone(), views: HashMap::new() }
    }
}
