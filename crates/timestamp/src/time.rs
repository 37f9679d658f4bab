//! Times as microseconds since 1970, UTC.

use der::DateTime;

use crate::error::Malformed;

pub(crate) const SECOND: i64 = 1_000_000;

/// Reads a GeneralizedTime as RFC 3161 §2.4.2 restricts it: `YYYYMMDDhhmmss[.s…]Z`. What is finer than a microsecond
/// is cut off.
pub(crate) fn parse(part: &'static str, text: &[u8]) -> Result<i64, Malformed> {
    read(text).ok_or_else(|| Malformed::Time {
        part,
        found: String::from_utf8_lossy(text).into_owned(),
    })
}

fn read(text: &[u8]) -> Option<i64> {
    let text = text.strip_suffix(b"Z")?;
    let (whole, fraction) = match text.iter().position(|byte| *byte == b'.') {
        Some(dot) => (
            text.get(..dot)?,
            text.get(dot + 1..).filter(|digits| !digits.is_empty())?,
        ),
        None => (text, [].as_slice()),
    };
    let (year, rest) = whole.split_first_chunk::<4>()?;
    if rest.len() != 10 {
        return None;
    }
    let mut pairs = rest.chunks_exact(2).map(|pair| u8::try_from(decimal(pair)?).ok());
    let mut pair = || pairs.next().flatten();
    let (month, day, hour, minute, second) = (pair()?, pair()?, pair()?, pair()?, pair()?);
    let year = u16::try_from(decimal(year)?).ok()?;
    let whole = DateTime::new(year, month, day, hour, minute, second).ok()?;
    Some(micros(whole) + micro_fraction(fraction)?)
}

/// The first six digits after the point.
fn micro_fraction(digits: &[u8]) -> Option<i64> {
    if digits.len() > 32 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let padded = digits.iter().copied().chain(std::iter::repeat(b'0')).take(6);
    Some(padded.fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
}

fn decimal(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value: u32, digit| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

/// The time of a certificate or revocation list.
pub(crate) fn of_certificate(time: x509_cert::time::Time) -> i64 {
    micros(time.to_date_time())
}

fn micros(time: DateTime) -> i64 {
    // The year 9999 is 2.5e17 microseconds after 1970: there is room.
    i64::try_from(time.unix_duration().as_micros()).unwrap_or(i64::MAX)
}

/// The time in the form of RFC 3339, to the second.
pub(crate) fn show(micros: i64) -> String {
    let seconds = u64::try_from(micros.div_euclid(SECOND)).ok();
    let time = seconds
        .and_then(|seconds| DateTime::from_unix_duration(std::time::Duration::from_secs(seconds)).ok());
    time.map_or_else(
        || format!("{micros} microseconds after 1970"),
        |time| time.to_string(),
    )
}
