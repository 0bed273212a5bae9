//! The window. The only room that names egui; nothing outside it does.

pub mod reader;
pub mod text;
pub mod theme;
pub mod widgets;
