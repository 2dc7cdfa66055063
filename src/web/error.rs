//! Failure becomes a status code here, and nowhere else.

use crate::actions::ActionError;
use crate::domain::permission::Refusal;
use crate::markdown::RenderError;
use crate::store;

/// Why there is no page. Each is shown as a page that says what happened and
/// what to do next.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// 404: not there, or not yours.
    #[error("not found")]
    NotFound,
    /// 409: yours, but not now; the key of the sentence that says why.
    #[error("{0}")]
    Conflict(&'static str),
    /// 400: a form with a field we do not know, or without one we need.
    #[error("field {0}")]
    UnknownField(String),
    /// 403: the form did not come from our own page.
    #[error("the form is not ours")]
    Forged,
    /// 413: more than 4 MiB.
    #[error("the form is too large")]
    TooLarge,
    /// 429, with the seconds to wait.
    #[error("too many attempts")]
    TooMany(i64),
    /// 503: no connection, a locked or read-only database, a full disk.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// 500: a defect of ours.
    #[error("{0}")]
    Internal(String),
}

impl From<store::Error> for WebError {
    fn from(fault: store::Error) -> Self {
        match fault {
            store::Error::Corrupt(_) => Self::Internal(fault.to_string()),
            store::Error::Pool(inner) => Self::Unavailable(inner.to_string()),
            store::Error::Query(inner) => Self::Unavailable(inner.to_string()),
        }
    }
}

impl From<ActionError> for WebError {
    fn from(fault: ActionError) -> Self {
        match fault {
            ActionError::NotFound => Self::NotFound,
            ActionError::Conflict(key) => Self::Conflict(key),
            ActionError::Store(fault) => fault.into(),
            // Handlers answer these with the form; one that forgot is a defect.
            ActionError::Faults(faults) => Self::Internal(format!("faults not shown: {faults:?}")),
            ActionError::Stale(_) => Self::Conflict("conflict-stale"),
        }
    }
}

impl From<Refusal> for WebError {
    fn from(refusal: Refusal) -> Self {
        ActionError::from(refusal).into()
    }
}

impl From<askama::Error> for WebError {
    fn from(fault: askama::Error) -> Self {
        Self::Internal(format!("template: {fault}"))
    }
}

impl From<RenderError> for WebError {
    fn from(fault: RenderError) -> Self {
        Self::Internal(format!("stored text cannot be rendered: {fault}"))
    }
}

impl WebError {
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::UnknownField(_) => 400,
            Self::Forged => 403,
            Self::TooLarge => 413,
            Self::TooMany(_) => 429,
            Self::Unavailable(_) => 503,
            Self::Internal(_) => 500,
        }
    }

    /// Keys of the page's heading and of its sentence.
    #[must_use]
    pub const fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("error-missing", "error-missing-next"),
            Self::Conflict(key) => ("error-conflict", key),
            Self::UnknownField(_) => ("error-form", "error-form-next"),
            Self::Forged => ("error-forged", "error-forged-next"),
            Self::TooLarge => ("error-large", "error-large-next"),
            Self::TooMany(_) => ("error-many", "error-many-next"),
            Self::Unavailable(_) => ("error-unavailable", "error-unavailable-next"),
            Self::Internal(_) => ("error-internal", "error-internal-next"),
        }
    }
}
