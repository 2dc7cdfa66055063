//! The demonstration: sign in as anybody of the cast, read the mail.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn sign_in(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_mail(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
