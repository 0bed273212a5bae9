//! The window. The only room that names egui; nothing outside it does.

pub mod text;
pub mod theme;
pub mod widgets;
