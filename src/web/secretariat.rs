//! The secretariat's start page, organisations and audit log.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_organisations(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_new_organisation(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn create_organisation(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_organisation(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn change_organisation(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_audit(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
