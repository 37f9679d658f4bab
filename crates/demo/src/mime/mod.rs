//! Writes MIME messages with full control of character sets and encodings (RFC 2045-2047, 2183, 2231, 5322).

mod charset;
mod header;
mod part;

pub use charset::{Charset, Misfit};
pub use header::{Headers, address, file_parameter};
pub use part::{Encoding, Part};
