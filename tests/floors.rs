//! The structure of the code: modules use only floors below their own. Within the user interface, rooms use only
//! rooms below them, and no modules use one another in a circle. Some crates may be named only on some floors.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floor of a top-level module; `None` for the entrance (`main`, `lib`).
fn floor(module: &str) -> Option<u32> {
    Some(match module {
        "nn" | "data" => 0,
        "session" | "threads" => 1,
        "trainer" | "sweep" | "answers" | "surface" => 2,
        "app" => 3,
        "ui" => 4,
        "terminal" | "headless" | "signals" | "cli" => 5,
        "main" | "lib" => return None,
        _ => panic!("src/{module} stands on no floor: give it one here and in src/lib.rs"),
    })
}

/// Every source file with the top-level module that it belongs to; `nn` is a separate crate.
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

/// The names that follow `prefix` in code, without comments.
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

/// The modules of this crate: paths from the root, like `["ui", "panel", "samples"]`, with what each uses. Tests may use
/// whatever they like, in a file of their own too.
fn modules() -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let mut sources = sources_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    sources.retain(|(_, path, _)| !path.ends_with("tests.rs"));
    for (_, _, source) in &mut sources {
        *source = without_test_files(source);
    }
    let module_of = |path: &Path| -> Vec<String> {
        let path = path.with_extension("");
        let parts = path.iter().map(|part| part.to_str().unwrap().to_owned());
        parts.filter(|part| part != "lib").collect()
    };
    let mut modules: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = sources
        .iter()
        .map(|(_, path, _)| (module_of(path), BTreeSet::new()))
        .collect();
    let mut known: BTreeSet<Vec<String>> = modules.keys().cloned().collect();
    // A separate crate, which is used like a module.
    known.insert(vec!["nn".to_owned()]);
    for (_, path, source) in &sources {
        let module = module_of(path);
        let declared =
            named_after(source, "mod ").map(|name| [&module[..], &[name.to_owned()]].concat());
        let mut used: BTreeSet<Vec<String>> =
            declared.filter(|child| known.contains(child)).collect();
        for mut path in paths(source) {
            // Replaces `super` and `crate` by what they stand for.
            let ups = path.iter().take_while(|part| *part == "super").count();
            let base = match path[0].as_str() {
                "crate" => Vec::new(),
                _ => module[..module.len().checked_sub(ups).unwrap()].to_vec(),
            };
            path.drain(..ups.max(1));
            let absolute = [base, path].concat();
            let lengths = (0..=absolute.len()).rev();
            let found = lengths.map(|length| absolute[..length].to_vec());
            used.extend(found.into_iter().find(|path| known.contains(path)));
        }
        used.remove(&module);
        modules.insert(module, used);
    }
    modules
}

/// The source without the declarations of modules that are compiled for tests only and have a file of their own.
fn without_test_files(source: &str) -> String {
    const TEST_MODULE: &str = "#[cfg(test)]\nmod ";
    let mut parts = source.split(TEST_MODULE);
    let before = parts.next().unwrap_or_default().to_owned();
    parts.fold(before, |before, part| match part.split_once(";\n") {
        Some((name, rest)) if !name.contains('{') => before + rest,
        _ => before + TEST_MODULE + part,
    })
}

/// All paths in code that begin with `crate` or `super`, those in braces one by one, without the file's tests.
fn paths(source: &str) -> Vec<Vec<String>> {
    let code: Vec<&str> = source
        .lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let starts = ["crate::", "super::"].into_iter().flat_map(|root| {
        let found = code.match_indices(root).map(|(at, _)| at);
        found.collect::<Vec<_>>()
    });
    let is_start = |&at: &usize| {
        let before = &code[..at];
        let is_middle = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        !is_middle && !before.ends_with("pub(in ")
    };
    let starts = starts.filter(is_start);
    starts.flat_map(|at| tree(&code[at..]).0).collect()
}

/// The paths of a tree like `a::{b, c::d}`, and the text after it.
fn tree(text: &str) -> (Vec<Vec<String>>, &str) {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        let mut all = Vec::new();
        while let Some(next) = rest.trim_start().strip_prefix(',').or(Some(rest)) {
            if let Some(end) = next.trim_start().strip_prefix('}') {
                return (all, end);
            }
            let (paths, behind) = tree(next);
            assert!(behind.len() < rest.len(), "no path: {rest:.60}");
            all.extend(paths);
            rest = behind;
        }
        unreachable!("a group of paths ends");
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*'));
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    let (deeper, rest) = match rest.strip_prefix("::") {
        Some(rest) if rest.starts_with(|c: char| c.is_alphabetic() || "_{*".contains(c)) => {
            tree(rest)
        }
        _ => (vec![Vec::new()], rest),
    };
    let paths = deeper.into_iter();
    let paths = paths.map(|path| [vec![name.to_owned()], path].concat());
    (paths.collect(), rest)
}

#[test]
fn code_uses_only_the_floors_below() {
    for (module, used) in modules() {
        let Some(own) = module.first().and_then(|module| floor(module)) else {
            continue;
        };
        for used in used {
            let name = used.first().expect("nothing is used of the entrance");
            // The compiler checks `nn`: a crate cannot use those that use it.
            let used_floor = floor(name).unwrap_or_else(|| panic!("{module:?} uses the entrance"));
            let is_beside = own == used_floor && (own == 5 || *name == module[0]);
            assert!(
                used_floor < own || is_beside,
                "{} (floor {own}) uses {} (floor {used_floor})",
                module.join("::"),
                used.join("::")
            );
        }
    }
}

/// The height of a room of the user interface; `None` for its entrance.
fn room(module: &[String]) -> Option<u32> {
    Some(match module.get(1)?.as_str() {
        "style" | "picture" | "regions" | "frame" => 0,
        "canvas" | "display" => 1,
        "widget" => 2,
        "panel" | "overlay" | "line" => 3,
        "view" => 4,
        room => panic!("src/ui/{room} has no height: give it one here and in src/ui.rs"),
    })
}

#[test]
fn rooms_of_the_user_interface_use_those_below_and_no_panel_uses_another() {
    for (module, used) in modules() {
        if module.first().is_none_or(|first| first != "ui") {
            continue;
        }
        let Some(own) = room(&module) else { continue };
        for used in used.iter().filter(|used| used[0] == "ui") {
            let (from, to) = (module.join("::"), used.join("::"));
            let used_room = room(used).unwrap_or_else(|| panic!("{from} uses the entrance"));
            let is_same = used[1] == module[1];
            assert!(used_room < own || is_same, "{from} uses {to}");
            let are_panels = is_same && module[1] == "panel" && module.len() > 2 && used.len() > 2;
            assert!(
                !are_panels || used[2] == module[2],
                "the panel {from} uses {to}"
            );
        }
    }
}

#[test]
fn no_modules_of_the_user_interface_use_one_another_in_a_circle() {
    fn visit<'a>(
        module: &'a Vec<String>,
        modules: &'a BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
        way: &mut Vec<&'a Vec<String>>,
        done: &mut BTreeSet<&'a Vec<String>>,
    ) {
        assert!(
            !way.contains(&module),
            "a circle: {way:?} and again {module:?}"
        );
        if module.first().is_none_or(|first| first != "ui") || !done.insert(module) {
            return;
        }
        way.push(module);
        for used in &modules[module] {
            visit(used, modules, way, done);
        }
        way.pop();
    }
    let modules = modules();
    let mut done = BTreeSet::new();
    for module in modules.keys() {
        visit(module, &modules, &mut Vec::new(), &mut done);
    }
    assert!(done.len() > 30, "the user interface was not found");
}

#[test]
fn paths_are_found_in_groups_and_upwards() {
    let source = "use crate::{a, b::{c, d::E}};\nuse super::super::f::g;\n// use crate::h;\nlet i = super::j(k);";
    let found: Vec<String> = paths(source).iter().map(|path| path.join("::")).collect();
    let expected = [
        "crate::a",
        "crate::b::c",
        "crate::b::d::E",
        "super::super::f::g",
        "super::j",
    ];
    assert_eq!(found, expected);
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
            // A shared value alone is no thread.
            let source = source.replace("use std::sync::Arc;", "");
            for foreign in ["std::thread", "std::sync", "std::fs", "std::time"] {
                assert!(!source.contains(foreign), "{path} names {foreign}");
            }
        }
    }
}
