//! What a screen reader gets, and what it may ask for.

use egui::accesskit::{Action, ActionData, ActionRequest, NodeId, Role, TextPosition, TextSelection, TreeId};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use vouch::document::ByteSpan;

use crate::world::World;

type Window = Harness<'static, World>;

/// The nodes of a role, in their order, with their text.
fn texts(window: &Window, role: Role) -> Vec<(NodeId, String)> {
    let nodes = window.query_all_by_role(role);
    nodes.map(|node| (node.accesskit_node().locate().0, node.accesskit_node().value().unwrap_or_default())).collect()
}

fn document(window: &Window) -> NodeId {
    window.get_by_role(Role::Document).accesskit_node().locate().0
}

const WORDS: &str = "A title\n\nThe minister said e\u{301}t.\n";

#[test]
fn a_document_has_paragraphs_of_runs_that_read_as_the_text() {
    let window = World::new(WORDS).window();
    assert_eq!(texts(&window, Role::Paragraph).len(), 2);
    let runs: Vec<String> = texts(&window, Role::TextRun).into_iter().map(|(_, text)| text).collect();
    assert_eq!(runs, ["A title\n", "The minister said e\u{301}t.\n"]);
}

#[test]
fn a_long_line_is_parted_into_runs_of_255_letters() {
    let mut world = World::new(&"x".repeat(600));
    world.setting.column = 1e6;
    world.setting.size = 4.0;
    let window = world.window_of(egui::vec2(1.1e6, 400.0));
    let runs: Vec<usize> = texts(&window, Role::TextRun).into_iter().map(|(_, text)| text.trim_end().len()).collect();
    assert_eq!(runs, [255, 255, 90]);
}

fn ask(window: &mut Window, anchor: TextPosition, focus: TextPosition) {
    let target = document(window);
    window.event(egui::Event::AccessKitActionRequest(ActionRequest {
        action: Action::SetTextSelection,
        target_tree: TreeId::ROOT,
        target_node: target,
        data: Some(ActionData::SetTextSelection(TextSelection { anchor, focus })),
    }));
    window.run();
}

#[test]
fn a_screen_reader_selects_and_is_told_what_is_selected() {
    let mut window = World::new(WORDS).window();
    let runs = texts(&window, Role::TextRun);
    let position = |run: usize, character_index: usize| TextPosition { node: runs[run].0, character_index };
    // From the title's second letter to behind the accented one, which is one letter of three bytes.
    ask(&mut window, position(0, 1), position(1, 19));
    let world = window.state();
    let end = world.at("e\u{301}").end;
    assert_eq!(world.state.selection(), ByteSpan { start: 1, end });

    let told = window.get_by_role(Role::Document).accesskit_node();
    let selection: TextSelection = *told.raw_text_selection().unwrap();
    assert_eq!((selection.anchor, selection.focus), (position(0, 1), position(1, 19)));
}

#[test]
fn the_selection_keeps_its_nodes_when_it_is_scrolled_away() {
    let words = "A line of the release that is read.\n\n".repeat(300);
    let mut window = World::new(&words).window();
    window.state_mut().state.put_caret(3);
    let far = ByteSpan { start: words.len() - 30, end: words.len() - 20 };
    window.state_mut().state.reveal(far);
    window.run();
    assert_eq!(window.state().state.caret_on_screen(3), None);
    let told = window.get_by_role(Role::Document).accesskit_node();
    let selection = *told.raw_text_selection().unwrap();
    let runs = texts(&window, Role::TextRun);
    assert_eq!(selection.focus, TextPosition { node: runs[0].0, character_index: 3 });
    assert!(runs.len() < 60, "what is not in view has no nodes");
}

#[test]
fn a_request_for_another_node_changes_nothing() {
    let mut window = World::new(WORDS).window();
    let nowhere = TextPosition { node: NodeId(12345), character_index: 2 };
    ask(&mut window, nowhere, nowhere);
    assert_eq!(window.state().state.selection(), ByteSpan { start: 0, end: 0 });
}
