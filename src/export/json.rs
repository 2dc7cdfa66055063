//! A whole edition as one JSON document.

/// The manifest, its hash and every entry: canonical (RFC 8785) because its
/// parts are and its keys are in order, so each can be cut out and hashed.
#[must_use]
pub fn edition(manifest: &str, sha256: &str, documents: &[&str]) -> String {
    let entries = documents.join(",");
    format!("{{\"entries\":[{entries}],\"manifest\":{manifest},\"sha256\":\"{sha256}\"}}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn canonical_parts_make_a_canonical_whole() {
        let whole = super::edition(r#"{"a":1,"b":"č"}"#, "00ff", &[r#"{"x":[]}"#, "{}"]);
        let value: serde_json::Value = serde_json::from_str(&whole).unwrap();
        assert_eq!(serde_json_canonicalizer::to_string(&value).unwrap(), whole);
    }
}
