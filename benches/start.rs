//! From starting the program to its first frame, and what it takes while nothing happens: `cargo bench --bench start`.
//!
//! The program itself runs on a virtual display (Xvfb), which keeps its picture in a file: a frame has come when that
//! picture is no longer empty. A window of eframe with nothing in it is measured beside it. Where no Xvfb is installed,
//! or no window comes, a line says so and nothing is measured.

mod common;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const RELEASE: &str = include_str!("../sample_docs/vilnius-summit.txt");
/// The argument with which this program is itself the window with nothing in it.
const BARE: &str = "--window-with-nothing-in-it";
const ROUNDS: usize = 5;
const WIDTH: usize = 1440;
const HEIGHT: usize = 900;
/// Rows of the picture from one that is looked at to the next.
const ROWS_APART: usize = 50;
const FIRST_FRAME: Duration = Duration::from_millis(500);
/// How long a window has until it counts as one that does not come.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long it has for its fonts and its release before it counts as idle, and how long it is watched then.
const SETTLES: Duration = Duration::from_secs(5);
const WATCHED: Duration = Duration::from_secs(10);

fn main() {
    if std::env::args().any(|argument| argument == BARE) {
        return bare_window();
    }
    if let Err(why) = measure() {
        println!("start: nothing is measured, for {why}");
    }
}

fn measure() -> Result<(), String> {
    let home = tempfile::tempdir().map_err(|error| error.to_string())?;
    let release = home.path().join("release.txt");
    std::fs::write(&release, RELEASE).map_err(|error| error.to_string())?;
    let display = Display::start(home.path())?;
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    // What was open last is opened again: each has settings of its own.
    let program = |own_home: &str, arguments: &[&Path]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vouch"));
        command.args(arguments).env("VOUCH_HOME", home.path().join(own_home));
        command
    };
    let mut shortest = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        let mut bare = Command::new(&own);
        bare.arg(BARE);
        for (shortest, command) in shortest.iter_mut().zip([bare, program("empty", &[]), program("used", &[&release])])
        {
            let (_window, first) = display.first_frame(command)?;
            *shortest = first.min(*shortest);
        }
    }
    let [bare, nothing, opened] = shortest;
    common::note("start to first frame, a bare eframe window", bare);
    common::time("the same, Vouch with nothing to open", nothing, FIRST_FRAME);
    common::time("the same, Vouch with a release", opened, FIRST_FRAME);

    let (window, _) = display.first_frame(program("used", &[&release]))?;
    std::thread::sleep(SETTLES);
    let before = window.processor_time()?;
    std::thread::sleep(WATCHED);
    let idle = window.processor_time()?.saturating_sub(before);
    common::time("processor time of 10 s in which nothing happens", idle, WATCHED / 100);
    Ok(())
}

/// A window of the same size in which nothing is shown.
fn bare_window() {
    struct Nothing;
    impl eframe::App for Nothing {
        fn ui(&mut self, _: &mut egui::Ui, _: &mut eframe::Frame) {}
    }
    let viewport = egui::ViewportBuilder::default().with_inner_size([WIDTH as f32, HEIGHT as f32]);
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    if let Err(error) = eframe::run_native("bare", options, Box::new(|_| Ok(Box::new(Nothing)))) {
        println!("no window: {error}");
    }
}

/// A process that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended again.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    /// What it has taken of a core since it was started, as Linux tells: fields 14 and 15, hundredths of a second.
    fn processor_time(&self) -> Result<Duration, String> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).map_err(|error| error.to_string())?;
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace().skip(11).take(2);
        let ticks: u64 = fields.filter_map(|field| field.parse::<u64>().ok()).sum();
        Ok(Duration::from_millis(ticks * 10))
    }
}

/// A display that nobody sees.
struct Display {
    _server: Running,
    name: String,
    picture: PathBuf,
    /// The picture without a window.
    empty: Vec<u8>,
}

impl Display {
    fn start(folder: &Path) -> Result<Self, String> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{WIDTH}x{HEIGHT}x24"))
            .arg("-fbdir")
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb could not be started ({error})"))?;
        let number = server.stdout.take().map(BufReader::new).and_then(|mut output| {
            let mut line = String::new();
            output.read_line(&mut line).ok()?;
            Some(line.trim().to_owned()).filter(|line| !line.is_empty())
        });
        let server = Running(server);
        let number = number.ok_or("Xvfb gave no display")?;
        let picture = folder.join("Xvfb_screen0");
        let mut display = Self { _server: server, name: format!(":{number}"), picture, empty: Vec::new() };
        display.empty = display.rows()?;
        Ok(display)
    }

    /// Starts a program and waits until it has painted; how long that took.
    fn first_frame(&self, mut command: Command) -> Result<(Running, Duration), String> {
        // The window before this one goes in its own time.
        self.wait_until(true)?;
        let start = Instant::now();
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let window = Running(command.spawn().map_err(|error| error.to_string())?);
        self.wait_until(false)?;
        Ok((window, start.elapsed()))
    }

    fn wait_until(&self, empty: bool) -> Result<(), String> {
        let start = Instant::now();
        while (self.rows()? == self.empty) != empty {
            if start.elapsed() > PATIENCE {
                return Err("no window comes or goes: are Mesa's software drivers installed?".to_owned());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Some rows of the picture, which ends the file.
    fn rows(&self) -> Result<Vec<u8>, String> {
        let mut file = File::open(&self.picture).map_err(|error| format!("Xvfb's picture cannot be read ({error})"))?;
        let (row, size) = (WIDTH * 4, WIDTH * HEIGHT * 4);
        let mut rows = vec![0; HEIGHT / ROWS_APART * row];
        for (number, row_of_all) in rows.chunks_mut(row).enumerate() {
            let from_end = size - (number * ROWS_APART + ROWS_APART / 2) * row;
            let read = file.seek(SeekFrom::End(-(from_end as i64))).and_then(|_| file.read_exact(row_of_all));
            read.map_err(|error| format!("Xvfb's picture cannot be read ({error})"))?;
        }
        Ok(rows)
    }
}
