//! The window, driven by keys and clicks as a user and a screen reader do, without a display.

mod common;

use std::cell::RefCell;

use common::Story;
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use vouch::annotation::{ClaimField, Id, Remark, Source};
use vouch::app::action::{Action, Attribution, ClaimRef, ExportOptions, ExportScope, Speaker};
use vouch::app::command::Command;
use vouch::app::model::{Dialog, PathWanted};
use vouch::app::text::Fonts;
use vouch::app::window::Window;

const TEXT: &str = "Harbour reopens\n\nLindholm Ferries said on Tuesday that boats will sail again by May. \
                    \"We are ready,\" said Maja Berg, its director.\n\nThe cost is 12 million crowns.\n";

/// A window over a story's desk.
struct Stage {
    harness: Harness<'static, Option<Window>>,
    folder: std::sync::Arc<tempfile::TempDir>,
}

impl Stage {
    /// The release is open, and `before` has been done at the desk.
    fn new(width: f32, height: f32, before: impl FnOnce(&mut Story)) -> Self {
        let mut story = Story::new();
        story.write("port.txt", TEXT);
        story.open("port.txt");
        before(&mut story);
        let folder = std::sync::Arc::clone(&story.folder);
        let desk = RefCell::new(Some(story.desk));
        let harness = Harness::builder().with_size([width, height]).with_max_steps(12).build_ui_state(
            move |ui, window: &mut Option<Window>| {
                let window = window.get_or_insert_with(|| {
                    Window::new(ui.ctx(), desk.borrow_mut().take().expect("once"), Fonts::bundled_only())
                });
                window.logic(&ui.ctx().clone());
                window.ui(ui);
            },
            None,
        );
        let mut stage = Self { harness, folder };
        stage.frames();
        stage
    }

    fn frames(&mut self) {
        self.harness.run_steps(4);
    }

    fn window(&self) -> &Window {
        self.harness.state().as_ref().expect("a window")
    }

    fn act(&mut self, action: Action) {
        self.harness.state_mut().as_mut().expect("a window").desk.actions.push(action);
        self.frames();
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.frames();
    }

    fn press(&mut self, key: Key) {
        self.key(Modifiers::NONE, key);
    }

    fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.frames();
    }

    /// Selects words of the text.
    fn select(&mut self, words: &str) {
        let release = self.window().desk.model.current().expect("open");
        let start = release.document.text.as_str().find(words).expect("in the text");
        self.act(Action::SelectText(vouch::document::ByteSpan { start, end: start + words.len() }));
    }

    /// Frames until something is there that is worked out in the background.
    fn until(&mut self, label: &str) {
        for _ in 0..500 {
            self.frames();
            if self.harness.query_all_by_label(label).next().is_some() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("{label:?} did not come");
    }

    /// Where a dialog is.
    fn dialog(&self, title: &str) -> egui::Rect {
        let id = egui::Id::unique("dialog").with(title);
        self.harness.ctx.memory(|memory| memory.area_rect(id)).expect("the dialog is open")
    }

    fn claims(&self) -> Vec<vouch::annotation::Claim> {
        let release = self.window().desk.model.current().expect("open");
        release.set().claims.values().map(|claim| (**claim).clone()).collect()
    }
}

#[test]
fn c_enter_digit_gives_a_claim_with_source_and_confidence() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.select("boats will sail again by May");
    stage.press(Key::C);
    assert!(stage.window().desk.model.strip.is_some(), "the strip asks for the source");
    stage.press(Key::Enter);
    stage.press(Key::Num2);
    let release = stage.window().desk.model.current().expect("open");
    let (id, claim) = release.set().claims.iter().next().expect("a claim");
    assert_eq!(release.set().chain(claim), [["Lindholm Ferries".to_owned()]]);
    let (_, judged) = release.assessment(&ClaimRef::mine(id.clone()), "credibility").expect("judged");
    assert_eq!(judged.term.as_deref(), Some("2"));
    assert_eq!(claim.kind.as_deref(), Some("prediction"));
}

#[test]
fn c_digit_does_both_at_once_and_letters_in_the_strip_filter() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.select("We are ready");
    stage.press(Key::C);
    // Letters are the field's, not commands.
    stage.press(Key::S);
    stage.type_text("Maja");
    stage.press(Key::Num3);
    let claims = stage.claims();
    assert_eq!(claims.len(), 1);
    let release = stage.window().desk.model.current().expect("open");
    assert_eq!(release.set().chain(&claims[0]), [["Maja Berg".to_owned()]]);
    assert_eq!(claims[0].style.as_deref(), Some("direct"));
    assert!(stage.window().desk.model.strip.is_none());
}

#[test]
fn a_chain_is_made_and_taken_apart_by_keys_alone() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.select("We are ready");
    stage.press(Key::C);
    stage.type_text("Maja");
    stage.press(Key::Enter);
    // Somebody whom the text does not name, typed.
    stage.act(Action::SelectText(vouch::document::ByteSpan { start: 0, end: 0 }));
    stage.key(Modifiers::SHIFT, Key::S);
    assert!(stage.harness.query_by_label("through whom the claim is told").is_some());
    assert!(stage.harness.query_by_label_contains("Maja Berg, ").is_none(), "who says it is not offered");
    stage.type_text("Lindholm Daily 2");
    stage.key(Modifiers::COMMAND, Key::Enter);
    let chain = |stage: &Stage| {
        let release = stage.window().desk.model.current().expect("open");
        release.set().chain(release.set().claims.values().next().expect("a claim"))
    };
    assert_eq!(chain(&stage), [["Lindholm Daily 2".to_owned()], ["Maja Berg".to_owned()]]);
    let away = stage.harness.get_by_label("take away");
    away.focus();
    stage.frames();
    stage.press(Key::Enter);
    assert_eq!(chain(&stage), [["Maja Berg".to_owned()]]);
}

#[test]
fn a_claim_is_read_as_a_sentence_in_the_inspector_and_copied() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.select("We are ready");
    stage.press(Key::C);
    stage.type_text("Maja");
    stage.press(Key::Enter);
    stage.harness.get_by_label("As a sentence").click();
    stage.frames();
    let sentence = "Maja Berg, according to the release, said: “We are ready”.";
    assert!(stage.harness.query_by_label(sentence).is_some(), "the sentence stands there");
    stage.harness.get_by_label("Copy").click();
    let mut copied = String::new();
    for _ in 0..4 {
        stage.harness.step();
        for command in &stage.harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    assert!(copied.starts_with(&format!("{sentence} [1]\n\n[1] ")), "{copied}");
}

#[test]
fn a_conflict_shows_both_values_and_is_settled_by_a_button() {
    let mut stage = Stage::new(1440.0, 900.0, |story| {
        let claim = story.mark("We are ready");
        story.act(Action::EndStrip);
        story.act(Action::SetField { field: ClaimField::Note(Some("mine".to_owned())), typing: false });
        story.saved();
        let path = story.path("port.txt.anna.vouch.ron");
        let file = std::fs::read_to_string(&path).expect("saved");
        let conflict = format!("(on: \"{claim}\", field: \"note\", theirs: \"\\\"what they say\\\"\")");
        let file = file.strip_suffix(")\n").expect("the end");
        story.write("port.txt.anna.vouch.ron", &format!("{file}  conflicts: {{\n    \"x-1\": {conflict},\n  }},\n)\n"));
        story.wait("the conflict", |model| model.current().is_some_and(|release| !release.set().conflicts.is_empty()));
        story.act(Action::SelectClaims { claims: Vec::new(), reveal: false });
    });
    // With nothing selected all are listed, and lead to their claims.
    stage.harness.get_by_label("“We are ready”").click();
    stage.frames();
    assert!(stage.harness.query_by_label("what they say").is_some(), "theirs");
    stage.harness.get_by_label("Keep mine: note");
    stage.harness.get_by_label("Take theirs: note").click();
    stage.frames();
    let release = stage.window().desk.model.current().expect("open");
    assert!(release.set().conflicts.is_empty());
    assert_eq!(stage.claims()[0].note.as_deref(), Some("what they say"));
    stage.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(stage.claims()[0].note.as_deref(), Some("mine"));
    stage.harness.get_by_label("Take theirs: note");
}

/// A file as the system hands it over.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window takes paths alone".to_owned())
    }
}

#[test]
fn files_and_folders_dropped_on_the_window_are_opened() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    let docs = stage.folder.path().join("docs");
    std::fs::create_dir_all(docs.join("more")).expect("a folder");
    for (name, dropped) in [("ferry.txt", "ferry.txt"), ("more/rain.txt", "more")] {
        std::fs::write(docs.join(name), "Ferry\n\nMaja Berg said that boats sail again.\n").expect("written");
        stage.harness.input_mut().dropped_files = vec![std::sync::Arc::new(Dropped(docs.join(dropped)))];
        let is_there = |stage: &Stage| {
            let model = &stage.window().desk.model;
            let name = std::path::Path::new(name).file_name();
            let is_shown = model.current().is_some_and(|release| release.path.file_name() == name);
            is_shown || model.folder.entries.iter().any(|entry| entry.path.file_name() == name)
        };
        for _ in 0..500 {
            stage.frames();
            if is_there(&stage) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(is_there(&stage), "{name}");
    }
    assert_eq!(stage.window().desk.model.folder.path.as_ref().and_then(|path| path.file_name()), Some("more".as_ref()));
}

#[test]
fn escape_leaves_the_claim_without_a_source_and_undo_takes_it_back() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.select("12 million crowns");
    stage.press(Key::C);
    stage.press(Key::Escape);
    assert!(stage.claims().iter().all(|claim| !claim.is_attributed()));
    assert_eq!(stage.claims().len(), 1);
    stage.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(stage.claims().len(), 0);
}

#[test]
fn rows_and_marks_are_one_selection_and_arrows_move_it() {
    let mut stage = Stage::new(1440.0, 900.0, |story| {
        for words in ["boats will sail again by May", "12 million crowns"] {
            story.mark(words);
            story.act(Action::EndStrip);
        }
        story.act(Action::Deselect);
    });
    stage.harness.get_by_label_contains("Quote 12 million crowns").click();
    stage.frames();
    let at_hand = |stage: &Stage| {
        let release = stage.window().desk.model.current().expect("open");
        release.at_hand().and_then(|claim| release.claim(claim)).map(|claim| claim.anchor.quote_line())
    };
    assert_eq!(at_hand(&stage).as_deref(), Some("12 million crowns"));
    stage.act(Action::Run(Command::FocusTable));
    stage.press(Key::ArrowUp);
    assert_eq!(at_hand(&stage).as_deref(), Some("boats will sail again by May"));
}

#[test]
fn a_note_is_typed_without_commands_and_undo_takes_back_the_whole() {
    let mut stage = Stage::new(1440.0, 900.0, |story| {
        story.mark("12 million crowns");
        story.act(Action::EndStrip);
    });
    stage.harness.get_by_label("Note").focus();
    stage.frames();
    for letter in ["c", "3", "k"] {
        stage.type_text(letter);
    }
    assert_eq!(stage.claims()[0].note.as_deref(), Some("c3k"));
    assert_eq!(stage.claims().len(), 1);
    stage.act(Action::Run(Command::Undo));
    assert_eq!(stage.claims()[0].note, None);
}

#[test]
fn escape_leaves_a_rename_before_it_leaves_the_codebook() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.act(Action::Show(Dialog::Codebook));
    stage.harness.get_by_label("Rename…").click();
    stage.frames();
    assert!(stage.harness.get_by_label("New word").accesskit_node().is_focused());
    stage.press(Key::Escape);
    assert_eq!(stage.window().desk.model.dialog, Dialog::Codebook);
    assert!(stage.harness.query_by_label("New word").is_none());
    stage.press(Key::Escape);
    assert_eq!(stage.window().desk.model.dialog, Dialog::None);
}

/// A codebook with fields of a team's own on everything, of every kind.
const OWN_FIELDS: &str = r#"(checks: ["empty-field"], fields: [
    (key: "desk", label: "Desk", on: "document", holds: "choice", choices: ["East", "West"], required: true),
    (key: "embargo", label: "Embargo", on: "document", holds: "yes/no"),
    (key: "since", label: "Since", on: "source", holds: "date", required: true),
    (key: "owner", label: "Owner", on: "source", holds: "choice", choices: ["State", "Private"]),
    (key: "public", label: "Public", on: "claim", holds: "yes/no"),
    (key: "size", label: "Size", on: "claim", holds: "number"),
])"#;

/// The codebook is in force, and a claim with a source is marked.
fn with_own_fields(story: &mut Story) {
    story.write("codebook.ron", OWN_FIELDS);
    story.wait("the codebook", |model| model.codebook.fields.len() == 6);
    story.wait("the register", |model| model.register.is_some());
    story.mark("12 million crowns");
    story.act(Action::EndStrip);
    let source = Source { name: "Lindholm Ferries".to_owned(), ..Source::default() };
    let speaker = Speaker::New(Box::new(source));
    let (mention, cue, kind, style) = (None, None, None, None);
    story.act(Action::Attribute(Attribution { speaker, mention, cue, kind, style, terms: vec![], outermost: false }));
    story.saved();
}

#[test]
fn own_fields_of_the_release_are_chosen_by_what_they_hold() {
    let mut stage = Stage::new(1440.0, 900.0, with_own_fields);
    stage.act(Action::Run(Command::AboutRelease));
    for toggled in [Toggled::Mixed, Toggled::True, Toggled::False] {
        let embargo = stage.harness.get_by_role_and_label(Role::CheckBox, "Embargo");
        assert_eq!(embargo.accesskit_node().toggled(), Some(toggled));
        if toggled != Toggled::False {
            embargo.click();
            stage.frames();
        }
    }
    stage.harness.get_by_role_and_label(Role::ComboBox, "Desk *").click();
    stage.frames();
    stage.harness.get_by_label("West").click();
    stage.frames();
    stage.harness.get_by_label("Save").click();
    stage.frames();
    let about = stage.window().desk.model.current().expect("open").set().header.document.about.clone();
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(about.expect("kept").fields, [own("embargo", "no"), own("desk", "West")]);
}

#[test]
fn own_fields_of_a_claim_are_typed_and_ticked_each_as_one_step_of_undo() {
    let mut stage = Stage::new(1440.0, 900.0, with_own_fields);
    stage.harness.get_by_label("More fields").click();
    stage.frames();
    stage.harness.get_by_role_and_label(Role::CheckBox, "Public").click();
    stage.frames();
    stage.harness.get_by_label("Size").focus();
    stage.frames();
    for letter in ["1", "2"] {
        stage.type_text(letter);
    }
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(stage.claims()[0].fields, [own("public", "yes"), own("size", "12")]);
    stage.act(Action::Run(Command::Undo));
    assert_eq!(stage.claims()[0].fields, [own("public", "yes")]);
    stage.act(Action::Run(Command::Undo));
    assert_eq!(stage.claims()[0].fields, []);
}

#[test]
fn what_is_missing_of_a_source_or_of_the_release_leads_to_where_it_is_filled() {
    let mut stage = Stage::new(1440.0, 900.0, with_own_fields);
    stage.act(Action::Run(Command::Completeness));
    stage.until("the release: Desk is empty");
    stage.harness.get_by_label("the release: Desk is empty").click();
    stage.frames();
    assert_eq!(stage.window().desk.model.dialog, Dialog::AboutRelease);

    stage.act(Action::Run(Command::Completeness));
    stage.harness.get_by_label("Lindholm Ferries: Since is empty").click();
    stage.frames();
    assert!(matches!(stage.window().desk.model.dialog, Dialog::Sources(Some(_))));
    stage.until("Since *");
    stage.harness.get_by_role_and_label(Role::ComboBox, "Owner").click();
    stage.frames();
    stage.harness.get_by_label("State").click();
    stage.frames();
    stage.harness.get_by_role_and_label(Role::TextInput, "Since *").focus();
    stage.frames();
    stage.type_text("2014-10");
    stage.press(Key::Enter);
    let register = stage.window().desk.model.register.as_ref().expect("read");
    let source = register.work.set().sources.values().next().expect("one");
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(source.fields, [own("owner", "State"), own("since", "2014-10")]);
}

#[test]
fn every_dialog_opens_at_every_size_and_closes_with_escape() {
    for (width, height) in [(1440.0, 900.0), (800.0, 600.0)] {
        let mut stage = Stage::new(width, height, |story| {
            story.mark("12 million crowns");
            story.act(Action::EndStrip);
        });
        let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
        for (command, title) in [
            (Command::Palette, "Commands"),
            (Command::Keys, "Keys"),
            (Command::Settings, "Settings"),
            (Command::Export, "Export"),
            (Command::PasteRelease, "New release from text"),
            (Command::AboutRelease, "About this release"),
            (Command::ShowSidecar, "Sidecar"),
            (Command::Anchors, "Where the marks are"),
            (Command::Completeness, "What is missing"),
            (Command::NewVersion, "New version"),
            (Command::Remark, "Remark"),
            (Command::About, "About Vouch"),
        ] {
            stage.act(Action::Run(command));
            assert_ne!(stage.window().desk.model.dialog, Dialog::None, "{command:?}");
            let (dialog, close) = (stage.dialog(title), stage.harness.get_by_label("close").rect());
            assert!(whole.contains_rect(dialog), "{command:?} {dialog:?}");
            assert!(dialog.right() - close.right() < 24.0, "{command:?} is wider than its title: {dialog:?} {close:?}");
            stage.press(Key::Escape);
            assert_eq!(stage.window().desk.model.dialog, Dialog::None, "{command:?} at {width}");
        }
    }
}

#[test]
fn the_palette_finds_a_command_and_says_why_it_cannot_be_done() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.key(Modifiers::COMMAND, Key::K);
    stage.type_text("delete claim");
    assert!(
        stage
            .harness
            .query_by_label_contains("Delete claim Delete, not now: Select one of your claims first")
            .is_some()
    );
    stage.press(Key::Escape);
    stage.key(Modifiers::COMMAND, Key::K);
    stage.type_text("dark theme");
    stage.press(Key::Enter);
    assert_eq!(stage.window().desk.model.settings.theme, vouch::settings::Theme::Dark);
}

#[test]
fn sizes_dragged_by_hand_are_there_at_the_next_start() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    for (from, to) in [((230.0, 300.0), (290.0, 300.0)), ((1100.0, 300.0), (1040.0, 300.0))] {
        let (from, to) = (egui::pos2(from.0, from.1), egui::pos2(to.0, to.1));
        stage.harness.drag_at(from);
        stage.frames();
        stage.harness.hover_at(to);
        stage.frames();
        stage.harness.drop_at(to);
        stage.frames();
    }
    let layout = stage.window().desk.model.settings.layout.clone();
    // The harness leaves 8 points around.
    assert!((layout.left_width - 282.0).abs() < 3.0, "{layout:?}");
    assert!((layout.inspector_width - 392.0).abs() < 3.0, "{layout:?}");
    let window = stage.harness.state_mut().as_mut().expect("a window");
    window.close();
    assert_eq!(window.desk.model.settings.layout.window, Some((1440.0, 900.0)));
    let home = vouch::files::Places::under(&stage.folder.path().join("home").join("anna"));
    let login = vouch::settings::Login::default();
    let kept = vouch::settings::Settings::load(&vouch::files::Disk, &home.settings, &login).settings.layout;
    assert_eq!((kept.left_width, kept.window), (layout.left_width, Some((1440.0, 900.0))));
}

#[test]
fn any_column_is_there_by_choice_and_context_stands_beside_the_quote() {
    let mut stage = Stage::new(1440.0, 900.0, |story| {
        story.mark("12 million crowns");
        story.act(Action::EndStrip);
    });
    let mut settings = stage.window().desk.model.settings.clone();
    settings.layout.columns = ["source", "quote", "after", "anchor"].map(str::to_owned).to_vec();
    stage.act(Action::Settings(Box::new(settings)));
    stage.harness.get_by_label("Quote").click_secondary();
    stage.frames();
    stage.harness.get_by_role_and_label(Role::CheckBox, "Before").click_accesskit();
    stage.frames();
    let columns = &stage.window().desk.model.settings.layout.columns;
    assert_eq!(*columns, ["source", "before", "quote", "after", "anchor"].map(str::to_owned));
    let row = "its director. The cost is, Quote 12 million crowns, After .";
    assert!(stage.harness.query_by_label_contains(row).is_some());
    assert!(stage.harness.query_by_label_contains("Place exact").is_some());
}

#[test]
fn a_palette_without_a_hit_says_so() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.key(Modifiers::COMMAND, Key::K);
    stage.type_text("zzqqxx");
    assert!(stage.harness.query_by_label_contains("Nothing is called “zzqqxx”").is_some());
}

#[test]
fn a_typed_path_has_a_file_name_already() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    for (wanted, expected) in [
        (PathWanted::SaveCopy, "port.txt.anna.vouch.ron"),
        (
            PathWanted::Export(ExportOptions {
                format: "csv".to_owned(),
                scope: ExportScope::Release,
                annotator: None,
                kinds: Vec::new(),
                history: false,
            }),
            "port.csv",
        ),
    ] {
        stage.act(Action::Show(Dialog::Path(wanted)));
        let path = stage.harness.get_by_label("path").value().expect("a path");
        assert_eq!(std::path::Path::new(&path).file_name().expect("a name").to_str(), Some(expected));
        stage.press(Key::Escape);
    }
}

#[test]
fn a_toast_stands_below_a_dialog_not_over_it() {
    for (width, height) in [(1440.0, 900.0), (800.0, 600.0)] {
        let mut stage = Stage::new(width, height, |story| {
            story.mark("12 million crowns");
            story.act(Action::EndStrip);
            story.run(Command::DeleteClaim);
        });
        stage.act(Action::Run(Command::Keys));
        let toast = stage.harness.ctx.memory(|memory| memory.area_rect(egui::Id::unique("toast"))).expect("shown");
        let dialog = stage.dialog("Keys");
        assert!(toast.height() > 20.0 && toast.bottom() <= height, "{toast:?}");
        assert!(dialog.bottom() <= toast.top(), "{dialog:?} {toast:?}");
    }
}

#[test]
fn every_syntax_of_a_preview_is_there() {
    use vouch::app::panels::code::syntax;
    for (name, expected) in [("ron", "RON"), ("json", "JSON"), ("markdown", "Markdown"), ("html", "HTML")] {
        assert_eq!(syntax(name).name, expected);
    }
}

#[test]
fn the_strip_has_its_terms_and_hints_on_one_line_in_a_small_window_too() {
    for (width, height) in [(1440.0, 900.0), (800.0, 600.0)] {
        let mut stage = Stage::new(width, height, |_| {});
        stage.select("boats will sail again by May");
        stage.press(Key::C);
        let line = |label: &str| stage.harness.get_by_label_contains(label).rect();
        assert_eq!(line("1: confirmed").top(), line("6: truth cannot be judged").top(), "at {width}");
        assert!(line("letters filter").height() < 30.0, "at {width}");
        assert!(line("letters filter").right() <= width, "at {width}");
    }
}

#[test]
fn the_word_of_a_new_kind_or_field_follows_its_name() {
    let mut stage = Stage::new(1440.0, 900.0, |_| {});
    stage.act(Action::Show(Dialog::Codebook));
    let name_it = |stage: &mut Stage, add: &str| {
        stage.harness.get_by_label(add).click();
        stage.frames();
        stage.harness.get_by_role_and_label(Role::TextInput, "Name").focus();
        stage.frames();
        stage.key(Modifiers::COMMAND, Key::A);
        for letter in ["B", "y", "-", "l", "a", "w"] {
            stage.type_text(letter);
        }
    };
    name_it(&mut stage, "Add a kind");
    let kind = |stage: &Stage| {
        let kind = stage.window().desk.model.codebook.kinds.last().expect("a kind").clone();
        (kind.label, kind.key)
    };
    assert_eq!(kind(&stage), ("By-law".to_owned(), "by-law".to_owned()));
    stage.harness.get_by_label("tab Fields").click();
    stage.frames();
    name_it(&mut stage, "Add a field");
    let field = |stage: &Stage| stage.window().desk.model.codebook.fields.last().expect("a field").key.clone();
    assert_eq!(field(&stage), "by_law");
    // Written by hand it stays; and so it does once the dialog was closed, for a set may have it by then.
    stage.harness.get_by_role_and_label(Role::TextInput, "Word in files").focus();
    stage.frames();
    stage.type_text("s");
    let by_hand = field(&stage);
    stage.harness.get_by_role_and_label(Role::TextInput, "Name").focus();
    stage.frames();
    stage.type_text("s");
    assert_eq!((by_hand.len(), field(&stage)), (7, by_hand.clone()));
    stage.act(Action::Show(Dialog::None));
    stage.act(Action::Show(Dialog::Codebook));
    stage.harness.get_by_label("kind By-law").click();
    stage.frames();
    stage.harness.get_by_role_and_label(Role::TextInput, "Name").focus();
    stage.frames();
    stage.type_text("s");
    assert_eq!(kind(&stage).1, "by-law");
    assert_ne!(kind(&stage).0, "By-law");
}

/// A release that a colleague has marked and remarked on.
fn with_mart(story: &mut Story) {
    story.mark("12 million crowns");
    story.act(Action::EndStrip);
    story.act(Action::Deselect);
    story.saved();
    let claim = story.current().set().claims.keys().next().cloned().expect("a claim");
    let mut theirs = story.current().set().clone();
    let item = theirs.claims.remove(&claim).expect("a claim");
    theirs.claims.insert(Id::new("c-marts"), item);
    let remark = Remark { on: Some(claim), text: "Where from?".to_owned(), ..Remark::default() };
    theirs.remarks.insert(Id::new("r-mart"), std::sync::Arc::new(remark));
    let theirs = vouch::sidecar::print(&theirs, &vouch::sidecar::Origin::default());
    let theirs =
        String::from_utf8(theirs).expect("text").replace("\"anna\"", "\"mart\"").replace("Anna Tamm", "Mart Kask");
    story.write("port.txt.mart.vouch.ron", &theirs);
    story.wait("the layer", |model| model.current().is_some_and(|release| release.layers.len() == 1));
}

#[test]
fn a_remark_of_a_colleague_is_read_answered_settled_and_folded_in_the_inspector() {
    let mut stage = Stage::new(1440.0, 900.0, with_mart);
    let unread = |stage: &Stage| stage.window().desk.model.current().expect("open").unread();
    assert_eq!(unread(&stage), 1);
    stage.harness.get_by_label("1 remark, 1 unread here").click();
    stage.frames();
    assert!(stage.harness.query_by_label("Where from?").is_some());
    assert_eq!(unread(&stage), 0, "what is seen in the inspector was read");
    stage.harness.get_by_label("reply").click();
    stage.frames();
    stage.type_text("From the budget.");
    stage.press(Key::Enter);
    assert!(stage.harness.query_by_label("From the budget.").is_some());
    stage.harness.get_by_label("settle").click();
    stage.frames();
    assert!(stage.harness.query_by_label("From the budget.").is_none(), "a settled thread is folded");
    stage.harness.get_by_label_contains("settled · 3: Mart Kask").click();
    stage.frames();
    assert!(stage.harness.query_by_label("From the budget.").is_some());
    let release = stage.window().desk.model.current().expect("open");
    assert_eq!((release.set().remarks.len(), release.layers[0].set.remarks.len()), (2, 1));
}

#[test]
fn a_layer_is_looked_at_by_its_eye_and_its_menu_and_theirs_is_read_only_in_the_inspector() {
    let mut stage = Stage::new(1440.0, 900.0, with_mart);
    let look = |stage: &Stage| stage.window().desk.model.current().expect("open").layers[0].look;
    stage.harness.get_by_label("show Mart Kask").click();
    stage.frames();
    assert_eq!(look(&stage), vouch::review::Look::Hidden);
    stage.harness.get_by_label_contains("Mart Kask, mart, ").click();
    stage.frames();
    stage.harness.get_by_label("Dim").click();
    stage.frames();
    assert_eq!(look(&stage), vouch::review::Look::Dimmed);
    stage.key(Modifiers::SHIFT, Key::N);
    assert!(stage.harness.query_by_label("Marked by Mart Kask").is_some());
    assert!(stage.harness.get_by_label("credibility possibly true").accesskit_node().is_disabled());
    stage.harness.get_by_label("your credibility possibly true").click();
    stage.frames();
    let release = stage.window().desk.model.current().expect("open");
    assert_eq!(release.my_assessment(&Id::new("c-marts"), "credibility").map(|_| ()), Some(()));
}

#[test]
fn a_new_version_is_decided_by_keys_and_only_rows_in_sight_are_drawn() {
    let piers =
        |word: &'static str| (0..400).map(move |number| format!("Pier {number} is {word} for ships today.\n\n"));
    let old = format!("{TEXT}\n{}", piers("open").collect::<String>());
    let new = format!("{}\n{}", TEXT.replace("12 million", "14 million"), piers("shut").collect::<String>());
    let mut stage = Stage::new(1440.0, 900.0, |story| {
        story.write("pier.txt", &old);
        story.open("pier.txt");
        for words in ["boats will sail again by May", "The cost is 12 million crowns"] {
            story.mark(words);
            story.act(Action::EndStrip);
        }
        story.saved();
        story.write("pier-2.txt", &new);
        story.open("pier-2.txt");
        story.act(Action::CompareWith { other: story.path("pier.txt"), is_older: true });
        story.wait("the comparison", |model| model.comparing.as_ref().is_some_and(|two| two.made.is_some()));
    });
    let drawn = |stage: &Stage| -> Vec<String> {
        let rows = stage.harness.get_all_by_role(Role::ListBoxOption);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    };
    let decided = |stage: &Stage| {
        let set = stage.window().desk.model.current().expect("a release").set();
        (set.claims.len(), set.dismissed.len())
    };
    assert!(drawn(&stage).iter().any(|row| row == "12 million → 14 million"), "{:?}", drawn(&stage));
    assert!((3..40).contains(&drawn(&stage).len()), "{:?}", drawn(&stage));
    stage.press(Key::T);
    assert_eq!(decided(&stage), (0, 0), "a number is no claim");
    stage.press(Key::ArrowDown);
    stage.press(Key::T);
    assert_eq!(decided(&stage), (1, 0), "the changed claim takes the new words");
    stage.press(Key::Delete);
    assert_eq!(decided(&stage), (1, 1), "the next one is set aside");
    stage.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(decided(&stage), (1, 0));
    stage.press(Key::End);
    let rows = drawn(&stage);
    assert!(rows.last().is_some_and(|row| row.contains("¶403")) && rows.len() < 40, "{rows:?}");
}
