//! Colours of kinds: their contrast with the paper, how colour-blind eyes see them, and the hues that are offered.
//!
//! Contrast is WCAG 2.2's (1.4.3). Colour blindness is simulated as Machado, Oliveira and Fernandes do (A
//! Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG 15, 2009, table 1, severity 1.0), and
//! how far apart two colours are seen is their distance in Oklab (Ottosson, 2020), in which about 0.02 is just noticed.
//! The hues are data, `assets/hues.ron`. Held by `tests/codebook.rs`.

use std::fmt;
use std::sync::LazyLock;

use super::{Codebook, Colours, Kind, Rgb};
use crate::annotation::Extra;
use crate::annotation::record::{Record, Warning};

/// Marks must stand out from the paper by this.
pub const LEAST_CONTRAST: f64 = 3.0;

/// Two kinds whose colours are seen nearer to each other than this fall together.
pub const FALLS_TOGETHER: f64 = 0.04;

/// The hues that come with the program.
const DATA: &str = include_str!("../../../assets/hues.ron");

/// How a reader sees colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// All three kinds of cones.
    Usual,
    /// Without the cones for red.
    Protan,
    /// Without the cones for green.
    Deutan,
    /// Without the cones for blue.
    Tritan,
}

/// A list of hues that stay apart from each other for all eyes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hues {
    /// Its name.
    pub name: String,
    /// The hues, each for both themes.
    pub hues: Vec<Colours>,
}

/// Another kind whose colour is near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near<'a> {
    /// The kind.
    pub kind: &'a Kind,
    /// Who sees them nearest to each other.
    pub eyes: Eyes,
    /// In which theme.
    pub dark: bool,
    /// How far apart they are seen there.
    pub distance: f64,
}

/// What `assets/hues.ron` holds.
#[derive(Default)]
struct Data {
    paper: Colours,
    ink: Colours,
    hues: Vec<Hues>,
}

static READ: LazyLock<Data> = LazyLock::new(|| Data::read().unwrap_or_default());

/// The paper that marks are drawn on.
#[must_use]
pub fn paper() -> Colours {
    READ.paper
}

/// The letters on a kind's tile.
#[must_use]
pub fn ink_on_kinds() -> Colours {
    READ.ink
}

/// The hues that are offered.
#[must_use]
pub fn hues() -> &'static [Hues] {
    &READ.hues
}

impl Data {
    fn read() -> Option<Self> {
        let told = &mut Vec::new();
        let mut record = Record::parse("", DATA).ok()?;
        let paper = pair(record.record("paper", told)?, told)?;
        let ink = pair(record.record("ink", told)?, told)?;
        let lists = record.records("lists", told)?.into_iter().filter_map(|mut list| {
            let name = list.text("name", told)?;
            let hues = list.records("hues", told)?.into_iter().filter_map(|hue| pair(hue, told)).collect();
            Some(Hues { name, hues })
        });
        let hues = lists.collect();
        Some(Self { paper, ink, hues })
    }
}

fn pair(mut record: Record, told: &mut Vec<Warning>) -> Option<Colours> {
    let light = Rgb::parse(&record.text("light", told)?)?;
    let dark = Rgb::parse(&record.text("dark", told)?)?;
    let rest: Extra = record.rest(told);
    rest.is_empty().then_some(Colours { light, dark })
}

impl Eyes {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Usual, Self::Protan, Self::Deutan, Self::Tritan];

    /// What is left of a colour's linear red, green and blue.
    fn see(self, [r, g, b]: [f64; 3]) -> [f64; 3] {
        let rows: [[f64; 3]; 3] = match self {
            Self::Usual => return [r, g, b],
            Self::Protan => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deutan => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritan => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        };
        rows.map(|[x, y, z]| (x * r + y * g + z * b).clamp(0.0, 1.0))
    }
}

impl fmt::Display for Eyes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Usual => "all eyes",
            Self::Protan => "red-blind eyes",
            Self::Deutan => "green-blind eyes",
            Self::Tritan => "blue-blind eyes",
        })
    }
}

impl Rgb {
    /// Red, green and blue as light, 0 to 1 (the sRGB standard's curve undone).
    fn linear(self) -> [f64; 3] {
        self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The contrast of two colours, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let luminance = |[r, g, b]: [f64; 3]| 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
        let (own, other) = (luminance(self.linear()), luminance(other.linear()));
        own.max(other) / own.min(other)
    }

    /// How far apart two colours are seen: about 0.02 is just noticed, black and white are 1 apart.
    #[must_use]
    pub fn distance(self, other: Self, eyes: Eyes) -> f64 {
        let [a, b] = [self, other].map(|colour| oklab(eyes.see(colour.linear())));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }
}

fn oklab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

impl Colours {
    /// Contrast with the paper in the light and in the dark theme.
    #[must_use]
    pub fn contrast(self) -> (f64, f64) {
        (self.light.contrast(paper().light), self.dark.contrast(paper().dark))
    }

    /// The theme and the eyes in which two are seen nearest to each other, and how near.
    #[must_use]
    pub fn nearest(self, other: Self) -> (bool, Eyes, f64) {
        let themes = [(false, self.light, other.light), (true, self.dark, other.dark)];
        let all = themes.into_iter().flat_map(|(dark, own, other)| {
            Eyes::ALL.into_iter().map(move |eyes| (dark, eyes, own.distance(other, eyes)))
        });
        all.min_by(|a, b| a.2.total_cmp(&b.2)).unwrap_or((false, Eyes::Usual, 0.0))
    }
}

impl Codebook {
    /// The kind whose colour some eyes see nearest to `colours`; the kind `but` is passed over.
    #[must_use]
    pub fn nearest_kind(&self, colours: Colours, but: &str) -> Option<Near<'_>> {
        let others = self.kinds.iter().filter(|kind| kind.key != but);
        let near = others.map(|kind| {
            let (dark, eyes, distance) = colours.nearest(kind.colours);
            Near { kind, eyes, dark, distance }
        });
        near.min_by(|a, b| a.distance.total_cmp(&b.distance))
    }
}
