//! Editions: read, download, build, publish.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show_current(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_current_audience(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_list(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_audience(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_track(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_entry(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn download_markdown(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn download_json(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn download_manifest(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn download_entry_markdown(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn download_entry_json(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_builds(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn create(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_build(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn change(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_publish(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn publish(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
