//! Sessions on our own database: a `SessionStore` for actix-session that
//! keeps only a hash of each token.
//!
//! The one part of `web` that writes to the store by itself.

use std::collections::HashMap;
use std::sync::Arc;

use actix_session::config::{BrowserSession, CookieContentSecurity};
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_session::{Session, SessionMiddleware};
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};
use chrono::TimeDelta;

use crate::app::App;
use crate::domain::Instant;
use crate::domain::ids::{AccountId, SessionId};
use crate::secrets;
use crate::store::{self, ids};

/// A session nobody used for this long is over.
const IDLE: TimeDelta = TimeDelta::hours(12);
/// No session lives longer, however often it is used.
const ABSOLUTE: TimeDelta = TimeDelta::days(14);
/// Last-seen is written at most this often.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);
/// How long a password counts as given just now.
const CONFIRMED_FOR: TimeDelta = TimeDelta::minutes(15);

const ACCOUNT: &str = "account";
const SECRET: &str = "secret";
const BROWSER: &str = "browser";
const CONFIRMED_AT: &str = "confirmed_at";
/// Put into the state when it is loaded; never stored.
const ID: &str = "id";

type State = HashMap<String, String>;

pub struct Sessions {
    app: Arc<App>,
}

/// What the shell reads from a session.
#[derive(Debug, Clone, Default)]
pub struct SignedIn {
    pub account: Option<AccountId>,
    pub session: Option<SessionId>,
    /// What the form tokens of this session are bound to.
    pub secret: String,
    pub confirmed: bool,
}

/// The cookie's name: with the `__Host-` promise where there is TLS.
#[must_use]
pub fn cookie_name(app: &App) -> String {
    if app.origin.https { "__Host-primum" } else { "primum" }.to_owned()
}

/// The middleware for members' and visitors' routes.
pub fn middleware(app: &Arc<App>) -> SessionMiddleware<Sessions> {
    let half = |n: &str| secrets::sha256_hex(app.key.sign("cookie", n).as_bytes());
    // Two hashes of 64 digits: 128 bytes of key material, the first 64 used.
    let key = Key::from(format!("{}{}", half("signing"), half("encrypting")).as_bytes());
    SessionMiddleware::builder(Sessions { app: app.clone() }, key)
        .cookie_name(cookie_name(app))
        .cookie_secure(app.origin.https)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .cookie_content_security(CookieContentSecurity::Signed)
        .session_lifecycle(BrowserSession::default().state_ttl(Duration::days(14)))
        .build()
}

/// Who a session belongs to.
#[must_use]
pub fn read(session: &Session, now: Instant) -> SignedIn {
    let text = |key: &str| session.get::<String>(key).ok().flatten();
    let confirmed_at = text(CONFIRMED_AT).and_then(|at| at.parse::<i64>().ok());
    let fresh = |at: i64| now.and_utc().timestamp() - at < CONFIRMED_FOR.num_seconds();
    SignedIn {
        account: text(ACCOUNT).and_then(|id| id.parse().ok()),
        session: text(ID).and_then(|id| id.parse().ok()),
        secret: text(SECRET).unwrap_or_default(),
        confirmed: confirmed_at.is_some_and(fresh),
    }
}

/// Starts a session for `account`, under a new token.
///
/// # Errors
/// When the state cannot be encoded, which only a defect makes happen.
pub fn sign_in(
    session: &Session,
    account: AccountId,
    browser: &str,
    now: Instant,
) -> Result<(), actix_session::SessionInsertError> {
    session.clear();
    session.renew();
    session.insert(ACCOUNT, account.to_string())?;
    session.insert(SECRET, secrets::token())?;
    session.insert(BROWSER, browser.chars().take(200).collect::<String>())?;
    confirm(session, now)
}

/// Remembers that the password was given now.
///
/// # Errors
/// As [`sign_in`].
pub fn confirm(session: &Session, now: Instant) -> Result<(), actix_session::SessionInsertError> {
    session.insert(CONFIRMED_AT, now.and_utc().timestamp().to_string())
}

impl Sessions {
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> store::Result<T> + Send + 'static,
    ) -> Result<T, anyhow::Error> {
        let app = self.app.clone();
        Ok(tokio::task::spawn_blocking(move || work(&app)).await??)
    }
}

fn encode(mut state: State) -> Result<(Option<AccountId>, String, String), serde_json::Error> {
    state.remove(ID);
    let plain =
        |key: &str| state.get(key).and_then(|json| serde_json::from_str::<String>(json).ok());
    let account = plain(ACCOUNT).and_then(|id| id.parse().ok());
    let browser = plain(BROWSER).unwrap_or_default();
    Ok((account, browser, serde_json::to_string(&state)?))
}

impl SessionStore for Sessions {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let hash = secrets::token_hash(key.as_ref());
        let now = self.app.now();
        let found = self
            .blocking(move |app| {
                let Some(found) = app.read(|conn| store::sessions::find(conn, &hash))? else {
                    return Ok(None);
                };
                if found.expires_at <= now || found.seen_at + IDLE <= now {
                    app.write(|conn| store::sessions::delete(conn, &hash))?;
                    return Ok(None);
                }
                if found.seen_at + SEEN_EVERY <= now {
                    app.write(|conn| store::sessions::touch(conn, &hash, now))?;
                }
                Ok(Some(found))
            })
            .await
            .map_err(LoadError::Other)?;
        let Some(found) = found else { return Ok(None) };
        let mut state: State = serde_json::from_str(&found.state)
            .map_err(|fault| LoadError::Deserialization(fault.into()))?;
        state.insert(ID.to_owned(), format!("\"{}\"", found.id));
        Ok(Some(state))
    }

    async fn save(&self, state: State, _ttl: &Duration) -> Result<SessionKey, SaveError> {
        let token = secrets::token();
        let hash = secrets::token_hash(&token);
        let now = self.app.now();
        let (account, browser, state) =
            encode(state).map_err(|fault| SaveError::Serialization(fault.into()))?;
        let session = store::sessions::Session {
            id: SessionId(ids::fresh(now)),
            account,
            state,
            browser,
            created_at: now,
            seen_at: now,
            expires_at: now + ABSOLUTE,
        };
        self.blocking(move |app| app.write(|conn| store::sessions::insert(conn, &hash, &session)))
            .await
            .map_err(SaveError::Other)?;
        SessionKey::try_from(token).map_err(|fault| SaveError::Other(fault.into()))
    }

    async fn update(
        &self,
        key: SessionKey,
        state: State,
        _ttl: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        let hash = secrets::token_hash(key.as_ref());
        let (account, _, state) =
            encode(state).map_err(|fault| UpdateError::Serialization(fault.into()))?;
        // A session revoked meanwhile stays revoked: nothing is inserted.
        self.blocking(move |app| {
            app.write(|conn| store::sessions::set_state(conn, &hash, account, &state))
        })
        .await
        .map_err(UpdateError::Other)?;
        Ok(key)
    }

    async fn update_ttl(&self, _key: &SessionKey, _ttl: &Duration) -> Result<(), anyhow::Error> {
        // `load` keeps last-seen; the absolute end never moves.
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let hash = secrets::token_hash(key.as_ref());
        self.blocking(move |app| app.write(|conn| store::sessions::delete(conn, &hash))).await
    }
}
