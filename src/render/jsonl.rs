//! JSON Lines: one compact document a line.

use super::{Renderer, Sheet};
use std::io::{self, Write};

pub(super) struct Jsonl;

impl Renderer for Jsonl {
    fn document(&mut self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, sheet.audit)?;
        out.write_all(b"\n")
    }
}
