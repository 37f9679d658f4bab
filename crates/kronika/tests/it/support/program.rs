//! The program itself, run as a person runs it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use kronika::archive::Archive;
use kronika::secrecy::Unlock;
use serde_json::Value;
use tempfile::TempDir;

/// What a command said and how it ended.
pub struct Said {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The command, kept from settings of whoever runs the tests.
pub fn kronika() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kronika"));
    for setting in [
        "KRONIKA_DATA",
        "KRONIKA_PASSPHRASE",
        "KRONIKA_CRASH_AT",
        "KRONIKA_LOG",
    ] {
        command.env_remove(setting);
    }
    command.stdin(Stdio::null());
    command
}

pub fn said(command: &mut Command) -> Said {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    Said {
        status: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

impl Said {
    /// One sentence on standard error that names what is wrong; nothing on standard output; status 2.
    #[track_caller]
    pub fn refuses_with(&self, words: &str) {
        assert_eq!(self.status, Some(2), "{self}");
        let sentence = self
            .err
            .strip_prefix("kronika: ")
            .unwrap_or_else(|| panic!("no sentence: {self}"));
        assert_eq!(
            sentence.trim_end().lines().count(),
            1,
            "more than a sentence: {self}"
        );
        assert!(sentence.contains(words), "{self}");
        assert_eq!(self.out, "", "{self}");
    }

    /// The last line of standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let line = self
            .out
            .trim_end()
            .lines()
            .last()
            .unwrap_or_else(|| panic!("it said nothing: {self}"));
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {self}"))
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            to,
            "status {:?}\n--- out ---\n{}--- err ---\n{}",
            self.status, self.out, self.err
        )
    }
}

/// An archive that is used through the program only, with a place for files beside it.
pub struct Installed {
    folder: TempDir,
}

impl Installed {
    pub async fn new() -> Installed {
        Installed::placed(kronika::archive::Placement::default()).await
    }

    pub async fn placed(placement: kronika::archive::Placement) -> Installed {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(&folder.path().join("data"), &Unlock::default(), placement)
            .await
            .unwrap();
        drop(archive);
        Installed { folder }
    }

    /// A place with no archive in it yet.
    pub fn nothing() -> Installed {
        Installed {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file beside the archive.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = kronika();
        command.args(arguments).arg("--data").arg(self.data());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        said(&mut self.command(arguments))
    }

    pub fn import(&self, path: &Path) -> Said {
        self.run(&["import", "--json", path.to_str().unwrap()])
    }

    pub fn import_in_background(&self, path: &Path) -> Child {
        let mut command = self.command(&["import", "--json", path.to_str().unwrap()]);
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Opens the archive in this process.
    pub async fn open(&self) -> Arc<Archive> {
        Archive::open(&self.data(), &Unlock::default()).await.unwrap()
    }
}
