//! Archives and documents.
#![no_main]

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use kronika_intake::container::{self, Entry, Limits};
use kronika_intake::document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let limits = Limits {
        entries: 100,
        total: 1 << 20,
        ratio: 100,
    };
    let mut read = |entry: Entry<'_>| {
        let mut bytes = Vec::new();
        let _ = entry.content.take(1 << 20).read_to_end(&mut bytes);
        ControlFlow::Continue(())
    };
    let _ = container::sniff(file, "x");
    let _ = container::visit_zip(Cursor::new(file), limits, &mut read);
    let _ = container::visit_tar_zst(file, limits, &mut read);
    let _ = container::visit_tar(file, limits, &mut read);
    for name in ["a.docx", "a.xlsx", "a.odt", "a.rtf", "a.html", "a.ics", "a.txt"] {
        let _ = document::text("", name, file, 10_000);
    }
});
