//! Embeds `grammars/` into the library: one `(path, text)` pair a file, sorted by path.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=grammars");
    println!("cargo::rerun-if-changed=src/build.rs");
    // The embedded paths are absolute: a checkout that moved must not read another one's grammars.
    println!("cargo::rerun-if-env-changed=CARGO_MANIFEST_DIR");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut files = Vec::new();
    collect(Path::new(&root), Path::new("grammars"), &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let path = Path::new(&root).join(&file);
        code.push_str(&format!("    ({file:?}, include_str!({:?})),\n", path.display().to_string()));
    }
    code.push_str("]\n");
    fs::write(Path::new(&out).join("grammars.rs"), code)
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(dir))? {
        let entry = entry?;
        let path = dir.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            files.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}
