//! The state of a running Primum, and nothing else: pool, clock, catalogues,
//! keys, and what is kept between requests.

pub mod bodies;
pub mod presence;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{SubsecRound, Utc};
use tokio::sync::watch;

use crate::config::Origin;
use crate::domain::Instant;
use crate::domain::comment::Standing;
use crate::domain::ids::{CommentId, RecommendationId};
use crate::domain::programme::Programme;
use crate::i18n::Catalog;
use crate::mail::Transport;
use crate::secrets::{Key, Passwords};
use crate::store::{self, DbConn, Pool};

/// The state shared by every request and job.
pub struct App {
    pub pool: Pool,
    pub catalog: Catalog,
    pub origin: Origin,
    pub key: Key,
    pub passwords: Passwords,
    pub mail: Transport,
    pub cache: PageCache,
    pub standings: StandingCache,
    pub bodies: bodies::BodyCache,
    pub presence: Arc<presence::Presence>,
    /// Turns true when the server ends: answers that go on end with it.
    pub closing: watch::Sender<bool>,
    /// The demonstration's own state; `None` in `serve`.
    pub demo: Option<Demo>,
    programme: RwLock<Option<Arc<Programme>>>,
    /// A process of ours wrote something public since the version was read.
    changed: AtomicBool,
}

/// What only `primum demo` has.
pub struct Demo {
    /// Addresses of the accounts one can sign in as, with their highest role.
    pub accounts: Vec<(String, String)>,
    /// What all of them answer when a page asks for the password again.
    pub password: &'static str,
}

impl App {
    #[must_use]
    pub fn new(
        pool: Pool,
        catalog: Catalog,
        origin: Origin,
        key: Key,
        passwords: Passwords,
        mail: Transport,
        demo: Option<Demo>,
    ) -> Self {
        Self {
            pool,
            catalog,
            origin,
            key,
            passwords,
            mail,
            cache: PageCache::default(),
            closing: watch::Sender::new(false),
            standings: StandingCache::default(),
            bodies: bodies::BodyCache::default(),
            presence: Arc::default(),
            demo,
            programme: RwLock::new(None),
            changed: AtomicBool::new(true),
        }
    }

    /// The clock: UTC, to the microsecond. The only place that reads it.
    #[must_use]
    pub fn now(&self) -> Instant {
        now()
    }

    /// Reads with a connection of the pool. Blocks: not for async threads.
    ///
    /// # Errors
    /// Those of `work`, and a pool without a free connection.
    pub fn read<T, E: From<store::Error>>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn = self.pool.get().map_err(store::Error::from)?;
        work(&mut conn)
    }

    /// Writes in one transaction. Blocks: not for async threads.
    ///
    /// # Errors
    /// Those of `work`, after a rollback, and of the database.
    pub fn write<T, E: From<store::Error>>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn = self.pool.get().map_err(store::Error::from)?;
        let outcome = store::write(&mut conn, work);
        self.changed.store(true, Ordering::Release);
        outcome
    }

    /// The programme's snapshot, read again only when something public changed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn programme(&self, conn: &mut DbConn) -> store::Result<Arc<Programme>> {
        let version = store::programme::public_version(conn)?.unwrap_or_default();
        let held = self.programme.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(programme) = held
            && programme.version == version
        {
            return Ok(programme);
        }
        let programme = Arc::new(store::programme::load(conn)?);
        *self.programme.write().unwrap_or_else(PoisonError::into_inner) = Some(programme.clone());
        Ok(programme)
    }

    /// Brings the cache up to the database's version, when a write of this
    /// process or (with `always`) of another may have raised it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn refresh_cache(&self, always: bool) -> store::Result<()> {
        if self.changed.swap(false, Ordering::AcqRel) || always {
            let version = self.read(store::programme::public_version)?.unwrap_or_default();
            self.cache.set_version(version);
        }
        Ok(())
    }

    /// Whether a write of this process happened since the last refresh.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.changed.load(Ordering::Acquire)
    }
}

/// The clock, for what has no [`App`] yet.
#[must_use]
pub fn now() -> Instant {
    Utc::now().naive_utc().trunc_subsecs(6)
}

/// A public page, rendered once and kept compressed.
pub struct CachedPage {
    pub mime: &'static str,
    pub plain: bytes::Bytes,
    pub gzip: bytes::Bytes,
    pub brotli: bytes::Bytes,
    /// Strong validator of the plain bytes; codings append their name.
    pub etag: String,
    /// When the page says something that stops being true ("coming").
    pub valid_until: Option<Instant>,
}

/// Public pages by address, dropped together when something public changes.
#[derive(Default)]
pub struct PageCache {
    version: AtomicI64,
    pages: RwLock<HashMap<String, Arc<CachedPage>>>,
    /// One rendering at a time a page would be better; one at a time at all
    /// keeps a cold start from rendering the same page on every thread.
    pub rendering: Mutex<()>,
}

/// Editions grow without bound, memory does not.
const MOST_PAGES: usize = 4_000;

impl PageCache {
    #[must_use]
    pub fn get(&self, address: &str, now: Instant) -> Option<Arc<CachedPage>> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        pages.get(address).filter(|page| page.valid_until.is_none_or(|until| now < until)).cloned()
    }

    /// The version that a page about to be rendered belongs to.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version.load(Ordering::Acquire)
    }

    /// Keeps a page rendered at `version`, unless that is the past by now.
    pub fn put(&self, address: String, version: i64, page: Arc<CachedPage>) {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if self.version() == version {
            if pages.len() >= MOST_PAGES {
                pages.clear();
            }
            pages.insert(address, page);
        }
    }

    fn set_version(&self, version: i64) {
        if self.version.swap(version, Ordering::AcqRel) != version {
            self.pages.write().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }
}

/// Where comments stand in the present revision of their text. What a comment
/// is on never changes and neither does a revision, so that nothing here is
/// ever wrong; it is kept because taking two texts apart costs more than the
/// page around it.
#[derive(Default)]
pub struct StandingCache(Mutex<HashMap<RecommendationId, (i32, Standings)>>);

/// By comment.
pub type Standings = HashMap<CommentId, Arc<Standing>>;

/// Texts of which the standings are kept.
const MOST_STANDINGS: usize = 256;

impl StandingCache {
    /// What is known of a text at this revision.
    #[must_use]
    pub fn get(&self, id: RecommendationId, revision: i32) -> Standings {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&id)
            .filter(|(own, _)| *own == revision)
            .map(|(_, all)| all.clone())
            .unwrap_or_default()
    }

    pub fn put(&self, id: RecommendationId, revision: i32, all: Standings) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_STANDINGS && !kept.contains_key(&id) {
            kept.clear();
        }
        kept.insert(id, (revision, all));
    }
}
