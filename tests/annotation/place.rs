//! Where anchors are in a text that was changed: cases by name, then properties on random edits.

use proptest::prelude::*;
use vouch::annotation::{Anchor, Lost, Placement, SURE_ENOUGH, place, place_all};
use vouch::document::{ByteSpan, CodeSpan, Text};

use super::common::{RELEASE, anchor, anchor_in, release};

/// What stands where the anchor was placed, as one word and the quoted parts: `exact: …`, `moved: …`, `changed: …`
/// (moved to other words), `ambiguous: … | …`, `lost: …`.
fn told(text: &Text, placement: &Placement) -> String {
    let words = |spans: &[ByteSpan]| spans.iter().map(|&span| text.slice(span)).collect::<Vec<_>>().join(" + ");
    match placement {
        Placement::Exact(spans) => format!("exact: {}", words(spans)),
        Placement::Moved(one) if one.is_verbatim => format!("moved: {}", words(&one.spans)),
        Placement::Moved(one) => format!("changed: {}", words(&one.spans)),
        Placement::Ambiguous(all) => {
            let all: Vec<_> = all.iter().map(|one| words(&one.spans)).collect();
            format!("ambiguous: {}", all.join(" | "))
        }
        Placement::Lost(why) => format!("lost: {why:?}"),
    }
}

/// Places the anchor of the first `words` of `old` in `new`.
fn check_in(old: &str, words: &str, new: &str, expected: &str) {
    check_anchor(&anchor_in(&Text::new(old.to_owned()), words), new, expected);
}

fn check_anchor(anchor: &Anchor, new: &str, expected: &str) {
    let new = Text::new(new.to_owned());
    let placement = place(&new, false, anchor);
    assert_eq!(told(&new, &placement), expected);
    if let Placement::Moved(one) = &placement {
        assert!((SURE_ENOUGH..=1.0).contains(&one.sure), "{}", one.sure);
    }
}

/// Places words of the release in the release with one passage changed.
fn check(words: &str, from: &str, to: &str, expected: &str) {
    assert!(RELEASE.contains(from));
    check_in(RELEASE, words, &RELEASE.replacen(from, to, 1), expected);
}

fn parts(words: &[&str]) -> Anchor {
    let spans: Vec<ByteSpan> = words
        .iter()
        .map(|words| {
            let start = RELEASE.find(words).unwrap();
            ByteSpan::new(start, start + words.len())
        })
        .collect();
    Anchor::new(&release(), &spans).unwrap()
}

#[test]
fn what_stands_where_it_stood_is_exact() {
    check("the bridge will open in May", "available", "there", "exact: the bridge will open in May");
    check("He", "available", "there", "exact: He");
    assert!(place(&release(), true, &anchor("Tamm")).is_exact());
}

#[test]
fn the_same_text_needs_no_context_and_another_does() {
    let bare = Anchor { before: String::new(), after: String::new(), ..anchor("He") };
    assert!(place(&release(), true, &bare).is_exact());
    check_anchor(&bare, RELEASE, "lost: NotFound");
}

#[test]
fn a_wrong_position_is_told_even_in_the_same_text() {
    let mut wrong = anchor("costs had doubled");
    for span in &mut wrong.spans {
        span.start -= 3;
        span.end -= 3;
    }
    let text = release();
    assert_eq!(told(&text, &place(&text, true, &wrong)), "moved: costs had doubled");
}

#[test]
fn what_was_pushed_along_moves() {
    check(
        "the bridge will open in May",
        "Minister",
        "Tallinn, 3 May. The minister",
        "moved: the bridge will open in May",
    );
    check("He", "Minister", "Tallinn, 3 May. The minister", "moved: He");
    check("costs had doubled", "on Monday ", "", "moved: costs had doubled");
}

#[test]
fn a_pronoun_goes_with_one_side_of_its_context_and_never_alone() {
    // "He" stands once, between other words.
    check_in(RELEASE, "He", "A wholly different release. He went home early that day, they say.", "lost: NotFound");
    check("He", ". He also warned that costs had doubled", ". He left", "exact: He");
    let left = "Tallinn. Minister Tamm said on Monday that the bridge will open in May. He left.";
    check_in(RELEASE, "He", left, "moved: He");
    // The same place with another word in it.
    check("He", "He also", "She also", "lost: NotFound");
}

#[test]
fn linus_is_not_in_chines() {
    let old = "The kernel was begun by Linus in Helsinki in 1991, and it grew.";
    check_in(old, "Linus", "The kernel was begun by chines in Helsinki in 1991, and it grew.", "lost: NotFound");
    check_in(old, "Linus", "The kernel was begun by machines in Helsinki in 1991, and it grew.", "lost: NotFound");
    check_in(old, "Linus", "The kernel was begun by Linuses in Helsinki in 1991, and it grew.", "lost: NotFound");
    // Half a word, chosen so, is found as half a word.
    check_in(old, "sink", &format!("It is known: {old}"), "moved: sink");
}

#[test]
fn other_blanks_quotation_marks_and_dashes_are_the_same_words() {
    let old = "He said: \"We don't know - yet\", and left the room without another word.";
    let new = "News: he said: “We don’t\n  know — yet”, and left the room without another word.";
    check_in(old, "\"We don't know - yet\"", new, "changed: “We don’t\n  know — yet”");
}

#[test]
fn changed_words_move_and_are_told() {
    let costs = "costs had doubled";
    check(costs, "costs had doubled", "costs have doubled", "changed: costs have doubled");
    check("the bridge will open in May", "open in May", "reopen in May", "changed: the bridge will reopen in May");
    check(costs, "costs had doubled", "nothing would change before the summer", "lost: NotFound");
}

#[test]
fn what_is_gone_is_lost() {
    check("costs had doubled", "He also warned that costs had doubled. ", "", "lost: NotFound");
    check_in(RELEASE, "costs had doubled", "", "lost: NotFound");
}

#[test]
fn what_stands_twice_is_ambiguous_unless_its_context_tells() {
    let twice = "First. The ministry will build 300 new homes by 2027. \
        Then. The ministry will build 300 new homes by 2027. Last.";
    let old = "The ministry will build 300 new homes by 2027.";
    check_in(
        &format!("Somewhere else entirely. {old} And on."),
        "build 300 new homes by 2027",
        twice,
        "ambiguous: build 300 new homes by 2027 | build 300 new homes by 2027",
    );
    let second = format!("Rain fell over the whole of the north. {old} Snow was not expected before Friday.");
    let new = format!("Preface. {second} Later that week somebody else wrote again: {old}");
    check_in(&second, "build 300 new homes by 2027", &new, "moved: build 300 new homes by 2027");
}

#[test]
fn parts_are_found_in_order() {
    let anchor = parts(&["the bridge will open", "costs had doubled"]);
    check_anchor(&anchor, RELEASE, "exact: the bridge will open + costs had doubled");
    let pushed = format!("Tallinn, 3 May. {RELEASE}");
    check_anchor(&anchor, &pushed, "moved: the bridge will open + costs had doubled");
    let between = RELEASE.replace("in May. He", "in May, or so. Yesterday he");
    check_anchor(&anchor, &between, "moved: the bridge will open + costs had doubled");
    // In the other order, or with a part gone, it is another claim.
    let turned = "Minister Tamm said on Monday that costs had doubled. He also warned that the bridge will open.";
    check_anchor(&anchor, turned, "lost: NotFound");
    check_anchor(&anchor, &RELEASE.replace("costs had doubled", "it may rain"), "lost: NotFound");
}

#[test]
fn letters_are_not_torn() {
    let old = "Er sagte: cafe und mehr stand auf dem Schild.";
    check_in(old, "cafe", "Er sagte: cafe\u{301} und mehr stand auf dem Schild.", "lost: NotFound");
}

#[test]
fn other_scripts_move_as_well() {
    for (old, words) in [
        ("وزير الخارجية قال إن الجسر سيفتح في مايو وإن التكاليف تضاعفت", "الجسر سيفتح في مايو"),
        ("שר החוץ אמר כי הגשר ייפתח במאי וכי העלויות הוכפלו", "הגשר ייפתח במאי"),
        ("รัฐมนตรีกล่าวว่าสะพานจะเปิดในเดือนพฤษภาคมและค่าใช้จ่ายเพิ่มขึ้น", "สะพานจะเปิดในเดือนพฤษภาคม"),
        ("外相は橋が五月に開通し、費用が二倍になったと述べた。記者の質問には答えなかった。", "橋が五月に開通し"),
        ("मंत्री ने कहा कि पुल मई में खुलेगा और लागत दोगुनी हो गई है", "पुल मई में खुलेगा"),
        ("Министр заявил, что мост откроется в мае и что расходы удвоились", "мост откроется в мае"),
    ] {
        check_in(old, words, &format!("😀 2026. {old}"), &format!("moved: {words}"));
    }
}

#[test]
fn an_anchor_that_quotes_nothing_says_so() {
    let empty = Anchor::default();
    assert_eq!(place(&release(), true, &empty), Placement::Lost(Lost::NoQuote));
    let blank = Anchor { quote: vec![" \u{AD}".into()], ..anchor("He") };
    assert_eq!(place(&release(), true, &blank), Placement::Lost(Lost::NoQuote));
}

#[test]
fn torn_anchors_are_searched_by_what_they_quote() {
    let text = release();
    let whole = anchor("costs had doubled");
    let without_spans = Anchor { spans: Vec::new(), ..whole.clone() };
    let beyond = Anchor { spans: vec![CodeSpan { start: 5, end: usize::MAX }], ..whole.clone() };
    let reversed = Anchor { spans: vec![CodeSpan { start: 9, end: 5 }], ..whole };
    for torn in [without_spans, beyond, reversed] {
        assert_eq!(told(&text, &place(&text, true, &torn)), "moved: costs had doubled");
    }
}

#[test]
fn a_long_quote_moves_whole() {
    let sentence = |n: usize| format!("Point {n} of the plan says that {} schools get a new roof. ", n * 37 % 1000);
    let old: String = (0..600).map(sentence).collect();
    let (start, end) = (sentence(0).len(), old.len() - sentence(599).len());
    let anchor = Anchor::new(&Text::new(old.clone()), &[ByteSpan::new(start, end)]).unwrap();
    let new = Text::new(format!("A preface. {}", old.replace("Point 300 ", "Item 300 ")));
    let Placement::Moved(moved) = place(&new, false, &anchor) else { panic!("not moved") };
    assert!(!moved.is_verbatim);
    assert_eq!(moved.spans, [ByteSpan::new(start + 11, end + 11 - 1)]);
}

#[test]
fn a_hostile_set_ends() {
    // The quotes stand everywhere, one character from the next.
    let text = Text::new("ab".repeat(30_000));
    let hostile = |n: usize| Anchor {
        quote: vec!["ab".repeat(700 + n)],
        spans: vec![CodeSpan { start: 30_000, end: 31_280 }],
        ..Anchor::default()
    };
    let anchors: Vec<Anchor> = (0..3).map(hostile).collect();
    for (at, placement) in place_all(&text, false, anchors.iter().enumerate()) {
        assert_eq!(placement, Placement::Lost(Lost::TooMuchWork), "{at}");
    }
}

#[test]
fn what_is_everywhere_is_ambiguous() {
    let line = "The ministry will build 300 new homes by 2027, as was agreed in the spring budget. ";
    let old = format!("Intro. {line}");
    let new = line.repeat(40);
    let anchor = anchor_in(&Text::new(old), "build 300 new homes by 2027");
    let text = Text::new(new);
    assert!(matches!(place(&text, false, &anchor), Placement::Ambiguous(_)));
}

const ROW: &str = "In the district of the north 12 homes were built, and in that of the south 12 more.\n";

/// Where the words of equal rows are placed after an edit, between two lines that stand once: for each row, how.
fn rows_after(rows: usize, edit: impl Fn(&str) -> String) -> Vec<String> {
    let text = |rows: usize| format!("The ministry wrote on Monday:\n{}Rain fell in Tartu again.\n", ROW.repeat(rows));
    let old = Text::new(text(rows));
    let new = Text::new(edit(old.as_str()));
    let at = |words: &str, from: usize| {
        let start = from + old.as_str()[from..].find(words).unwrap();
        Anchor::new(&old, &[ByteSpan::new(start, start + words.len())]).unwrap()
    };
    let first_row = old.as_str().find(ROW).unwrap();
    let mut anchors = vec![at("wrote on Monday", 0)];
    anchors.extend((0..rows).map(|row| at("homes were built", first_row + row * ROW.len())));
    anchors.push(at("fell in Tartu", 0));
    let placed = place_all(&new, false, anchors.iter().enumerate());
    let inside = placed[1..=rows].iter().map(|(row, placement)| match placement {
        Placement::Moved(one) => (one.spans[0].start - anchors[*row].spans[0].start).to_string(),
        other => told(&new, other).split(':').next().unwrap().to_owned(),
    });
    inside.collect()
}

#[test]
fn equal_rows_go_with_their_neighbours() {
    let above = "A line that was put above it all. ";
    let pushed = above.len().to_string();
    // The first and the last row have a neighbour in their context, the others nothing that tells them apart.
    assert_eq!(rows_after(6, |old| format!("{above}{old}")), vec![pushed.as_str(); 6]);
    // More than are searched one by one.
    assert_eq!(rows_after(1000, |old| format!("{above}{old}")), vec![pushed.as_str(); 1000]);
}

#[test]
fn equal_rows_of_which_one_is_new_are_ambiguous() {
    // Which of them is new cannot be told; only at the ends the context does.
    for rows in [6, 1000] {
        let told = rows_after(rows, |old| format!("And above it: {}", old.replacen(ROW, &ROW.repeat(2), 1)));
        assert!(told[1..rows - 1].iter().all(|told| told == "ambiguous"), "{told:?}");
    }
}

/// A word, from few, so that texts repeat themselves as releases do.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "he", "said", "the", "minister", "bridge", "open", "costs", "May", "will", "in", "Tamm", "doubled", "“yes”",
            "—", "café", "новый", "橋", "\n\n", "2027", "not",
        ]).prop_map(str::to_owned),
        1 => "[a-z]{1,9}",
    ]
}

fn words(range: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), range).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// Edits elsewhere: the quote stays as it is. It is found where it went, or said to be doubtful, never elsewhere.
    #[test]
    fn edits_elsewhere_move_nothing_wrongly(
        before in words(0..60), quote in words(1..12), after in words(0..60),
        new_before in words(0..60), new_after in words(0..60), keeps_before: bool, keeps_after: bool,
    ) {
        let old = Text::new(format!("{before} {quote} {after}"));
        let start = before.len() + 1;
        let span = ByteSpan::new(start, start + quote.len());
        let anchor = Anchor::new(&old, &[span]).unwrap();
        let (new_before, new_after) = (
            if keeps_before { format!("{new_before} {before}") } else { new_before },
            if keeps_after { format!("{after} {new_after}") } else { new_after },
        );
        let new = Text::new(format!("{new_before} {quote} {new_after}"));
        let true_start = new_before.len() + 1;
        let context = anchor.before.chars().count() + anchor.after.chars().count();
        let has_context = keeps_before && keeps_after && context >= 40;
        match place(&new, false, &anchor) {
            Placement::Exact(spans) => {
                prop_assert_eq!(new.slice(spans[0]), &quote);
            }
            Placement::Moved(moved) => {
                if moved.is_verbatim {
                    prop_assert_eq!(new.slice(moved.spans[0]), &quote);
                }
                // With its whole context around it, it is where it went and nowhere else.
                if has_context {
                    prop_assert_eq!(moved.spans[0].start, true_start);
                    prop_assert!(moved.is_verbatim);
                }
            }
            Placement::Ambiguous(candidates) => prop_assert!(!candidates.is_empty()),
            Placement::Lost(why) => {
                prop_assert_eq!(why == Lost::NoQuote, quote.trim().is_empty());
                prop_assert!(why == Lost::NoQuote || !has_context, "lost with its whole context");
            }
        }
    }

    /// One error in five characters is borne, in quotes of any length; the ends are where they were.
    #[test]
    fn errors_within_bounds_are_borne(
        length in 10usize..400, errors in prop::collection::vec(0..4u8, 50), shift in words(0..20),
    ) {
        // Words of numbers, so that every stretch of the quote is like no other.
        let quote: String = (100..250).map(|n: usize| format!("n{} ", n * n)).collect::<String>()[..length].trim().into();
        let text = |quote: &str| format!("Before it stood these very words: {quote}; and after it these others stand.");
        // One in eight characters; none near the ends, so that the ends can be told.
        let mut changed: Vec<char> = quote.chars().collect();
        for (at, how) in (8..length.saturating_sub(8)).step_by(8).zip(errors).collect::<Vec<_>>().into_iter().rev() {
            match how {
                0 => changed[at] = '#',
                1 => changed.insert(at, '#'),
                2 => drop(changed.remove(at)),
                _ => {}
            }
        }
        let changed: String = changed.into_iter().collect();
        let anchor = anchor_in(&Text::new(text(&quote)), &quote);
        let new = Text::new(format!("{shift} {}", text(&changed)));
        let placement = place(&new, false, &anchor);
        let expected = if changed == quote { "moved" } else { "changed" };
        prop_assert_eq!(told(&new, &placement), format!("{expected}: {changed}"));
    }

    /// Whatever an anchor says and whatever the text is: spans lie in the text, on character boundaries, in order.
    #[test]
    fn anything_is_placed_within_the_text(
        text in ".{0,200}", quotes in prop::collection::vec(".{0,20}", 0..3), before in ".{0,32}", after in ".{0,32}",
        spans in prop::collection::vec((0usize..300, 0usize..300), 0..3), is_same: bool,
    ) {
        let spans = spans.into_iter().map(|(start, end)| CodeSpan { start, end }).collect();
        let anchor = Anchor { spans, quote: quotes, before, after, extra: Vec::new() };
        let text = Text::new(text);
        let candidates = match place(&text, is_same, &anchor) {
            Placement::Exact(spans) => vec![spans],
            Placement::Moved(one) => vec![one.spans],
            Placement::Ambiguous(all) => all.into_iter().map(|one| one.spans).collect(),
            Placement::Lost(_) => Vec::new(),
        };
        for spans in candidates {
            prop_assert_eq!(spans.len(), anchor.quote.len());
            prop_assert!(spans.iter().all(|span| text.as_str().get(span.start..span.end).is_some()));
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }

    /// All at once is each on its own, but for what neighbours tell of those that have no place by themselves.
    #[test]
    fn a_set_is_placed_as_its_anchors_are(text in words(20..60), new in words(20..60), cuts in prop::collection::vec((0usize..300, 1usize..40), 1..12)) {
        let old = Text::new(text.clone());
        let new = Text::new(format!("{} {new} {}", &text[..text.floor_char_boundary(text.len() / 2)], &text[text.ceil_char_boundary(text.len() / 2)..]));
        let anchors: Vec<Anchor> = cuts
            .iter()
            .filter_map(|&(start, length)| {
                let start = text.floor_char_boundary(start);
                let end = text.floor_char_boundary((start + length).min(text.len()));
                Anchor::new(&old, &[ByteSpan::new(start, end)])
            })
            .collect();
        let all = place_all(&new, false, anchors.iter().enumerate());
        for (at, placement) in all {
            let alone = place(&new, false, &anchors[at]);
            match &placement {
                Placement::Moved(one) if alone.spans().is_none() => {
                    prop_assert!(one.is_verbatim && alone != Placement::Lost(Lost::NoQuote));
                    prop_assert!(new.as_str()[..one.spans[0].start].ends_with(&anchors[at].before));
                    prop_assert!(new.as_str()[one.spans[0].end..].starts_with(&anchors[at].after));
                }
                _ => prop_assert_eq!(placement, alone),
            }
        }
    }
}
