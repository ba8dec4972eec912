//! The house: code uses the floors below its own, never one above, and some crates are named on some
//! floors only.

use std::fs;
use std::path::{Path, PathBuf};

/// The floor of a top-level module; `None` for the entrance (`main`, `lib`).
fn floor(module: &str) -> Option<u32> {
    Some(match module {
        "nn" | "data" => 0,
        "session" | "threads" => 1,
        "trainer" | "sweep" => 2,
        "app" => 3,
        "ui" => 4,
        "terminal" | "headless" | "signals" | "cli" => 5,
        "main" | "lib" => return None,
        _ => panic!("src/{module} stands on no floor: give it one here and in src/lib.rs"),
    })
}

/// Every source file with the top-level module that it belongs to; `nn` is a crate of its own.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = sources_in(&root.join("src"));
    let numbers = sources_in(&root.join("nn/src")).into_iter();
    sources.extend(numbers.map(|(_, path, source)| ("nn".to_owned(), path, source)));
    sources
}

/// The source files of one crate.
fn sources_in(root: &Path) -> Vec<(String, PathBuf, String)> {
    let mut folders = vec![root.to_path_buf()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(root).unwrap();
            let module = inside
                .components()
                .next()
                .unwrap()
                .as_os_str()
                .to_str()
                .unwrap();
            let module = module.trim_end_matches(".rs").to_owned();
            sources.push((
                module,
                inside.to_path_buf(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
    assert!(sources.len() > 10, "the sources were not found");
    sources
}

/// The words that follow `prefix` in code, comments left out.
fn named_after<'a>(source: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(move |line| line.split(prefix).skip(1))
        .map(|rest| {
            rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap()
        })
}

#[test]
fn code_uses_only_the_floors_below() {
    for (module, path, source) in sources() {
        // The compiler holds `nn`: a crate cannot use those that use it.
        if module == "nn" {
            continue;
        }
        let Some(own) = floor(&module) else { continue };
        for used in named_after(&source, "crate::") {
            let used_floor = floor(used).unwrap_or_else(|| panic!("{path:?} uses the entrance"));
            assert!(
                used_floor < own || used == module || (own == used_floor && own == 5),
                "{}: {module} (floor {own}) uses {used} (floor {used_floor})",
                path.display()
            );
        }
    }
}

#[test]
fn screen_crates_are_named_on_the_upper_floors_only() {
    for (module, path, source) in sources() {
        let is_named = |name: &str| named_after(&source, name).next().is_some();
        let (screen, path) = (matches!(module.as_str(), "ui" | "terminal"), path.display());
        assert!(!is_named("ratatui::") || screen, "{path} names ratatui");
        let keys = matches!(module.as_str(), "app" | "terminal");
        assert!(!is_named("crossterm::") || keys, "{path} names crossterm");
        if floor(&module) == Some(0) {
            for foreign in ["std::thread", "std::sync", "std::fs", "std::time"] {
                assert!(!source.contains(foreign), "{path} names {foreign}");
            }
        }
    }
}
