//! Static files: embedded, compressed once, named by their content.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, OnceLock};

use rust_embed::RustEmbed;

use crate::app::CachedPage;
use crate::secrets::sha256_hex;

#[derive(RustEmbed)]
#[folder = "static"]
struct Static;

/// The display face, subset by `build.rs`.
const DISPLAY_LATIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/display-latin.woff2"));
const DISPLAY_CYRILLIC: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/display-cyrillic.woff2"));

fn all() -> &'static HashMap<String, Arc<CachedPage>> {
    static FILES: OnceLock<HashMap<String, Arc<CachedPage>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let embedded = Static::iter().filter_map(|name| {
            let file = Static::get(&name)?;
            Some((name.to_string(), file.data.into_owned()))
        });
        let fonts = [
            ("fonts/display-latin.woff2".to_owned(), DISPLAY_LATIN.to_vec()),
            ("fonts/display-cyrillic.woff2".to_owned(), DISPLAY_CYRILLIC.to_vec()),
        ];
        embedded
            .chain(fonts)
            .filter_map(|(name, bytes)| {
                let mime = mime(&name)?;
                Some((name, Arc::new(pack(mime, bytes))))
            })
            .collect()
    })
}

fn mime(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "woff2" => Some("font/woff2"),
        "png" => Some("image/png"),
        "txt" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}

/// A static file by its name under `static/`.
#[must_use]
pub fn find(name: &str) -> Option<Arc<CachedPage>> {
    all().get(name).cloned()
}

/// The address of a static file, with its content's mark, so that browsers may
/// keep it for a year.
#[must_use]
pub fn address(name: &str) -> String {
    let mark = find(name).map(|file| file.etag.clone()).unwrap_or_default();
    format!("/static/{name}?v={}", &mark[..mark.len().min(12)])
}

/// Compresses once, for all who ask later.
#[must_use]
pub fn pack(mime: &'static str, bytes: Vec<u8>) -> CachedPage {
    let already_packed = mime.starts_with("font/") || mime == "image/png";
    let (gzip, brotli) = if already_packed {
        (Vec::new(), Vec::new())
    } else {
        (gzip(&bytes, flate2::Compression::best()), brotli(&bytes))
    };
    let etag = sha256_hex(&bytes)[..32].to_owned();
    CachedPage {
        mime,
        plain: bytes.into(),
        gzip: gzip.into(),
        brotli: brotli.into(),
        etag,
        valid_until: None,
    }
}

/// Writing to memory does not fail; an empty result means "not compressed".
pub(super) fn gzip(bytes: &[u8], how: flate2::Compression) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), how);
    if encoder.write_all(bytes).is_err() {
        return Vec::new();
    }
    encoder.finish().unwrap_or_default()
}

/// No page is longer, in bytes.
const LONG: usize = 128 << 10;

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    // A page by 10 of 11: a seventh smaller than by 9, in a quarter of its memory and a few
    // milliseconds. What is long by 5, which is as small as 9.
    let quality = if bytes.len() <= LONG { 10 } else { 5 };
    let (lgwin, size_hint) = (18, bytes.len());
    let params =
        brotli::enc::BrotliEncoderParams { quality, lgwin, size_hint, ..Default::default() };
    match brotli::BrotliCompress(&mut &*bytes, &mut packed, &params) {
        Ok(_) => packed,
        Err(_) => Vec::new(),
    }
}
