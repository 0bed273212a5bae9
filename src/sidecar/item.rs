//! One item as RON on one line: what the journal writes.
//!
//! Held by `tests/sidecar.rs`.

use std::sync::Arc;

use thiserror::Error;

use super::format_v1::{HeadItem, Value};
use super::value::{Unread, value_of_any_length};
use super::{MAX_LINE, MAX_STRING, scan};
use crate::annotation::{Extra, Header, Id, Item, ItemKind};

/// An item that is longer than a sidecar may hold: written, it could not be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TooLong {
    /// Longer than [`MAX_STRING`] as written.
    #[error("a text is longer than {} MiB: mark a shorter passage, or shorten the note", MAX_STRING >> 20)]
    Text,
    /// Longer than [`MAX_LINE`] as written.
    #[error("the item is longer than {} MiB: divide it", MAX_LINE >> 20)]
    Item,
}

/// An item as RON, without a line break. Which table it belongs to is not in it: [`table_name`](super::table_name).
///
/// # Errors
/// Where the item is too long for a sidecar: such an edit may not be acknowledged.
pub fn print_item(id: &Id, item: &Item) -> Result<String, TooLong> {
    let mut out = String::new();
    match item {
        Item::Header(header) => {
            let shown = Header { ext: None, extra: Extra::new(), ..(**header).clone() };
            HeadItem::from(&shown).print(&mut out);
            check_length(id, &out)?;
            // What other programs and later versions keep in the head has no limit of ours.
            out.clear();
            HeadItem::from(&**header).print(&mut out);
            return Ok(out);
        }
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
    check_length(id, &out)?;
    Ok(out)
}

/// Whether an item, printed, fits into a sidecar.
pub(super) fn check_length(id: &Id, printed: &str) -> Result<(), TooLong> {
    // Every character of an id may take up to ten bytes as written, and a few stand around it.
    if printed.len() + 10 * id.as_str().len() + 16 > MAX_LINE {
        return Err(TooLong::Item);
    }
    if printed.len() > MAX_STRING && scan::longest_string(printed) > MAX_STRING {
        return Err(TooLong::Text);
    }
    Ok(())
}

/// Reads what [`print_item`] wrote.
///
/// # Errors
/// What is wrong with the text, and at which byte.
pub fn read_item(kind: ItemKind, ron: &str) -> Result<Item, String> {
    fn shared<T: Value>(ron: &str) -> Result<Arc<T>, String> {
        value_of_any_length(ron).map(Arc::new).map_err(|unread| told(&unread))
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

fn told(unread: &Unread) -> String {
    format!("{} (byte {})", unread.what, unread.at)
}

/// A field of an item as RON, the whole item where none is named; nothing where the field has no value. What a
/// conflict tells: hand it to [`merge`](crate::annotation::merge). A field within a field is named with a point between
/// (`descriptor.bias`, `document.about.title`).
#[must_use]
pub fn print_field(item: &Item, field: Option<&str>) -> Option<String> {
    let field = field.unwrap_or_default();
    match item {
        Item::Header(header) => HeadItem::from(&**header).print_at(field),
        Item::Source(item) => item.print_at(field),
        Item::Mention(item) => item.print_at(field),
        Item::Claim(item) => item.print_at(field),
        Item::Assessment(item) => item.print_at(field),
        Item::Relation(item) => item.print_at(field),
        Item::Remark(item) => item.print_at(field),
        Item::Dismissal(item) => item.print_at(field),
        Item::Conflict(item) => item.print_at(field),
        Item::Deleted(item) => item.print_at(field),
    }
}

/// The item with another value in a field, from what [`print_field`] wrote; without one the field is taken out.
///
/// # Errors
/// What is wrong with the text, or that there is no such field.
pub fn item_with_field(item: &Item, field: &str, ron: Option<&str>) -> Result<Item, String> {
    fn changed<T: Value + Clone>(item: &T, field: &str, ron: Option<&str>) -> Result<Arc<T>, String> {
        let mut item = item.clone();
        item.put_at(field, ron).map_err(|unread| told(&unread))?;
        Ok(Arc::new(item))
    }
    Ok(match item {
        Item::Header(header) => {
            let mut head = HeadItem::from(&**header);
            head.put_at(field, ron).map_err(|unread| told(&unread))?;
            Item::Header(Arc::new(Header::from(&head)))
        }
        Item::Source(item) => Item::Source(changed(&**item, field, ron)?),
        Item::Mention(item) => Item::Mention(changed(&**item, field, ron)?),
        Item::Claim(item) => Item::Claim(changed(&**item, field, ron)?),
        Item::Assessment(item) => Item::Assessment(changed(&**item, field, ron)?),
        Item::Relation(item) => Item::Relation(changed(&**item, field, ron)?),
        Item::Remark(item) => Item::Remark(changed(&**item, field, ron)?),
        Item::Dismissal(item) => Item::Dismissal(changed(&**item, field, ron)?),
        Item::Conflict(item) => Item::Conflict(changed(&**item, field, ron)?),
        Item::Deleted(_) => return Err(format!("no field {field}")),
    })
}
