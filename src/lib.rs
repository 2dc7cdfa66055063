//! Primum: where governments, industry and civil society agree how to protect
//! healthcare from cyberattacks.
//!
//! The map: `domain` is the dialogue, pure. `markdown` turns text into safe
//! HTML. `store` is SQL. `actions` are the verbs, a transaction each. `web` is
//! HTTP in, HTML out. `export` and `mail` carry texts out. `jobs` does what
//! nobody clicks. ARCHITECTURE.md has the rules between them.

pub mod actions;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod export;
pub mod i18n;
pub mod jobs;
pub mod mail;
pub mod markdown;
pub mod secrets;
pub mod store;
pub mod web;
