//! Where results and reasons go.

use crate::{FAILED, arguments::Color};
use anstream::{AutoStream, ColorChoice};
use duibiao::{audit::Lang, store::Replacement};
use std::{
    env,
    io::{self, BufWriter, StdoutLock, Write},
    path::{Path, PathBuf},
};
use terminal_size::{Width, terminal_size};

/// Columns where nobody says otherwise.
const WIDTH: usize = 100;
/// Narrower than this nothing can be read.
const NARROWEST: usize = 40;

/// Standard output, or a file that appears whole or not at all.
pub(crate) enum Output {
    Standard(BufWriter<StdoutLock<'static>>),
    File(Box<Replacement>, PathBuf),
}

impl Output {
    /// Opens the output; the error names the file.
    pub(crate) fn open(path: Option<&Path>, lang: Lang) -> Result<Output, String> {
        let Some(path) = path else { return Ok(Output::Standard(BufWriter::new(io::stdout().lock()))) };
        match Replacement::create(path) {
            Ok(file) => Ok(Output::File(Box::new(file), path.to_owned())),
            Err(error) => Err(unwritable(path, &error, lang)),
        }
    }

    /// Puts the result in its place.
    pub(crate) fn close(mut self, lang: Lang) -> Result<(), Stopped> {
        let result = self.flush();
        match self {
            Output::Standard(_) => result.map_err(|error| Stopped::of(&error, lang)),
            Output::File(file, path) => {
                result.and_then(|()| file.commit()).map_err(|error| Stopped::Failed(unwritable(&path, &error, lang)))
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(stream) => stream.write(bytes),
            Output::File(file, _) => file.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(stream) => stream.flush(),
            Output::File(file, _) => file.flush(),
        }
    }
}

/// Why writing ended early.
pub(crate) enum Stopped {
    /// The reader has enough (`| head`): no fault, nothing to say.
    Enough,
    /// It failed, in words.
    Failed(String),
}

impl Stopped {
    pub(crate) fn of(error: &io::Error, lang: Lang) -> Stopped {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stopped::Enough,
            _ => Stopped::Failed(format!("{}{error}", lang.pick("写出失败：", "cannot write: "))),
        }
    }
    /// The exit status, after saying what must be said; `so_far` where the reader simply left.
    pub(crate) fn status(self, so_far: u8) -> u8 {
        match self {
            Stopped::Enough => so_far,
            Stopped::Failed(reason) => {
                complain(&reason);
                FAILED
            }
        }
    }
}

/// Prints a whole text; gives `status`, or what a failure to print it asks for.
pub(crate) fn print(text: &str, status: u8, lang: Lang) -> u8 {
    let printed = Output::open(None, lang).map_err(Stopped::Failed).and_then(|mut out| {
        out.write_all(text.as_bytes()).map_err(|error| Stopped::of(&error, lang))?;
        out.close(lang)
    });
    printed.map_or_else(|stopped| stopped.status(status), |()| status)
}

fn unwritable(path: &Path, error: &io::Error, lang: Lang) -> String {
    let path = path.to_string_lossy();
    lang.pick(format!("{path}：写出失败：{error}"), format!("{path}: cannot write: {error}"))
}

/// One line on standard error, safe for a terminal; a closed standard error is nobody's concern.
pub(crate) fn complain(reason: &str) {
    let _ = writeln!(io::stderr(), "duibiao: {}", duibiao::render::visible(reason));
}

/// Whether to colour: what the argument says, else the terminal and its environment; a file is plain.
pub(crate) fn colored(color: Color, to_file: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !to_file && AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

/// Columns of the output: what `COLUMNS` says, else the terminal.
pub(crate) fn width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size().map(|(Width(columns), _)| usize::from(columns));
    told.or_else(seen).unwrap_or(WIDTH).max(NARROWEST)
}
