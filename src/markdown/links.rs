//! Where a link may lead, and which host its reader must see.

use ammonia::Url;
use pulldown_cmark::LinkType;

use super::controls::may_hide;

/// A destination that becomes a link; all others are left as text.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    External { href: String, host: String },
    Mail { href: String },
    Fragment { href: String },
}

impl Target {
    pub fn href(&self) -> &str {
        let (Self::External { href, .. } | Self::Mail { href } | Self::Fragment { href }) = self;
        href
    }
}

/// Reads a destination: web and mail addresses and places in the page, nothing else.
pub fn target(kind: LinkType, destination: &str) -> Option<Target> {
    if kind == LinkType::Email {
        return mail(&format!("mailto:{destination}"));
    }
    if let Some(fragment) = destination.strip_prefix('#') {
        let named = !fragment.is_empty() && !fragment.contains(odd);
        return named.then(|| Target::Fragment { href: destination.to_owned() });
    }
    if starts_with(destination, "mailto:") {
        return mail(destination);
    }
    if !starts_with(destination, "http://") && !starts_with(destination, "https://") {
        return None;
    }
    // The parser spells the host in ASCII, so a lookalike shows as punycode.
    let url = Url::parse(destination).ok()?;
    let host = url.host_str()?.to_owned();
    Some(Target::External { href: url.into(), host })
}

fn mail(destination: &str) -> Option<Target> {
    let named = destination.len() > "mailto:".len() && !destination.contains(odd);
    named.then(|| Target::Mail { href: destination.to_owned() })
}

fn odd(here: char) -> bool {
    here.is_whitespace() || may_hide(here)
}

fn starts_with(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// Whether the visible text of a link already names its host, and not as part of another.
pub fn names_host(visible: &str, host: &str) -> bool {
    let visible = visible.to_lowercase();
    visible.match_indices(host).any(|(at, _)| {
        let before = visible[..at].chars().next_back();
        let mut after = visible[at + host.len()..].chars();
        let follows = after.next();
        let dotted = follows == Some('.') && after.next().is_some_and(char::is_alphanumeric);
        let joined = |here: char| here.is_alphanumeric() || matches!(here, '-' | '_' | '@');
        !before.is_some_and(|here| joined(here) || here == '.')
            && !follows.is_some_and(joined)
            && !dotted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(destination: &str) -> Option<Target> {
        target(LinkType::Inline, destination)
    }

    #[test]
    fn only_web_mail_and_fragments_become_links() {
        for refused in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "/drafts",
            "a.html",
            "",
            "ftp://a",
            "vbscript:x",
            "//evil.example",
            "http:evil",
            "#",
            "#a b",
            "\u{1}javascript:x",
        ] {
            assert_eq!(inline(refused), None, "{refused}");
        }
        assert_eq!(inline("#a"), Some(Target::Fragment { href: "#a".into() }));
        assert!(matches!(inline("HTTPS://Example.org/ä"), Some(Target::External { href, host })
            if href == "https://example.org/%C3%A4" && host == "example.org"));
        assert!(matches!(inline("https://аpple.com"), Some(Target::External { host, .. })
            if host == "xn--pple-43d.com"));
    }

    #[test]
    fn a_host_is_named_only_by_itself() {
        for text in ["example.org", "https://Example.org/x", "see (example.org).", "example.org."] {
            assert!(names_host(text, "example.org"), "{text}");
        }
        for text in
            ["report", "notexample.org", "example.org.evil.com", "a@example.org", "x.example.org"]
        {
            assert!(!names_host(text, "example.org"), "{text}");
        }
    }
}
