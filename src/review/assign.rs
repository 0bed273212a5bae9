//! The best assignment: which rows go with which columns so that the sum of their weights is greatest.
//!
//! The Hungarian method (Kuhn 1955, Munkres 1957) on a sparse graph, one row at a time by the shortest augmenting path
//! (Jonker and Volgenant 1987, with Dijkstra's search in its potentials). A search ends at the first free column, so
//! that where pairs are local, as in a text, the cost of a row is local too. Knows only numbers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A row and a column that may go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0.
    pub column: usize,
    /// What the pair is worth, more than 0.
    pub weight: i64,
}

/// For each row the column that it goes with, if any, so that the sum of the weights is greatest. Of several best
/// assignments always the same one. `None` where it takes more than `most` steps, a step being a look at an edge.
#[must_use]
pub fn assign(rows: usize, columns: usize, edges: &[Edge], most: usize) -> Option<Vec<Option<usize>>> {
    let mut search = Search::new(rows, columns, edges);
    for row in 0..rows {
        search.add(row);
        if search.steps > most {
            return None;
        }
    }
    Some(search.column_of.into_iter().map(|column| column.filter(|&column| column < columns)).collect())
}

/// For each row the column that it goes with, the heaviest pairs first: at least half of the greatest sum (Preis
/// 1999), in the time that sorting takes.
#[must_use]
pub fn heaviest_first(rows: usize, columns: usize, edges: &[Edge]) -> Vec<Option<usize>> {
    let mut sorted = edges.to_vec();
    sorted.sort_unstable_by_key(|edge| (Reverse(edge.weight), edge.row, edge.column));
    let (mut found, mut taken) = (vec![None; rows], vec![false; columns]);
    for Edge { row, column, .. } in sorted {
        if at(&found, row).is_none() && !at(&taken, column) {
            set(&mut found, row, Some(column));
            set(&mut taken, column, true);
        }
    }
    found
}

/// An assignment in the making. A row may stay alone: it then takes a column of its own, behind the others, of weight 0.
struct Search {
    columns: usize,
    /// Where the edges of each row begin in `edges`, and the end.
    first: Vec<usize>,
    /// Column and weight.
    edges: Vec<(usize, i64)>,
    of_row: Vec<i64>,
    of_column: Vec<i64>,
    row_of: Vec<Option<usize>>,
    column_of: Vec<Option<usize>>,
    /// For the search at hand: the distance of each column, and the row from which it was reached.
    reached: Vec<Option<(i64, usize)>>,
    steps: usize,
}

impl Search {
    fn new(rows: usize, columns: usize, edges: &[Edge]) -> Self {
        let mut first = vec![0; rows + 1];
        for edge in edges {
            let next = edge.row + 1;
            let count = at(&first, next);
            set(&mut first, next, count + 1);
        }
        let mut sum = 0;
        for begin in &mut first {
            sum += *begin;
            *begin = sum;
        }
        let mut sorted = edges.to_vec();
        sorted.sort_unstable_by_key(|edge| (edge.row, edge.column));
        Self {
            columns,
            first,
            edges: sorted.into_iter().map(|edge| (edge.column, edge.weight)).collect(),
            of_row: vec![0; rows],
            of_column: vec![0; columns + rows],
            row_of: vec![None; columns + rows],
            column_of: vec![None; rows],
            reached: vec![None; columns + rows],
            steps: 0,
        }
    }

    /// The columns that a row may take, each with its cost.
    fn choices(&self, row: usize) -> impl Iterator<Item = (usize, i64)> + use<'_> {
        let own = self.edges.get(at(&self.first, row)..at(&self.first, row + 1)).unwrap_or_default();
        own.iter().map(|&(column, weight)| (column, -weight)).chain([(self.columns + row, 0)])
    }

    /// Gives a further row its column, moving others where that is better for all.
    fn add(&mut self, row: usize) {
        let cheapest = self.choices(row).map(|(column, cost)| cost - at(&self.of_column, column)).min();
        set(&mut self.of_row, row, cheapest.unwrap_or_default());
        // Of columns equally near the free ones come first: a search then ends where it can.
        let mut heap = BinaryHeap::new();
        let mut touched = Vec::new();
        let mut settled: Vec<(usize, i64)> = Vec::new();
        let (mut current, mut base) = (row, 0);
        let (end, distance) = loop {
            let mut looked = 0;
            let mut nearer = Vec::new();
            for (column, cost) in self.choices(current) {
                looked += 1;
                let distance = base + cost - at(&self.of_row, current) - at(&self.of_column, column);
                if at(&self.reached, column).is_none_or(|(known, _)| distance < known) {
                    nearer.push((column, distance));
                }
            }
            self.steps += looked;
            for (column, distance) in nearer {
                if at(&self.reached, column).is_none() {
                    touched.push(column);
                }
                set(&mut self.reached, column, Some((distance, current)));
                heap.push(Reverse((distance, at(&self.row_of, column).is_some(), column)));
            }
            let next = std::iter::from_fn(|| heap.pop())
                .map(|Reverse((distance, _, column))| (column, distance))
                .find(|&(column, distance)| at(&self.reached, column).is_some_and(|(least, _)| least == distance));
            // A row's own column is always free, so that there is a next one.
            let Some((column, distance)) = next else { return };
            match at(&self.row_of, column) {
                None => break (column, distance),
                Some(taker) => {
                    settled.push((column, distance));
                    (current, base) = (taker, distance);
                }
            }
        };
        for (column, near) in settled {
            add(&mut self.of_column, column, near - distance);
            if let Some(taker) = at(&self.row_of, column) {
                add(&mut self.of_row, taker, distance - near);
            }
        }
        add(&mut self.of_row, row, distance);
        let mut column = Some(end);
        while let Some(taken) = column {
            let Some((_, by)) = at(&self.reached, taken) else { break };
            column = if by == row { None } else { at(&self.column_of, by) };
            set(&mut self.row_of, taken, Some(by));
            set(&mut self.column_of, by, Some(taken));
        }
        for column in touched {
            set(&mut self.reached, column, None);
        }
    }
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
