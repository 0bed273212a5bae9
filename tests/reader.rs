//! The document view: how a text is cut and scrolled, where its marks stand, how it is selected in, and what a screen
//! reader gets. No display and no GPU: frames are run headless, and geometry is asserted as numbers.

#[path = "reader/accessible.rs"]
mod accessible;
#[path = "reader/any.rs"]
mod any;
#[path = "reader/chunks.rs"]
mod chunks;
#[path = "reader/elbow.rs"]
mod elbow;
#[path = "reader/handles.rs"]
mod handles;
#[path = "reader/marks.rs"]
mod marks;
#[path = "reader/scrolling.rs"]
mod scrolling;
#[path = "reader/selecting.rs"]
mod selecting;
#[path = "reader/shapes.rs"]
mod shapes;
#[path = "reader/units.rs"]
mod units;
#[path = "reader/world.rs"]
mod world;
