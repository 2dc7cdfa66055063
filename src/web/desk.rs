//! A member's home: what waits for them.

use super::cx::{Answer, Cx};
use super::error::WebError;

pub fn show(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
