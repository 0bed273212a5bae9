//! Where marks stand, to the point.

use egui::{Pos2, Rangef, Rect, pos2};
use vouch::app::reader::marks::{LineStyle, Looks, Mark, Marks, Role};
use vouch::app::reader::shapes::{Ground, Ink, Label, Shape, Stage, Standing, shapes};
use vouch::app::reader::sheet::{Measure, Sheet};
use vouch::app::reader::{Chain, Fold, Part, Stop};
use vouch::app::text::Family;
use vouch::document::ByteSpan;

use crate::world::{World, claim, owner};

/// Three paragraphs; at 640 points the second one has three lines.
const WORDS: &str = "A title of the release\n\n\
    The minister said that the bridge will be open again in June, two weeks before the summit, and that the cost \
    of its repair stays below twelve million. He added that a ferry runs until then, and that nobody pays for it.\n\n\
    Nothing else.\n";

const MEASURE: Measure = Measure { column: 640.0, pixels: 1.0, family: Family::Serif, size: 17.0, line_height: 29.0 };

const STAGE: Stage = Stage {
    origin: pos2(142.0, 0.0),
    pixels: 1.0,
    column: 640.0,
    brackets: 2,
    boxes: 126.0,
    view: Rangef { min: 0.0, max: 2000.0 },
};

/// A world and its first sheet as laid out.
struct Laid {
    world: World,
    sheet: Sheet,
}

impl Laid {
    fn new(world: World) -> Self {
        Self::opened(world, &[])
    }

    fn opened(mut world: World, opened: &[usize]) -> Self {
        let mut engine = std::mem::replace(
            &mut world.engine,
            vouch::app::text::TextEngine::new(vouch::app::text::Fonts::bundled_only()),
        );
        let whole = ByteSpan { start: 0, end: world.document.text.len() };
        let sheet = Sheet::new(&world.page(), whole, opened, &MEASURE, &mut engine.fonts);
        Self { world, sheet }
    }

    fn shapes(&self) -> Vec<Shape> {
        shapes(&self.sheet, &self.world.page(), &STAGE)
    }

    /// Top of the line that holds the first of these words.
    fn top(&self, words: &str) -> f32 {
        let at = self.world.at(words);
        self.sheet.lines[self.sheet.lines_of(at)][0].top
    }

    /// Left and right end of words that stand on one line, on the screen.
    fn across(&self, span: ByteSpan) -> (f32, f32) {
        let line = &self.sheet.lines[self.sheet.lines_of(span)][0];
        let stretches = self.sheet.stretches(line, span, 1.0);
        (142.0 + stretches[0].0, 142.0 + stretches[0].1)
    }
}

fn underlines(shapes: &[Shape]) -> Vec<(Rect, LineStyle, bool)> {
    let found = shapes.iter().filter_map(|shape| match shape {
        Shape::Underline { rect, style, ink } => Some((*rect, *style, ink.dimmed)),
        _ => None,
    });
    found.collect()
}

fn labels(shapes: &[Shape]) -> Vec<&Label> {
    let found = shapes.iter().filter_map(|shape| match shape {
        Shape::Label(label) => Some(label),
        _ => None,
    });
    found.collect()
}

fn brackets(shapes: &[Shape]) -> Vec<(f32, Rangef, (bool, bool))> {
    let found = shapes.iter().filter_map(|shape| match shape {
        Shape::Bracket { x, y, ends, .. } => Some((*x, *y, *ends)),
        _ => None,
    });
    found.collect()
}

fn tints(shapes: &[Shape]) -> Vec<(Rect, Ground)> {
    let found = shapes.iter().filter_map(|shape| match shape {
        Shape::Tint { rect, ground } => Some((*rect, *ground)),
        _ => None,
    });
    found.collect()
}

#[test]
fn blank_lines_become_a_gap_of_14_points() {
    let laid = Laid::new(World::new(WORDS));
    let tops: Vec<f32> = laid.sheet.lines.iter().map(|line| line.top).collect();
    assert_eq!(tops, [20.0, 63.0, 92.0, 121.0, 164.0]);
    let numbers: Vec<usize> = laid.sheet.numbers.iter().map(|it| it.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert!(laid.sheet.lines.iter().all(|line| line.baseline == 21.0), "letters stand at 21 of 29");
}

#[test]
fn many_blank_lines_are_one_gap_and_lines_of_a_paragraph_have_none() {
    let laid = Laid::new(World::new("One\n \n\t\n\n\nTwo\nstill two\n\n\nThree"));
    let tops: Vec<f32> = laid.sheet.lines.iter().map(|line| line.top).collect();
    assert_eq!(tops, [20.0, 63.0, 92.0, 135.0]);
}

#[test]
fn the_gaps_are_the_same_before_the_structure_is_known() {
    let text = "One\n \n\t\n\n\nTwo\nstill two\n\n\nThree";
    let known = Laid::new(World::new(text));
    let mut world = World::new(text);
    world.structure = None;
    let unknown = Laid::new(world);
    assert_eq!(unknown.sheet.lines, known.sheet.lines);
    assert!(unknown.sheet.numbers.is_empty());
}

#[test]
fn a_title_is_set_in_22_on_30_with_the_byline_6_below() {
    let mut world = World::new(WORDS);
    world.head.title = Some(world.at("A title of the release"));
    world.head.byline = "NATO · 28 June 2023".to_owned();
    let laid = Laid::new(world);
    assert_eq!((laid.sheet.lines[0].top, laid.sheet.lines[0].height), (20.0, 30.0));
    assert_eq!(laid.sheet.byline, Some(56.0));
    assert_eq!(laid.sheet.lines[1].top, 56.0 + 18.0 + 14.0);
}

#[test]
fn a_folded_part_is_one_line_until_it_is_opened() {
    let fold =
        |world: &World| Fold { span: world.at("Nothing else."), words: "Repeated".to_owned(), aside: String::new() };
    let mut world = World::new(WORDS);
    world.head.folds = vec![fold(&world)];
    let start = world.head.folds[0].span.start;
    let closed = Laid::new(world);
    assert_eq!(closed.sheet.lines.len(), 4);
    assert_eq!(closed.sheet.folds, [(0, 158.0, false)]);
    assert_eq!(closed.sheet.numbers.len(), 3, "its number stays");

    let mut world = World::new(WORDS);
    world.head.folds = vec![fold(&world)];
    let open = Laid::opened(world, &[start]);
    assert_eq!(open.sheet.lines.len(), 5);
    assert_eq!(open.sheet.folds, [(0, 158.0, true)]);
}

#[test]
fn an_underline_is_three_points_high_from_25_to_28() {
    let mut world = World::new(WORDS);
    let words = world.at("the bridge will be open again in June");
    world.marks = Marks::from(vec![claim(1, &[words])]);
    let laid = Laid::new(world);
    let (left, right) = laid.across(words);
    let rect = Rect::from_x_y_ranges(left..=right, 63.0 + 25.0..=63.0 + 28.0);
    assert_eq!(underlines(&laid.shapes()), [(rect, LineStyle::High, false)]);
}

#[test]
fn an_underline_goes_on_over_line_ends_without_the_space_there() {
    let mut world = World::new(WORDS);
    let words = world.at(WORDS.lines().nth(2).unwrap());
    world.marks = Marks::from(vec![claim(1, &[words])]);
    let laid = Laid::new(world);
    let found = underlines(&laid.shapes());
    let lines = &laid.sheet.lines[1..4];
    assert_eq!(found.len(), lines.len());
    for ((rect, ..), line) in found.iter().zip(lines) {
        assert_eq!(rect.y_range(), Rangef::new(line.top + 25.0, line.top + 28.0));
        assert_eq!(rect.left(), 142.0);
        let (_, end) = laid.across(ByteSpan { start: line.span.end - 1, end: line.span.end });
        assert_eq!(rect.right(), end, "it ends with the last letter");
    }
}

#[test]
fn overlapping_underlines_stack_five_points_lower_each_and_the_fourth_is_counted() {
    let mut world = World::new(WORDS);
    let spans =
        ["said that the bridge will be open", "that the bridge will", "the bridge", "bridge"].map(|it| world.at(it));
    let marks = spans.iter().enumerate().map(|(number, span)| claim(number, &[*span]));
    world.marks = Marks::from(marks.rev().collect::<Vec<_>>());
    let laid = Laid::new(world);
    let shapes = laid.shapes();
    let mut found: Vec<(f32, f32)> = underlines(&shapes).iter().map(|(rect, ..)| (rect.top(), rect.left())).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let expected: Vec<(f32, f32)> =
        [88.0, 93.0, 98.0].into_iter().zip(spans).map(|(top, span)| (top, laid.across(span).0)).collect();
    assert_eq!(found, expected);
    let more = shapes.iter().find_map(|shape| match shape {
        Shape::More { at, right: false, count } => Some((*at, *count)),
        _ => None,
    });
    assert_eq!(more, Some((pos2(142.0 + 640.0 + 3.0, 63.0 + 32.5), 1)));
}

#[test]
fn a_claim_in_pieces_is_underlined_piece_by_piece_and_has_one_bracket() {
    let mut world = World::new(WORDS);
    let spans = [world.at("The minister"), world.at("a ferry runs"), world.at("Nothing else")];
    world.marks = Marks::from(vec![claim(1, &spans)]);
    let laid = Laid::new(world);
    let shapes = laid.shapes();
    assert_eq!(underlines(&shapes).len(), 3);
    assert_eq!(brackets(&shapes), [(132.5, Rangef::new(63.0 + 6.0, 164.0 + 28.0), (true, true))]);
}

#[test]
fn brackets_stand_10_left_of_the_text_and_46_further_left_each() {
    let mut world = World::new(WORDS);
    let outer = world.at(
        "The minister said that the bridge will be open again in June, two weeks before the summit, and that the cost",
    );
    let inner = world.at("two weeks");
    world.marks = Marks::from(vec![claim(1, &[outer]), claim(2, &[inner])]);
    let laid = Laid::new(world);
    let shapes = laid.shapes();
    let first = (132.5, Rangef::new(69.0, 92.0 + 28.0), (true, true));
    let second = (132.5 - 46.0, Rangef::new(69.0, 63.0 + 28.0), (true, true));
    assert_eq!(brackets(&shapes), [first, second]);
    let badges: Vec<(Rect, Pos2)> = labels(&shapes).iter().map(|label| (label.badge, label.letter)).collect();
    // 20×14, four points before the bracket; the letter's middle nine points before that.
    let badge = |left: f32| Rect::from_min_max(pos2(left, 71.0), pos2(left + 20.0, 85.0));
    assert_eq!(badges, [(badge(108.0), pos2(99.0, 78.5)), (badge(62.0), pos2(53.0, 78.5))]);
}

#[test]
fn brackets_beyond_what_fits_are_counted_but_never_the_claim_at_hand() {
    let mut world = World::new(WORDS);
    let spans = ["The minister", "said", "that the bridge"].map(|words| world.at(words));
    let marks: Vec<Mark> = spans.iter().enumerate().map(|(number, span)| claim(number, &[*span])).collect();
    world.marks = Marks::from(marks);
    world.chain = Some(Chain { claim: owner(2), spans: vec![spans[2]], voices: Vec::new() });
    let laid = Laid::new(world);
    let shapes = laid.shapes();
    let shown: Vec<_> = labels(&shapes).iter().map(|label| label.owner.clone()).collect();
    assert!(shown.contains(&owner(2)) && shown.len() == 2);
    assert!(shapes.iter().any(|shape| matches!(shape, Shape::More { right: true, count: 1, .. })));
}

#[test]
fn a_claim_without_a_source_has_a_ring_a_chip_and_no_top_end() {
    let mut world = World::new(WORDS);
    let words = world.at("nobody pays for it");
    let looks = Looks { kind: 1, line: LineStyle::Unassessed, badge: "–3".to_owned(), attributed: false };
    world.marks = Marks::from(vec![Mark { owner: owner(1), role: Role::Claim(looks), spans: vec![words] }]);
    let laid = Laid::new(world);
    let shapes = laid.shapes();
    let top = laid.top("nobody");
    let (left, _) = laid.across(words);
    let ring = Shape::Ring { center: pos2(left.round() - 4.0, top + 26.5), ink: Ink { kind: 1, dimmed: false } };
    assert!(shapes.contains(&ring), "{shapes:?}");
    assert_eq!(brackets(&shapes)[0].2, (false, true));
    let label = labels(&shapes)[0];
    assert_eq!(label.words, None);
    assert_eq!(label.badge, Rect::from_min_max(pos2(128.0 - 36.0, top + 8.0), pos2(128.0, top + 23.0)));
}

#[test]
fn a_mention_is_tinted_from_3_to_25_and_one_point_wider_than_its_words() {
    let mut world = World::new(WORDS);
    let words = world.at("The minister");
    world.marks = Marks::from(vec![Mark { owner: owner(1), role: Role::Mention, spans: vec![words] }]);
    let laid = Laid::new(world);
    let (left, right) = laid.across(words);
    let rect = Rect::from_x_y_ranges((left - 1.0).floor()..=(right + 1.0).ceil(), 66.0..=88.0);
    assert_eq!(tints(&laid.shapes()), [(rect, Ground::Mention)]);
}

#[test]
fn a_cue_has_a_corner_of_7_by_2_and_2_by_6_above_its_start() {
    let mut world = World::new(WORDS);
    let words = world.at("said");
    world.marks = Marks::from(vec![Mark { owner: owner(1), role: Role::Cue, spans: vec![words] }]);
    let laid = Laid::new(world);
    let left = (laid.across(words).0 - 1.0).floor();
    let corner = Shape::Corner {
        across: Rect::from_min_max(pos2(left, 65.0), pos2(left + 7.0, 67.0)),
        down: Rect::from_min_max(pos2(left, 65.0), pos2(left + 2.0, 71.0)),
        standing: Standing::Plain,
    };
    assert_eq!(laid.shapes(), [corner]);
}

#[test]
fn from_right_to_left_a_corner_and_a_ring_stand_at_the_right() {
    let mut world = World::new("שר החוץ אמר כי נעמוד בהתחייבות\n");
    let (cue, words) = (world.at("אמר"), world.at("נעמוד בהתחייבות"));
    let looks = Looks { kind: 0, line: LineStyle::High, badge: String::new(), attributed: false };
    world.marks = Marks::from(vec![
        Mark { owner: owner(1), role: Role::Claim(looks), spans: vec![words] },
        Mark { owner: owner(1), role: Role::Cue, spans: vec![cue] },
    ]);
    let laid = Laid::new(world);
    let shapes = laid.shapes();
    let (cue_left, cue_right) = laid.across(cue);
    let (left, right) = laid.across(words);
    assert!(right < cue_left, "the claim comes after the cue, so it stands left of it");
    assert_eq!(underlines(&shapes)[0].0.x_range(), Rangef::new(left, right));
    for shape in &shapes {
        match shape {
            Shape::Corner { across, down, .. } => {
                let edge = (cue_right + 1.0).ceil();
                assert_eq!((across.right(), down.right()), (edge, edge));
            }
            Shape::Ring { center, .. } => assert_eq!(center.x, right.round() + 4.0),
            _ => {}
        }
    }
    assert!(left > 142.0 + 320.0, "the line stands at the right of the column");
}

#[test]
fn a_mark_over_a_change_of_direction_has_a_rectangle_for_each_stretch() {
    let mut world = World::new("He said “שלום עולם 12” and left.\n");
    let words = world.at("said “שלום");
    world.marks = Marks::from(vec![claim(1, &[words])]);
    let laid = Laid::new(world);
    let found: Vec<Rangef> = underlines(&laid.shapes()).iter().map(|(rect, ..)| rect.x_range()).collect();
    let first_word = laid.across(laid.world.at("שלום"));
    let second_word = laid.across(laid.world.at("עולם"));
    assert!(second_word.1 <= first_word.0, "from right to left the second word stands left of the first");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].max, laid.across(laid.world.at("“")).1);
    assert_eq!((found[1].min, found[1].max), first_word);
}

#[test]
fn only_what_is_not_of_the_claim_at_hand_is_dimmed() {
    let mut world = World::new(WORDS);
    let (mine, other) = (world.at("the bridge will be open"), world.at("a ferry runs"));
    let (source, cue, other_cue) = (world.at("The minister"), world.at("said"), world.at("added"));
    world.marks = Marks::from(vec![
        claim(1, &[mine]),
        claim(2, &[other]),
        Mark { owner: owner(1), role: Role::Cue, spans: vec![cue] },
        Mark { owner: owner(2), role: Role::Cue, spans: vec![other_cue] },
    ]);
    let voices = vec![Stop { part: Part::Source, spans: vec![source] }, Stop { part: Part::Cue, spans: vec![cue] }];
    world.chain = Some(Chain { claim: owner(1), spans: vec![mine], voices });
    let laid = Laid::new(world);
    let shapes = laid.shapes();
    let dimmed: Vec<bool> = underlines(&shapes).iter().map(|(_, _, dimmed)| *dimmed).collect();
    assert_eq!(dimmed, [false, true]);
    let standing: Vec<Standing> = shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Corner { standing, .. } => Some(*standing),
            _ => None,
        })
        .collect();
    assert_eq!(standing, [Standing::Selected, Standing::Dimmed]);
    let grounds: Vec<Ground> = tints(&shapes).iter().map(|(_, ground)| *ground).collect();
    assert_eq!(grounds, [Part::Source, Part::Cue, Part::Claim].map(Ground::Selected));
    assert_eq!(labels(&shapes).iter().map(|label| label.selected).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_mark_never_moves_a_letter() {
    let plain = Laid::new(World::new(WORDS));
    let mut world = World::new(WORDS);
    let spans = ["The", "minister said", "open again in June, two weeks before the summit, and"].map(|it| world.at(it));
    world.marks = Marks::from(spans.iter().enumerate().map(|(n, it)| claim(n, &[*it])).collect::<Vec<_>>());
    let marked = Laid::new(world);
    assert_eq!(plain.sheet.lines, marked.sheet.lines);
    for line in &plain.sheet.lines {
        let stretches = |laid: &Laid| laid.sheet.stretches(line, line.span, 1.0);
        assert_eq!(stretches(&plain), stretches(&marked));
    }
}
