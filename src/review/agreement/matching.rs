//! Precision, recall and their harmonic mean, of claims that were matched one to one.

use super::Undefined;

/// How many claims two annotators marked, and how many of them went together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Matches {
    /// Claims of the first, who is taken as the reference.
    pub of_a: f64,
    /// Claims of the second.
    pub of_b: f64,
    /// Claims of one that go with a claim of the other.
    pub both: f64,
}

impl Matches {
    pub(super) fn of(counts: &[f64]) -> Self {
        let at = |place: usize| counts.get(place).copied().unwrap_or_default();
        Self { of_a: at(0), of_b: at(1), both: at(2) }
    }

    /// Of the second's claims the share that the first has too.
    ///
    /// # Errors
    /// The second marked nothing.
    pub fn precision(self) -> Result<f64, Undefined> {
        share(self.both, self.of_b)
    }

    /// Of the first's claims the share that the second has too.
    ///
    /// # Errors
    /// The first marked nothing.
    pub fn recall(self) -> Result<f64, Undefined> {
        share(self.both, self.of_a)
    }

    /// F₁ = 2PR / (P + R) = 2·both / (a + b) (van Rijsbergen 1979): the same whichever of the two is the reference. Where
    /// what nobody marked cannot be counted, as with spans of a text, it is what κ comes to (Hripcsak and Rothschild 2005,
    /// "Agreement, the F-Measure, and Reliability in Information Retrieval").
    ///
    /// # Errors
    /// Neither marked anything.
    pub fn f1(self) -> Result<f64, Undefined> {
        share(2.0 * self.both, self.of_a + self.of_b)
    }

    /// Claims of both: what the figures rest on.
    pub(super) fn n(self) -> f64 {
        self.of_a + self.of_b
    }
}

fn share(part: f64, whole: f64) -> Result<f64, Undefined> {
    if whole > 0.0 { Ok(part / whole) } else { Err(Undefined::NothingMarked) }
}
