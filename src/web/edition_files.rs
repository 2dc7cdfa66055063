//! Files of a published edition. JSON of an entry and the manifest are the
//! stored bytes, so that anybody can hash what they were given.

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::volume::{Cover, entry};
use crate::domain::edition::Entry;
use crate::domain::language::Language;
use crate::export::{self, Document};
use crate::store;
use crate::store::editions::StoredEntry;

const JSON: &str = "application/json";
const MARKDOWN: &str = "text/markdown; charset=utf-8";

/// The whole edition as one Markdown document, the same whoever asks.
pub fn markdown(cx: &Cx) -> Answer {
    cx.read(|conn| {
        let cover = Cover::find(conn, cx.param("number"))?;
        let stored = store::editions::list_entries(conn, cover.edition.id)?;
        let entries = stored.iter().map(entry).collect::<Result<Vec<Entry>, WebError>>()?;
        let programme = cx.programme(conn)?;
        let address = format!("{}/editions/{}", cx.app.origin.address, cover.number);
        let text = export::markdown::edition(&Document {
            programme: programme.texts.phrase(Language::En, |text| text.title.as_str()).text,
            manifest: &cover.manifest,
            sha256: &cover.sha256,
            entries: &entries,
            address: &address,
        });
        Ok(Reply::file(MARKDOWN, text))
    })
}

/// The manifest, its hash and every entry.
pub fn json(cx: &Cx) -> Answer {
    cx.read(|conn| {
        let cover = Cover::find(conn, cx.param("number"))?;
        let stored = store::editions::list_entries(conn, cover.edition.id)?;
        let documents: Vec<&str> = stored.iter().map(|own| own.document.as_str()).collect();
        let text = export::json::edition(&cover.manifest_text, &cover.sha256, &documents);
        Ok(Reply::file(JSON, text))
    })
}

/// The bytes whose SHA-256 is the edition's hash.
pub fn manifest(cx: &Cx) -> Answer {
    let cover = cx.read(|conn| Cover::find(conn, cx.param("number")))?;
    Ok(Reply::file(JSON, cover.manifest_text))
}

pub fn entry_markdown(cx: &Cx) -> Answer {
    let own = entry(&find_entry(cx)?)?;
    let origin = &cx.app.origin.address;
    let address = format!("{origin}/editions/{}/{}", own.edition, own.reference);
    Ok(Reply::file(MARKDOWN, export::markdown::entry(&own, &address)))
}

/// The bytes whose SHA-256 the manifest lists.
pub fn entry_json(cx: &Cx) -> Answer {
    Ok(Reply::file(JSON, find_entry(cx)?.document))
}

fn find_entry(cx: &Cx) -> Result<StoredEntry, WebError> {
    cx.read(|conn| {
        let cover = Cover::find(conn, cx.param("number"))?;
        let found = store::editions::find_entry(conn, cover.edition.id, cx.param("reference"))?;
        found.ok_or(WebError::NotFound)
    })
}
