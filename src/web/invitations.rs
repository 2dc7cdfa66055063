//! Invitations: accepted by visitors, managed by the secretariat.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn accept(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_list(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_new(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn create(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn resend(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn revoke(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
