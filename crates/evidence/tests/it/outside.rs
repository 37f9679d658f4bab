//! What a stranger does with a package, without any program of ours: the commands of the README, and its script.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kronika_evidence::container::Reader;

use crate::authority::Authority;
use crate::journal::Archive;
use crate::repack::{FOLDER, unpack};

/// A package with a timestamp, unpacked into a folder as any program for ZIP files does it.
pub struct Stranger {
    _folder: tempfile::TempDir,
    /// Where the package is unpacked.
    pub bag: PathBuf,
}

impl Stranger {
    /// `None`, said aloud, without what this needs.
    pub fn new() -> Option<Stranger> {
        let authority = Authority::new()?;
        let archive = Archive::new(30);
        let mut package = authority.stamped(&archive);
        package.items[1] = archive.item_of(&archive.records[1], &["meta", "part/1.2"]);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("package.zip"), archive.write(&package)).unwrap();
        let unzip =
            "import zipfile; z = zipfile.ZipFile('package.zip'); assert z.testzip() is None; z.extractall()";
        if !run(folder.path(), "python3", &["-c", unzip])?.status.success() {
            return None;
        }
        let bag = folder.path().join(FOLDER);
        std::fs::write(bag.join("../root.pem"), authority.read("root.pem")).unwrap();
        Some(Stranger { _folder: folder, bag })
    }

    fn check(&self) -> Output {
        run(&self.bag, "python3", &["check.py"]).unwrap()
    }

    /// Runs the commands of a README in turn; gives those that failed.
    fn follow(&self, readme: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.bag.join(readme)).unwrap();
        let commands: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("    "))
            .collect();
        assert_eq!(commands.len(), 11, "{readme}: {commands:?}");
        let is_ours = |command: &&str| !command.starts_with("kronika-verify") && !command.contains("bagit");
        let commands = commands.into_iter().filter(is_ours);
        // Everything beside the package is in its parent, where it is out of the way.
        let commands =
            commands.map(|command| command.replace("/tmp/", "../").replace("root.pem", "../root.pem"));
        let failed = commands.filter(|command| {
            let done = run(&self.bag, "bash", &["-c", &format!("set -o pipefail; {command}")]).unwrap();
            !done.status.success()
        });
        failed.collect()
    }
}

pub fn run(folder: &Path, program: &str, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    if output.is_err() {
        eprintln!("SKIPPED: no {program}");
    }
    output.ok()
}

#[test]
fn the_script_finds_a_good_package_good() {
    let Some(stranger) = Stranger::new() else { return };

    let done = stranger.check();

    let said = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(said.contains("6 items; all holds"), "{said}");
}

#[test]
fn the_script_notices_changes_even_when_the_manifests_fit() {
    let Some(stranger) = Stranger::new() else { return };
    for (file, at) in [
        ("data/originals/000001.eml", 70),
        ("data/parts/000002/part-1.2.bin", 2),
        ("data/proofs/000001.meta.json", 9),
        ("data/proofs/000001.opening.json", 30),
        ("data/proofs/000003.tlog-proof", 45),
    ] {
        let path = stranger.bag.join(file);
        let good = std::fs::read(&path).unwrap();
        let mut bad = good.clone();
        bad[at] = if bad[at] == b'1' { b'2' } else { b'1' };
        std::fs::write(&path, bad).unwrap();
        let by_manifest = stranger.check();
        let rehash = "find data -type f | sort | xargs sha256sum > manifest-sha256.txt;\
                      sha256sum README.* bag* check.py manifest* > tagmanifest-sha256.txt";
        run(&stranger.bag, "bash", &["-c", rehash]).unwrap();
        let by_proof = stranger.check();
        std::fs::write(&path, good).unwrap();

        for (done, expected) in [(by_manifest, "changed"), (by_proof, "item")] {
            let said = String::from_utf8_lossy(&done.stdout);
            assert_eq!(done.status.code(), Some(1), "{file}: {said}");
            assert!(
                said.contains(&format!(
                    "WRONG  {}",
                    if expected == "item" { "item" } else { file }
                )),
                "{file}: {said}"
            );
        }
    }
}

#[test]
fn the_commands_of_every_readme_work() {
    let Some(stranger) = Stranger::new() else { return };

    for readme in ["README.en.txt", "README.pl.txt", "README.ru.txt", "README.sk.txt"] {
        assert_eq!(stranger.follow(readme), [""; 0], "{readme}");
    }
}

#[test]
fn the_commands_of_the_readme_notice_another_checkpoint() {
    let Some(stranger) = Stranger::new() else { return };
    let path = stranger.bag.join("data/proofs/checkpoint");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\n30\n", "\n31\n", 1)).unwrap();

    let failed = stranger.follow("README.en.txt").join("\n");

    for command in [
        "sha256sum --check --quiet --strict manifest",
        "check.py",
        "pkeyutl",
        "ts -verify",
    ] {
        assert!(failed.contains(command), "{command}");
    }
}

#[test]
fn the_script_is_short_enough_to_be_read() {
    let archive = Archive::new(7);
    let files = unpack(&archive.write(&archive.whole()));
    let script = String::from_utf8(files["check.py"].clone()).unwrap();

    assert!(script.lines().count() <= 60);
    assert!(script.lines().all(|line| line.len() <= 125));
}

#[test]
fn the_bag_is_valid_to_the_program_of_the_library_of_congress() {
    let Some(stranger) = Stranger::new() else { return };
    let Some(program) = bagit() else { return };

    let validate = |bag: &Path| run(bag, &program.to_string_lossy(), &["--validate", "."]).unwrap();
    let good = validate(&stranger.bag);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    std::fs::write(stranger.bag.join("data/originals/000001.eml"), "x").unwrap();
    assert!(!validate(&stranger.bag).status.success());
}

/// The program, installed once into the target directory; `None`, said aloud, if that cannot be done.
fn bagit() -> Option<PathBuf> {
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bagit");
    let program = venv.join("bin/bagit.py");
    if !program.exists() {
        let (here, pip) = (Path::new("."), venv.join("bin/pip"));
        run(here, "python3", &["-m", "venv", &venv.to_string_lossy()])?;
        let packages = [
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "bagit==1.9.0",
        ];
        let done = run(here, &pip.to_string_lossy(), &packages)?;
        if !done.status.success() {
            eprintln!("SKIPPED: bagit could not be installed");
            return None;
        }
    }
    Some(program)
}

#[test]
fn others_read_the_container() {
    let Some(stranger) = Stranger::new() else { return };
    let bytes = std::fs::read(stranger.bag.join("../package.zip")).unwrap();
    let reader = Reader::open(std::io::Cursor::new(bytes)).unwrap();

    let Some(listed) = run(stranger.bag.parent().unwrap(), "unzip", &["-t", "package.zip"]) else {
        return;
    };

    assert!(
        listed.status.success(),
        "{}",
        String::from_utf8_lossy(&listed.stdout)
    );
    let said = String::from_utf8_lossy(&listed.stdout).matches(" OK").count();
    assert_eq!(said, reader.entries().len());
}
