//! What the benches share: timing, and the lines that put a figure beside its budget.
//!
//! The budgets of this program are ratios of two pieces of work in one run, so that they hold on any machine. The two
//! are done in turn, and the shortest time of each counts: whatever else runs on the machine only ever adds, so the
//! shortest comes nearest to the work itself. A median of the rounds' ratios would keep the noise, and lean to one side
//! of it: the longer of the two is interrupted more often.

// Each bench uses what it needs of this.
#![allow(dead_code)]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The shortest of several runs: what the work costs where nothing else runs.
pub fn shortest<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    (0..runs.max(1)).map(|_| once(&mut work)).min().unwrap_or_default()
}

/// Prints `open 100 MB plain text (40.00 ms)   2.10× of validating   budget 3×   ok`.
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
    times(what, figure, budget, (of, unit));
}

/// The same for two times that were taken elsewhere.
pub fn times(what: &str, figure: Duration, budget: f64, (of, unit): (&str, Duration)) {
    let ratio = figure.as_secs_f64() / unit.as_secs_f64();
    let what = format!("{what} ({})", millis(figure));
    beside(&what, &format!("{ratio:.2}× of {of}"), &format!("{budget}×"), ratio <= budget);
}

/// Prints `acknowledge an edit   1.20 ms   budget 16 ms   ok`.
pub fn time(what: &str, figure: Duration, budget: Duration) {
    beside(what, &millis(figure), &millis(budget), figure <= budget);
}

/// Prints any figure beside its budget.
pub fn beside(what: &str, figure: &str, budget: &str, is_within: bool) {
    let verdict = if is_within { "ok" } else { "OVER" };
    println!("{what:<56} {figure:<30} budget {budget:<9} {verdict}");
}

/// Prints a figure that has no budget.
pub fn note(what: &str, figure: Duration) {
    println!("{what:<56} {}", millis(figure));
}

fn once<T>(work: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    let made = black_box(work());
    let took = start.elapsed();
    // What was made is given back after the clock has stopped.
    drop(made);
    took
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
