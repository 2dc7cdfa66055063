//! Workshops: public pages, calendar files, and their management.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show_public_list(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn download_ics(_cx: &Cx) -> Answer {
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

pub fn show_edit(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn change(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
