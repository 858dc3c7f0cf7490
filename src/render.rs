//! `&Audit` to bytes; one file a format.
//!
//! A format is one file with a [`Renderer`] and one line in the list below; the command line's `--format` and the
//! tests read that list.

mod extract;
mod json;
mod jsonl;
mod rule_page;
mod terminal;
mod visible;

pub use extract::extract;
pub use rule_page::{rule_list, rule_page};
pub use visible::visible;

use crate::{
    audit::{Audit, Lang},
    text::Text,
};
use std::io::{self, Write};

/// One document as a renderer gets it.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// What was found.
    pub audit: &'a Audit,
    /// The text its spans count in.
    pub text: &'a Text,
}

/// How output for people looks; data formats ignore it.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Language of the words around messages.
    pub lang: Lang,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
}

/// Writes documents one after another.
pub trait Renderer {
    /// Writes one document, or keeps what [`Renderer::finish`] needs of it.
    ///
    /// # Errors
    /// Those of `out`.
    fn document(&mut self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()>;
    /// Writes what stands after the last document.
    ///
    /// # Errors
    /// Those of `out`.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }
}

/// Lists the formats: the variant, its name on the command line, its constructor from the style and whether more than
/// one document was asked for.
macro_rules! renderers {
    ($($(#[$doc:meta])* $variant:ident $name:literal => $new:expr;)+) => {
        /// An output format.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format { $($(#[$doc])* $variant),+ }

        impl Format {
            /// All formats.
            pub const ALL: &'static [Format] = &[$(Format::$variant),+];
            /// Its name on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Format::$variant => $name),+ }
            }
            /// A renderer; `many` when more than one document was asked for.
            pub fn renderer(self, style: Style, many: bool) -> Box<dyn Renderer> {
                match self { $(Format::$variant => { let new: fn(Style, bool) -> Box<dyn Renderer> = $new; new(style, many) }),+ }
            }
        }
    };
}

renderers! {
    /// Diagnostics for people.
    Terminal "terminal" => |style, _| Box::new(terminal::Terminal::new(style));
    /// One document, or an array of them.
    Json "json" => |_, many| Box::new(json::Json::new(many));
    /// One document a line.
    Jsonl "jsonl" => |_, _| Box::new(jsonl::Jsonl);
}
