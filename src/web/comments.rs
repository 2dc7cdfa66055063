//! Comments, replies, dispositions and the ledger.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show_new(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn create(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn reply(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_dispose(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn dispose(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_ledger(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
