//! A file that appears whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process,
};

/// A file being written beside the one it will replace. Dropped before [`Replacement::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Replacement {
    file: BufWriter<File>,
    /// Where the bytes go until they are all there; `None` for a device, which is written as it stands.
    beside: Option<PathBuf>,
    target: PathBuf,
}

impl Replacement {
    /// Begins to write `path`.
    ///
    /// # Errors
    /// When its directory is not there or may not be written.
    pub fn create(path: &Path) -> io::Result<Replacement> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let special = fs::metadata(&target).is_ok_and(|known| !known.is_file());
        if special {
            let file = OpenOptions::new().write(true).open(&target)?;
            return Ok(Replacement { file: BufWriter::new(file), beside: None, target });
        }
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.part", process::id()));
        let beside = target.with_file_name(hidden);
        let file = BufWriter::new(File::create(&beside)?);
        Ok(Replacement { file, beside: Some(beside), target })
    }
    /// Puts the file in its place.
    ///
    /// # Errors
    /// When the disk refuses the last bytes or the renaming.
    pub fn commit(mut self) -> io::Result<()> {
        self.file.flush()?;
        if let Some(beside) = &self.beside {
            self.file.get_ref().sync_all()?;
            fs::rename(beside, &self.target)?;
            self.beside = None;
        }
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // Nothing can be done about a part file that will not go.
            let _ = fs::remove_file(beside);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("duibiao-write-{}-{name}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = folder("whole");
        let path = folder.join("结果.json");
        fs::write(&path, "old").unwrap();

        let mut dropped = Replacement::create(&path).unwrap();
        dropped.write_all(b"half of the n").unwrap();
        drop(dropped);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");

        let mut whole = Replacement::create(&path).unwrap();
        whole.write_all(b"new").unwrap();
        whole.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no part file is left");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let error = Replacement::create(&folder("lost").join("no/such/folder.json")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
