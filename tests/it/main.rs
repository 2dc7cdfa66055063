//! The one integration binary: everything a user would notice, over HTTP, on
//! both engines, and in a real browser.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod app;
mod browser;
mod browser_amend;
mod browser_voice;
mod cast;
mod smtp;
mod tidy;
mod tour;

mod accounts;
mod amendments;
mod blocks;
mod brackets;
mod browser_room;
mod canary;
mod comments;
mod compare;
mod convening;
mod demo;
mod durability;
mod exchange;
mod journey;
mod ledger;
mod mail;
mod merge_driver;
mod merges;
mod pages;
mod pens;
mod permissions;
mod presence;
mod properties;
mod queries;
mod races;
mod recommendations;
mod records;
mod rewordings;
mod serving;
mod texts;
mod working_copies;
