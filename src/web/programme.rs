//! Tracks, audiences and the programme's own texts.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show_tracks(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_new_track(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn create_track(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_track(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn change_track(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_settings(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn change_settings(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
