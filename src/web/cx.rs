//! What a handler is given, and what it answers.

use std::sync::Arc;

use super::body::Upload;
use super::error::WebError;
use super::files;
use super::form::{FieldErrors, Fields};
use super::page::Chrome;
use crate::actions::ActionError;
use crate::app::App;
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::i18n::Loader;
use crate::secrets;
use crate::store::{self, DbConn};

/// One request, as a handler sees it.
pub struct Cx {
    pub app: Arc<App>,
    pub now: Instant,
    /// The language of the answer.
    pub language: Language,
    /// Set on members' routes.
    pub actor: Option<Actor>,
    pub session: Option<SessionId>,
    /// Whether the password was given within the last 15 minutes.
    pub confirmed: bool,
    /// The token every form of this page carries.
    pub csrf: String,
    /// Path as requested, with its language.
    pub path: String,
    pub query_string: String,
    /// Whether a form was sent.
    pub posted: bool,
    /// Named parts of the address.
    pub params: Vec<(String, String)>,
    pub fields: Fields,
    /// The files that came with the form.
    pub files: Vec<Upload>,
    /// The caller's address, IPv6 by /64: for limits only.
    pub network: String,
    pub browser: String,
}

/// What happens to the session with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionChange {
    Keep,
    /// A fresh session for this account.
    SignIn(AccountId),
    SignOut,
    /// The password was given again.
    Confirm,
}

/// An answer that goes on: asked again and again, off the async threads, for
/// what to tell its reader; `None` ends it.
pub struct Live {
    pub look: Box<dyn FnMut() -> Option<String> + Send>,
    /// Changes when it is worth asking at once.
    pub stirred: tokio::sync::watch::Receiver<()>,
}

/// An answer: status, what it is, its bytes.
pub struct Reply {
    pub status: u16,
    pub mime: &'static str,
    pub body: Vec<u8>,
    pub location: Option<String>,
    /// File name, for what is to be saved.
    pub attachment: Option<String>,
    pub session: SessionChange,
    /// A public page that says "coming" stops being true at this instant.
    pub valid_until: Option<Instant>,
    pub retry_after: Option<i64>,
    /// Set when the body is only its beginning.
    pub live: Option<Live>,
    /// Whether the body is in gzip.
    pub packed: bool,
}

pub type Answer = Result<Reply, WebError>;

impl Reply {
    fn new(status: u16, mime: &'static str, body: Vec<u8>) -> Self {
        Self {
            status,
            mime,
            body,
            location: None,
            attachment: None,
            session: SessionChange::Keep,
            valid_until: None,
            retry_after: None,
            live: None,
            packed: false,
        }
    }

    /// Packs the body, quickly, when that is worth a phone's while. What is
    /// secret in a page must differ from one answer to the next.
    pub fn pack(&mut self) {
        const WORTH_IT: usize = 2_048;
        if self.body.len() >= WORTH_IT {
            let packed = files::gzip(&self.body, flate2::Compression::fast());
            if !packed.is_empty() {
                (self.body, self.packed) = (packed, true);
            }
        }
    }

    /// A page.
    ///
    /// # Errors
    /// When the template fails, which only a defect makes it do.
    pub fn page(template: &impl askama::Template) -> Answer {
        Ok(Self::html(200, template.render()?))
    }

    /// A form that was refused: the page again, with what was typed.
    ///
    /// # Errors
    /// As [`Reply::page`].
    pub fn refused(template: &impl askama::Template) -> Answer {
        Ok(Self::html(422, template.render()?))
    }

    #[must_use]
    pub fn html(status: u16, html: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", html.into_bytes())
    }

    /// A file, `mime` with its charset.
    #[must_use]
    pub fn file(mime: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, mime, body.into())
    }

    /// News, as long as the page is looked at.
    #[must_use]
    pub fn live(live: Live) -> Self {
        let mut reply = Self::new(200, "text/event-stream", Vec::new());
        reply.live = Some(live);
        reply
    }

    /// 204: nothing to tell, and no need to ask again.
    #[must_use]
    pub fn nothing() -> Self {
        Self::new(204, "text/plain; charset=utf-8", Vec::new())
    }

    /// 503: no room just now; ask again in so many seconds.
    #[must_use]
    pub fn later(seconds: i64) -> Self {
        let mut reply = Self::new(503, "text/plain; charset=utf-8", Vec::new());
        reply.retry_after = Some(seconds);
        reply
    }

    /// What a script asked for.
    #[must_use]
    pub fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, "application/json", value.to_string().into_bytes())
    }

    /// 303: done, now look there.
    #[must_use]
    pub fn see_other(location: impl Into<String>) -> Self {
        let mut reply = Self::new(303, "text/plain; charset=utf-8", Vec::new());
        reply.location = Some(location.into());
        reply
    }

    #[must_use]
    pub fn with_session(mut self, session: SessionChange) -> Self {
        self.session = session;
        self
    }

    #[must_use]
    pub fn saved_as(mut self, name: impl Into<String>) -> Self {
        self.attachment = Some(name.into());
        self
    }

    #[must_use]
    pub const fn valid_until(mut self, until: Option<Instant>) -> Self {
        self.valid_until = until;
        self
    }
}

impl Cx {
    /// A named part of the address; empty when the route has none.
    #[must_use]
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// A named part read as `T`: what is not one names nothing.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn param_as<T: std::str::FromStr>(&self, name: &str) -> Result<T, WebError> {
        self.param(name).parse().map_err(|_| WebError::NotFound)
    }

    /// The fields of the form, its tokens already taken.
    #[must_use]
    pub fn form(&self) -> Fields {
        self.fields.clone()
    }

    /// The file of this field, if one was chosen.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files.iter().find(|own| own.field == field && !own.bytes.is_empty())
    }

    #[must_use]
    pub fn query(&self) -> Fields {
        Fields::parse(self.query_string.as_bytes())
    }

    /// The signed-in person; members' routes always have one.
    ///
    /// # Errors
    /// `NotFound` elsewhere.
    pub fn actor(&self) -> Result<&Actor, WebError> {
        self.actor.as_ref().ok_or(WebError::NotFound)
    }

    /// The catalogue of the answer's language.
    #[must_use]
    pub fn l(&self) -> &Loader {
        self.app.catalog.loader(self.language)
    }

    #[must_use]
    pub fn errors(&self, faults: &Faults) -> FieldErrors {
        FieldErrors::new(faults, self.l())
    }

    /// As [`Cx::errors`], with what the form itself calls a field.
    pub fn errors_called(
        &self,
        faults: &Faults,
        own: impl Fn(&str) -> Option<String>,
    ) -> FieldErrors {
        FieldErrors::called(faults, self.l(), own)
    }

    /// Reads from the database.
    ///
    /// # Errors
    /// Those of `work`, and of the pool.
    pub fn read<T, E: From<store::Error>>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E>,
    ) -> Result<T, E> {
        self.app.read(work)
    }

    /// Writes in one transaction.
    ///
    /// # Errors
    /// Those of `work`, and of the database.
    pub fn write<T, E: From<store::Error>>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E>,
    ) -> Result<T, E> {
        self.app.write(work)
    }

    /// Carries out what a form asks, once: `work` gives the address to go to,
    /// and a repeated POST with the same form token answers with that address
    /// and changes nothing. One that comes later never gets here: the shell
    /// knows where it leads.
    ///
    /// # Errors
    /// Those of `work`: faults and stale saves are the handler's to show.
    pub fn once(
        &self,
        token: &str,
        work: impl FnOnce(&mut DbConn) -> Result<String, ActionError>,
    ) -> Result<Reply, ActionError> {
        if token.len() < 16 || token.len() > 64 {
            return Err(ActionError::Conflict("conflict-form-token"));
        }
        let account = self.account();
        let done = self.write(|conn| {
            let location = work(conn)?;
            crate::actions::remember(conn, token, account, &location, self.now)?;
            Ok::<_, ActionError>(location)
        });
        match done {
            Ok(location) => Ok(Reply::see_other(location)),
            // The same form may have been sent twice at once: the other one
            // won, whatever fault that gave this one.
            Err(fault) => match self.find_outcome(token)? {
                Some(location) => Ok(Reply::see_other(location)),
                None => Err(fault),
            },
        }
    }

    /// Tells who has the text of the address open that something was done.
    pub fn stir(&self) {
        let Some(actor) = self.actor.as_ref().filter(|_| self.app.presence.is_open()) else {
            return;
        };
        let reference = self.param("reference");
        let found =
            self.read(|conn| store::recommendations::find_visible_to(conn, actor, reference));
        if let Ok(Some(own)) = found {
            self.app.presence.stir(own.id);
        }
    }

    /// Where a form with this token led when it was carried out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_outcome(&self, token: &str) -> store::Result<Option<String>> {
        let account = self.account();
        self.read(|conn| store::form_tokens::find_outcome(conn, token, account))
    }

    /// Whose form tokens are: nobody's have 0.
    fn account(&self) -> AccountId {
        self.actor.as_ref().map_or(AccountId(0), |actor| actor.account)
    }

    /// A fresh form token for a page.
    #[must_use]
    pub fn form_token(&self) -> String {
        secrets::token()
    }

    /// The frame of a page: navigation, language list, tokens.
    ///
    /// # Errors
    /// When the programme cannot be read.
    pub fn chrome(&self, conn: &mut DbConn, title: &str) -> Result<Chrome, WebError> {
        let programme = self.app.programme(conn)?;
        let waiting = match &self.actor {
            Some(actor) if actor.secretariat && !self.app.mail.is_set() => {
                store::outbox::count_waiting(conn)?
            }
            _ => 0,
        };
        Ok(Chrome::new(self, &programme, title, waiting))
    }

    /// # Errors
    /// When the database cannot be read.
    pub fn programme(&self, conn: &mut DbConn) -> Result<Arc<Programme>, WebError> {
        Ok(self.app.programme(conn)?)
    }

    /// Checks the password of somebody who is about to do what cannot be
    /// undone, unless they gave it within the last 15 minutes.
    ///
    /// # Errors
    /// A fault of the field `password`, and `TooMany` wrong ones.
    pub fn confirm(&self, password: Option<&str>) -> Result<(), WebErrorOrFaults> {
        if self.confirmed {
            return Ok(());
        }
        let password = password.filter(|own| !own.is_empty());
        let fits = password.map_or(Ok(false), |own| super::accounts::is_own_password(self, own));
        if fits? {
            Ok(())
        } else {
            Err(WebErrorOrFaults::Faults(Faults::one("password", "fault-password-wrong")))
        }
    }
}

/// Either the form is shown again, or an error page.
pub enum WebErrorOrFaults {
    Faults(Faults),
    Web(WebError),
}

impl From<WebError> for WebErrorOrFaults {
    fn from(fault: WebError) -> Self {
        Self::Web(fault)
    }
}
