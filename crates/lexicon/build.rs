//! Checks the compressed word lists against `data/SHA256SUMS` and unpacks them, so that the program
//! holds them ready to be read in place.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data");
    let out = env::var("OUT_DIR")?;
    for line in fs::read_to_string("data/SHA256SUMS")?.lines() {
        let (expected, name) = line
            .split_once("  ")
            .ok_or("a line of data/SHA256SUMS has no name")?;
        let packed = fs::read(Path::new("data").join(name))?;
        let found: String = Sha256::digest(&packed)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if found != expected {
            return Err(format!("data/{name} has SHA-256 {found}, not {expected}").into());
        }
        let unpacked = zstd::decode_all(packed.as_slice())?;
        fs::write(Path::new(&out).join(name).with_extension("bin"), unpacked)?;
    }
    Ok(())
}
