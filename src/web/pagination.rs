//! Long lists, a page at a time: `?page=2`.

use super::cx::Cx;
use super::error::WebError;

/// Rows on a page.
pub const PER_PAGE: i64 = 50;

/// Where a page stands in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    pub current: i64,
    pub last: i64,
}

/// A numbered link; `gap` when pages before it are left out.
pub struct PageLink {
    pub number: i64,
    pub current: bool,
    pub gap: bool,
}

impl Pages {
    /// The page that the address asks for, of a list of `total` rows.
    ///
    /// # Errors
    /// `NotFound` when the list has no such page.
    pub fn of(cx: &Cx, total: i64) -> Result<Self, WebError> {
        Self::parse(cx.query().get("page"), total).ok_or(WebError::NotFound)
    }

    fn parse(asked: Option<&str>, total: i64) -> Option<Self> {
        let last = ((total + PER_PAGE - 1) / PER_PAGE).max(1);
        let current = asked.map_or(Some(1), |text| text.parse().ok())?;
        (1..=last).contains(&current).then_some(Self { current, last })
    }

    /// How many rows stand before this page.
    #[must_use]
    pub const fn offset(&self) -> i64 {
        (self.current - 1) * PER_PAGE
    }

    /// The first page, the last, and those around this one.
    #[must_use]
    pub fn links(&self) -> Vec<PageLink> {
        let near = (self.current - 2).max(1)..=(self.current + 2).min(self.last);
        let mut numbers: Vec<i64> = near.chain([1, self.last]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut before = 0;
        let link = |number| {
            let gap = number > before + 1;
            before = number;
            PageLink { number, current: number == self.current, gap }
        };
        numbers.into_iter().map(link).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_the_pages_it_needs() {
        let last = |total| Pages::parse(None, total).map(|pages| pages.last);
        assert_eq!([last(0), last(50), last(51)], [Some(1), Some(1), Some(2)]);
        assert_eq!(Pages::parse(Some("2"), 51).map(|pages| pages.offset()), Some(50));
        for bad in ["0", "3", "-1", "x", ""] {
            assert_eq!(Pages::parse(Some(bad), 51), None, "{bad}");
        }
    }

    #[test]
    fn far_pages_are_left_out() {
        let shown = |current| {
            let links = Pages { current, last: 20 }.links();
            links.iter().map(|link| (link.number, link.gap)).collect::<Vec<_>>()
        };
        assert_eq!(shown(1), [(1, false), (2, false), (3, false), (20, true)]);
        let middle: Vec<_> = shown(10).into_iter().filter(|(_, gap)| *gap).collect();
        assert_eq!(middle, [(8, true), (20, true)]);
    }
}
