//! Laid-out text: what is asked for is where it is shown, in every script, wrapped and not.
//!
//! The faces are those shipped and small parts of others in `tests/fixtures/fonts`, so the machine's do not matter.

use std::cell::RefCell;
use std::ops::Range;

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use vouch::app::text::{Cluster, Fonts, Paragraph, Position, Step, Style, Unit, hard_lines};
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
        let y = paragraph.line(line).top + 1.0;
        let (start, end) = (Position::before(cluster.bytes.start), Position::after(cluster.bytes.end));
        for (position, at_right) in [(start, cluster.rtl), (end, !cluster.rtl)] {
            let context = format!("{position:?} of {cluster:?} on line {line} of {text:?}");
            assert!(cluster.width >= 1.0, "cannot be hit: {context}");
            let x = cluster.x + cluster.width * if at_right { 0.75 } else { 0.25 };
            assert_eq!(paragraph.hit(x, y), position, "hit near {context}");
            let caret = paragraph.caret(position);
            let edge = if at_right { cluster.x + cluster.width } else { cluster.x };
            assert_eq!((caret.line, caret.x), (line, edge), "caret at {context}");
            let again = paragraph.caret(paragraph.hit(caret.x, y));
            assert_eq!((again.line, again.x), (caret.line, caret.x), "hit on the caret at {context}");
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
}
