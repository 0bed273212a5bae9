//! What panels ask for: a named command, or an intent with the things it is about.
//!
//! Panels get `&Model` and push actions; `logic.rs` carries them out. Nothing here knows how.

use std::path::PathBuf;

use super::book::RecodeAsked;
use super::command::Command;
use super::model::Dialog;
use super::settling::Filter;
use super::shelf::Asked;
use crate::annotation::{About, AnchorId, Asserted, ClaimField, Codebook, Id, Source};
use crate::collection::Figure;
use crate::document::{ByteSpan, ReadOptions};
use crate::review::versions::Take;
use crate::review::{Elsewhere, Look};
use crate::settings::Settings;

/// An intent of the user.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the doc of a variant says what its fields are")]
pub enum Action {
    /// A named command.
    Run(Command),
    /// Open these files or folders.
    OpenPaths(Vec<PathBuf>),
    /// Show this open or listed release.
    ShowRelease(PathBuf),
    /// Close a banner, by its place in the list.
    CloseBanner(usize),

    /// Select claims: the last one is at hand. With `reveal` the reader scrolls to it.
    SelectClaims { claims: Vec<ClaimRef>, reveal: bool },
    /// Leave the selection.
    Deselect,
    /// Select these words and go there.
    SelectText(ByteSpan),
    /// Read the release again, in another encoding or the whole of a web page.
    ReadAgain(ReadOptions),
    /// What the release says of itself.
    SetAbout(About),
    /// The state of the release: new, reading, done, revisit.
    SetState(Option<String>),

    /// These words are the claim's from now on.
    Reshape { claim: Id, spans: Vec<ByteSpan> },
    /// After K: the selected claims' kind; `None` leaves it as it is.
    KindIs(Option<String>),
    /// A field of the selected claims. While `typing`, it goes on with the last step of undo.
    SetField { field: ClaimField, typing: bool },
    /// Assess the selected claims on an axis; `None` takes the assessment back.
    Assess { axis: String, term: Option<String> },
    /// The reason of the selected claim's current assessment on an axis.
    AssessWhy { axis: String, why: String },
    /// Name the source of the selected claims.
    Attribute(Attribution),
    /// Take the source of the selected claims away.
    Unattribute,
    /// Take a speaker, mention or source, away from the chain of the claim at hand.
    RemoveSpeaker(Id),
    /// A change of the register of sources.
    Register(RegisterEdit),
    /// Show these claims of the whole shelf in the table; `None`: it shows the release only.
    Ask(Option<Asked>),
    /// Show the claims of the whole shelf that a query finds, in the table.
    AskInTable(String),
    /// Claims of the whole shelf to choose from.
    Pick(Asked),
    /// Relate a claim of mine in the shown release to one of any release: its file, whose it is, its id.
    Relate { from: Id, kind: String, to: (PathBuf, String, Id) },
    /// Take a relation of mine in the shown release back.
    Unrelate(Id),
    /// Go to a place in a release, open or not.
    GoTo(PathBuf, Target),
    /// Open the strip for the claim at hand.
    OpenStrip,
    /// End the strip. The digit's term, if one was typed, comes along.
    EndStrip,
    /// A remark on an item, mine or a colleague's.
    AddRemark { on: Id, text: String },
    /// Whether the matter of a remark, mine or a colleague's, is settled; with a last word.
    Settle { thread: Id, settled: bool, text: String },
    /// Delete a remark of mine.
    DeleteRemark(Id),
    /// Waive a check, with a reason.
    Dismiss { check: String, on: Option<Id>, span: Option<ByteSpan>, why: String },
    /// Take back that a check was waived.
    Undismiss(Id),
    /// Mark these places as the selected claim is marked, in one step.
    MarkRepeats(Vec<ByteSpan>),
    /// Copy colleagues' claims into my set, in one step.
    AdoptClaims(Vec<ClaimRef>),
    /// Copy all claims of a layer into my set, in one step.
    AdoptLayer(String),
    /// Settle conflicts that belong together.
    SettleConflicts { conflicts: Vec<Id>, how: Settling },
    /// Compare the shown release with another version of it, the older or the newer one.
    CompareWith { other: PathBuf, is_older: bool },
    /// Ask for the file of another version.
    PickVersion { is_older: bool },
    /// Take these claims over from the older version, in one step.
    CarryClaims(Vec<Take>),

    /// Show, dim or hide a colleague's layer.
    LookAt { handle: String, look: Look },
    /// Show this layer alone; where it is alone already, all again.
    Alone(String),
    /// A layer from elsewhere is to be shown no more.
    TakeAway(String),
    /// Load layers: sidecars, sets of many documents, folders of them.
    LoadLayers(Vec<PathBuf>),
    /// A set that belongs to no known document is shown over this one.
    LoadOver { from: Elsewhere, document: PathBuf },
    /// Ask for the document that a set belongs to.
    PickDocument(Elsewhere),
    /// These remarks of the shown release were read.
    HaveRead(Vec<Id>),
    /// The remarks on the claim at hand are to be seen.
    ShowRemarks,
    /// Two sets of the shown release side by side; `None` is mine.
    Compare { mine: Option<String>, theirs: Option<String> },
    /// Leave the comparison.
    LeaveCompare,
    /// List other differences.
    FilterDifferences(Filter),
    /// Go to a difference, by its place among the pairs.
    GoToDifference(usize),
    /// Why the current difference was decided so.
    DecideWhy(String),
    /// Fields of a settled claim, in one step.
    EditAgreed { claim: Id, fields: Vec<ClaimField> },
    /// Keep the place where an anchor was found.
    AcceptAnchor(AnchorId),
    /// Keep all places that were found surely.
    AcceptAllMoved,
    /// Put an anchor at the selected words.
    PlaceAnchor(AnchorId),

    /// The reader says where its caret and selection are.
    ReaderMoved { selection: ByteSpan, caret: usize },
    /// A claim was clicked in the text: select it, or the next one there if it is at hand.
    Clicked { claim: ClaimRef, add: bool },
    /// Words to find; empty finds nothing.
    Find(String),
    /// Leave the search.
    CloseFind,
    /// Go to a hit, by its number.
    ShowHit(usize),

    /// Put text on the clipboard.
    CopyText(String),
    /// Write an export to a file; the bytes are made on a worker.
    ExportTo { path: PathBuf, options: ExportOptions },
    /// Write a figure of the folder to a file, SVG or PNG by its name; it is drawn on a worker.
    FigureTo { path: PathBuf, figure: Figure, axis: String },
    /// Ask where to write a figure; the axis is the one whose terms it may count.
    PickFigure { figure: Figure, axis: String },
    /// Ask where to write an export.
    PickExport(ExportOptions),
    /// Show what an export would be; the number comes back with it.
    PreviewExport(u64, ExportOptions),
    /// Show the sidecar as it is; the number comes back with it.
    PreviewSidecar(u64),
    /// Go past a step of undo whose items were changed from elsewhere.
    SkipUndo,
    /// Write this set's RON to a file.
    SaveCopyTo(PathBuf),
    /// A new release in the folder from pasted text.
    NewRelease { name: String, text: String, about: About },
    /// Settings as they are to be.
    Settings(Box<Settings>),
    /// A dialog, a panel over the reader, or none.
    Show(Dialog),
    /// Merge a second version of my sidecar of a release into it.
    MergeCopy { release: PathBuf, copy: PathBuf },
    /// The damaged sidecar may be put aside and what was recovered saved.
    RepairSidecar,
    /// The codebook as it is to be; `label` names the step of undo, which a burst of `typing` is one of.
    EditCodebook { label: String, codebook: Box<Codebook>, typing: bool },
    /// Take the last change of the codebook back.
    UndoCodebook,
    /// Do it again.
    RedoCodebook,
    /// Look at what renaming, merging, splitting or taking away a kind or tag would change.
    LookRecode(Box<RecodeAsked>),
    /// Do what was looked at.
    Recode,
    /// Open a link in the browser; http, https and mailto only.
    OpenLink(String),
}

/// A place in a release: an item of somebody's set, by handle.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the doc of a variant says what its fields are")]
pub enum Target {
    /// A claim, selected.
    Claim { handle: String, id: Id },
    /// Words, as bytes of the release's text.
    Words(ByteSpan),
    /// What is said of the release itself.
    About,
    /// Words that name a source.
    Mention { handle: String, id: Id },
}

/// A change of the register: one step of its undo.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the doc of a variant says what its fields are")]
pub enum RegisterEdit {
    /// An entry as it is to be; one that is not in the register is taken in under its id.
    Put(Id, Box<Source>),
    /// An alias, with its reason.
    Alias(Id, Asserted),
    /// How reliable the source is, as a term of the scale in use, and why; `None` withdraws it.
    Judge { on: (Id, Box<Source>), term: Option<String>, why: Option<String> },
    /// `other` is the same source as `principal`; both as they are known, for an entry that is not mine yet.
    Join { other: (Id, Box<Source>), principal: (Id, Box<Source>) },
    /// They are not, after all.
    Part { other: Id, principal: Id },
    /// The two stay apart, for ever or until somebody knows more (`what` is a word of `dismissed`).
    Decide { what: &'static str, on: Id, with: Id },
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
}

/// How conflicts of a merge are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settling {
    /// What stands in the item is right.
    Keep,
    /// The other side's value is.
    Take,
    /// One side deleted the item: it goes.
    Delete,
}

/// A claim of mine (`layer` is `None`) or of a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimRef {
    /// The colleague's handle; `None`: mine.
    pub layer: Option<String>,
    /// The claim.
    pub id: Id,
}

impl ClaimRef {
    /// A claim of mine.
    #[must_use]
    pub fn mine(id: Id) -> Self {
        Self { layer: None, id }
    }
}

/// Who says the selected claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The speaker.
    pub speaker: Speaker,
    /// The words that name the speaker, where the text does: marked as a mention.
    pub mention: Option<ByteSpan>,
    /// The words that attribute: marked as the cue.
    pub cue: Option<ByteSpan>,
    /// The kind that was proposed and accepted.
    pub kind: Option<String>,
    /// The style that follows from the words.
    pub style: Option<String>,
    /// Confidence that comes along: axis and term. A digit's on the axis in use, and the source's reliability.
    pub terms: Vec<(String, String)>,
    /// Put this speaker before the ones that are there (who said that they said), instead of in their place.
    pub outermost: bool,
}

/// A speaker to be named.
#[derive(Clone, Debug, PartialEq)]
pub enum Speaker {
    /// A source of this set.
    Source(Id),
    /// An entry of the register that this set does not use yet.
    Register(Id, Box<Source>),
    /// The writer of the release.
    Writer,
    /// A new entry.
    New(Box<Source>),
    /// Nobody yet: the claim stays without a source.
    Nobody,
}

/// What to export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOptions {
    /// Name of the format in `exchange::FORMATS`.
    pub format: String,
    /// Which claims.
    pub scope: ExportScope,
    /// Whose: a handle; `None`: everybody's.
    pub annotator: Option<String>,
    /// Which kinds; empty: all.
    pub kinds: Vec<String>,
    /// All assessments, not only the current ones.
    pub history: bool,
}

/// Which claims are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportScope {
    /// The selected claims.
    Selection,
    /// This release.
    Release,
    /// All open releases.
    OpenReleases,
    /// The folder.
    Folder,
}
