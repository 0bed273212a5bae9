//! Annotation set ↔ RON: everything that is read comes back, and a damaged file gives up only what is damaged.

use vouch::sidecar::{Read, print, read};

const EXAMPLE: &str = include_str!("fixtures/sidecar/example.vouch.ron");

fn check(text: &str) -> Read {
    let read = read(text.as_bytes()).unwrap();
    assert_eq!(read.problems, []);
    assert_eq!(String::from_utf8(print(&read.set, &read.origin)).unwrap(), text);
    read
}

#[test]
fn the_example_comes_back_byte_for_byte() {
    let read = check(EXAMPLE);
    assert!(!read.has_comments);
    assert_eq!(read.set.len(), 8);
    let fresh = print(&read.set, &vouch::sidecar::Origin::default());
    assert_eq!(String::from_utf8(fresh).unwrap(), EXAMPLE);
}
