//! Laid-out text: what is asked for is where it is shown, in every script, wrapped and not.
//!
//! The faces are those shipped and small parts of others in `tests/fixtures/fonts`, so the machine's do not matter.

#[path = "text/pixels.rs"]
mod pixels;

use std::cell::RefCell;
use std::ops::Range;

use egui::{Color32, Rect, pos2};
use pixels::Canvas;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use vouch::app::text::{
    Affinity, Cluster, Direction, Family, Fonts, Ink, Paragraph, Position, Quote, Span, Step, Style, TextEngine, Unit,
    hard_lines, show,
};
use vouch::document::ByteSpan;

const FACES: [&[u8]; 8] = [
    include_bytes!("fixtures/fonts/hebrew.ttf"),
    include_bytes!("fixtures/fonts/arabic.ttf"),
    include_bytes!("fixtures/fonts/devanagari.ttf"),
    include_bytes!("fixtures/fonts/thai.ttf"),
    include_bytes!("fixtures/fonts/armenian.ttf"),
    include_bytes!("fixtures/fonts/hangul.otf"),
    include_bytes!("fixtures/fonts/han.otf"),
    include_bytes!("fixtures/fonts/emoji.ttf"),
];

const SCRIPTS: [&str; 13] = [
    "“Efficient offices file official figures”, said Ms Müller; a naïve café, 12.5 % of it (fi ffl).",
    "Ο Πρωθυπουργός δήλωσε ότι «θα τηρήσουμε τις δεσμεύσεις μας» έως το 2025.",
    "Министр обороны заявил: «Мы выполним обещание к 12 июля, и не позже».",
    "שר החוץ אמר: ״נעמוד בהתחייבות״ עד 12 ביולי 2024, כך נמסר.",
    "قال الوزير إن الاتفاق سيوقع عام ٢٠٢٤ في فيلنيوس، لا قبل ذلك.",
    "मंत्री ने कहा कि समझौते पर क्षेत्रीय हस्ताक्षर २०२४ में होंगे।",
    "รัฐมนตรีกล่าวว่าจะลงนามในข้อตกลงภายในปี ๒๕๖๗ ที่กรุงเทพฯ",
    "Նախարարն ասաց. «Մենք կկատարենք մեր խոստումը» մինչև 2025 թվականը։",
    "部长说：“我们将在2024年7月签署协议。”首相は「かがパ゚」と述べた、",
    "장관은 “2024년 7월에 합의문에 서명할 것”이라고 말했다. 한글",
    "👩\u{200d}💻 said 👍🏽 to 🇱🇹🇱🇹 and ❤\u{fe0f}, e\u{301} and q\u{303}\u{323}!",
    "He said “שלום עולם 12” and then قال ٢٠٢٤ الاتفاق to NATO (נאט״ו).",
    "הודעה: NATO said 12 יולי 2024 (see page 5) ‏ועוד, ٢٠٢٤ – Efficient.",
];

const WIDTHS: [Option<f32>; 4] = [None, Some(400.0), Some(120.0), Some(30.0)];

thread_local! {
    static FONTS: RefCell<Fonts> = RefCell::new(Fonts::with_faces(&FACES));
}

fn lay_out(text: &str, width: Option<f32>) -> Paragraph {
    FONTS.with_borrow_mut(|fonts| Paragraph::new(fonts, text, &Style::default(), width))
}

/// All clusters with their lines.
fn clusters(paragraph: &Paragraph) -> Vec<(usize, Cluster)> {
    (0..paragraph.line_count()).flat_map(|line| paragraph.line_clusters(line).map(move |c| (line, c))).collect()
}

/// Every cluster is a grapheme, and none is missing.
fn check_clusters(text: &str, paragraph: &Paragraph) {
    let expected: Vec<Range<usize>> = text.grapheme_indices(true).map(|(at, part)| at..at + part.len()).collect();
    let found: Vec<Range<usize>> = clusters(paragraph).into_iter().map(|(_, cluster)| cluster.bytes).collect();
    assert_eq!(found, expected, "clusters of {text:?}");
}

/// Position → point → position: a point in the half of a cluster next to a position gives that position, and the
/// point of a caret gives a position with that caret.
fn check_points(text: &str, paragraph: &Paragraph) {
    for (line, cluster) in clusters(paragraph) {
        if cluster.width < 1.0 && text.get(cluster.bytes.clone()) == Some("\t") {
            continue; // A tab that begins just before its stop is narrower than a pointer can tell.
        }
        let y = paragraph.line(line).top + 1.0;
        let (start, end) = (Position::before(cluster.bytes.start), Position::after(cluster.bytes.end));
        for (position, at_right) in [(start, cluster.rtl), (end, !cluster.rtl)] {
            let context = || format!("{position:?} of {cluster:?} on line {line} of {text:?}");
            assert!(cluster.width >= 1.0, "cannot be hit: {}", context());
            let x = cluster.x + cluster.width * if at_right { 0.75 } else { 0.25 };
            assert_eq!(paragraph.hit(x, y), position, "hit near {}", context());
            let caret = paragraph.caret(position);
            let edge = if at_right { cluster.x + cluster.width } else { cluster.x };
            assert_eq!((caret.line, caret.x), (line, edge), "caret at {}", context());
            let again = paragraph.caret(paragraph.hit(caret.x, y));
            assert_eq!((again.line, again.x), (caret.line, caret.x), "hit on the caret at {}", context());
        }
    }
}

/// Range → rectangles → range: the clusters whose middles the rectangles cover are those of the range.
fn check_range(text: &str, paragraph: &Paragraph, all: &[(usize, Cluster)], bytes: &Range<usize>) {
    let rects = paragraph.rects(bytes.clone());
    let inside = |line: usize, x: f32| rects.iter().any(|r| r.line == line && r.left < x && x < r.right);
    for (line, cluster) in all {
        let wanted = cluster.bytes.start < bytes.end && bytes.start < cluster.bytes.end;
        let covered = inside(*line, cluster.x + cluster.width / 2.0);
        assert_eq!(covered, wanted, "{cluster:?} for {bytes:?} of {text:?}: {rects:?}");
    }
    for (one, next) in rects.iter().zip(rects.iter().skip(1)) {
        assert!(one.line < next.line || one.right < next.left, "{bytes:?} of {text:?}: {rects:?}");
    }
}

fn check_ranges(text: &str, paragraph: &Paragraph, stride: usize) {
    let all = clusters(paragraph);
    for first in (0..all.len()).step_by(stride) {
        for last in (first..all.len()).step_by(stride) {
            check_range(text, paragraph, &all, &(all[first].1.bytes.start..all[last].1.bytes.end));
        }
    }
}

/// Stepping by sight from one edge to the other goes strictly that way on each line, crosses every cluster, and the
/// way back stands at the same places.
fn check_steps(text: &str, paragraph: &Paragraph) {
    let (forth, back) = if paragraph.is_rtl() { (Step::Left, Step::Right) } else { (Step::Right, Step::Left) };
    let far = if paragraph.is_rtl() { f32::MAX } else { f32::MIN };
    let walk = |from: Position, to: Step| {
        let mut carets = vec![paragraph.caret(from)];
        let mut at = from;
        while let Some(next) = paragraph.step(at, to, Unit::Cluster) {
            at = next;
            carets.push(paragraph.caret(at));
            assert!(carets.len() <= 2 * text.len() + 2, "{to:?} goes round in {text:?}");
        }
        (at, carets)
    };
    let edge = paragraph.hit_line(0, far);
    let visual_start = {
        // The outermost place of the first line, which need not be the start of the text.
        let line = paragraph.line(0);
        let x = if paragraph.is_rtl() { line.right } else { line.left };
        let near = paragraph.hit_line(0, x);
        if paragraph.caret(near).x == x { near } else { edge }
    };
    let (end, there) = walk(visual_start, forth);
    for (one, next) in there.iter().zip(there.iter().skip(1)) {
        let onward = if forth == Step::Right { one.x < next.x } else { one.x > next.x };
        assert!(
            one.line < next.line || (one.line == next.line && onward),
            "{forth:?} from {one:?} to {next:?} in {text:?}"
        );
    }
    assert!(there.len() > text.graphemes(true).count().saturating_sub(paragraph.line_count()), "{forth:?} in {text:?}");
    let (_, again) = walk(end, back);
    assert_eq!(again.len(), there.len(), "{forth:?} and {back:?} in {text:?} at {:?}", paragraph.line_count());
}

fn check(text: &str, width: Option<f32>, stride: usize) {
    let paragraph = lay_out(text, width);
    check_clusters(text, &paragraph);
    check_points(text, &paragraph);
    check_ranges(text, &paragraph, stride);
    check_steps(text, &paragraph);
}

#[test]
fn every_script_answers_where_it_is_asked() {
    for text in SCRIPTS {
        for width in WIDTHS {
            check(text, width, 1);
        }
    }
}

/// Characters of every kind that matters to layout, strong, weak and unseen, thrown together.
fn any_piece() -> impl Strategy<Value = String> {
    let pools: [&str; 14] = [
        "aAfil Áß.,-1290$%\u{a0}",
        "   \t\u{3000}\u{2003}",
        "אבגשלם\u{5b8}\u{5b0}״",
        "قالسلام\u{64e}\u{651}٢٠٤۵،",
        "\u{300}\u{301}\u{323}\u{20d7}\u{489}\u{903}\u{e31}\u{ff9e}",
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}\u{fe0e}\u{fe0f}\u{e0001}\u{e0061}\u{e007f}\u{180e}\u{115f}\u{3164}",
        "\u{200e}\u{200f}\u{61c}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}",
        "कक्ष्मे\u{94d}รัฐมน\u{e33}กำ",
        "\u{1100}\u{1161}\u{11a8}한글部长かが。」（",
        "👩💻👍🏽🇱🇹❤🏳🌈\u{1f3fb}\u{20e3}#",
        "\u{0}\u{1}\u{1b}\u{7f}\u{80}\u{9f}\u{fffd}\u{e000}\u{378}\u{10ffff}\u{fffe}",
        "\u{600}\u{6dd}\u{70f}\u{110bd}\u{d4e}\u{1f1e6}",
        "()[]{}<>«»“”/\\|",
        "𝔸𐎀𐏃ﷺ﷽ﬁﬀ…",
    ];
    let pools: Vec<Vec<char>> = pools.iter().map(|pool| pool.chars().collect()).collect();
    let one = (0..pools.len(), any::<prop::sample::Index>()).prop_map(move |(pool, index)| *index.get(&pools[pool]));
    prop_oneof![
        12 => one.prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        2 => prop::sample::select(&SCRIPTS[..]).prop_map(|text| text.split(' ').next().unwrap_or("").to_owned()),
    ]
}

fn any_line() -> impl Strategy<Value = String> {
    prop::collection::vec(any_piece(), 0..40).prop_map(|pieces| {
        let text: String = pieces.concat();
        let first = hard_lines(&text, ByteSpan::new(0, text.len())).next();
        first.map_or(String::new(), |line| text[line.start..line.end].to_owned())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_answers_where_it_is_asked(text in any_line(), width in prop::sample::select(&WIDTHS[..])) {
        check(&text, width, 5);
    }

    /// What is given raw, hard line ends and all, has no answers to hold it to; but it has answers.
    #[test]
    fn any_string_is_laid_out(text in ".{0,60}|[\\PC\r\n\u{2029}\u{85}אبa\u{301} ]{0,30}", x in -50.0f32..700.0, y in -50.0f32..900.0) {
        let paragraph = lay_out(&text, Some(200.0));
        let at = paragraph.hit(x, y);
        assert!(text.is_char_boundary(at.byte));
        let caret = paragraph.caret(at);
        assert!(caret.line < paragraph.line_count());
        for to in [Step::Left, Step::Right] {
            for unit in [Unit::Cluster, Unit::Word] {
                assert!(paragraph.step(at, to, unit).is_none_or(|next| text.is_char_boundary(next.byte)));
            }
        }
        assert!(paragraph.rects(0..text.len()).iter().all(|piece| piece.line < paragraph.line_count()));
        assert_eq!(paragraph.snap(0..usize::MAX), 0..text.len());
    }
}

/// What is selected is what is seen: letters painted in another colour lie within the rectangles of their range.
#[test]
fn ink_lies_within_its_rectangles() {
    // Pictures have colours of their own.
    for text in SCRIPTS.into_iter().filter(|text| !text.contains('👩')) {
        let paragraph = lay_out(text, Some(300.0));
        let mut canvas = Canvas::new(400, paragraph.height() as usize + 20, Color32::BLACK);
        let mut at = 0;
        while at < text.len() {
            let word = paragraph.word_at(at);
            at = word.end;
            canvas.clear(Color32::BLACK);
            let ink =
                Ink { text: Color32::BLUE, mark: Color32::BLUE, parts: &[(word.clone(), Color32::RED)], dark: true };
            canvas.paint(&paragraph, pos2(50.0, 10.0), Rect::EVERYTHING, &ink);
            let rects = paragraph.rects(word.clone());
            let mut seen = 0;
            for (index, pixel) in canvas.pixels.iter().enumerate() {
                if pixel.r() < 100 {
                    continue;
                }
                seen += 1;
                let (x, y) = ((index % canvas.width) as f32 - 50.0, (index / canvas.width) as f32 - 10.0);
                // Slanted tails and accents reach a little out of their letter's room.
                let inside = rects
                    .iter()
                    .any(|r| r.left - 3.0 <= x && x <= r.right + 3.0 && r.top - 4.0 <= y && y <= r.bottom + 4.0);
                assert!(inside, "ink of {:?} at {x}, {y} outside of {rects:?} in {text:?}", &text[word.clone()]);
            }
            let letters = text[word.clone()].chars().all(char::is_alphanumeric);
            assert!(seen > 0 || !letters, "no ink of {:?} in {text:?}", &text[word.clone()]);
        }
    }
}

/// A paragraph far outside of what is seen costs no quad, and of a long one only the lines that are seen do.
#[test]
fn nothing_outside_the_clip_is_painted() {
    let text = SCRIPTS[0].repeat(40);
    let paragraph = lay_out(&text, Some(300.0));
    let ink = Ink { text: Color32::WHITE, mark: Color32::WHITE, parts: &[], dark: true };
    let mut canvas = Canvas::new(300, 100, Color32::BLACK);
    let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(300.0, 100.0));
    let seen = canvas.paint(&paragraph, pos2(0.0, -1000.0), clip, &ink);
    let everything = canvas.paint(&paragraph, pos2(0.0, -1000.0), Rect::EVERYTHING, &ink);
    assert!(0 < seen && seen * 5 < everything, "{seen} of {everything} quads");
    assert_eq!(canvas.paint(&paragraph, pos2(0.0, 500.0), clip, &ink), 0);
    assert_eq!(canvas.paint(&paragraph, pos2(0.0, -9e6), clip, &ink), 0);
}

#[test]
fn hard_lines_end_at_every_terminator() {
    let check = |text: &str, span: Range<usize>, expected: &[&str]| {
        let lines = hard_lines(text, ByteSpan::new(span.start, span.end));
        let found: Vec<&str> = lines.map(|line| &text[line.start..line.end]).collect();
        assert_eq!(found, expected, "{text:?} {span:?}");
    };
    check("", 0..0, &[""]);
    check("a", 0..1, &["a"]);
    check("a\nb\r\nc\rd", 0..8, &["a", "b", "c", "d"]);
    check("a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f", 0..16, &["a", "b", "c", "d", "e", "f"]);
    check("a\n\n", 0..3, &["a", "", ""]);
    check("aé\nb", 2..99, &["", "b"]);
    check("abc\ndef", 1..5, &["bc", "d"]);
    check("abc", 7..9, &[""]);
}

#[test]
fn keys_move_by_word_line_and_column() {
    let text = "He said “שלום עולם” and left.";
    let paragraph = lay_out(text, None);
    let word = |from: Position, to: Step| paragraph.step(from, to, Unit::Word).map(|at| &text[..at.byte]);
    assert_eq!(word(Position::before(0), Step::Right), Some("He"));
    assert_eq!(word(Position::before(2), Step::Right), Some("He said"));
    // By sight the right-hand Hebrew word is met last, and it is the first in the text.
    assert_eq!(word(Position::before(7), Step::Right), Some("He said “שלום "));
    assert_eq!(word(Position::before(text.len()), Step::Left), Some("He said “שלום עולם” and "));
    assert_eq!(word(Position::before(0), Step::Left), None);
    assert_eq!(word(Position::before(text.len()), Step::Right), None);
    assert_eq!(paragraph.word_at(4), 3..7);
    assert_eq!(&text[paragraph.word_at(14)], "שלום");
    assert_eq!(paragraph.next_boundary(7, Unit::Word).map(|at| &text[..at]), Some("He said “שלום"));
    assert_eq!(paragraph.previous_boundary(7, Unit::Word), Some(3));
    assert_eq!(paragraph.next_boundary(text.len(), Unit::Cluster), None);
    assert_eq!(paragraph.previous_boundary(0, Unit::Word), None);

    let wrapped = lay_out("one two three four five six seven", Some(90.0));
    let second = wrapped.line(1);
    let inside = Position::before(second.bytes.start + 1);
    assert_eq!(wrapped.line_start(inside), Position::before(second.bytes.start));
    assert_eq!(wrapped.line_end(inside), Position::after(second.bytes.end));
    assert_eq!(wrapped.caret(wrapped.line_end(inside)).line, 1, "the end of a wrapped line is on that line");
    let x = wrapped.caret(inside).x;
    let below = wrapped.vertical(inside, true, x).unwrap();
    assert_eq!(wrapped.caret(below).line, 2);
    assert_eq!(wrapped.vertical(below, false, x), Some(inside));
    assert_eq!(wrapped.vertical(Position::before(0), false, 0.0), None);
    let last = Position::before(wrapped.len());
    assert_eq!(wrapped.vertical(last, true, 0.0), None);
    assert_eq!(wrapped.step(last, Step::Right, Unit::Cluster), None);
}

#[test]
fn a_range_inside_a_cluster_is_widened_to_it() {
    let text = "e\u{301}👍🏽x";
    let paragraph = lay_out(text, None);
    assert_eq!(paragraph.snap(1..2), 0..3);
    assert_eq!(paragraph.snap(4..8), 3..11);
    assert_eq!(paragraph.snap(2..2), 3..3);
    assert_eq!(paragraph.snap(5..99), 3..12);
    assert_eq!(paragraph.rects(1..2), paragraph.rects(0..3));
    assert_eq!(paragraph.caret(Position::before(4)), paragraph.caret(Position::before(3)));
}

#[test]
fn a_paragraph_without_text_has_a_line_and_a_caret() {
    let paragraph = lay_out("", Some(300.0));
    assert_eq!((paragraph.line_count(), paragraph.height()), (1, 29.0));
    assert_eq!(paragraph.caret(Position::before(0)).x, 0.0);
    assert_eq!(paragraph.hit(50.0, 50.0), Position::before(0));
    assert_eq!(paragraph.rects(0..1), []);
    let style = Style { direction: Direction::Rtl, ..Style::default() };
    let rtl = FONTS.with_borrow_mut(|fonts| Paragraph::new(fonts, "", &style, Some(300.0)));
    assert_eq!(rtl.caret(Position::before(0)).x, 300.0);
}

/// In egui's layout the figures of an Arabic number came out backwards.
#[test]
fn figures_of_an_arabic_number_run_from_left_to_right() {
    let paragraph = lay_out(SCRIPTS[4], None);
    let figures: Vec<Cluster> = clusters(&paragraph)
        .into_iter()
        .map(|(_, c)| c)
        .filter(|c| "٢٠٤".contains(&SCRIPTS[4][c.bytes.clone()]))
        .collect();
    assert_eq!(figures.len(), 4);
    assert!(figures.iter().zip(figures.iter().skip(1)).all(|(one, next)| one.x < next.x && !one.rtl));
}

/// At the least sizes too nothing is widened but what has no width by nature.
#[test]
fn small_letters_keep_their_width() {
    FONTS.with_borrow_mut(|fonts| {
        let sized = |size_px: f32| Style { size_px, ..Style::default() };
        let large = Paragraph::new(fonts, SCRIPTS[0], &sized(100.0), None).width();
        let small = Paragraph::new(fonts, SCRIPTS[0], &sized(2.0), None).width();
        assert!((large / small - 50.0).abs() < 1.0, "{large} and {small}");
        for size in [f32::NAN, f32::INFINITY, -3.0, 0.0, 1e9] {
            let style = Style { line_height_px: size, ..sized(size) };
            assert!(Paragraph::new(fonts, SCRIPTS[3], &style, Some(size)).height().is_finite());
        }
    });
}

/// White space at the end of a line belongs to the paragraph's direction, or right-to-left words at a line's end would
/// stand a blank away from their edge.
#[test]
fn a_blank_at_the_end_of_a_line_comes_last() {
    let text = "aaaa אבגדה וזחטי כלמנס";
    let paragraph = lay_out(text, Some(150.0));
    let line = paragraph.line(0);
    assert!(text[line.bytes.clone()].ends_with("י "), "{line:?}");
    let blank = paragraph.line_clusters(0).last().unwrap();
    assert_eq!(blank.x + blank.width, line.right);
    let first_hebrew = paragraph.line_clusters(0).nth(5).unwrap();
    assert_eq!(first_hebrew.x + first_hebrew.width, blank.x);
}

#[test]
fn tabs_go_to_stops() {
    let paragraph = lay_out("a\tb\tcc\tdddddddd\te", None);
    let starts: Vec<f32> = clusters(&paragraph).iter().filter(|(_, c)| c.bytes.start > 0).map(|(_, c)| c.x).collect();
    // Stops are two ems apart; a tab's width is in whole pixels.
    for start in [starts[1], starts[3], starts[6]] {
        let off = start % 34.0;
        assert!(off.min(34.0 - off) < 1.0, "{start}");
    }
}

#[test]
fn a_cut_text_fits_and_ends_in_an_ellipsis() {
    FONTS.with_borrow_mut(|fonts| {
        for text in SCRIPTS {
            for width in [1.0, 40.0, 112.0, 300.0, 5000.0] {
                let line = Paragraph::one_line(fonts, text, &Style::default(), width);
                assert_eq!(line.line_count(), 1, "{text:?} at {width}");
                let ellipsis = Paragraph::new(fonts, "…", &Style::default(), None).width();
                let blank = line.line_clusters(0).last().map_or(0.0, |cluster| cluster.width);
                assert!(line.width() <= width.max(ellipsis) + blank, "{text:?} at {width}: {}", line.width());
                let whole = line.len() == text.len();
                assert!(whole || width < 5000.0, "{text:?} was cut");
            }
        }
    });
}

#[test]
fn bold_parts_are_wider_and_move_nothing_before_them() {
    FONTS.with_borrow_mut(|fonts| {
        let style = Style { family: Family::Sans, ..Style::default() };
        let plain = Paragraph::new(fonts, "Jens Stoltenberg", &style, None);
        let spans = [Span { bytes: 5..9, weight: 700, italic: false }];
        let bold = Paragraph::with_spans(fonts, "Jens Stoltenberg", &style, &spans, None);
        let x = |paragraph: &Paragraph, byte| paragraph.caret(Position { byte, affinity: Affinity::Downstream }).x;
        assert_eq!(x(&plain, 5), x(&bold, 5));
        assert!(x(&bold, 9) > x(&plain, 9));
    });
}

/// Figures of the interface are of one width, so that columns stand.
#[test]
fn figures_of_the_interface_are_tabular() {
    FONTS.with_borrow_mut(|fonts| {
        for weight in [400, 500, 600, 700] {
            let style = Style { family: Family::Sans, weight, ..Style::default() };
            let width = |text: &str, fonts: &mut Fonts| Paragraph::new(fonts, text, &style, None).width();
            assert!((width("1111", fonts) - width("8888", fonts)).abs() < 0.1, "weight {weight}");
        }
    });
}

#[test]
fn a_quote_in_a_panel_has_a_name_and_its_side() {
    use egui_kittest::kittest::Queryable;
    let mut harness = egui_kittest::Harness::builder().with_size((400.0, 200.0)).build_ui_state(
        |ui, engine: &mut TextEngine| {
            for text in [SCRIPTS[0], SCRIPTS[3], "short"] {
                let mut quote = Quote::new(text, Family::Serif, 15.0, 23.0, ui.visuals().text_color());
                quote.max_lines = 2;
                show(ui, engine, &quote);
            }
        },
        TextEngine::new(Fonts::with_faces(&FACES)),
    );
    harness.run();
    let latin = harness.get_by_label(SCRIPTS[0]).rect();
    let hebrew = harness.get_by_label(SCRIPTS[3]).rect();
    let short = harness.get_by_label("short").rect();
    assert_eq!((latin.height(), short.height()), (46.0, 23.0));
    assert!(short.width() < 60.0, "{short}");
    assert!(hebrew.right() > 380.0, "right-to-left text has the whole width: {hebrew}");
}

fn white(dark: bool) -> Ink<'static> {
    Ink { text: Color32::WHITE, mark: Color32::WHITE, parts: &[], dark }
}

/// However many glyphs there are, and in whichever frame the atlas starts afresh, a text looks the same.
#[test]
fn a_full_atlas_starts_afresh() {
    let style = Style { size_px: 400.0, line_height_px: 480.0, ..Style::default() };
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ&@%";
    let large = FONTS.with_borrow_mut(|fonts| Paragraph::new(fonts, letters, &style, Some(900.0)));
    let text = lay_out(SCRIPTS[0], Some(300.0));
    let mut canvas = Canvas::new(300, 200, Color32::BLACK);
    canvas.paint(&text, pos2(0.0, 0.0), Rect::EVERYTHING, &white(true));
    let first = std::mem::replace(&mut canvas.pixels, vec![Color32::BLACK; 300 * 200]);
    assert!(first.iter().any(|pixel| pixel.r() > 200));
    for _ in 0..3 {
        canvas.paint(&large, pos2(0.0, 900.0), Rect::EVERYTHING, &white(true));
        canvas.clear(Color32::BLACK);
        canvas.paint(&text, pos2(0.0, 0.0), Rect::EVERYTHING, &white(true));
        assert!(canvas.pixels == first);
    }
}

/// A glyph that is larger than a texture is drawn all the same.
#[test]
fn the_largest_glyph_is_painted() {
    let style = Style { size_px: 512.0, line_height_px: 600.0, family: Family::Sans, ..Style::default() };
    let paragraph = FONTS.with_borrow_mut(|fonts| Paragraph::new(fonts, "⸻", &style, None));
    let mut canvas = Canvas::new(paragraph.width() as usize, 600, Color32::BLACK);
    assert!(canvas.width > 1024, "{}", canvas.width);
    canvas.paint(&paragraph, pos2(0.0, 0.0), Rect::EVERYTHING, &white(true));
    let inked = canvas.pixels.iter().filter(|pixel| pixel.r() > 128).count();
    assert!(inked > canvas.width * 4, "{inked} pixels");
}

/// Light letters on dark look thinner than they are, so their edges are strengthened; dark letters are as drawn.
#[test]
fn light_letters_are_strengthened() {
    let paragraph = lay_out("Stoltenberg", None);
    let weight = |dark: bool| {
        let mut canvas = Canvas::new(120, 30, Color32::BLACK);
        canvas.paint(&paragraph, pos2(0.0, 0.0), Rect::EVERYTHING, &white(dark));
        canvas.pixels.iter().map(|pixel| u64::from(pixel.r())).sum::<u64>()
    };
    let (plain, strengthened) = (weight(false), weight(true));
    assert!(plain * 21 / 20 < strengthened && strengthened < plain * 2, "{plain} and {strengthened}");
}

/// Fonts are loaded off the UI thread, and an engine may be shared.
#[test]
fn fonts_and_engine_can_cross_threads() {
    fn sent<T: Send>(value: T) -> T {
        value
    }
    let engine = sent(TextEngine::new(sent(Fonts::bundled_only())));
    assert_eq!(engine.generation(), 0);
}

/// A quote is laid out once for as long as it is shown, and again when what it depends on has changed.
#[test]
fn quotes_are_kept_while_they_are_shown() {
    use std::sync::Arc;
    let ctx = egui::Context::default();
    let mut engine = TextEngine::new(Fonts::bundled_only());
    let frame = |engine: &mut TextEngine, text: Option<&str>, width: f32| {
        let mut laid = None;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let quote = |text| Quote::new(text, Family::Serif, 15.0, 23.0, Color32::WHITE);
            laid = text.map(|text| engine.quote(ui.ctx(), &quote(text), width));
            engine.quote(ui.ctx(), &quote("another"), width);
        });
        output.textures_delta.clear();
        laid
    };
    let first = frame(&mut engine, Some("“We will”"), 200.0).unwrap();
    let second = frame(&mut engine, Some("“We will”"), 200.0).unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    assert!(!Arc::ptr_eq(&first, &frame(&mut engine, Some("“We will”"), 100.0).unwrap()), "another width");
    for _ in 0..3 {
        frame(&mut engine, None, 200.0);
    }
    assert_eq!(Arc::strong_count(&first), 2, "no longer kept");
    let again = frame(&mut engine, Some("“We will”"), 200.0).unwrap();
    engine.adopt(Fonts::bundled_only());
    assert_eq!(engine.generation(), 1);
    assert!(!Arc::ptr_eq(&again, &frame(&mut engine, Some("“We will”"), 200.0).unwrap()), "other fonts");
}
