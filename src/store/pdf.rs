//! PDF by way of `pdftotext -layout`, a program of poppler, where it is installed.

use super::FaultKind;
use std::{
    ffi::OsStr,
    io::{self, Read, Write},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The program.
const PROGRAM: &str = "pdftotext";
/// Longest time it may take.
pub const PDF_SECONDS: u64 = 60;
/// How often its end is looked for.
const PAUSE: Duration = Duration::from_millis(5);

/// The text of a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<String, FaultKind> {
    run(OsStr::new(PROGRAM), bytes, Duration::from_secs(PDF_SECONDS))
}

fn run(program: &OsStr, bytes: &[u8], limit: Duration) -> Result<String, FaultKind> {
    let child = Command::new(program)
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(FaultKind::PdfProgram),
        Err(error) => return Err(FaultKind::PdfFailed(error.to_string())),
    };
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (ended, text, said) = thread::scope(|scope| {
        scope.spawn(move || {
            // It may end before it has read everything, and says why itself.
            let _ = stdin.map(|mut stdin| stdin.write_all(bytes));
        });
        let text = scope.spawn(move || bounded(stdout));
        let said = scope.spawn(move || bounded(stderr));
        let ended = wait(&mut child, limit);
        (ended, text.join().unwrap_or_default(), said.join().unwrap_or_default())
    });
    let said = String::from_utf8_lossy(&said.unwrap_or_default()).into_owned();
    match ended {
        Err(error) => return Err(FaultKind::PdfFailed(error.to_string())),
        Ok(None) => return Err(FaultKind::PdfSlow),
        Ok(Some(true)) => {}
        Ok(Some(false)) if said.contains("password") => return Err(FaultKind::Password),
        Ok(Some(false)) => {
            let reason = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("?");
            return Err(FaultKind::PdfFailed(reason.trim().to_owned()));
        }
    }
    let text = text.ok_or(FaultKind::TooLarge)?;
    let text = String::from_utf8_lossy(&text).replace('\u{c}', "\n");
    if text.trim().is_empty() { Err(FaultKind::NoText("PDF")) } else { Ok(text) }
}

/// Whether the program ended well; none where it had to be ended.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<bool>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if begun.elapsed() >= limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(PAUSE);
    }
}

/// All that a program writes; none where it is too much.
fn bounded(pipe: Option<impl Read>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = pipe?.take(super::MAX_BYTES + 1).read_to_end(&mut bytes).ok()?;
    (length as u64 <= super::MAX_BYTES).then_some(bytes)
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use std::{env, fs, os::unix::fs::PermissionsExt, process};

    /// Runs a program of the test's own in place of poppler's.
    fn with(name: &str, script: &str, limit: Duration) -> Result<String, FaultKind> {
        let path = env::temp_dir().join(format!("duibiao-pdf-{}-{name}", process::id()));
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        // Another test's child may hold the file open for writing while it starts.
        let mut got = run(path.as_os_str(), &[b'x'; 200_000], limit);
        for _ in 0..50 {
            match &got {
                Err(FaultKind::PdfFailed(reason)) if reason.contains("busy") => {
                    thread::sleep(Duration::from_millis(20));
                    got = run(path.as_os_str(), &[b'x'; 200_000], limit);
                }
                _ => break,
            }
        }
        fs::remove_file(&path).unwrap();
        got
    }

    #[test]
    fn what_the_program_does_is_what_is_said() {
        let limit = Duration::from_secs(20);
        for (name, script, got) in [
            ("text", "printf '\\346\\224\\266\\345\\210\\26012\\f\\n'", Ok("收到12\n\n".to_owned())),
            ("scan", "printf '\\f\\n'", Err(FaultKind::NoText("PDF"))),
            (
                "broken",
                "echo 'Syntax Error: no trailer' >&2; exit 1",
                Err(FaultKind::PdfFailed("Syntax Error: no trailer".to_owned())),
            ),
            ("locked", "echo 'Command Line Error: Incorrect password' >&2; exit 1", Err(FaultKind::Password)),
        ] {
            assert_eq!(with(name, script, limit), got, "{name}");
        }
    }

    #[test]
    fn a_program_that_does_not_end_is_ended() {
        assert_eq!(with("slow", "exec sleep 30", Duration::from_millis(200)), Err(FaultKind::PdfSlow));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let got = run(OsStr::new("/no/such/pdftotext"), b"%PDF", Duration::from_secs(1));
        assert_eq!(got, Err(FaultKind::PdfProgram));
    }
}
