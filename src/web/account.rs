//! One's own account: name, language, password, sessions.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn change_profile(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn change_password(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn end_session(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
