//! How well an attacker does who only watches: how far the hidden can be told from the absent by time, and whether the
//! labels of one reviewer on many manuscripts can be told to be one person's. Both as the area under the curve (AUC):
//! 0.5 is guessing, 1 is certainty. Run with `cargo bench --bench anonymity`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    dead_code
)]

#[path = "../../office/support.rs"]
mod support;

mod linking;
mod timing;

/// The chance that one of the first is greater than one of the second, ties halved.
pub fn auc(positive: &[f64], negative: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = positive
        .iter()
        .map(|v| (*v, true))
        .chain(negative.iter().map(|v| (*v, false)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut sum, mut i) = (0.0, 0.0, 0);
    while i < all.len() {
        let same = all[i..].iter().take_while(|v| v.0 == all[i].0).count();
        let (mut pos, mut neg) = (0.0, 0.0);
        for (_, is_positive) in &all[i..i + same] {
            if *is_positive { pos += 1.0 } else { neg += 1.0 }
        }
        sum += pos * (below + neg / 2.0);
        below += neg;
        i += same;
    }
    sum / (positive.len() as f64 * negative.len() as f64)
}

fn main() {
    assert_eq!(auc(&[2.0, 3.0], &[1.0, 0.0]), 1.0);
    assert_eq!(auc(&[1.0, 1.0], &[1.0, 1.0]), 0.5);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let which: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let wanted = |name: &str| which.is_empty() || which.iter().any(|w| w == name);
    if wanted("timing") {
        runtime.block_on(timing::run());
    }
    if wanted("linking") {
        runtime.block_on(linking::run());
    }
}
