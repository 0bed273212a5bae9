//! Cutting a text, and the sums of heights.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use vouch::app::reader::chunks::{Chunks, LIMIT, TARGET};
use vouch::app::reader::scroll::{Column, Place};

fn pieces(text: &str) -> Vec<&str> {
    let chunks = Chunks::new(text);
    (0..chunks.len()).map(|chunk| &text[chunks.span(chunk).start..chunks.span(chunk).end]).collect()
}

#[test]
fn chunks_of_a_release_end_at_line_ends() {
    let text = "A line of the release, as long as lines are.\n\n".repeat(700);
    let pieces = pieces(&text);
    assert!(pieces.len() > 5);
    assert_eq!(pieces.concat(), text);
    for piece in &pieces {
        assert!(piece.ends_with('\n'));
    }
    for piece in &pieces[..pieces.len() - 1] {
        assert!((TARGET..TARGET + 64).contains(&piece.len()), "{}", piece.len());
    }
}

#[test]
fn a_long_line_begins_a_chunk_of_its_own_and_is_cut_at_spaces() {
    let text = format!("Short.\n{}\nShort again.\n", "word ".repeat(5000));
    let pieces = pieces(&text);
    assert_eq!(pieces.concat(), text);
    assert_eq!(pieces[0], "Short.\n");
    for piece in &pieces[1..pieces.len() - 2] {
        assert!(piece.ends_with(' ') && piece.len() <= TARGET, "{}", piece.len());
    }
}

#[test]
fn a_line_without_a_space_is_cut_between_clusters() {
    for cluster in ["x", "🇱🇹", "e\u{301}\u{323}", "👩\u{200d}💻"] {
        let text = cluster.repeat(40_000 / cluster.len());
        let pieces = pieces(&text);
        assert_eq!(pieces.concat(), text);
        assert!(pieces.len() > 3);
        for piece in pieces {
            assert_eq!(piece.len() % cluster.len(), 0, "{cluster:?}");
        }
    }
}

#[test]
fn a_space_that_carries_an_accent_is_not_cut_off_it() {
    let text = "ab\u{20}\u{301}".repeat(4000);
    for piece in pieces(&text) {
        assert!(!piece.starts_with('\u{301}'));
    }
}

#[test]
fn an_empty_text_is_one_empty_chunk() {
    assert_eq!(pieces(""), [""]);
}

/// Chunks with heights of their own, which become known when asked for.
struct Heights {
    chunks: Chunks,
    real: Vec<f64>,
}

impl Heights {
    fn new(guess: f64, real: &[f64]) -> Self {
        let text = "x\n".repeat(real.len() * TARGET / 2);
        let mut chunks = Chunks::new(&text);
        chunks.estimate(|_| guess);
        let real = real.iter().copied().cycle().take(chunks.len()).collect();
        Self { chunks, real }
    }

    /// Points from the top by the true heights.
    fn real_y(&self, place: Place) -> f64 {
        self.real[..place.chunk].iter().sum::<f64>() + place.offset
    }

    fn real_total(&self) -> f64 {
        self.real.iter().sum()
    }
}

impl Column for Heights {
    fn chunks(&self) -> &Chunks {
        &self.chunks
    }

    fn measure(&mut self, chunk: usize) -> f64 {
        self.chunks.set_height(chunk, self.real[chunk]);
        self.real[chunk]
    }
}

/// Heights as they are: whole numbers of pixels at some zoom, and some chunks of nothing but blank lines.
fn heights() -> impl Strategy<Value = Vec<f64>> {
    let height = prop_oneof![1 => Just(0.0), 6 => (1..4000u32).prop_map(|quarters| f64::from(quarters) / 4.0)];
    prop::collection::vec(height, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_cut_into_itself(words in prop::collection::vec("[a-zא-ת🇱🇹\u{301} \n]{0,40}", 0..600)) {
        let text = words.concat();
        let chunks = Chunks::new(&text);
        let mut end = 0;
        for chunk in 0..chunks.len() {
            let span = chunks.span(chunk);
            prop_assert_eq!(span.start, end);
            prop_assert!(span.len() <= LIMIT);
            prop_assert!(span.start < span.end || text.is_empty());
            prop_assert!(text.is_char_boundary(span.end));
            prop_assert_eq!(chunks.at_byte(span.start), chunk);
            prop_assert_eq!(chunks.at_byte(span.end.max(1) - 1), chunk);
            end = span.end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn chunks_are_whole_clusters_where_the_line_is_long(cluster in "[a-z🇱🇹\u{301}👩\u{200d}]{1,8}") {
        let text = cluster.repeat(20_000 / cluster.len());
        let bounds: std::collections::BTreeSet<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        // Accents or joined pictures without end are one cluster, which has to be cut somewhere.
        prop_assume!(bounds.iter().zip(bounds.iter().skip(1)).all(|(start, end)| end - start < 1000));
        let chunks = Chunks::new(&text);
        for chunk in 0..chunks.len() {
            prop_assert!(bounds.contains(&chunks.span(chunk).start));
        }
    }

    #[test]
    fn sums_of_heights_are_what_adding_gives(
        real in heights(),
        changes in prop::collection::vec((0..60usize, 0..4000u32), 0..60),
        y in 0.0..40_000.0f64,
    ) {
        let mut column = Heights::new(100.0, &real);
        let count = column.chunks.len();
        let mut plain = vec![100.0; count];
        for (chunk, quarters) in changes {
            let (chunk, height) = (chunk % count, f64::from(quarters) / 4.0);
            column.chunks.set_height(chunk, height);
            plain[chunk] = height;
        }
        for chunk in 0..=count {
            prop_assert_eq!(column.chunks.top(chunk), plain[..chunk].iter().sum::<f64>());
        }
        let (chunk, inside) = column.chunks.at_y(y);
        if y < column.chunks.total() {
            prop_assert_eq!(column.chunks.top(chunk) + inside, y);
            prop_assert!(inside < column.chunks.height(chunk));
        } else {
            prop_assert_eq!((chunk, inside), (count - 1, plain[count - 1]));
        }
    }

    #[test]
    fn scrolling_down_and_up_again_ends_where_it_began(
        real in heights(),
        steps in prop::collection::vec(-2000..2000i32, 1..40),
        view in 100..900u32,
    ) {
        let view = f64::from(view);
        let mut column = Heights::new(321.0, &real);
        let mut place = Place::default().settled(view, &mut column);
        let free = (column.real_total() - view).max(0.0);
        let mut y = 0.0f64;
        for step in steps {
            let step = f64::from(step).clamp(-view * 8.0, view * 8.0);
            place = place.moved(step, view, &mut column);
            y = (y + step).clamp(0.0, free);
            // What is seen is what adding the true heights gives, whatever was guessed before.
            prop_assert_eq!(column.real_y(place), y);
            prop_assert!(place.offset >= 0.0);
            let last = place.chunk + 1 == column.chunks.len();
            prop_assert!(last || place.offset < column.real[place.chunk]);
        }
    }

    #[test]
    fn a_far_jump_lands_within_the_document(real in heights(), y in -1e6..1e6f64, view in 100..900u32) {
        let view = f64::from(view);
        let mut column = Heights::new(77.0, &real);
        let place = Place::at_y(y, view, &mut column);
        let top = column.real_y(place);
        prop_assert!(top >= 0.0 && top <= (column.real_total() - view).max(0.0) + 1e-9);
        let back = Place::default().moved(1e12, view, &mut column);
        prop_assert_eq!(column.real_y(back), (column.real_total() - view).max(0.0));
    }

    #[test]
    fn distances_add_up(real in heights(), a in (0..40usize, 0..100u32), b in (0..40usize, 0..100u32)) {
        let mut column = Heights::new(77.0, &real);
        let count = column.chunks.len();
        for chunk in 0..count {
            column.measure(chunk);
        }
        let place = Place { chunk: a.0 % count, offset: f64::from(a.1) };
        let (chunk, offset) = (b.0 % count, f64::from(b.1));
        let apart = column.real_y(Place { chunk, offset }) - column.real_y(place);
        prop_assert_eq!(place.distance_to(chunk, offset, &column.chunks), apart);
    }
}
