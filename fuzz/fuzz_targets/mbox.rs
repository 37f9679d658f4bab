//! A mailbox, in a reader that gives it piece by piece.
#![no_main]

use std::io::BufReader;

use kronika_intake::mbox;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let total: usize = mbox::messages(BufReader::with_capacity(7, file), 1000)
        .flatten()
        .map(|message| message.bytes.len())
        .sum();
    assert!(total <= file.len());
});
