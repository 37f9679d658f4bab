//! Words a second, on a text given as the argument or read from standard input.
//!
//! `cargo run --release --example speed -- mail.txt`

use std::error::Error;
use std::hint::black_box;
use std::io::Read;
use std::time::Instant;

use kronika_lexicon::{document, query_word};

fn main() -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    black_box(query_word("fakturze"));
    println!("first query, word lists opened: {:?}", started.elapsed());

    let mut text = String::new();
    match std::env::args().nth(1) {
        Some(path) => text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned(),
        None => _ = std::io::stdin().read_to_string(&mut text)?,
    }
    for _ in 0..3 {
        let started = Instant::now();
        let (mut tokens, mut words) = (0_u64, 0);
        document(&text, &mut |token| {
            tokens += 1;
            words = token.position + 1;
        });
        let seconds = started.elapsed().as_secs_f64();
        let (per_word, rate) = (tokens as f64 / f64::from(words), f64::from(words) / seconds / 1e6);
        println!("{words} words, {per_word:.2} tokens a word, {rate:.2} million words a second");
    }
    Ok(())
}
