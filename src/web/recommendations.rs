//! Drafts: read, write, history, comparison, stages.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show_list(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_new(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn create(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_edit(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn save(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_history(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_revision(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_compare(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_stage(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn open(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn close(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn agree(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn reopen(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn withdraw(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
