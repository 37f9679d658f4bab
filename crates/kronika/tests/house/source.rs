//! Reads source files as far as the house rules need.

use std::path::{Path, PathBuf};

use crate::tree;

/// One file of a crate's `src`.
pub struct Source {
    /// From the workspace's root.
    pub path: String,
    pub lines: usize,
    /// Where the module stands in its crate: `["interaction", "store"]`.
    module: Vec<String>,
    text: String,
}

impl Source {
    pub fn of_all_crates() -> Vec<Source> {
        let crates = std::fs::read_dir(tree::root().join("crates")).unwrap();
        let mut names: Vec<String> = crates
            .map(|one| one.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names.iter().flat_map(|name| Source::of_crate(name)).collect()
    }

    pub fn of_crate(name: &str) -> Vec<Source> {
        let src = tree::root().join("crates").join(name).join("src");
        let mut files = Vec::new();
        rust_files(&src, &mut files);
        files.sort();
        assert!(!files.is_empty(), "{} has no source", src.display());
        files.iter().map(|file| Source::read(&src, file)).collect()
    }

    fn read(src: &Path, file: &Path) -> Source {
        let text = std::fs::read_to_string(file).unwrap();
        let inside = file.strip_prefix(src).unwrap().with_extension("");
        let mut module: Vec<String> = inside
            .iter()
            .map(|step| step.to_str().unwrap().to_owned())
            .collect();
        if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            module.pop();
        }
        let path = file.strip_prefix(tree::root()).unwrap().display().to_string();
        Source {
            path,
            lines: text.lines().count(),
            module,
            text,
        }
    }

    /// The folder or file right under `src`; none for `lib.rs` and `main.rs`.
    pub fn folder(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }

    /// Numbered lines up to the unit tests, which stand at the end of a file.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test = self.module.last().is_some_and(|name| name == "tests");
        let until = if is_test { 0 } else { usize::MAX };
        (1..)
            .zip(self.text.lines())
            .take(until)
            .take_while(|(_, line)| *line != "#[cfg(test)]")
    }

    /// Modules right under the crate's root that the code names, with the line each stands on.
    pub fn folders_used(&self) -> Vec<(usize, String)> {
        let module: Vec<&str> = self.module.iter().map(String::as_str).collect();
        let mut used = Vec::new();
        let mut lines = self.code();
        while let Some((number, line)) = lines.next() {
            let mut statement = line.to_owned();
            // A group of imports may go over several lines.
            while statement.trim_start().starts_with("use ") && !statement.contains(';') {
                let Some((_, more)) = lines.next() else { break };
                statement.push_str(more);
            }
            used.extend(
                paths_of(&statement, &module)
                    .into_iter()
                    .map(|name| (number, name)),
            );
        }
        used
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// First steps of all paths in a line that begin at the crate's root, for a line in `module`.
pub fn paths_of(line: &str, module: &[&str]) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let named_so = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        if !named_so {
            found.extend(first_steps(&code[at + "crate::".len()..]));
        }
    }
    // As many steps up as the module is deep lead to the root.
    let to_the_root = "super::".repeat(module.len().max(1));
    if let Some((_, rest)) = code.split_once(&to_the_root)
        && !module.is_empty()
        && !rest.starts_with("super::")
    {
        found.extend(first_steps(rest));
    }
    found
}

/// `a::b` begins with `a`; `{a::b, c}` with `a` and `c`.
fn first_steps(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return name(path).into_iter().collect();
    };
    let mut depth = 0;
    let mut steps = Vec::new();
    for piece in group.split_inclusive(['{', '}', ',']) {
        if depth == 0 {
            steps.extend(name(piece));
        }
        match piece.chars().last() {
            Some('{') => depth += 1,
            Some('}') if depth == 0 => break,
            Some('}') => depth -= 1,
            _ => {}
        }
    }
    steps
}

fn name(text: &str) -> Option<String> {
    let text = text.trim_start();
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}
