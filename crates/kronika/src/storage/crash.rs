//! Ends the program at a named step, so that tests see what a power cut there leaves behind.
//!
//! `KRONIKA_CRASH_AT=committed` ends it the first time the step is reached, `committed:3` the third time. Release
//! builds know nothing of it.

/// A step that a test may choose to be the last.
#[cfg(debug_assertions)]
pub fn crash_point(step: &str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static CHOSEN: LazyLock<Option<(String, u32)>> = LazyLock::new(|| {
        let chosen = std::env::var("KRONIKA_CRASH_AT").ok()?;
        let (step, time) = chosen.split_once(':').unwrap_or((&chosen, "1"));
        Some((step.to_owned(), time.parse().ok()?))
    });
    static REACHED: AtomicU32 = AtomicU32::new(0);

    if let Some((chosen, time)) = &*CHOSEN
        && chosen == step
        && REACHED.fetch_add(1, Ordering::Relaxed) + 1 == *time
    {
        std::process::abort();
    }
}

#[cfg(not(debug_assertions))]
pub fn crash_point(_step: &str) {}
