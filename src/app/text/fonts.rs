//! The faces the window is set in: those shipped with the program first, then whatever the system offers.
//!
//! Knows nothing of colours or of egui's layout, except that it hands egui the same bytes ([`egui_fonts`]). Held by
//! `tests/text.rs`.
//!
//! The shipped faces are registered under names of our own, so that a system's other edition of "Noto Serif" or
//! "Inter" never takes their place and a document looks the same on every machine. A script they lack is found in the
//! system's fonts; without any the missing-glyph box is drawn, never nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, GenericFamily, SourceCache};
use parley::{FontContext, FontData, FontFamilyName, LayoutContext};

use super::{Family, Paragraph, Style};
use crate::app::theme::family;

const SERIF: &str = "Vouch Serif";
const SANS: &str = "Vouch Sans";
const MONO: &str = "Vouch Mono";

/// Inter regular, as egui knows it.
const REGULAR: &str = "inter";

/// Families that go with Noto Serif, where the system has them: it would itself often offer a face of another cut.
const SERIF_RELATIVES: [&str; 8] = [
    "Noto Serif Hebrew",
    "Noto Naskh Arabic",
    "Noto Serif Devanagari",
    "Noto Serif Bengali",
    "Noto Serif Tamil",
    "Noto Serif Thai",
    "Noto Serif Armenian",
    "Noto Serif Georgian",
];

/// Families that go with Inter, where the system has them.
const SANS_RELATIVES: [&str; 8] = [
    "Noto Sans Hebrew",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Thai",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
];

/// A shipped face: the name egui knows it by, the family it belongs to, its bytes.
struct Bundled {
    egui_name: &'static str,
    family: &'static str,
    bytes: &'static [u8],
}

const BUNDLED: [Bundled; 7] = [
    Bundled {
        egui_name: family::SERIF,
        family: SERIF,
        bytes: include_bytes!("../../../assets/fonts/NotoSerif-Regular.ttf"),
    },
    Bundled {
        egui_name: family::SERIF_BOLD,
        family: SERIF,
        bytes: include_bytes!("../../../assets/fonts/NotoSerif-Bold.ttf"),
    },
    Bundled {
        egui_name: family::SERIF_ITALIC,
        family: SERIF,
        bytes: include_bytes!("../../../assets/fonts/NotoSerif-Italic.ttf"),
    },
    Bundled { egui_name: REGULAR, family: SANS, bytes: include_bytes!("../../../assets/fonts/Inter-Regular.otf") },
    Bundled {
        egui_name: family::MEDIUM,
        family: SANS,
        bytes: include_bytes!("../../../assets/fonts/Inter-Medium.otf"),
    },
    Bundled {
        egui_name: family::SEMIBOLD,
        family: SANS,
        bytes: include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"),
    },
    Bundled { egui_name: family::BOLD, family: SANS, bytes: include_bytes!("../../../assets/fonts/Inter-Bold.otf") },
];

/// A face at one size and variation, as glyphs are drawn from it.
#[derive(Debug)]
pub struct Face {
    /// Distinguishes it from every other face of this process: the atlas's key.
    pub(super) id: u32,
    pub(super) data: FontData,
    pub(super) size_px: f32,
    /// Normalised variation coordinates, 2.14 fixed point.
    pub(super) coords: Box<[i16]>,
    /// Whether a bolder weight than the face has must be feigned.
    pub(super) embolden: bool,
    /// Degrees by which an upright face must be slanted; 0 for none.
    pub(super) skew: f32,
}

/// Everything laying out needs: the fonts, their caches and scratch space. Can be made off the UI thread.
pub struct Fonts {
    pub(super) context: FontContext,
    pub(super) layout: LayoutContext<()>,
    /// For each [`Family`] the families to look for a glyph in, best first.
    pub(super) stacks: [Vec<FontFamilyName<'static>>; 3],
    faces: Vec<Arc<Face>>,
}

impl Fonts {
    /// The shipped faces alone: cheap, and the same everywhere.
    #[must_use]
    pub fn bundled_only() -> Self {
        Self::new(false, &[])
    }

    /// The shipped faces, then `faces` (the bytes of font files) for what those lack. Nothing of the system.
    #[must_use]
    pub fn with_faces(faces: &[&[u8]]) -> Self {
        Self::new(false, faces)
    }

    /// The shipped faces, then the system's for what those lack. Takes tens of milliseconds, as it lays out a line of
    /// each common script so that their faces are loaded before the first page needs them: call it off the UI thread.
    #[must_use]
    pub fn with_system() -> Self {
        let mut fonts = Self::new(true, &[]);
        for family in [Family::Serif, Family::Sans] {
            let style = Style { family, ..Style::default() };
            for script in WARM_UP {
                drop(Paragraph::new(&mut fonts, script, &style, None));
            }
        }
        fonts
    }

    fn new(system_fonts: bool, faces: &[&[u8]]) -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts });
        for face in &BUNDLED {
            register(&mut collection, Blob::new(Arc::new(face.bytes)), Some(face.family));
        }
        // egui ships a monospaced face; one copy of it is enough.
        if let Some(hack) = egui::FontDefinitions::default().font_data.get("Hack") {
            register(&mut collection, Blob::new(Arc::clone(&hack.font)), Some(MONO));
        }
        let mut extra = Vec::new();
        for bytes in faces {
            extra.extend(register(&mut collection, Blob::new(Arc::new(bytes.to_vec())), None));
        }
        let stacks = [Family::Serif, Family::Sans, Family::Mono].map(|family| stack(&mut collection, family, &extra));
        Self {
            context: FontContext { collection, source_cache: SourceCache::default() },
            layout: LayoutContext::new(),
            stacks,
            faces: Vec::new(),
        }
    }

    /// The shared record of a face; made on first use.
    pub(super) fn face(
        &mut self,
        data: &FontData,
        size_px: f32,
        coords: &[i16],
        embolden: bool,
        skew: f32,
    ) -> Arc<Face> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let known = self.faces.iter().find(|face| {
            face.data.data.id() == data.data.id()
                && face.data.index == data.index
                && face.size_px.to_bits() == size_px.to_bits()
                && *face.coords == *coords
                && face.embolden == embolden
                && face.skew.to_bits() == skew.to_bits()
        });
        if let Some(face) = known {
            return Arc::clone(face);
        }
        // What no paragraph uses any longer (another zoom) goes, so that the list stays short.
        self.faces.retain(|face| Arc::strong_count(face) > 1);
        let face = Arc::new(Face {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            data: data.clone(),
            size_px,
            coords: coords.into(),
            embolden,
            skew,
        });
        self.faces.push(Arc::clone(&face));
        face
    }
}

/// The families to look for a glyph in, best first: the shipped ones, `extra`, and what the system has of those that go
/// with them or that it holds for its own.
fn stack(collection: &mut Collection, family: Family, extra: &[String]) -> Vec<FontFamilyName<'static>> {
    let (shipped, relatives, generic) = match family {
        Family::Serif => ([SERIF, SANS], &SERIF_RELATIVES, GenericFamily::Serif),
        Family::Sans => ([SANS, SERIF], &SANS_RELATIVES, GenericFamily::SansSerif),
        Family::Mono => ([MONO, SANS], &SANS_RELATIVES, GenericFamily::Monospace),
    };
    let named = shipped.into_iter().chain(extra.iter().map(String::as_str)).chain(relatives.iter().copied());
    let there = named.filter(|name| collection.family_id(name).is_some());
    let mut stack: Vec<_> = there.map(|name| FontFamilyName::Named(name.to_owned().into())).collect();
    stack.extend([generic, GenericFamily::SansSerif, GenericFamily::Emoji].map(FontFamilyName::Generic));
    stack
}

/// Registers a font file, under `name` if given; the names of the families it gave.
fn register(collection: &mut Collection, bytes: Blob<u8>, name: Option<&str>) -> Vec<String> {
    let renamed = FontInfoOverride { family_name: name, ..Default::default() };
    let families = collection.register_fonts(bytes, Some(renamed));
    families.into_iter().filter_map(|(id, _)| collection.family_name(id).map(str::to_owned)).collect()
}

/// One short line of each script that releases come in, so that [`Fonts::with_system`] can load its face early.
const WARM_UP: [&str; 12] = [
    "Who said it? “Fi”, 2024",
    "Ποιος το είπε",
    "Кто сказал",
    "מי אמר",
    "من قال ٢٠٢٤",
    "किसने कहा",
    "ใครพูด",
    "Ո՞վ ասաց",
    "ვინ თქვა",
    "谁说的？誰が",
    "누가 말했나",
    "🙂 👩‍💻",
];

/// egui's fonts made of the same faces: Inter for [`egui::FontFamily::Proportional`], and the families that
/// [`family`] names; egui's own faces come after them for signs and pictures.
#[must_use]
pub fn egui_fonts() -> egui::FontDefinitions {
    let mut definitions = egui::FontDefinitions::default();
    let proportional = egui::FontFamily::Proportional;
    let last_resort = definitions.families.get(&proportional).cloned().unwrap_or_default();
    for face in &BUNDLED {
        let name = face.egui_name.to_owned();
        definitions.font_data.insert(name.clone(), Arc::new(egui::FontData::from_static(face.bytes)));
        let mut stack = vec![name.clone()];
        stack.extend(last_resort.iter().cloned());
        if name == REGULAR {
            definitions.families.insert(proportional.clone(), stack.clone());
        }
        definitions.families.insert(egui::FontFamily::Name(name.into()), stack);
    }
    definitions
}
