//! HTTP in, HTML out. `routes.rs` lists every URL; a file a noun holds the
//! handlers and page structs; `shell.rs` is the only part that knows actix.
//!
//! A handler is a plain function `fn(&Cx) -> Answer`, run off the async
//! threads: a sync core in an async shell.

pub mod account;
pub mod accounts;
pub mod comments;
pub mod cx;
pub mod demo;
pub mod desk;
pub mod editions;
pub mod error;
pub mod files;
pub mod form;
pub mod headers;
pub mod invitations;
pub mod page;
pub mod programme;
pub mod public;
pub mod recommendations;
pub mod routes;
pub mod secretariat;
pub mod session;
pub mod shell;
pub mod workshops;
