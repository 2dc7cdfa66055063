//! The sanitiser: an explicit list of what may stand in a page, behind the writer's escaping.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::controls;

/// Marks where one piece ends and the next begins, so that a section is cleaned in one go.
/// No author can write a comment: the writer escapes every `<` of theirs.
pub const SEPARATOR: &str = "<!--|-->";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(builder);

/// Cleans a section and takes it apart at its separators.
pub fn pieces(html: &str) -> Vec<String> {
    let clean = CLEANER.clean(html).to_string();
    let pieces = clean.split_terminator(SEPARATOR);
    pieces.map(|piece| controls::visible_html(piece).into_owned()).collect()
}

/// Cleans a text that is not taken apart.
pub fn whole(html: &str) -> String {
    controls::visible_html(&CLEANER.clean(html).to_string()).into_owned()
}

fn builder() -> Builder<'static> {
    let set = |words: &'static str| words.split(' ').collect::<HashSet<_>>();
    let mut builder = Builder::empty();
    builder
        .tags(set(
            "p h3 h4 h5 h6 strong em del ul ol li blockquote pre code table thead tbody tr th td \
             div a mark span sup br hr",
        ))
        .generic_attributes(set("id"))
        .tag_attributes(HashMap::from([
            ("a", set("href title")),
            ("div", set("aria-label")),
            ("ol", set("start")),
            ("span", set("title")),
        ]))
        .tag_attribute_values(values(&[
            ("a", "rel", "noopener noreferrer"),
            ("a", "aria-label", BACKLINK_LABEL),
            ("a", "role", "doc-backlink"),
            ("div", "tabindex", "0"),
            ("div", "role", "region"),
            ("pre", "tabindex", "0"),
            ("span", "aria-hidden", "true"),
            ("th", "scope", "col"),
            ("p", "dir", "auto"),
            ("h3", "dir", "auto"),
            ("h4", "dir", "auto"),
            ("h5", "dir", "auto"),
            ("h6", "dir", "auto"),
            ("li", "dir", "auto"),
            ("blockquote", "dir", "auto"),
            ("div", "dir", "auto"),
        ]))
        .allowed_classes(HashMap::from([
            ("a", set("backlink")),
            ("div", set("table-wrap code")),
            ("li", set("task")),
            ("mark", set("bracket")),
            ("ol", set("footnotes")),
            ("p", set("raw")),
            ("span", set("host ctl task visually-hidden")),
            ("sup", set("footnote-ref")),
            ("td", set("start center end")),
            ("th", set("start center end")),
        ]))
        .url_schemes(set("http https mailto"))
        .url_relative(UrlRelative::Custom(Box::new(in_page)))
        .clean_content_tags(set("script style"))
        .link_rel(None)
        .strip_comments(false);
    builder
}

/// What a screen reader says of the arrow back to a footnote's reference.
pub const BACKLINK_LABEL: &str = "Back to the text";

fn in_page(url: &str) -> Option<Cow<'_, str>> {
    url.starts_with('#').then_some(Cow::Borrowed(url))
}

type Values = HashMap<&'static str, HashMap<&'static str, HashSet<&'static str>>>;

fn values(rows: &[(&'static str, &'static str, &'static str)]) -> Values {
    let mut values = Values::new();
    for (tag, attribute, value) in rows {
        values.entry(tag).or_default().entry(attribute).or_default().insert(value);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_even_when_the_writer_fails() {
        let bad = "<p id=a onclick=x dir=auto class='raw evil'>a<script>x</script><img src=x>\
            <a href='javascript:x'>b</a><a href='/drafts'>c</a><a href='#d'>d</a></p>";
        assert_eq!(
            whole(bad),
            "<p id=\"a\" dir=\"auto\" class=\"raw\">a<a>b</a><a>c</a><a href=\"#d\">d</a></p>"
        );
    }
}
