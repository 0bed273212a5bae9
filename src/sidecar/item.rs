//! One item as RON on one line: what the journal writes.
//!
//! Held by `tests/sidecar.rs`.

use std::sync::Arc;

use super::format_v1::{HeadItem, Value};
use super::value::value;
use crate::annotation::{Header, Item, ItemKind};

/// An item as RON, never with a line break. Which table it belongs to is not in it: [`table_name`](super::table_name).
#[must_use]
pub fn print_item(item: &Item) -> String {
    let mut out = String::new();
    match item {
        Item::Header(header) => HeadItem::from(&**header).print(&mut out),
        Item::Source(item) => item.print(&mut out),
        Item::Mention(item) => item.print(&mut out),
        Item::Claim(item) => item.print(&mut out),
        Item::Assessment(item) => item.print(&mut out),
        Item::Relation(item) => item.print(&mut out),
        Item::Remark(item) => item.print(&mut out),
        Item::Dismissal(item) => item.print(&mut out),
        Item::Conflict(item) => item.print(&mut out),
        Item::Deleted(item) => item.print(&mut out),
    }
    out
}

/// Reads what [`print_item`] wrote.
///
/// # Errors
/// What is wrong with the text, and at which column.
pub fn read_item(kind: ItemKind, ron: &str) -> Result<Item, String> {
    fn shared<T: Value>(ron: &str) -> Result<Arc<T>, String> {
        value(ron).map(Arc::new).map_err(|error| error.to_string())
    }
    Ok(match kind {
        ItemKind::Header => Item::Header(shared::<HeadItem>(ron).map(|head| Arc::new(Header::from(&*head)))?),
        ItemKind::Source => Item::Source(shared(ron)?),
        ItemKind::Mention => Item::Mention(shared(ron)?),
        ItemKind::Claim => Item::Claim(shared(ron)?),
        ItemKind::Assessment => Item::Assessment(shared(ron)?),
        ItemKind::Relation => Item::Relation(shared(ron)?),
        ItemKind::Remark => Item::Remark(shared(ron)?),
        ItemKind::Dismissal => Item::Dismissal(shared(ron)?),
        ItemKind::Conflict => Item::Conflict(shared(ron)?),
        ItemKind::Deleted => Item::Deleted(shared(ron)?),
    })
}
