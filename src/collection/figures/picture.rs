//! PNG from SVG, by resvg: it shapes every script, sets mixed directions as Unicode says, and looks for a letter that the
//! shipped faces lack in the system's fonts.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, Query, Weight};
use resvg::usvg::{FontResolver, Options, Tree};

/// Pixels of the picture for one of the drawing: sharp on paper and on dense screens.
const SCALE: f32 = 2.0;

/// The faces that the style sheet asks for first.
const FACES: [&[u8]; 2] = [
    include_bytes!("../../../assets/fonts/Inter-Regular.otf"),
    include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"),
];

/// Paints the SVG of a figure, at twice its size.
///
/// # Errors
/// Says why it cannot be painted: a picture too large for memory.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, String> {
    let mut options = Options { font_resolver: faces(), ..Options::default() };
    let fonts = options.fontdb_mut();
    for face in FACES {
        fonts.load_font_data(face.to_vec());
    }
    fonts.set_sans_serif_family("Inter");
    fonts.load_system_fonts();
    let told = |why: &dyn std::fmt::Display| format!("the picture cannot be painted: {why}: save it as SVG instead");
    let tree = Tree::from_str(svg, &options).map_err(|error| told(&error))?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| told(&"it is too large"))?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| told(&"it is too large"))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| told(&error))
}

/// Finds a face for a letter that the shipped ones lack. The library's own way takes the first face that has it, be it
/// bold; here it is that family's regular face.
fn faces<'a>() -> FontResolver<'a> {
    let any = FontResolver::default_fallback_selector();
    let select_fallback = move |letter, used: &[_], fonts: &mut Arc<Database>| {
        let found = any(letter, used, fonts)?;
        let (family, _) = fonts.face(found)?.families.first()?;
        let query = Query { families: &[Family::Name(family)], weight: Weight::NORMAL, ..Query::default() };
        Some(fonts.query(&query).filter(|regular| !used.contains(regular)).unwrap_or(found))
    };
    FontResolver { select_fallback: Box::new(select_fallback), ..FontResolver::default() }
}
