//! Browsers from which somebody signed in before. Strangers' failed sign-ins do not stand in their way.
//!
//! The cookie lets nobody in; it only tells one whose tries are counted apart.

use data_encoding::BASE64URL_NOPAD;

use crate::archive::Archive;
use crate::archive::id::AccountId;

const BOUND_TO: &[u8] = b"known browser";

/// A new cookie for a browser from which this account signed in.
pub fn remember(archive: &Archive, account: AccountId) -> String {
    BASE64URL_NOPAD.encode(&archive.keyring.seal(&account.0.to_be_bytes(), BOUND_TO))
}

/// The account that a cookie was made for; nothing for a forged one.
pub fn account_of(archive: &Archive, cookie: &str) -> Option<AccountId> {
    let sealed = BASE64URL_NOPAD.decode(cookie.as_bytes()).ok()?;
    let bytes = archive.keyring.open_sealed(sealed, BOUND_TO).ok()?;
    Some(AccountId(i64::from_be_bytes(bytes.as_slice().try_into().ok()?)))
}
