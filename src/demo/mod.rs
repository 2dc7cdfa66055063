//! The demonstration: an invented dialogue, played through the same actions as
//! a real one, so that it can hold nothing the platform would refuse.
//!
//! The content is in `content/`; days there count from the day of the start.

mod amendments;
mod calendar;
mod cast;
mod meetings;
mod play;
mod story;

use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::domain::Instant;
use crate::secrets::HashError;
use crate::store;

use calendar::Calendar;
use cast::Cast;

/// The password of every account of the demonstration, for what asks for it
/// again. The demonstration can be reached from its own machine only.
pub const PASSWORD: &str = "first do no harm";

/// Mail about what happened longer ago than this counts as delivered.
const NEWS_DAYS: i64 = 4;

#[derive(RustEmbed)]
#[folder = "src/demo/content"]
struct Content;

/// Why the content could not be loaded: a defect of the build.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("{file}: {reason}")]
    Content { file: String, reason: String },
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl DemoError {
    fn new(file: &str, reason: impl ToString) -> Self {
        Self::Content { file: file.to_owned(), reason: reason.to_string() }
    }
}

type Result<T> = std::result::Result<T, DemoError>;

/// The text of a content file.
fn text(file: &str) -> Result<String> {
    let found = Content::get(file).ok_or_else(|| DemoError::new(file, "is not there"))?;
    String::from_utf8(found.data.into_owned()).map_err(|fault| DemoError::new(file, fault))
}

/// A content file, read as `T`.
fn table<T: DeserializeOwned>(file: &str) -> Result<T> {
    toml::from_str(&text(file)?).map_err(|fault| DemoError::new(file, fault))
}

/// Addresses of everybody one can sign in as, with their highest role.
///
/// # Errors
/// A fault of the content.
pub fn accounts() -> Result<Vec<(String, String)>> {
    Ok(Cast::read()?.accounts())
}

/// Loads everything into a freshly seeded database, in one transaction.
///
/// # Errors
/// A fault of the content, naming its file; the database's own.
pub fn load(app: &App, now: Instant) -> Result<()> {
    let programme = app.read(store::programme::load)?;
    let cast = Cast::read()?;
    let stories = story::read_all(&programme)?;
    let meetings = meetings::read()?;
    let password_hash = app.passwords.hash(PASSWORD)?;
    let calendar = Calendar::new(now);
    app.write(|conn| {
        let people = cast.arrive(conn, &programme, &password_hash, &calendar)?;
        play::play(conn, &programme, &people, &meetings, &stories, &calendar)?;
        let news = now - chrono::TimeDelta::days(NEWS_DAYS);
        store::outbox::settle(conn, news)?;
        Ok::<_, DemoError>(())
    })
}

#[cfg(test)]
mod tests;
