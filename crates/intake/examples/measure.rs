//! Measures `capture` over a folder of messages: `cargo run --release --example measure -- FOLDER`.

use std::path::Path;
use std::time::Instant;

use kronika_intake::mail;

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: measure FOLDER");
        return Ok(());
    };
    let mut messages = Vec::new();
    read_all(Path::new(&folder), &mut messages)?;
    let size: usize = messages.iter().map(|raw| raw.len()).sum();

    let started = Instant::now();
    let captured = messages.iter().filter_map(|raw| mail::capture(raw).ok()).count();
    let each = started.elapsed().as_secs_f64() * 1e6 / messages.len().max(1) as f64;

    let mean = size / messages.len().max(1);
    println!(
        "{} messages of {mean} bytes on average: {captured} captured, {each:.1} us each",
        messages.len()
    );
    Ok(())
}

fn read_all(folder: &Path, messages: &mut Vec<Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_all(&path, messages)?;
        } else {
            messages.push(std::fs::read(&path)?);
        }
    }
    Ok(())
}
