//! Looks for a case that breaks a property: the same cases every time.

use arbitrary::{Result, Unstructured};

/// How many cases a property is tried on, here and with `PRIMUM_PROPERTY_CASES`.
pub fn cases(few: usize) -> usize {
    let asked = std::env::var("PRIMUM_PROPERTY_CASES").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(few)
}

/// The next number of a stream that looks random and is not.
pub fn next(state: &mut u64) -> u64 {
    // SplitMix64.
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The first fault, small cases first; a case that runs out of numbers is no case.
pub fn find(
    cases: usize,
    property: impl Fn(&mut Unstructured) -> Result<Vec<String>>,
) -> Option<String> {
    for case in 0..cases {
        let mut state = case as u64;
        let size = 64 + case * 2000 / cases.max(1);
        let bytes: Vec<u8> =
            (0..size.div_ceil(8)).flat_map(|_| next(&mut state).to_le_bytes()).collect();
        if let Ok(faults) = property(&mut Unstructured::new(&bytes))
            && let Some(fault) = faults.into_iter().next()
        {
            return Some(format!("case {case}: {fault}"));
        }
    }
    None
}

/// Fails with the first fault.
pub fn assert_none(cases: usize, property: impl Fn(&mut Unstructured) -> Result<Vec<String>>) {
    if let Some(fault) = find(cases, property) {
        panic!("{fault}");
    }
}
