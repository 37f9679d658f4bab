//! Bundles the interface's styles, scripts, fonts and icons (`ui/`) into the build folder.
//!
//! Packages come from the lock file with `npm ci`, and only when they are missing or older than it. A packager
//! without npm at hand sets `KRONIKA_ASSETS_DIR` to a folder in which `node build.mjs FOLDER` was run before.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{env, fs};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let ui = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("ui");
    println!("cargo::rerun-if-env-changed=KRONIKA_ASSETS_DIR");
    println!("cargo::rerun-if-changed=locales");
    for name in [
        "package-lock.json",
        "build.mjs",
        "icons.txt",
        "mark.svg",
        "main.js",
        "main.css",
        "scripts",
        "styles",
    ] {
        println!("cargo::rerun-if-changed={}", ui.join(name).display());
    }
    let made = match env::var("KRONIKA_ASSETS_DIR") {
        Ok(folder) => PathBuf::from(folder),
        Err(_) => bundle(&ui, &out)?,
    };
    println!(
        "cargo::rustc-env=KRONIKA_ASSETS={}",
        made.join("assets.rs").display()
    );
    Ok(())
}

/// Runs npm when needed, then the bundler; returns the folder with `assets.rs`.
fn bundle(ui: &Path, out: &Path) -> Result<PathBuf, Failure> {
    if changed(&ui.join("node_modules/.package-lock.json")) < changed(&ui.join("package-lock.json")) {
        run(Command::new("npm")
            .args(["ci", "--ignore-scripts"])
            .current_dir(ui))?;
    }
    run(Command::new("node").arg("build.mjs").arg(out).current_dir(ui))?;
    Ok(out.to_owned())
}

/// When the file last changed; nothing for a file that is not there.
fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|found| found.modified()).ok()
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| format!("{command:?} did not start: {error}"))?;
    if !status.success() {
        return Err(format!("{command:?} ended with {status}").into());
    }
    Ok(())
}
