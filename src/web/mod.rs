//! HTTP in, HTML out. `routes.rs` lists every URL; a file a noun holds the
//! handlers and page structs; `shell.rs` is the only part that knows actix.
//!
//! A handler is a plain function `fn(&Cx) -> Answer`, run off the async
//! threads: a sync core in an async shell.

pub mod account;
pub mod accounts;
pub mod amendment_adaptations;
pub mod amendment_cards;
pub mod amendment_forms;
pub mod amendments;
pub mod article;
pub mod audit;
pub mod body;
pub mod comments;
pub mod compromises;
pub mod consolidations;
pub mod contests;
pub mod cx;
pub mod decisions;
pub mod demo;
pub mod desk;
pub mod discussion;
pub mod dispositions;
pub mod edition_builds;
pub mod edition_files;
pub mod editions;
pub mod editor;
pub mod error;
pub mod files;
pub mod form;
pub mod headers;
pub mod home;
pub mod invitation_list;
pub mod invitations;
pub mod ledger;
pub mod ledger_rows;
pub mod marks;
pub mod merge_views;
pub mod merges;
pub mod names;
pub mod notes;
pub mod organisations;
pub mod page;
pub mod pagination;
pub mod parked;
pub mod pens;
pub mod people;
pub mod programme;
pub mod public;
pub mod recommendations;
pub mod revisions;
pub mod routes;
pub mod secretariat;
pub mod session;
pub mod shell;
pub mod stages;
pub mod standings;
pub mod track_label;
pub mod tracks;
pub mod under_way;
pub mod uploads;
pub mod volume;
pub mod working_copies;
pub mod workshop_edits;
pub mod workshops;
