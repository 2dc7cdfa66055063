//! Which pairs keep an order and which have moved.

/// Of pairs in the new order the most that keep the old order; of as many, the most text.
pub fn heaviest(pairs: &[(usize, usize)], size: impl Fn(usize) -> usize) -> Vec<(usize, usize)> {
    if pairs.is_sorted() {
        return pairs.to_vec();
    }
    let low = pairs.iter().map(|own| own.0).min().unwrap_or(0);
    let high = pairs.iter().map(|own| own.0).max().unwrap_or(0);
    // A Fenwick tree of the heaviest run that ends at or before a place.
    let mut tree: Vec<(usize, usize)> = vec![(0, usize::MAX); high - low + 2];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut top = (0, usize::MAX);
    for (own, (at, _)) in pairs.iter().enumerate() {
        let mut best = (0, usize::MAX);
        let mut place = at - low;
        while place > 0 {
            if tree[place].0 >= best.0 {
                best = tree[place];
            }
            place &= place - 1;
        }
        before[own] = best.1;
        let weight = best.0 + (1 << 20) + size(*at);
        if weight >= top.0 {
            top = (weight, own);
        }
        let mut place = at - low + 1;
        while place < tree.len() {
            if weight > tree[place].0 {
                tree[place] = (weight, own);
            }
            place += place & place.wrapping_neg();
        }
    }
    let mut run = Vec::new();
    let mut own = top.1;
    while own != usize::MAX {
        run.push(pairs[own]);
        own = before[own];
    }
    run.reverse();
    run
}
