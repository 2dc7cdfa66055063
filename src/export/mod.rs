//! Published texts as files: a neutral document, and a module a format.

pub mod ics;
pub mod json;
pub mod markdown;
pub mod matrix;
pub mod sheet;

use crate::domain::edition::{Entry, Manifest};

/// A whole published edition, ready to be written.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The programme's title.
    pub programme: &'a str,
    pub manifest: &'a Manifest,
    /// The hash of the manifest's bytes.
    pub sha256: &'a str,
    /// In order.
    pub entries: &'a [Entry],
    /// The edition's permanent address.
    pub address: &'a str,
}
