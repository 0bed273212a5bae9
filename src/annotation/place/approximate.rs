//! Approximate search with bounded errors. Where the pattern ends is told by [`ends`]; from there Sellers' columns with
//! Ukkonen's cut-off, which carry where a match began, tell the rest.
//!
//! An error is a character that was put in, left out or replaced. All work is counted, so that a hostile set cannot
//! keep the program busy.

use super::ends::ends;

/// How much work may still be done, in cells of a distance table.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

/// The budget is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spent;

impl Budget {
    pub(super) fn new(cells: usize) -> Self {
        Self { left: cells }
    }

    pub(super) fn spend(&mut self, cells: usize) -> Result<(), Spent> {
        self.left = self.left.checked_sub(cells).ok_or(Spent)?;
        Ok(())
    }

    /// Sets aside a part for one piece of work; what that leaves comes back with [`Budget::give`].
    pub(super) fn part(&mut self, cells: usize) -> Self {
        let part = cells.min(self.left);
        self.left -= part;
        Self { left: part }
    }

    pub(super) fn give(&mut self, rest: &Self) {
        self.left += rest.left;
    }
}

/// A place where a pattern was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) errors: usize,
}

/// All places of `pattern` in `text` with at most `most` errors; of neighbouring ends only those with the fewest.
pub(super) fn find(pattern: &[char], text: &[char], most: usize, budget: &mut Budget) -> Result<Vec<Found>, Spent> {
    let mut found = Vec::new();
    for range in ends(pattern, text, most, budget)? {
        let start = range.start.saturating_sub(pattern.len() + most);
        let slice = text.get(start..range.end).unwrap_or_default();
        let within = columns(pattern, slice, most, budget)?.into_iter();
        found.extend(within.map(|one| Found { start: start + one.start, end: start + one.end, ..one }));
    }
    Ok(found)
}

fn columns(pattern: &[char], text: &[char], most: usize, budget: &mut Budget) -> Result<Vec<Found>, Spent> {
    let mut found: Vec<Found> = Vec::new();
    // A row for each pattern character and one before them: errors, and where the match that has them began.
    let mut column: Vec<(usize, usize)> = (0..=pattern.len()).map(|row| (row, 0)).collect();
    // Rows from here on have more errors than are borne.
    let mut active = most.min(pattern.len()) + 1;
    for (at, &c) in text.iter().enumerate() {
        // Rows above this one cannot come to the pattern's end before the text does.
        let first = (at + pattern.len()).saturating_sub(text.len() + most).max(1);
        let end = (active + 1).min(column.len());
        let rows = end.saturating_sub(first);
        if rows == 0 {
            break;
        }
        budget.spend(rows + 1)?;
        if let Some(beyond) = column.get_mut(active) {
            *beyond = (most + 1, at);
        }
        let mut diagonal = column.get(first - 1).copied().unwrap_or((most + 1, at));
        let top = if first == 1 { (0, at + 1) } else { (most + 1, at) };
        if let Some(cell) = column.get_mut(first - 1) {
            *cell = top;
        }
        let mut above = top;
        let (cells, wanted) = (column.get_mut(first..end), pattern.get(first - 1..end - 1));
        for (cell, &wanted) in cells.unwrap_or_default().iter_mut().zip(wanted.unwrap_or_default()) {
            let left = *cell;
            let mut best = (diagonal.0 + usize::from(wanted != c), diagonal.1);
            if left.0 + 1 < best.0 {
                best = (left.0 + 1, left.1);
            }
            if above.0 + 1 < best.0 {
                best = (above.0 + 1, above.1);
            }
            diagonal = left;
            above = best;
            *cell = best;
        }
        active = end;
        while active > first && column.get(active - 1).is_some_and(|cell| cell.0 > most) {
            active -= 1;
        }
        if active == column.len()
            && let Some(&(errors, start)) = column.last()
        {
            push(&mut found, Found { start, end: at + 1, errors });
        }
    }
    Ok(found)
}

/// Adds a match, unless the one before ends next to it and is better; better than that one it takes its place.
fn push(found: &mut Vec<Found>, new: Found) {
    while let Some(last) = found.last()
        && new.end - last.end <= 1 + last.errors.abs_diff(new.errors)
    {
        if last.errors < new.errors {
            return;
        }
        if last.errors == new.errors {
            break;
        }
        found.pop();
    }
    found.push(new);
}

/// How many errors lie between two texts; `None` for more than `most`.
pub(super) fn distance(a: &[char], b: &[char], most: usize, budget: &mut Budget) -> Result<Option<usize>, Spent> {
    if a == b {
        return Ok(Some(0));
    }
    if a.len().abs_diff(b.len()) > most {
        return Ok(None);
    }
    // Only cells within `most` of the diagonal can count.
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let from = i.saturating_sub(most);
        let to = (i + most + 1).min(b.len());
        budget.spend(to.saturating_sub(from) + 1)?;
        let mut diagonal = row.get(from).copied().unwrap_or(most + 1);
        let mut left = most + 1;
        if from == 0 {
            left = i + 1;
        }
        if let Some(cell) = row.get_mut(from) {
            *cell = left;
        }
        for (cell, y) in row.iter_mut().skip(from + 1).zip(b.iter().skip(from)).take(to - from) {
            let best = (diagonal + usize::from(x != y)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            left = best;
            *cell = best;
        }
        if let Some(outside) = row.get_mut(to + 1) {
            *outside = most + 1;
        }
    }
    Ok(row.last().copied().filter(|&errors| errors <= most))
}
