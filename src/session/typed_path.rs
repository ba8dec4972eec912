//! A path as somebody types it: what is there, and how it may go on.

use std::fs;
use std::path::{Path, PathBuf, absolute};

use super::built_in_names;
use super::file_problem::file_problem;

/// The most names that are offered.
const MOST_NAMES: usize = 1000;

/// What is known of a typed path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathFacts {
    /// The whole path.
    pub path: PathBuf,
    /// What is there.
    pub found: Found,
    /// The names in its folder that begin as its last part does, in order; those of folders end with a slash.
    pub names: Vec<String>,
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// No path is typed.
    Nothing,
    /// A file, a device or a pipe.
    File,
    /// A folder.
    Folder,
    /// Nothing yet, in a folder that exists.
    Free,
    /// The name of data that comes with the program; there is no file of that name.
    BuiltIn,
    /// It cannot be known, for this reason.
    Problem(String),
}

/// The path that a text names: `~/` is the home folder, and `-` is a file like any other.
#[must_use]
pub fn typed_path(text: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").filter(|home| !home.is_empty());
    if let Some((rest, home)) = text.strip_prefix("~/").zip(home()) {
        return Path::new(&home).join(rest);
    }
    match text {
        "-" => PathBuf::from("./-"),
        _ => PathBuf::from(text),
    }
}

impl PathFacts {
    /// Looks a typed path up. This reads a folder, and may take as long as the disk or the network takes.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let path = typed_path(text);
        let (folder, start) = match text.rsplit_once('/') {
            Some((folder, start)) => (typed_path(&format!("{folder}/")), start),
            None => (PathBuf::from("."), text),
        };
        Self {
            found: found(text, &path, &folder),
            names: names(&folder, start),
            path: absolute(&path).unwrap_or(path),
        }
    }

    /// The text with as much added as all its possible ends have in common.
    #[must_use]
    pub fn completed(&self, text: &str) -> String {
        let Some(common) = common_start(&self.names) else {
            return text.to_owned();
        };
        let folder = text.rsplit_once('/').map(|(folder, _)| folder);
        match folder {
            Some(folder) => format!("{folder}/{common}"),
            None => common.to_owned(),
        }
    }
}

/// What all names begin with; `None` if there is no name.
#[must_use]
pub fn common_start(names: &[String]) -> Option<&str> {
    let first = names.first()?;
    Some(names.iter().fold(first.as_str(), |common, name| {
        let same = common.chars().zip(name.chars());
        let same = same.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8());
        &common[..same.sum()]
    }))
}

fn found(text: &str, path: &Path, folder: &Path) -> Found {
    if text.is_empty() {
        return Found::Nothing;
    }
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Found::Folder,
        Ok(_) => Found::File,
        Err(_) if built_in_names().contains(&text) => Found::BuiltIn,
        Err(_) if folder.is_dir() => Found::Free,
        Err(problem) => match fs::metadata(folder) {
            Ok(_) => Found::Problem(file_problem(&problem)),
            Err(_) => Found::Problem(format!("there is no folder {}", folder.display())),
        },
    }
}

/// The names in a folder that begin like this; hidden ones only if it begins with a dot.
fn names(folder: &Path, start: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let is_meant =
            name.starts_with(start) && (start.starts_with('.') || !name.starts_with('.'));
        // Of a link, what it leads to.
        let is_folder = || entry.path().is_dir();
        is_meant.then(|| if is_folder() { name + "/" } else { name })
    });
    let mut names: Vec<String> = names.take(MOST_NAMES).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A new folder with these files and a folder `data` with one file.
    fn folder(files: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        for file in files.iter().chain(&["data/points.csv"]) {
            fs::write(folder.path().join(file), "").unwrap();
        }
        folder
    }

    #[test]
    fn a_text_is_completed_as_far_as_its_ends_agree() {
        let folder = folder(&["run-1.json", "run-2.json", "über.csv", ".run"]);
        let folder = folder.path().to_str().unwrap();
        for (typed, completed, names) in [
            ("r", "run-", 2),
            ("run-1", "run-1.json", 1),
            ("d", "data/", 1),
            ("data/", "data/points.csv", 1),
            ("ü", "über.csv", 1),
            (".", ".run", 1),
            ("x", "x", 0),
        ] {
            let typed = format!("{folder}/{typed}");
            let facts = PathFacts::of(&typed);
            assert_eq!(facts.names.len(), names, "{facts:?}");
            assert_eq!(facts.completed(&typed), format!("{folder}/{completed}"));
        }
    }

    #[test]
    fn what_is_at_a_path_is_known_before_it_is_used() {
        let folder = folder(&["run.json"]);
        let folder = folder.path().display();
        let found = |typed: &str| PathFacts::of(&format!("{folder}/{typed}")).found;
        assert_eq!(found("run.json"), Found::File);
        assert_eq!(found("data"), Found::Folder);
        assert_eq!(found("new.json"), Found::Free);
        assert!(matches!(found("none/new.json"), Found::Problem(_)));
        assert!(matches!(found("run.json/x"), Found::Problem(_)));
        assert_eq!(PathFacts::of("").found, Found::Nothing);
        assert_eq!(PathFacts::of("xor").found, Found::BuiltIn);
    }

    #[test]
    fn no_typed_path_is_standard_input() {
        assert_eq!(typed_path("-"), Path::new("./-"));
        assert_eq!(typed_path("a~/b"), Path::new("a~/b"));
        assert!(!typed_path("~/run.json").starts_with("~"));
    }
}
