//! JSON for readers: one document, or an array when several were asked for.

use super::{Renderer, Sheet};
use std::io::{self, Write};

pub(super) struct Json {
    many: bool,
    written: usize,
}

impl Json {
    pub(super) fn new(many: bool) -> Self {
        Json { many, written: 0 }
    }
}

impl Renderer for Json {
    fn document(&mut self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        match (self.many, self.written) {
            (false, _) => {}
            (true, 0) => out.write_all(b"[\n")?,
            (true, _) => out.write_all(b",\n")?,
        }
        self.written += 1;
        serde_json::to_writer_pretty(&mut *out, sheet.audit)?;
        if self.many { Ok(()) } else { out.write_all(b"\n") }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match (self.many, self.written) {
            (false, _) => Ok(()),
            (true, 0) => out.write_all(b"[]\n"),
            (true, _) => out.write_all(b"\n]\n"),
        }
    }
}
