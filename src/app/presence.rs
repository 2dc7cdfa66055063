//! Who listens to which text: many streams cost one look at the database, and
//! nobody holds more of them than a few browsers open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::domain::Instant;
use crate::domain::ids::{AccountId, RecommendationId};
use crate::domain::pen::Pen;

/// Streams of one account: a browser opens about six connections to a host,
/// and a stream that was left is noticed some seconds later.
pub const MOST_OF_ACCOUNT: usize = 12;
/// Streams of everybody.
pub const MOST: usize = 1_000;
/// How long what one look found is told to every reader of the text.
const LOOK_FOR: TimeDelta = TimeDelta::milliseconds(2_500);
/// How often it is noted who is still there: of the forty-five seconds that
/// one counts as reading.
const NOTE_EVERY: TimeDelta = TimeDelta::seconds(20);

/// What one look finds.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// `None` when nobody holds it.
    pub pen: Option<Pen>,
    /// Who reads, by name.
    pub readers: Vec<(AccountId, String)>,
    /// Who may read it now.
    pub members: Vec<AccountId>,
    /// The number of the newest revision.
    pub revision: i32,
}

/// Why there is no stream for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    Account,
    Server,
}

/// The streams that are open.
#[derive(Default)]
pub struct Presence(Mutex<HashMap<RecommendationId, Room>>);

/// Those of one text.
#[derive(Default)]
struct Room {
    streams: HashMap<AccountId, usize>,
    /// Says to all that there may be news.
    stirred: watch::Sender<()>,
    /// Held by the one that looks; the others wait for what it finds.
    looking: Arc<Mutex<()>>,
    seen: Option<Arc<Seen>>,
    looked_at: Option<Instant>,
    noted_at: Option<Instant>,
}

/// One open stream; its end makes room for another.
pub struct Stream {
    of: Arc<Presence>,
    pub text: RecommendationId,
    pub account: AccountId,
    /// Changes when it is worth looking at once.
    pub stirred: watch::Receiver<()>,
}

impl Presence {
    fn rooms(&self) -> MutexGuard<'_, HashMap<RecommendationId, Room>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a stream.
    ///
    /// # Errors
    /// When this account, or everybody together, holds as many as there may be.
    pub fn join(
        self: &Arc<Self>,
        text: RecommendationId,
        account: AccountId,
    ) -> Result<Stream, Full> {
        let mut rooms = self.rooms();
        let (mut all, mut own) = (0, 0);
        for room in rooms.values() {
            all += room.streams.values().sum::<usize>();
            own += room.streams.get(&account).copied().unwrap_or(0);
        }
        if own >= MOST_OF_ACCOUNT {
            return Err(Full::Account);
        }
        if all >= MOST {
            return Err(Full::Server);
        }
        let room = rooms.entry(text).or_default();
        *room.streams.entry(account).or_default() += 1;
        // Who has just come sees themselves and whatever they did before.
        room.looked_at = None;
        let stirred = room.stirred.subscribe();
        Ok(Stream { of: self.clone(), text, account, stirred })
    }

    /// Whether anybody listens to anything.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.rooms().is_empty()
    }

    /// Something was done to this text: its readers look at once. Those of
    /// another process do when it is their time.
    pub fn stir(&self, text: RecommendationId) {
        if let Some(room) = self.rooms().get_mut(&text) {
            room.looked_at = None;
            room.stirred.send_replace(());
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut rooms = self.of.rooms();
        let Some(room) = rooms.get_mut(&self.text) else { return };
        if let Some(open) = room.streams.get_mut(&self.account) {
            *open -= 1;
            if *open == 0 {
                room.streams.remove(&self.account);
            }
        }
        if room.streams.is_empty() {
            rooms.remove(&self.text);
        }
    }
}

impl Stream {
    /// What another stream of the text saw a moment ago, or what `read` finds.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn look<E>(
        &self,
        now: Instant,
        read: impl FnOnce() -> Result<Seen, E>,
    ) -> Result<Arc<Seen>, E> {
        let looking = self.of.rooms().entry(self.text).or_default().looking.clone();
        let _one = looking.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut rooms = self.of.rooms();
            let room = rooms.entry(self.text).or_default();
            let fresh = room.looked_at.is_some_and(|at| now < at + LOOK_FOR);
            if let Some(seen) = room.seen.as_ref().filter(|_| fresh) {
                return Ok(seen.clone());
            }
            // What is done from here on is seen by the next look.
            room.looked_at = Some(now);
        }
        let seen = Arc::new(read()?);
        if let Some(room) = self.of.rooms().get_mut(&self.text) {
            room.seen = Some(seen.clone());
        }
        Ok(seen)
    }

    /// Who is to be noted as reading, if it is time: one stream does it for
    /// all of the text.
    #[must_use]
    pub fn due(&self, now: Instant) -> Vec<AccountId> {
        let mut rooms = self.of.rooms();
        let Some(room) = rooms.get_mut(&self.text) else { return Vec::new() };
        if room.noted_at.is_some_and(|at| now < at + NOTE_EVERY) {
            return Vec::new();
        }
        room.noted_at = Some(now);
        room.streams.keys().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: RecommendationId = RecommendationId(1);

    #[test]
    fn there_is_room_for_so_many_and_then_again() {
        let of = Arc::new(Presence::default());
        let mut open: Vec<Stream> =
            (0..MOST_OF_ACCOUNT).map(|_| of.join(TEXT, AccountId(1)).ok().unwrap()).collect();
        let elsewhere = RecommendationId(2);
        assert_eq!(of.join(elsewhere, AccountId(1)).err(), Some(Full::Account));
        open.pop();
        open.push(of.join(elsewhere, AccountId(1)).ok().unwrap());
        for account in 2.. {
            match of.join(TEXT, AccountId(account)) {
                Ok(stream) => open.push(stream),
                Err(full) => {
                    assert_eq!((full, open.len()), (Full::Server, MOST));
                    break;
                }
            }
        }
        drop(open);
        assert!(of.rooms().is_empty());
    }

    #[test]
    fn one_looks_for_all() {
        let of = Arc::new(Presence::default());
        let streams: Vec<Stream> =
            (0..10).map(|n| of.join(TEXT, AccountId(n)).ok().unwrap()).collect();
        let other = of.join(RecommendationId(2), AccountId(1)).ok().unwrap();
        let mut looks = 0;
        let mut now = Instant::default();
        let look = |stream: &Stream, now, looks: &mut usize| {
            let found = stream.look(now, || {
                *looks += 1;
                Ok::<_, ()>(Seen::default())
            });
            assert!(found.is_ok());
        };
        for stream in &streams {
            look(stream, now, &mut looks);
        }
        assert_eq!(looks, 1);
        look(&other, now, &mut looks);
        assert_eq!(looks, 2, "each text by itself");
        now += LOOK_FOR;
        for stream in &streams {
            look(stream, now, &mut looks);
        }
        assert_eq!(looks, 3);
        // Who comes looks themselves, and one notes all.
        let late = of.join(TEXT, AccountId(77)).ok().unwrap();
        look(&late, now, &mut looks);
        assert_eq!(looks, 4);
        assert_eq!(late.due(now).len(), 11);
        assert!(streams.iter().all(|stream| stream.due(now).is_empty()));
        assert_eq!(streams[0].due(now + NOTE_EVERY).len(), 11);
    }
}
