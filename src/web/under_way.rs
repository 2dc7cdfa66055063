//! What the public may know of work under way: numbers and deadlines.

use super::cx::Cx;
use super::error::WebError;
use super::page::When;
use super::track_label::TrackLabel;
use crate::domain::Instant;
use crate::domain::ids::TrackId;
use crate::domain::programme::Programme;
use crate::domain::stage::Stage;
use crate::store::recommendations::UnderWay as Text;
use crate::store::{self, DbConn};

/// Every track with what is being written in it.
pub struct UnderWay {
    pub rows: Vec<UnderWayRow>,
    /// When the first of these numbers stops being true.
    pub until: Option<Instant>,
}

pub struct UnderWayRow {
    pub id: TrackId,
    pub track: TrackLabel,
    pub href: String,
    pub open: usize,
    /// Drafts, and texts whose time for comments is over.
    pub drafting: usize,
    /// The next deadline, and the last one when that is another.
    pub next: Option<When>,
    pub last: Option<When>,
}

impl UnderWay {
    /// # Errors
    /// When the database cannot be read.
    pub fn read(cx: &Cx, conn: &mut DbConn, programme: &Programme) -> Result<Self, WebError> {
        let texts = store::recommendations::list_under_way(conn)?;
        let open = |text: &Text| {
            let until = text.comments_until.filter(|until| *until > cx.now);
            until.filter(|_| text.stage == Stage::Open)
        };
        let row = |track: &crate::domain::programme::Track| {
            let own: Vec<&Text> = texts.iter().filter(|text| text.track == track.id).collect();
            let deadlines: Vec<Instant> = own.iter().filter_map(|text| open(text)).collect();
            let next = deadlines.iter().min().copied();
            let last = deadlines.iter().max().copied().filter(|last| Some(*last) != next);
            let when = |at| When::time(cx.language, at);
            UnderWayRow {
                id: track.id,
                track: TrackLabel::new(track, cx.language),
                href: format!("/{}/tracks/{}", cx.language, track.slug),
                open: deadlines.len(),
                drafting: own.len() - deadlines.len(),
                next: next.map(when),
                last: last.map(when),
            }
        };
        Ok(Self {
            rows: programme.tracks.iter().map(row).collect(),
            until: texts.iter().filter_map(open).min(),
        })
    }

    #[must_use]
    pub fn open(&self) -> usize {
        self.rows.iter().map(|row| row.open).sum()
    }

    #[must_use]
    pub fn drafting(&self) -> usize {
        self.rows.iter().map(|row| row.drafting).sum()
    }
}

/// The earlier of two instants at which a page stops being true.
#[must_use]
pub fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}
