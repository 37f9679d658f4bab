//! What the page's script calls. Bytes go in and out through buffers that stay where they are until the next call, so
//! there is nothing to free and nothing unsafe but the names that the script needs.
#![allow(unsafe_code, reason = "names must not be mangled")]

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use kronika_evidence::verify::Overall;
use kronika_evidence::{Options, Verdict, verify};
use kronika_timestamp::Certificate;
use kronika_tlog::policy::Policy;

/// The package, the policy and the root certificates; empty if they are not given.
static GIVEN: [Mutex<Vec<u8>>; 3] = [const { Mutex::new(Vec::new()) }; 3];

/// The verdict as JSON, or why there is none as text.
static ANSWER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Makes room for `length` bytes of the package (0), the policy (1) or the roots (2), to be written before anything else
/// is called.
#[unsafe(no_mangle)]
pub extern "C" fn room(which: usize, length: usize) -> *mut u8 {
    let Some(given) = GIVEN.get(which) else {
        return std::ptr::null_mut();
    };
    let mut given = given.lock().unwrap_or_else(PoisonError::into_inner);
    *given = vec![0; length];
    given.as_mut_ptr()
}

/// Verifies what was given, at `now` in milliseconds since 1970: 0 sound, 1 damaged, 2 it could not be checked, 3 the
/// answer is not a verdict but says why there is none.
#[unsafe(no_mangle)]
pub extern "C" fn judge(now: f64) -> u32 {
    let (status, answer) = match check(now) {
        Ok(verdict) => match serde_json::to_vec(&verdict) {
            Ok(json) => (status(verdict.overall), json),
            Err(error) => (3, error.to_string().into_bytes()),
        },
        Err(why) => (3, why.into_bytes()),
    };
    *ANSWER.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    status
}

/// Where the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.lock().unwrap_or_else(PoisonError::into_inner).as_ptr()
}

/// How long it is.
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    ANSWER.lock().unwrap_or_else(PoisonError::into_inner).len()
}

fn check(now: f64) -> Result<Verdict, String> {
    let [package, policy, roots] = GIVEN.each_ref().map(|given| {
        let mut given = given.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *given)
    });
    let mut options = Options {
        // A date in a browser is a whole number of milliseconds, far below what this cannot hold.
        now: (now * 1000.0) as i64,
        ..Options::default()
    };
    if !policy.is_empty() {
        options.policy = Some(Policy::parse(&policy).map_err(|error| error.to_string())?);
    }
    if !roots.is_empty() {
        options.roots = Certificate::from_file(&roots).map_err(|error| error.to_string())?;
    }
    verify(Cursor::new(package), &options).map_err(|error| error.to_string())
}

fn status(overall: Overall) -> u32 {
    match overall {
        Overall::Sound => 0,
        Overall::Damaged => 1,
        Overall::CouldNotCheck => 2,
    }
}
