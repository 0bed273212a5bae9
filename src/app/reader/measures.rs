//! The sizes of the page, in points at 100 % zoom.
//!
//! Held by `tests/reader.rs`.

/// Left margin of the column: numbers, rings, letters, badges, brackets.
pub const MARGIN: f32 = 142.0;
/// The same where the column has to be narrower than was asked for.
pub const MARGIN_NARROW: f32 = 128.0;
/// Least width of the column.
pub const COLUMN_LEAST: f32 = 240.0;
/// Width of a colleague's lane.
pub const LANE: f32 = 28.0;
/// From the column to the lanes.
pub const LANES_GAP: f32 = 14.0;
/// From the middle of the last lane to the scroll bar.
pub const LANES_END: f32 = 20.0;
/// Width of the scroll bar.
pub const BAR: f32 = 14.0;

/// Above the title.
pub const TOP: f32 = 20.0;
/// Below the last line.
pub const BOTTOM: f32 = 58.0;
/// Between paragraphs.
pub const PARAGRAPH_GAP: f32 = 14.0;
/// The title's em and line.
pub const TITLE: (f32, f32) = (22.0, 30.0);
/// Above the byline, and its height.
pub const BYLINE: (f32, f32) = (6.0, 18.0);
/// Above a folded part, and its height.
pub const FOLD: (f32, f32) = (8.0, 16.0);
/// Height of the fixed head.
pub const HEAD: f32 = 46.0;
/// Middle of the lanes' initials below the top, in the fixed head.
pub const INITIALS: f32 = 32.5;
/// The same above the title: no sign stands there.
pub const INITIALS_ABOVE: f32 = 10.0;
/// Where the lanes' lines begin below those.
pub const LANES_TOP: f32 = 18.0;

/// Where letters stand in the line that the figures below are given for; another line has them as far above and below
/// its own letters.
pub const BASELINE: f32 = 21.0;
/// Middle of a line: labels, signs, runs.
pub const MIDDLE: f32 = 15.5;
/// A tint's top and bottom in a line.
pub const TINT: (f32, f32) = (3.0, 25.0);
/// How much wider than its words a tint is, at each end.
pub const TINT_WIDER: f32 = 1.0;
/// An underline's top in a line, and its height.
pub const UNDERLINE: (f32, f32) = (25.0, 3.0);
/// From one underline to the next below it.
pub const UNDERLINE_STEP: f32 = 5.0;
/// Dash and gap of a moderate underline.
pub const DASH: (f32, f32) = (12.0, 5.0);
/// Square and gap of a low underline.
pub const SQUARE: (f32, f32) = (3.0, 3.0);
/// Top of the thin line of an unassessed claim.
pub const THIN: f32 = 26.0;
/// Width and height of a cue's corner, how thick it is, and its top in a line.
pub const CORNER: (f32, f32, f32, f32) = (7.0, 6.0, 2.0, 2.0);
/// Radius of the ring before a claim without a source, and how far before it.
pub const RING: (f32, f32) = (2.6, 4.0);

/// From the text to the first bracket, and from a bracket to the next one.
pub const BRACKET: (f32, f32) = (10.0, 46.0);
/// Length of a bracket's ends.
pub const BRACKET_END: f32 = 5.0;
/// A bracket's top in its first line and bottom in its last one.
pub const BRACKET_SPAN: (f32, f32) = (6.0, 28.0);
/// Between a bracket and its badge.
pub const BADGE_GAP: f32 = 4.0;
/// Width and height of a badge.
pub const BADGE: (f32, f32) = (20.0, 14.0);
/// By how much a badge is wider for each sign beyond two.
pub const BADGE_SIGN: f32 = 6.0;
/// Width and height of "who?".
pub const WHO: (f32, f32) = (36.0, 15.0);
/// From a badge to the middle of its letter.
pub const LETTER: f32 = 9.0;

/// From the text to the line that joins the parts of a claim.
pub const ELBOW: f32 = 104.0;
/// The same in a narrow margin.
pub const ELBOW_NARROW: f32 = 98.0;
/// Radius of a numbered ring, and from one to the next in a line.
pub const STOP: (f32, f32) = (7.0, 18.0);
/// Below this distance two rings would touch.
pub const STOPS_APART: f32 = 20.0;
/// From a line's top to a run in the gap above it, and how far that drops.
pub const GAP_RUN: (f32, f32) = (1.5, 5.0);
/// Where a run ends before the text.
pub const RUN_END: f32 = 4.0;

/// From the text to the right end of a paragraph's number.
pub const NUMBER: f32 = 118.0;
/// The same in a narrow margin.
pub const NUMBER_NARROW: f32 = 114.0;
/// From a number to the check of a read paragraph.
pub const CHECK_GAP: f32 = 4.0;
/// Width of the check of a read paragraph.
pub const CHECK: f32 = 8.0;
/// Width of a colleague's sign.
pub const SIGN: f32 = 9.0;
/// Width and height of a tick in the scroll bar.
pub const TICK: (f32, f32) = (7.0, 2.0);
/// Width and least height of the scroll bar's handle.
pub const HANDLE: (f32, f32) = (9.0, 24.0);

/// Width of the column where two sets stand side by side.
pub const VERSUS_COLUMN: f32 = 616.0;
/// Lanes' worth of room at its right, for brackets and badges.
pub const VERSUS_LANES: usize = 3;
/// From one bracket at the right to the next one.
pub const VERSUS_STEP: f32 = 41.0;
/// Width and height of a difference's numbered box.
pub const VERSUS_BOX: (f32, f32) = (28.0, 16.0);
/// From the text to the left edge of that box, and to the right end of paragraphs' numbers beside it.
pub const VERSUS_BOXES: (f32, f32) = (126.0, 129.0);
/// The same in a narrow margin.
pub const VERSUS_BOXES_NARROW: (f32, f32) = (113.0, 116.0);
