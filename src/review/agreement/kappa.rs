//! Cohen's κ: agreement of two annotators beyond what each one's own habits would give by chance.

use super::Undefined;

/// κ = (pₒ − pₑ) / (1 − pₑ): pₒ is the share of units that both put in the same class, pₑ = Σ pᵢ·p·ᵢ what the two
/// marginals would give by chance (Cohen 1960, "A Coefficient of Agreement for Nominal Scales").
///
/// `table` has the counts row by row, the first annotator's class choosing the row; `classes` is its width.
///
/// # Errors
/// There are no units, or both put all of them in one class.
pub fn kappa(table: &[f64], classes: usize) -> Result<f64, Undefined> {
    let at = |row: usize, column: usize| table.get(row * classes + column).copied().unwrap_or_default();
    let all: f64 = table.iter().sum();
    if all <= 0.0 {
        return Err(Undefined::NoText);
    }
    let agreed: f64 = (0..classes).map(|class| at(class, class)).sum();
    let row = |row: usize| (0..classes).map(|column| at(row, column)).sum::<f64>();
    let column = |column: usize| (0..classes).map(|row| at(row, column)).sum::<f64>();
    // In counts and not in shares: whole numbers, of which it can be said whether chance is certain.
    let by_chance: f64 = (0..classes).map(|class| row(class) * column(class)).sum();
    let certain = all * all;
    if by_chance >= certain {
        return Err(Undefined::NothingVaries);
    }
    Ok((agreed * all - by_chance) / (certain - by_chance))
}
