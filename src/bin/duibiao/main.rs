//! The command line: arguments, exit status, and the only printing.

mod arguments;
mod batch;
mod check;
mod explain;
mod output;
mod score;

use arguments::{Arguments, Command};
use clap::Parser;
use std::{panic, process::ExitCode};

/// Nothing found.
const CLEAN: u8 = 0;
/// Errors or warnings found.
const FOUND: u8 = 1;
/// The program could not do its job.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    // A panic in one document is caught and reported with the document's name; the default report would add noise.
    panic::set_hook(Box::new(|_| {}));
    let status = match Arguments::parse().command {
        Command::Check(arguments) => check::check(&arguments),
        Command::Extract(arguments) => check::extract(&arguments),
        Command::Score(arguments) => score::score(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
    };
    ExitCode::from(status)
}
