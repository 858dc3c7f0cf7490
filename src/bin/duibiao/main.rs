//! The command line: arguments, exit status, and the only printing.

mod arguments;
mod batch;
mod check;
mod explain;
mod forms;
mod output;
mod score;
mod text;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// Nothing found.
const CLEAN: u8 = 0;
/// Errors or warnings found.
const FOUND: u8 = 1;
/// The program could not do its job.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    batch::silence();
    let status = batch::guarded(|| match command {
        Command::Check(arguments) => check::check(&arguments),
        Command::Extract(arguments) => check::extract(&arguments),
        Command::Score(arguments) => score::score(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Forms(arguments) => forms::forms(&arguments),
    });
    ExitCode::from(status.unwrap_or_else(|panic| {
        output::complain(&panic);
        FAILED
    }))
}
