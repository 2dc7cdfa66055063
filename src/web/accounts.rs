//! Signing in and out, set-up, reset; people and their roles.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show_sign_in(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn sign_in(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_set_up(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn set_up(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_ask_reset(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn ask_reset(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_reset(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn reset(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn sign_out(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_people(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_person(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn set_roles(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn set_standing(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
