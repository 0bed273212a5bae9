//! The best assignment: which rows go with which columns so that the sum of their weights is greatest.
//!
//! The Hungarian method with potentials (Kuhn 1955, Munkres 1957), in the form that adds one row at a time: O(n² m).
//! Knows only numbers.

/// For each row the column it goes with, if any: a pair of weight 0 is none. `weights` has one entry a row, each as
/// long as the others.
#[must_use]
pub fn assign(weights: &[Vec<i64>]) -> Vec<Option<usize>> {
    let rows = weights.len();
    let real = weights.first().map_or(0, Vec::len);
    // A row may stay alone: it then takes one of the columns of weight 0 at the end.
    let columns = real + rows;
    let cost = |row: usize, column: usize| -weights.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0);
    // Numbered from 1; 0 stands for "none yet", as is usual for this method.
    let mut of_row = vec![0i64; rows + 1];
    let mut of_column = vec![0i64; columns + 1];
    let mut row_of = vec![0usize; columns + 1];
    for row in 1..=rows {
        let mut least = vec![i64::MAX; columns + 1];
        let mut from = vec![0usize; columns + 1];
        let mut used = vec![false; columns + 1];
        set(&mut row_of, 0, row);
        let mut column = 0;
        loop {
            set(&mut used, column, true);
            let current = at(&row_of, column);
            let (mut delta, mut next) = (i64::MAX, 0);
            for j in (1..=columns).filter(|&j| !at(&used, j)) {
                let reduced = cost(current - 1, j - 1) - at(&of_row, current) - at(&of_column, j);
                if reduced < at(&least, j) {
                    set(&mut least, j, reduced);
                    set(&mut from, j, column);
                }
                if at(&least, j) < delta {
                    (delta, next) = (at(&least, j), j);
                }
            }
            for j in 0..=columns {
                if at(&used, j) {
                    let row = at(&row_of, j);
                    add(&mut of_row, row, delta);
                    add(&mut of_column, j, -delta);
                } else if at(&least, j) != i64::MAX {
                    add(&mut least, j, -delta);
                }
            }
            column = next;
            if at(&row_of, column) == 0 {
                break;
            }
        }
        while column != 0 {
            let previous = at(&from, column);
            let row = at(&row_of, previous);
            set(&mut row_of, column, row);
            column = previous;
        }
    }
    let mut found = vec![None; rows];
    for column in 1..=real {
        let row = at(&row_of, column);
        if row > 0 && cost(row - 1, column - 1) < 0 {
            set(&mut found, row - 1, Some(column - 1));
        }
    }
    found
}

fn at<T: Copy + Default>(list: &[T], place: usize) -> T {
    list.get(place).copied().unwrap_or_default()
}

fn set<T>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = value;
    }
}

fn add(list: &mut [i64], place: usize, value: i64) {
    if let Some(slot) = list.get_mut(place) {
        *slot += value;
    }
}
