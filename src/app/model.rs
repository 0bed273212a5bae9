//! What the window is about: the open releases, the folder, settings, codebook, and what is said to the user.
//!
//! Panels read it; only `logic.rs` changes it. Knows nothing of how it is shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::{ClaimRef, ExportScope};
use super::book::Book;
use super::command::{Command, KeyTrouble, Keymap};
use super::comparing::Comparing;
use super::release::Release;
use super::settling::SideBySide;
use super::shelf::{Missing, RelationList, Shelf, View};
use crate::annotation::{Codebook, Id, Source, Timestamp, Work};
use crate::collection::{CREDIBILITY, Figure, Place, unconfirmed};
use crate::document::ByteSpan;
use crate::exchange;
use crate::review::Elsewhere;
use crate::settings::Settings;
use crate::sidecar::names;
use crate::sidecar::names::is_same_handle;

/// Everything that the window shows.
#[derive(Debug, Default)]
pub struct Model {
    /// Who I am and how I like it.
    pub settings: Settings,
    /// Which keys mean which command.
    pub keymap: Keymap,
    /// Keys that do not work, for the settings.
    pub key_troubles: Vec<KeyTrouble>,
    /// The codebook in force for the folder, or the built-in one.
    pub codebook: Arc<Codebook>,
    /// Its file, its steps of undo, and what is being done to it.
    pub book: Book,
    /// The releases of the folder.
    pub folder: Folder,
    /// Open releases, in the order of opening.
    pub releases: Vec<Release>,
    /// The place of the one that is shown.
    pub shown: Option<usize>,
    /// What is wrong or worth knowing, and stays until it is closed.
    pub banners: Vec<Banner>,
    /// What was just done, and goes by itself.
    pub toast: Option<Toast>,
    /// What is open over the window.
    pub dialog: Dialog,
    /// The claim whose source the tag strip asks for.
    pub strip: Option<Strip>,
    /// In a narrow window: whether the inspector lies over the reader.
    pub inspector_over: bool,
    /// K was pressed: the next letter or digit is a kind.
    pub kind_follows: bool,
    /// What is being done in the background, in words, with how much of it (0–1) where that is known.
    pub busy: Vec<Busy>,
    /// My register of sources in the folder; `None` until it was read.
    pub register: Option<Register>,
    /// What is missing in my work on each open release, where that is shown.
    pub missing: View<BTreeMap<PathBuf, Arc<Missing>>>,
    /// All releases of the folder with their sets.
    pub shelf: Shelf,
    /// The source that was named last.
    pub last_source: Option<Id>,
    /// Two versions of a release that are compared.
    pub comparing: Option<Comparing>,
    /// When this session began.
    pub session: Timestamp,
    /// Whether the name and handle came from the login and were not looked at yet.
    pub is_new_here: bool,
}

/// The releases of a folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folder {
    /// The folder; `None`: only single releases were opened.
    pub path: Option<PathBuf>,
    /// Its releases, by name.
    pub entries: Vec<Entry>,
    /// What could not be listed, and why, in words; empty where everything is there.
    pub left_out: String,
}

/// A release as listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The file.
    pub path: PathBuf,
    /// Its headline, or the file's name.
    pub title: String,
    /// Publisher and date, joined by " · ".
    pub byline: String,
    /// The state in my set: new, reading, done, revisit.
    pub state: Option<String>,
    /// Claims in my set; `None`: I have no set.
    pub claims: Option<usize>,
    /// Whether any claim is marked as disputed.
    pub disputed: bool,
    /// How many remarks of colleagues I have not read.
    pub unread: usize,
}

/// Something that is wrong or worth knowing.
#[derive(Clone, Debug, PartialEq)]
pub struct Banner {
    /// Whether it is an error, or only worth knowing.
    pub is_error: bool,
    /// What it is about; the place it belongs to is shown first.
    pub place: Option<PathBuf>,
    /// What happened and what to do.
    pub text: String,
    /// What can be done about it at once.
    pub offers: Vec<Offer>,
}

/// A button of a banner.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What the button says.
    pub name: String,
    /// What it does besides closing the banner; `None`: nothing, things stay as they are.
    pub action: Option<super::action::Action>,
}

/// Something that was just done.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// In words.
    pub text: String,
    /// Seconds of egui's clock at which it goes.
    pub until: f64,
    /// Whether "Undo" is offered.
    pub undo: bool,
}

/// Work in the background.
#[derive(Clone, Debug, PartialEq)]
pub struct Busy {
    /// Which job.
    pub job: u64,
    /// In words.
    pub text: String,
    /// How much is done, 0 to 1.
    pub done: Option<f32>,
}

/// What is open over the window.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Dialog {
    /// Nothing.
    #[default]
    None,
    /// The command palette.
    Palette,
    /// The keys sheet.
    Keys,
    /// Settings.
    Settings,
    /// The codebook.
    Codebook,
    /// Export, with a preview.
    Export,
    /// A new release from pasted text.
    NewRelease,
    /// Title, publisher, date, address, encoding.
    AboutRelease,
    /// The sidecar as it is.
    Sidecar,
    /// Where each mark is in today's text.
    Anchors,
    /// What is missing.
    Completeness,
    /// Repeats of the selection, to be ticked.
    Repeats(Vec<ByteSpan>),
    /// A remark on an item.
    Remark(Id),
    /// A path to be typed, where no file dialog came.
    Path(PathWanted),
    /// Sets that were loaded and belong to no document that is known.
    Unmatched(Vec<Unmatched>),
    /// A settled claim, to be edited.
    EditAgreed(Id),
    /// A relation from this claim of mine to another claim.
    Relate(Id),
    /// The folder in figures.
    Overview,
    /// All relations of the folder, and those around the claim at hand.
    Relations,
    /// All sources of the folder; the one that is shown.
    Sources(Option<Id>),
    /// Another version of the shown release.
    Versions,
    /// Version and licence.
    About,
}

/// A set that belongs to no document that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmatched {
    /// Where it was loaded from.
    pub from: Elsewhere,
    /// Whose it is.
    pub name: String,
    /// The document that it says it was made on.
    pub document: String,
}

/// What a typed path is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathWanted {
    /// A release or folder to open.
    Open,
    /// Layers to load.
    Layers,
    /// The document that a set belongs to.
    Document(Elsewhere),
    /// Another version of the shown release.
    Version {
        /// Whether it is the older one.
        is_older: bool,
    },
    /// A file to write the sidecar's copy to.
    SaveCopy,
    /// A file to write an export to.
    Export(super::action::ExportOptions),
    /// A file to write a figure to, and the axis whose terms it may count.
    Figure(Figure, String),
}

impl PathWanted {
    /// The file name that is proposed for what is written; `None` for what is opened.
    #[must_use]
    pub fn file_name(&self, model: &Model) -> Option<String> {
        let document = model.current().map_or("", |release| release.document.name.as_str());
        let folder = || model.folder.path.as_deref().and_then(Path::file_name);
        match self {
            Self::Open | Self::Layers | Self::Document(_) | Self::Version { .. } => None,
            Self::SaveCopy => Some(names::sidecar_name(document, &model.settings.handle)),
            Self::Export(options) => {
                let folder = folder();
                let several = matches!(options.scope, ExportScope::OpenReleases | ExportScope::Folder);
                let stem = match folder.filter(|_| several) {
                    Some(folder) => folder.to_string_lossy(),
                    None => document.rsplit_once('.').map_or(document, |(stem, _)| stem).into(),
                };
                let extension = exchange::format(&options.format).map_or("", |format| format.extension());
                Some(format!("{stem}.{extension}"))
            }
            Self::Figure(figure, _) => {
                let stem = folder().map_or_else(|| "figure".into(), |folder| folder.to_string_lossy());
                Some(format!("{stem}-{}.svg", figure.name()))
            }
        }
    }
}

/// My register of sources: one list over the releases of the folder.
#[derive(Debug)]
pub struct Register {
    /// Its file.
    pub path: PathBuf,
    /// Its entries.
    pub work: Work,
    /// Counts its changes.
    pub revision: u64,
}

/// The tag strip.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// The claim that was just marked or chosen.
    pub claim: Id,
    /// Whether it asks through whom the claim is told, instead of who says it.
    pub through: bool,
}

impl Model {
    /// Whether nothing is open and no folder is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.releases.is_empty() && self.folder.path.is_none()
    }

    /// An entry of the register.
    #[must_use]
    pub fn registered(&self, id: &Id) -> Option<&Arc<Source>> {
        self.register.as_ref()?.work.set().sources.get(id)
    }

    /// Sources that stand in colleagues' sets: of the shown release first, then of the folder.
    pub fn sources_of_colleagues(&self) -> impl Iterator<Item = (&Id, &Arc<Source>)> {
        let shown = self.current().into_iter().flat_map(|release| release.layers.iter().map(|layer| &layer.set));
        let read = self.shelf.read.values().flat_map(|release| release.layers.iter());
        let others = read.filter(|layer| !is_same_handle(&layer.handle, &self.settings.handle)).map(|layer| &layer.set);
        shown.chain(others).flat_map(|set| &set.sources)
    }

    /// A source that only a colleague's set has.
    #[must_use]
    pub fn source_of_colleague(&self, id: &Id) -> Option<&Arc<Source>> {
        self.sources_of_colleagues().find(|(own, _)| *own == id).map(|(_, source)| source)
    }

    /// The release that is shown.
    #[must_use]
    pub fn current(&self) -> Option<&Release> {
        self.releases.get(self.shown?)
    }

    /// The release that is shown, to be changed.
    pub fn current_mut(&mut self) -> Option<&mut Release> {
        self.releases.get_mut(self.shown?)
    }

    /// The open release of this file.
    pub fn release_mut(&mut self, path: &Path) -> Option<&mut Release> {
        self.releases.iter_mut().find(|release| release.path == path)
    }

    /// Whether more than one release is open.
    #[must_use]
    pub fn several_open(&self) -> bool {
        self.releases.len() > 1
    }

    /// Whether undo or redo means the codebook: its editor is open, or it is what was changed last.
    #[must_use]
    pub fn means_codebook(&self, command: Command) -> bool {
        let history = &self.book.history;
        let step = if command == Command::Redo { history.to_redo() } else { history.to_undo() };
        (self.dialog == Dialog::Codebook || self.book.is_last) && step.is_some()
    }

    /// The axis in use: what digits set and line styles show.
    #[must_use]
    pub fn axis(&self) -> &str {
        if self.settings.axis.is_empty() { &self.codebook.axis } else { &self.settings.axis }
    }

    /// The scale in use on an axis, by id: the settings' choice where the codebook has it, else the codebook's.
    #[must_use]
    pub fn scale(&self, axis: &str) -> Option<&str> {
        let chosen = self.settings.scales.iter().find(|(other, _)| other == axis).map(|(_, scale)| scale.as_str());
        chosen
            .filter(|scale| self.codebook.scales.axis(scale, axis).is_some())
            .or_else(|| self.codebook.scale_in_use(axis))
    }

    /// The first key of a command as shown; empty where it has none.
    #[must_use]
    pub fn key(&self, command: Command) -> String {
        self.keymap.shown(command)
    }

    /// A claim's place among the relations of the shelf, once these were worked out.
    #[must_use]
    pub fn place(&self, release: &Release, claim: &ClaimRef) -> Option<(&RelationList, Place)> {
        let list = self.shelf.relations.made.as_deref()?;
        let handle = claim.layer.as_deref().unwrap_or(&self.settings.handle);
        Some((list, list.place(&release.path, handle, &claim.id)?))
    }

    /// What to say of a claim that is judged, without a reason, to be confirmed by others, and is not known to come from
    /// two origins.
    #[must_use]
    pub fn unconfirmed(&self, release: &Release, claim: &ClaimRef) -> Option<String> {
        let (_, assessment) = release.assessment(claim, CREDIBILITY).filter(|(_, own)| own.why.is_none())?;
        let (list, place) = self.place(release, claim)?;
        unconfirmed(&list.origins(&place), assessment, &self.codebook)
    }

    /// The comparison in the shown release.
    #[must_use]
    pub fn comparison(&self) -> Option<&SideBySide> {
        self.current()?.comparison.as_deref()
    }

    /// The claim at hand in the shown release.
    #[must_use]
    pub fn at_hand(&self) -> Option<(&Release, &ClaimRef)> {
        let release = self.current()?;
        Some((release, release.at_hand()?))
    }
}
