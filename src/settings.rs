//! Who I am and how I like it, for window and command line alike.
//!
//! A RON file in the place that the system has for settings (`VOUCH_HOME` overrides it), read field by field: what is
//! wrong in one costs that one, and what a later version wrote is kept. Knows no window: what a theme or a panel is,
//! is told elsewhere. Held by `tests/settings.rs`.

use std::io::ErrorKind;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::annotation::printed::{self, Printed};
use crate::annotation::record::Record;
use crate::annotation::{Extra, Warning};
use crate::files::{self, Action, FileError, Files};
use crate::sidecar::names::{damaged_name, handle_from_login};

/// The file's name in the settings folder.
const FILE: &str = "settings.ron";

/// Bytes that a settings file may have.
const LIMIT: u64 = 1 << 20;

/// How many recent documents are kept.
const RECENT: usize = 20;

/// The values that [`Settings::zoom`] can have.
pub const ZOOM: RangeInclusive<f32> = 0.5..=3.0;
/// The values that [`Settings::text_size`] can have.
pub const TEXT_SIZE: RangeInclusive<f32> = 12.0..=28.0;
/// The values that [`Settings::column`] can have.
pub const COLUMN: RangeInclusive<f32> = 400.0..=1000.0;
/// The values that [`Settings::line_height`] can have.
pub const LINE_HEIGHT: RangeInclusive<f32> = 1.3..=2.2;
/// The widths and heights that a panel can have.
const PANEL: RangeInclusive<f32> = 36.0..=2000.0;
/// The widths and heights that a window can have.
const WINDOW: RangeInclusive<f32> = 320.0..=16_384.0;

/// What the analyst chose, or nobody did yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Name as people write it; empty: not known.
    pub name: String,
    /// Short name in file names: lower-case ASCII letters, digits, `-`.
    pub handle: String,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// The typeface of documents.
    pub font: Font,
    /// The whole window's size; 1 is 100 %. In [`ZOOM`].
    pub zoom: f32,
    /// Size of a document's letters in points at 100 %. In [`TEXT_SIZE`].
    pub text_size: f32,
    /// Width of a document's column in points at 100 %. In [`COLUMN`].
    pub column: f32,
    /// Distance of a document's lines as a multiple of the letters' size. In [`LINE_HEIGHT`].
    pub line_height: f32,
    /// Whether what is selected grows to whole words.
    pub snap_words: bool,
    /// The axis in use: what the digits set and what the lines of marks show.
    pub axis: String,
    /// The scale in use on an axis (`("likelihood", "icd203-2015")`), where it is not the codebook's first.
    pub scales: Vec<(String, String)>,
    /// Keys that were chosen: a command's name and the keys in words; empty words take a command's keys away.
    pub keys: Vec<(String, String)>,
    /// Documents and folders opened lately, the latest first.
    pub recent: Vec<PathBuf>,
    /// What was open when the window was closed.
    pub open: Vec<PathBuf>,
    /// How the window is divided.
    pub layout: Layout,
    /// Fields of a later version.
    pub extra: Extra,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The typeface of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Font {
    /// With serifs.
    #[default]
    Serif,
    /// Without.
    Sans,
}

/// How the window is divided. Sizes are points at 100 %.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Whether the list of releases is shown.
    pub left: bool,
    /// Its width.
    pub left_width: f32,
    /// Whether the inspector is shown.
    pub inspector: bool,
    /// Its width.
    pub inspector_width: f32,
    /// Whether the claims table is shown.
    pub table: bool,
    /// Its height.
    pub table_height: f32,
    /// Whether the scroll bar shows where something is missing.
    pub missing: bool,
    /// The table's columns, by name; empty: those that come with the program.
    pub columns: Vec<String>,
    /// Width and height of the window, where it was sized by hand.
    pub window: Option<(f32, f32)>,
    /// Fields of a later version.
    pub extra: Extra,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            left: true,
            left_width: 230.0,
            inspector: true,
            inspector_width: 340.0,
            table: true,
            table_height: 190.0,
            missing: false,
            columns: Vec::new(),
            window: None,
            extra: Extra::new(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            handle: handle_from_login(""),
            theme: Theme::default(),
            font: Font::default(),
            zoom: 1.0,
            text_size: 17.0,
            column: 640.0,
            line_height: 1.7,
            snap_words: false,
            axis: "credibility".to_owned(),
            scales: Vec::new(),
            keys: Vec::new(),
            recent: Vec::new(),
            open: Vec::new(),
            layout: Layout::default(),
            extra: Extra::new(),
        }
    }
}

impl Theme {
    /// The theme of this word in the settings file.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.word() == word)
    }

    /// Its word in the settings file.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Font {
    /// The typeface of this word in the settings file.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Serif, Self::Sans].into_iter().find(|font| font.word() == word)
    }

    /// Its word in the settings file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Serif => "serif",
            Self::Sans => "sans",
        }
    }
}

/// Who is logged in here, as the system tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    /// The account's name.
    pub account: String,
    /// The person's name; empty where the system has none.
    pub name: String,
}

impl Login {
    /// Asks the system.
    pub fn of_system() -> Self {
        let account = whoami::username().unwrap_or_default();
        // Unix keeps room and telephone after the name, with commas between.
        let name = whoami::realname().unwrap_or_default();
        let name = name.split(',').next().unwrap_or_default().trim().to_owned();
        Self { name: if name == account { String::new() } else { name }, account }
    }
}

/// What reading the settings gave.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The settings, with the delivered ones where there were none.
    pub settings: Settings,
    /// What is wrong and what was done about it, a line each.
    pub warnings: Vec<String>,
}

impl Settings {
    /// The delivered settings for who is logged in.
    pub fn of(login: &Login) -> Self {
        Self { name: login.name.clone(), handle: handle_from_login(&login.account), ..Self::default() }
    }

    /// Reads the settings in `folder`. What cannot be read is as delivered; a copy of the file is then kept beside it,
    /// because the next save will write over it.
    pub fn load(files: &dyn Files, folder: &Path, login: &Login) -> Loaded {
        let path = folder.join(FILE);
        let delivered = Self::of(login);
        let bytes = match files.read(&path, LIMIT) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Loaded { settings: delivered, warnings: Vec::new() };
            }
            Err(error) => {
                let warning = format!("{}; settings are as delivered", FileError::when(Action::Read, &path)(error));
                return Loaded { settings: delivered, warnings: vec![warning] };
            }
        };
        let (settings, wrong) = match std::str::from_utf8(&bytes) {
            Ok(ron) => Self::parse(ron, delivered),
            Err(_) => (delivered, vec!["is not UTF-8".to_owned()]),
        };
        let mut warnings: Vec<String> = wrong.iter().map(|wrong| format!("{}: {wrong}", path.display())).collect();
        if !warnings.is_empty() {
            let aside = |number| folder.join(damaged_name(FILE, number));
            warnings.push(match files::keep_aside(files, &bytes, &files::unique_tag(), aside) {
                Ok(kept) => format!("what could not be read is as delivered; the file as it was is {}", kept.display()),
                Err(error) => format!("what could not be read is as delivered; a copy of the file: {error}"),
            });
        }
        Loaded { settings, warnings }
    }

    /// Writes the settings in `folder`, which is made where it is not there.
    ///
    /// # Errors
    /// The folder or the file could not be written; an older file is then as it was.
    pub fn save(&self, files: &dyn Files, folder: &Path) -> Result<(), FileError> {
        files::create_folders(files, folder)?;
        files::replace(files, &folder.join(FILE), self.print().as_bytes())
    }

    /// Puts a document or folder at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Reads settings from RON text over those `delivered`, with what is wrong.
    pub fn parse(ron: &str, delivered: Self) -> (Self, Vec<String>) {
        let mut settings = delivered;
        let mut reader = match Record::parse("", ron) {
            Ok(record) => Reader { record, wrong: Vec::new() },
            Err(error) => return (settings, vec![error]),
        };
        reader.text("name", &mut settings.name);
        reader.text("handle", &mut settings.handle);
        settings.handle = handle_from_login(&settings.handle);
        reader.word("theme", Theme::from_word, &mut settings.theme);
        reader.word("font", Font::from_word, &mut settings.font);
        reader.number("zoom", &ZOOM, &mut settings.zoom);
        reader.number("text_size", &TEXT_SIZE, &mut settings.text_size);
        reader.number("column", &COLUMN, &mut settings.column);
        reader.number("line_height", &LINE_HEIGHT, &mut settings.line_height);
        reader.take("snap_words", "true or false", &mut settings.snap_words);
        reader.text("axis", &mut settings.axis);
        reader.take("scales", "a list of (axis, scale)", &mut settings.scales);
        reader.take("keys", "a list of (command, keys)", &mut settings.keys);
        reader.take("recent", "a list of paths", &mut settings.recent);
        reader.take("open", "a list of paths", &mut settings.open);
        if let Some(record) = reader.record.record("layout", &mut reader.wrong) {
            let mut inner = Reader { record, wrong: Vec::new() };
            settings.layout.read(&mut inner);
            reader.wrong.append(&mut inner.wrong);
            settings.layout.extra = inner.unknown(&Layout::FIELDS);
        }
        let wrong = reader.wrong.iter().map(ToString::to_string).collect();
        settings.extra = reader.unknown(&Self::FIELDS);
        (settings, wrong)
    }

    const FIELDS: [&str; 15] = [
        "name",
        "handle",
        "theme",
        "font",
        "zoom",
        "text_size",
        "column",
        "line_height",
        "snap_words",
        "axis",
        "scales",
        "keys",
        "recent",
        "open",
        "layout",
    ];

    /// The settings as RON text, one field a line.
    pub fn print(&self) -> String {
        Printed::default()
            .text("name", &self.name)
            .text("handle", &self.handle)
            .text("theme", self.theme.word())
            .text("font", self.font.word())
            .raw("zoom", self.zoom.to_string())
            .raw("text_size", self.text_size.to_string())
            .raw("column", self.column.to_string())
            .raw("line_height", self.line_height.to_string())
            .raw("snap_words", self.snap_words.to_string())
            .text("axis", &self.axis)
            .raw("scales", pairs(&self.scales))
            .raw("keys", pairs(&self.keys))
            .raw("recent", paths(&self.recent))
            .raw("open", paths(&self.open))
            .raw("layout", self.layout.print())
            .extra(&self.extra)
            .on_lines(0)
            + "\n"
    }
}

impl Layout {
    const FIELDS: [&str; 9] =
        ["left", "left_width", "inspector", "inspector_width", "table", "table_height", "missing", "columns", "window"];

    fn read(&mut self, reader: &mut Reader) {
        reader.take("left", "true or false", &mut self.left);
        reader.number("left_width", &PANEL, &mut self.left_width);
        reader.take("inspector", "true or false", &mut self.inspector);
        reader.number("inspector_width", &PANEL, &mut self.inspector_width);
        reader.take("table", "true or false", &mut self.table);
        reader.number("table_height", &PANEL, &mut self.table_height);
        reader.take("missing", "true or false", &mut self.missing);
        reader.take("columns", "a list of texts", &mut self.columns);
        reader.take("window", "(width, height)", &mut self.window);
        self.window = self.window.filter(|(width, height)| WINDOW.contains(width) && WINDOW.contains(height));
    }

    fn print(&self) -> String {
        let window = self.window.map(|(width, height)| format!("({width}, {height})"));
        let printed = Printed::default()
            .raw("left", self.left.to_string())
            .raw("left_width", self.left_width.to_string())
            .raw("inspector", self.inspector.to_string())
            .raw("inspector_width", self.inspector_width.to_string())
            .raw("table", self.table.to_string())
            .raw("table_height", self.table_height.to_string())
            .raw("missing", self.missing.to_string())
            .raw("columns", printed::list(&self.columns));
        let printed = if let Some(window) = window { printed.raw("window", window) } else { printed };
        printed.extra(&self.extra).on_one_line()
    }
}

/// A structure of the file under way: what it says replaces what is delivered.
struct Reader {
    record: Record,
    wrong: Vec<Warning>,
}

impl Reader {
    fn take<T: DeserializeOwned>(&mut self, field: &str, expected: &str, into: &mut T) {
        if let Some(value) = self.record.take(field, expected, &mut self.wrong) {
            *into = value;
        }
    }

    fn text(&mut self, field: &str, into: &mut String) {
        self.take(field, "text in quotation marks", into);
    }

    fn number(&mut self, field: &str, range: &RangeInclusive<f32>, into: &mut f32) {
        if let Some(number) = self.record.number(field, &mut self.wrong) {
            *into = (number as f32).clamp(*range.start(), *range.end());
        }
    }

    fn word<T>(&mut self, field: &str, from_word: fn(&str) -> Option<T>, into: &mut T) {
        if let Some(word) = self.record.text(field, &mut self.wrong) {
            match from_word(&word) {
                Some(value) => *into = value,
                None => {
                    let message = format!("“{word}” is not known");
                    self.wrong.push(Warning { place: self.record.place(field), message });
                }
            }
        }
    }

    /// The fields that none of `known` is, as they stand.
    fn unknown(self, known: &[&str]) -> Extra {
        let mut extra = self.record.rest(&mut Vec::new());
        extra.retain(|(name, _)| !known.contains(&name.as_str()));
        extra
    }
}

fn pairs(pairs: &[(String, String)]) -> String {
    let pairs: Vec<_> =
        pairs.iter().map(|(a, b)| format!("({}, {})", printed::quoted(a), printed::quoted(b))).collect();
    printed::lines(&pairs, 1)
}

/// Paths that are not Unicode cannot be written in RON, and are left out.
fn paths(paths: &[PathBuf]) -> String {
    let paths: Vec<_> = paths.iter().filter_map(|path| path.to_str()).map(printed::quoted).collect();
    printed::lines(&paths, 1)
}
