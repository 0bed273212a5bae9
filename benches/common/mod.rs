//! What the benches share: timing, and the lines that put a figure beside its budget.
//!
//! The budgets of this program are ratios of two pieces of work in one run, so that they hold on any machine. The two
//! are done in turn, and the shortest time of each counts: what else runs on the machine meets both.

// Each bench uses what it needs of this.
#![allow(dead_code)]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The shortest of several runs: what the work costs where nothing else runs.
pub fn shortest<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    (0..runs.max(1)).map(|_| once(&mut work)).min().unwrap_or_default()
}

/// Prints `open 100 MB plain text   2.1× of validating   budget 3×   ok`.
pub fn ratio<T, U>(
    what: &str,
    runs: usize,
    budget: f64,
    (of, mut base): (&str, impl FnMut() -> U),
    mut work: impl FnMut() -> T,
) {
    let (mut figure, mut unit) = (Duration::MAX, Duration::MAX);
    for _ in 0..runs.max(1) {
        unit = unit.min(once(&mut base));
        figure = figure.min(once(&mut work));
    }
    let ratio = figure.as_secs_f64() / unit.as_secs_f64();
    let verdict = if ratio <= budget { "ok" } else { "OVER" };
    let measured = format!("{ratio:.2}× of {of}");
    println!("{what:<48} {measured:<28} budget {:<9} {verdict}   ({})", format!("{budget}×"), millis(figure));
}

/// Prints `acknowledge an edit   1.20 ms   budget 16 ms   ok`.
pub fn time(what: &str, figure: Duration, budget: Duration) {
    let verdict = if figure <= budget { "ok" } else { "OVER" };
    println!("{what:<48} {:<28} budget {:<9} {verdict}", millis(figure), millis(budget));
}

/// Prints a figure that has no budget.
pub fn note(what: &str, figure: Duration) {
    println!("{what:<48} {}", millis(figure));
}

fn once<T>(work: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
