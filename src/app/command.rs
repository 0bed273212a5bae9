//! Every intent of the user that has a name: what it is called, what it does, its keys, its menu, and when it can be
//! done.
//!
//! Menu, palette, keys sheet, bottom bar and README's key table all come from [`SPECS`]; a key is found through
//! [`Keymap`]. This file knows how to name intents, not how to carry them out (`logic.rs`) nor where they are shown.
//! Held by `tests/command.rs`.

mod keymap;
mod specs;

pub use keymap::{Chord, KeyTrouble, Keymap};
pub use specs::SPECS;

use super::model::Model;
use super::release::Release;

/// An intent with a name. What needs more than a name (which claim, which text) is an
/// [`Action`](super::action::Action).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Command {
    /// Open releases.
    Open,
    /// Open a folder of releases as the collection.
    OpenFolder,
    /// A copy of the sample with two annotators' work, to try things on.
    OpenSample,
    /// Text from the clipboard becomes a release in the folder.
    PasteRelease,
    /// Write the sidecar now; it is also written by itself.
    Save,
    /// Write this set to a place of your choice.
    SaveCopy,
    /// Tagged claims as CSV, JSON, Markdown, HTML or a set.
    Export,
    /// The RON file as it is, with the selected claim found in it.
    ShowSidecar,
    /// Title, publisher, date, address, encoding.
    AboutRelease,
    /// Close this release; all edits are kept.
    CloseRelease,
    /// Go to the next open release.
    NextRelease,
    /// Go to the previous open release.
    PreviousRelease,
    /// Close the window; all edits are kept.
    Quit,
    /// Take back the last edit.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Copy the selected text, or the selected claim's words.
    Copy,
    /// Copy it as a quotation with its citation.
    CopyQuotation,
    /// Select the whole text.
    SelectAll,
    /// Find words in this release.
    Find,
    /// Go to the next hit.
    FindNext,
    /// Go to the previous hit.
    FindPrevious,
    /// Word, clause, sentence, paragraph.
    Grow,
    /// Back by one step of growth.
    Shrink,
    /// Mark the selection, or the sentence at the caret, and name its source.
    MarkClaim,
    /// Mark words that name a source; joined to the claim at hand.
    MarkSource,
    /// Name through whom the claim at hand is told: the selected words, or a choice.
    MarkThrough,
    /// Mark words that attribute; joined to the claim at hand.
    MarkCue,
    /// Then a letter or digit: kind of the selected claims.
    Kind,
    /// Confidence term on the axis in use, first to tenth.
    Term(u8),
    /// Source reliability, first to sixth term.
    Reliability(u8),
    /// Take back the assessment on the axis in use.
    ClearTerm,
    /// Digits and line styles follow the axis in use.
    NextAxis,
    /// The same words elsewhere: tick, apply as one step.
    Repeats,
    /// Move the claim's end by a word.
    EndLater,
    /// Move the claim's end back by a word.
    EndEarlier,
    /// Move the claim's start by a word.
    StartLater,
    /// Move the claim's start back by a word.
    StartEarlier,
    /// Move the claim's end by a character.
    EndLaterByCharacter,
    /// Move the claim's end back by a character.
    EndEarlierByCharacter,
    /// Move the claim's start by a character.
    StartLaterByCharacter,
    /// Move the claim's start back by a character.
    StartEarlierByCharacter,
    /// The claim gets a further span, apart from the first.
    ExtendByOtherSpan,
    /// Delete the selected claims and what hangs on them alone.
    DeleteClaim,
    /// Say something on the selected claim.
    Remark,
    /// The inspector, also where it is folded away.
    Inspector,
    /// Select the next claim.
    NextClaim,
    /// Select the previous claim.
    PreviousClaim,
    /// Cycle the claims under the caret.
    CycleClaims,
    /// The next claim without a source or an assessment.
    NextOpen,
    /// Tick the paragraph at the caret and go on to the next.
    MarkRead,
    /// Mark this release as done.
    StateDone,
    /// Mark this release to be looked at again.
    StateRevisit,
    /// All other layers at once.
    Layers,
    /// All other layers faint, or as they were.
    DimLayers,
    /// One colleague after the other alone, then all again.
    NextAlone,
    /// Select the next claim of a colleague.
    NextTheirs,
    /// Select the previous claim of a colleague.
    PreviousTheirs,
    /// The next remark that was not read.
    NextUnread,
    /// Copy the selected claims of colleagues into my set.
    CopyTheirs,
    /// Two sets side by side; again, and they are left.
    Compare,
    /// The next difference that is listed.
    NextDifference,
    /// The previous one.
    PreviousDifference,
    /// Settle the difference as the left one has it.
    TakeMine,
    /// Settle it as the right one has it.
    TakeTheirs,
    /// Both marks stay.
    TakeBoth,
    /// The settled claim, to be edited.
    EditAgreed,
    /// Take over all on which both agree.
    TakeAgreed,
    /// Load colleagues' sets from elsewhere.
    LoadLayer,
    /// Load all sets of a folder.
    LoadLayerFolder,
    /// Where each mark is in today's text: exact, moved, ambiguous, lost.
    Anchors,
    /// Claims without source, quotations without speaker, ….
    Completeness,
    /// What has changed in another version of the release, and what is taken over.
    NewVersion,
    /// Supports, contradicts, repeats, …: from the selected claim to another one, in any release.
    Relate,
    /// The folder in figures: sources by kinds, confidence, time, coverage.
    Overview,
    /// All relations of the folder: contradictions, and what stands around the selected claim.
    Relations,
    /// All sources of the folder: names, roles, reliability, what each said.
    Sources,
    /// Show or hide the left panel.
    ToggleLeft,
    /// Show or hide the table.
    ToggleTable,
    /// Show or hide the inspector.
    ToggleInspector,
    /// The keyboard goes to the reader.
    FocusReader,
    /// The keyboard goes to the claims table.
    FocusTable,
    /// Light paper.
    ThemeLight,
    /// Dark paper.
    ThemeDark,
    /// As the system has it.
    ThemeSystem,
    /// Zoom in, up to 300 %.
    ZoomIn,
    /// Zoom out, down to 50 %.
    ZoomOut,
    /// Zoom 100 %.
    ZoomReset,
    /// The text column by 40 points.
    ColumnWider,
    /// The text column by 40 points.
    ColumnNarrower,
    /// The reader's typeface.
    ToggleSerif,
    /// Name and handle, theme, fonts, axis and scale, keys.
    Settings,
    /// Kinds, tags, fields, scales and checks that the team agreed on.
    Codebook,
    /// Find a command by name.
    Palette,
    /// All keys on one sheet.
    Keys,
    /// Version and licence.
    About,
}

/// The menus, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Opening, saving, exporting.
    File,
    /// Undo, copy, find, selection.
    Edit,
    /// Claims, sources, cues, confidence.
    Tag,
    /// Panels, theme, zoom, settings.
    View,
    /// From claim to claim, remarks, what is missing.
    Review,
    /// Commands, keys, version.
    Help,
}

impl Menu {
    /// All menus, left to right.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::Tag, Self::View, Self::Review, Self::Help];

    /// What the menu bar says.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Tag => "Tag",
            Self::View => "View",
            Self::Review => "Review",
            Self::Help => "Help",
        }
    }
}

/// When a command can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// A folder is listed.
    Folder,
    /// A release is open.
    Release,
    /// A release is open and this annotator's set can be changed.
    Editable,
    /// As `Editable`, and at least one of my claims is selected.
    Claim,
    /// As `Editable`, and at least one claim is selected, mine or a colleague's.
    AnyClaim,
    /// As `Editable`, and a colleague's claim or words are selected.
    Theirs,
    /// Something can be undone.
    Undo,
    /// Something can be redone.
    Redo,
    /// Text or a claim is selected.
    Selection,
    /// A search has hits.
    Hits,
    /// More than one release is open.
    Several,
    /// A colleague's set is there.
    Layers,
    /// Two sets are compared.
    Comparing,
}

/// Everything about a command but what it does.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Which.
    pub command: Command,
    /// Its name in the settings file; never changed.
    pub id: &'static str,
    /// Its name in menu and palette.
    pub name: &'static str,
    /// One line: what it does.
    pub help: &'static str,
    /// Its menu.
    pub menu: Menu,
    /// A line above it in the menu.
    pub separated: bool,
    /// Keys as delivered, `Ctrl+Shift+F` (Cmd for Ctrl on macOS).
    pub keys: &'static [&'static str],
    /// When it can be done.
    pub when: When,
    /// How menu, keys sheet and README's table show it.
    pub row: Row,
}

/// How lists of commands show one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// By its own keys and name.
    Own,
    /// For itself and those that follow it (the digits): by these keys and this name.
    ForSeveral(&'static str, &'static str),
    /// Not at all: another one stands for it.
    Hidden,
}

impl Spec {
    /// Its name in lists where one row may stand for several, without the dots of a menu.
    #[must_use]
    pub fn row_name(&self) -> &'static str {
        match self.row {
            Row::ForSeveral(_, name) => name,
            _ => self.name.trim_end_matches('…'),
        }
    }
}

impl Command {
    /// What is known of it.
    #[must_use]
    pub fn spec(self) -> Option<&'static Spec> {
        SPECS.iter().find(|spec| spec.command == self)
    }

    /// Whether it can be done now.
    ///
    /// # Errors
    /// Why not, for the palette and the tooltip of a grey menu item.
    pub fn enabled(self, model: &Model) -> Result<(), &'static str> {
        let Some(spec) = self.spec() else { return Ok(()) };
        let open = model.current();
        match spec.when {
            When::Always => Ok(()),
            When::Undo | When::Redo if model.means_codebook(self) => Ok(()),
            When::Folder if model.folder.path.is_some() => Ok(()),
            When::Folder => Err("Open a folder of releases first"),
            _ if open.is_none() => Err("Open a release first"),
            When::Release => Ok(()),
            When::Editable => open.map_or(Err("Open a release first"), Release::editable),
            When::Claim => open.map_or(Err("Open a release first"), |open| {
                open.editable()?;
                match (open.has_own_selected(), open.at_hand()) {
                    (true, _) => Ok(()),
                    (false, Some(_)) => Err(THEIRS),
                    (false, None) => Err("Select one of your claims first"),
                }
            }),
            When::AnyClaim => open.map_or(Err("Open a release first"), |open| {
                open.editable()?;
                if open.at_hand().is_some() { Ok(()) } else { Err("Select a claim first, yours or a colleague's") }
            }),
            When::Theirs => open.map_or(Err("Open a release first"), |open| {
                open.editable()?;
                let is_any = !open.selection.is_empty() || open.selected.iter().any(|claim| claim.layer.is_some());
                if is_any { Ok(()) } else { Err("Select a colleague's claim first, or the words around several") }
            }),
            When::Undo => {
                if open.is_some_and(Release::can_undo) {
                    Ok(())
                } else {
                    Err("Nothing to undo")
                }
            }
            When::Redo => {
                if open.is_some_and(Release::can_redo) {
                    Ok(())
                } else {
                    Err("Nothing to redo")
                }
            }
            When::Selection => {
                if open.is_some_and(Release::has_selection) {
                    Ok(())
                } else {
                    Err("Select text or a claim first")
                }
            }
            When::Hits => {
                if open.is_some_and(Release::has_hits) {
                    Ok(())
                } else {
                    Err("Find something first (Ctrl+F)")
                }
            }
            When::Layers => {
                if open.is_some_and(|open| !open.layers.is_empty()) {
                    Ok(())
                } else {
                    Err("Nobody else has worked on this release")
                }
            }
            When::Comparing => {
                if open.is_some_and(|open| open.comparison.is_some()) {
                    Ok(())
                } else {
                    Err("Compare two sets first (Ctrl+D)")
                }
            }
            When::Several => {
                if model.several_open() {
                    Ok(())
                } else {
                    Err("Only one release is open")
                }
            }
        }
    }
}

/// Why a colleague's claim does not change, and what to do.
pub const THEIRS: &str =
    "This claim is a colleague's: copy it into your set first (Y), judge it (digits) or remark on it (M)";

/// README's key table, as Markdown: a test holds README to it.
#[must_use]
pub fn key_table() -> String {
    let mut table = String::from("| keys | command | what it does |\n| --- | --- | --- |\n");
    for spec in SPECS.iter().filter(|spec| !spec.keys.is_empty() && spec.row != Row::Hidden) {
        let keys = match spec.row {
            Row::ForSeveral(keys, _) => format!("`{keys}`"),
            _ => {
                let shown = spec.keys.iter().filter_map(|text| Chord::parse(text).ok());
                shown.map(|chord| format!("`{}`", chord.shown(false))).collect::<Vec<_>>().join(", ")
            }
        };
        for cell in [keys.as_str(), spec.row_name(), spec.help] {
            table.push_str("| ");
            table.push_str(cell);
            table.push(' ');
        }
        table.push_str("|\n");
    }
    table
}
