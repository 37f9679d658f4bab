//! The memory `capture` and the mailbox reader take, counted by an allocator of our own; hence a program of its own.

// A test that can't go on is to stop.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use kronika_intake::{mail, mbox};

struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: hands everything on to the system's allocator, and only counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        // SAFETY: the caller's layout, as the caller promised it.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the pointer was given by `alloc` with this layout.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most bytes held at once during `work`, above those held before.
fn peak<T>(work: impl FnOnce() -> T) -> usize {
    let before = HELD.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    drop(work());
    PEAK.load(Ordering::Relaxed) - before
}

const FIXED: usize = 64 * 1024;

/// One test, since all tests of a program share its allocator.
#[test]
fn memory_stays_within_eight_times_the_size_of_the_input() {
    for raw in &messages() {
        let most = peak(|| mail::capture(raw.as_bytes()).unwrap());
        let start = &raw[..raw.len().min(90)];
        println!("capture {:.2} of {start:?}", most as f64 / raw.len() as f64);
        assert!(
            most <= 8 * raw.len() + FIXED,
            "{most} for {} of {start:?}",
            raw.len()
        );

        let message = mail::capture(raw.as_bytes()).unwrap();
        let most = peak(|| mail::reading(raw.as_bytes(), &message));
        println!("reading {:.2}", most as f64 / raw.len() as f64);
        assert!(
            most <= 8 * raw.len() + FIXED,
            "{most} for {} of {start:?}",
            raw.len()
        );
    }

    let limit = 1 << 20;
    let large = format!(
        "From a@b Sat Jan  3 01:05:34 2026\nSubject: 1\n\n{}\n",
        "x\n".repeat(4 << 20)
    );
    let most = peak(|| mbox::messages(large.as_bytes(), limit).count());
    println!("mailbox {:.2} of the limit", most as f64 / limit as f64);
    assert!(most <= 4 * limit + FIXED, "{most}");
}

/// A typical message, and some made to take more memory than they are worth.
fn messages() -> Vec<String> {
    let typical = "word ".repeat(40_000);
    let mixed = "From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n";
    vec![
        format!("From: a@b\n\n{typical}"),
        format!(
            "From: a@b\nContent-Type: text/html\n\n{}",
            "<p>a<br>".repeat(20_000)
        ),
        format!("From: a@b\nTo: {}\n\n", "a@b,".repeat(50_000)),
        format!("From: a@b\nReferences: {}\n\n", "<a>".repeat(60_000)),
        format!("From: a@b\n{}\n\n", "To: a@b\n".repeat(20_000)),
        format!(
            "From: a@b\nSubject: {}\n\n",
            "=?koi8-r?B?8PDw8PDw?= ".repeat(10_000)
        ),
        format!(
            "From: a@b\nSubject: {}\n\n",
            "=?windows-1252?Q?=80=80=80=80=80=80?= ".repeat(8_000)
        ),
        format!("{mixed}{}", "--b\n\n".repeat(40_000)),
        format!(
            "{mixed}{}",
            "--b\nContent-Type: text/plain; charset=x; name=yyyyyyyyyyyyyyyyyyyyyyyyyyy\n\n".repeat(3_000)
        ),
        format!("From: a@b\n\n{}", "begin 644 x\nend\n".repeat(12_000)),
        format!(
            "From: a@b\nContent-Type: message/rfc822\n\n{}",
            "Content-Type: message/rfc822\n\n".repeat(6_000)
        ),
        format!(
            "From: a@b\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n{}",
            "eJ8+IgAAAAIDkAYA".repeat(12_000)
        ),
        format!("From: a@b\n\n{}", "a\n>\n".repeat(50_000)),
    ]
}
