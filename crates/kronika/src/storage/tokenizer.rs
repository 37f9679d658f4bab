//! The FTS5 tokenizer of the search index: it cuts at spaces and does nothing else.
//!
//! The words were analysed before they came here (crate `lexicon`), the same way for both databases. A word that
//! starts with [`SAME_PLACE`] stands at the position of the word before it, as FTS5's synonyms do, so that phrases
//! work across all lemmas of a word. Source: <https://sqlite.org/fts5.html#custom_tokenizers>.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;

use libsqlite3_sys as ffi;
use sqlx::SqliteConnection;

/// Marks a word that shares the position of the one before it.
pub const SAME_PLACE: u8 = 0x01;

/// Spares SQLite the counting of its memory, which takes a lock common to all connections at every allocation: rows
/// are freed by other threads than those that read them. Must come before the first connection.
pub(super) fn stop_counting_memory() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let off: c_int = 0;
        // SAFETY: SQLite is not initialised yet, and takes one int after this option. Refused, nothing changes.
        unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, off) };
    });
}

/// Makes `tokenize = 'kronika'` known to one connection.
pub(super) async fn register(conn: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut handle = conn.lock_handle().await?;
    // SAFETY: the handle is open and ours alone while the guard lives.
    let outcome = unsafe { register_on(handle.as_raw_handle().as_ptr()) };
    match outcome {
        ffi::SQLITE_OK => Ok(()),
        code => Err(sqlx::Error::Protocol(format!(
            "SQLite could not take the tokenizer (code {code})"
        ))),
    }
}

/// # Safety
/// `db` must be an open connection that no other thread uses meanwhile.
unsafe fn register_on(db: *mut ffi::sqlite3) -> c_int {
    // SAFETY: the statement lives from prepare to finalize, `api` outlives it, and FTS5 fills `api` when stepped.
    unsafe {
        let mut statement = ptr::null_mut();
        let prepared = ffi::sqlite3_prepare_v2(
            db,
            c"SELECT fts5(?1)".as_ptr(),
            -1,
            &mut statement,
            ptr::null_mut(),
        );
        if prepared != ffi::SQLITE_OK {
            return prepared;
        }
        let mut api: *mut ffi::fts5_api = ptr::null_mut();
        ffi::sqlite3_bind_pointer(
            statement,
            1,
            ptr::from_mut(&mut api).cast(),
            c"fts5_api_ptr".as_ptr(),
            None,
        );
        ffi::sqlite3_step(statement);
        ffi::sqlite3_finalize(statement);
        let Some(create_tokenizer) = api.as_ref().and_then(|api| api.xCreateTokenizer) else {
            return ffi::SQLITE_ERROR;
        };
        let mut tokenizer = ffi::fts5_tokenizer {
            xCreate: Some(create),
            xDelete: Some(delete),
            xTokenize: Some(tokenize),
        };
        create_tokenizer(api, c"kronika".as_ptr(), ptr::null_mut(), &mut tokenizer, None)
    }
}

unsafe extern "C" fn create(
    _: *mut c_void,
    _: *mut *const c_char,
    _: c_int,
    out: *mut *mut ffi::Fts5Tokenizer,
) -> c_int {
    // SAFETY: FTS5 gives a place to write to. The tokenizer has no state, but FTS5 takes null for a failure.
    unsafe { *out = ptr::NonNull::dangling().as_ptr() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(_: *mut ffi::Fts5Tokenizer) {}

type Emit = Option<unsafe extern "C" fn(*mut c_void, c_int, *const c_char, c_int, c_int, c_int) -> c_int>;

unsafe extern "C" fn tokenize(
    _: *mut ffi::Fts5Tokenizer,
    context: *mut c_void,
    _flags: c_int,
    text: *const c_char,
    length: c_int,
    emit: Emit,
) -> c_int {
    let (Some(emit), false) = (emit, text.is_null()) else {
        return ffi::SQLITE_OK;
    };
    let length = usize::try_from(length).unwrap_or(0);
    // SAFETY: FTS5 hands over `length` readable bytes for the time of this call.
    let text = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length) };
    let mut start = 0;
    for word in text.split(|byte| *byte == b' ') {
        let (flags, term) = match word.split_first() {
            None => (0, word),
            Some((&SAME_PLACE, term)) => (ffi::FTS5_TOKEN_COLOCATED, term),
            Some(_) => (0, word),
        };
        if !term.is_empty() {
            // Lengths came from a C int, so they fit one again.
            let (from, to) = (start as c_int, (start + word.len()) as c_int);
            // SAFETY: `term` lies in the text FTS5 gave; `context` is passed back as it came.
            let outcome = unsafe {
                emit(
                    context,
                    flags,
                    term.as_ptr().cast(),
                    term.len() as c_int,
                    from,
                    to,
                )
            };
            if outcome != ffi::SQLITE_OK {
                return outcome;
            }
        }
        start += word.len() + 1;
    }
    ffi::SQLITE_OK
}
