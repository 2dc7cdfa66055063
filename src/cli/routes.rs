//! `primum routes`: every address, its method and who may ask for it.

use serde::Serialize;

use super::{Format, Refused, say};
use crate::web::routes::{Method, ROUTES, Route, Who};

#[derive(Serialize)]
struct Row {
    method: &'static str,
    path: String,
    who: &'static str,
}

/// Prints the table.
pub fn list(format: Format) -> Result<(), Refused> {
    let rows: Vec<Row> = ROUTES.iter().map(row).collect();
    match format {
        Format::Json => say(&serde_json::to_string_pretty(&rows)?),
        Format::Text => {
            for row in rows {
                say(&format!("{:4} {:60} {}", row.method, row.path, row.who));
            }
        }
    }
    Ok(())
}

fn row(route: &Route) -> Row {
    let path = without_patterns(route.path);
    Row {
        method: match route.method {
            Method::Get => "GET",
            Method::Post => "POST",
        },
        path: if route.who == Who::PublicPage { format!("/{{lang}}{path}") } else { path },
        who: route.who.as_str(),
    }
}

/// `/editions/{number:[0-9]+}` is `/editions/{number}`.
fn without_patterns(path: &str) -> String {
    let mut out = String::new();
    let mut pattern = false;
    for c in path.chars() {
        match c {
            ':' => pattern = true,
            '}' => {
                pattern = false;
                out.push(c);
            }
            _ if pattern => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_left_out_and_public_pages_have_their_language() {
        let path = "/editions/{number:[0-9]+}/{reference:[A-Z]+-[0-9]+}.md";
        assert_eq!(without_patterns(path), "/editions/{number}/{reference}.md");
        assert_eq!(row(&ROUTES[0]).path, "/{lang}/");
        assert!(ROUTES.iter().all(|route| !row(route).path.contains(['[', ':'])));
    }
}
