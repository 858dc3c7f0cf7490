//! trial
use super::*;
#[test]
fn dump() {
    for entry in std::fs::read_dir("/work/wt/quantity/corpus").unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if !name.ends_with(".txt") && !name.ends_with(".md") { continue; }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        println!("## {name}");
        for (i, line) in text.lines().enumerate() {
            if line.chars().count() < 25 || line.contains('|') || line.contains('\t') || line.contains("   ") { continue; }
            println!("{} {}", i + 1, read(line));
        }
    }
    let text = std::fs::read_to_string("/work/shared/seed/seed.txt").unwrap();
    println!("## seed");
    for (i, line) in text.lines().enumerate() {
        if !line.contains('|') { println!("{} {}", i + 1, read(line)); }
    }
}
