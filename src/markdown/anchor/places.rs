//! Where many quotes stand in a text: all are looked for in one walk, and remembered.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use memchr::memmem::Finder;

use super::Quote;
use super::finding;

/// Words of more bytes are looked for alone: an automaton of them would be large.
const LONG: usize = 4 << 10;
/// An automaton is made of words of so many bytes in all.
const MOST_BYTES: usize = 64 << 10;
/// Words that stand in more blocks than this are not told apart.
const MOST_BLOCKS: usize = 256;
/// Words that stand in one block more often than this are not told apart.
const MOST_PLACES: usize = 4096;

/// The words that are looked for.
pub struct Wanted {
    exact: Vec<String>,
    /// Those from a number on that one walk finds.
    walks: Vec<(usize, usize, AhoCorasick)>,
    /// From here on they are long.
    long: usize,
}

impl Wanted {
    pub fn new<'a>(quotes: impl Iterator<Item = &'a Quote>) -> Self {
        let mut exact: Vec<String> = quotes.map(finding::exact).collect();
        exact.retain(|own| !own.is_empty());
        exact.sort_unstable_by(|left, right| (left.len(), left).cmp(&(right.len(), right)));
        exact.dedup();
        let mut long = exact.partition_point(|own| own.len() <= LONG);
        let mut walks = Vec::new();
        let mut from = 0;
        while from < long {
            let mut bytes = 0;
            let fits = |own: &&String| {
                bytes += own.len();
                bytes <= MOST_BYTES
            };
            let count = exact[from..long].iter().take_while(fits).count();
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(&exact[from..from + count]);
            // What no automaton can be made of is looked for word by word.
            let Ok(automaton) = automaton else {
                long = from;
                break;
            };
            walks.push((from, count, automaton));
            from += count;
        }
        Self { exact, walks, long }
    }

    fn number(&self, exact: &str) -> Option<usize> {
        let key = |own: &String| (own.len(), own.as_str()).cmp(&(exact.len(), exact));
        self.exact.binary_search_by(key).ok()
    }

    /// Where each stands in a text, those left out that do not.
    fn walk(&self, plain: &str) -> HashMap<usize, Rc<Places>> {
        let mut found = HashMap::new();
        for (from, count, automaton) in &self.walks {
            let mut own: Vec<Places> =
                std::iter::repeat_with(Places::default).take(*count).collect();
            let mut full = 0;
            for hit in automaton.find_overlapping_iter(plain) {
                let places = &mut own[hit.pattern().as_usize()];
                if !places.many && !places.push(hit.start()) {
                    full += 1;
                    if full == *count {
                        break;
                    }
                }
            }
            let numbered = own.into_iter().enumerate().filter(|(_, places)| places.any());
            found.extend(numbered.map(|(at, places)| (from + at, Rc::new(places))));
        }
        found
    }

    /// The blocks that have each; none for those too many have.
    fn blocks<'b>(&self, plain: impl Iterator<Item = &'b str>) -> Vec<Vec<usize>> {
        let mut found: Vec<Vec<usize>> = vec![Vec::new(); self.long];
        for (block, plain) in plain.enumerate() {
            for (from, count, automaton) in &self.walks {
                let mut left = *count;
                for hit in automaton.find_overlapping_iter(plain) {
                    let own = &mut found[from + hit.pattern().as_usize()];
                    if own.last() == Some(&block) {
                        continue;
                    }
                    // One too many says it, and no more are kept.
                    own.truncate(MOST_BLOCKS);
                    own.push(block);
                    left -= 1;
                    if left == 0 {
                        break;
                    }
                }
            }
        }
        found.into_iter().map(few).collect()
    }
}

/// Where words stand in a block, in bytes.
#[derive(Debug, Default)]
pub struct Places {
    pub at: Vec<usize>,
    /// In more places than can be told apart: none of them is kept.
    many: bool,
}

impl Places {
    /// Takes one more, unless there are too many.
    pub fn push(&mut self, at: usize) -> bool {
        if self.at.len() < MOST_PLACES {
            self.at.push(at);
        } else {
            self.many = true;
            self.at = Vec::new();
        }
        !self.many
    }

    pub fn any(&self) -> bool {
        self.many || !self.at.is_empty()
    }
}

/// What was found in the blocks of a text so far.
pub struct Finds<'a> {
    wanted: &'a Wanted,
    walked: RefCell<HashMap<usize, HashMap<usize, Rc<Places>>>>,
    having: OnceCell<Vec<Vec<usize>>>,
}

impl<'a> Finds<'a> {
    pub fn new(wanted: &'a Wanted) -> Self {
        Self { wanted, walked: RefCell::default(), having: OnceCell::new() }
    }

    /// Where words stand in the block of this number.
    pub fn places(&self, block: usize, plain: &str, exact: &str) -> Rc<Places> {
        let Some(number) = self.wanted.number(exact) else { return Rc::default() };
        let mut walked = self.walked.borrow_mut();
        let own = walked.entry(block).or_insert_with(|| self.wanted.walk(plain));
        if number >= self.wanted.long {
            let alone = || Rc::new(finding::places(plain, exact));
            return Rc::clone(own.entry(number).or_insert_with(alone));
        }
        own.get(&number).map(Rc::clone).unwrap_or_default()
    }

    /// The blocks that have these words; none if too many have.
    pub fn blocks<'b>(
        &self,
        plain: impl Iterator<Item = &'b str> + Clone,
        exact: &str,
    ) -> Vec<usize> {
        let Some(number) = self.wanted.number(exact) else { return Vec::new() };
        if number >= self.wanted.long {
            let finder = Finder::new(exact);
            let has = |(_, plain): &(usize, &str)| finder.find(plain.as_bytes()).is_some();
            return few(plain.enumerate().filter(has).map(|(at, _)| at).collect());
        }
        self.having.get_or_init(|| self.wanted.blocks(plain))[number].clone()
    }
}

fn few(blocks: Vec<usize>) -> Vec<usize> {
    if blocks.len() > MOST_BLOCKS { Vec::new() } else { blocks }
}
