//! Large content, encrypted by segments (the STREAM construction), so that no piece can be cut off or moved.
//!
//! `nonce prefix (19) ‖ segments of 64 KiB + 16-byte tag`, XChaCha20-Poly1305 with a 32-bit counter and a last-block
//! flag (Hoang, Reyhanitabar, Rogaway, Vizár 2015).

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{KeyInit, Payload};

use super::{RecordKey, SealError};

const PREFIX: usize = 19;
const SEGMENT: usize = 64 * 1024;
const TAG: usize = 16;

/// Seals packed content for the object store.
pub fn seal_stream(key: &RecordKey, plain: &[u8], bound_to: &[u8]) -> Vec<u8> {
    let prefix: [u8; PREFIX] = rand::random();
    let mut sealed = Vec::with_capacity(PREFIX + plain.len() + (plain.len() / SEGMENT + 1) * TAG);
    sealed.extend_from_slice(&prefix);
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let mut encryptor = EncryptorBE32::from_aead(cipher, &prefix.into());
    let last = plain.len().saturating_sub(1) / SEGMENT * SEGMENT;
    for segment in plain[..last].chunks(SEGMENT) {
        let block = encryptor
            .encrypt_next(Payload {
                msg: segment,
                aad: bound_to,
            })
            .expect("content has fewer than 2^32 segments");
        sealed.extend_from_slice(&block);
    }
    let block = encryptor
        .encrypt_last(Payload {
            msg: &plain[last..],
            aad: bound_to,
        })
        .expect("content has fewer than 2^32 segments");
    sealed.extend_from_slice(&block);
    sealed
}

/// Opens what [`seal_stream`] made; refuses when any bit of it differs.
pub fn open_stream(key: &RecordKey, sealed: &[u8], bound_to: &[u8]) -> Result<Vec<u8>, SealError> {
    let (prefix, body) = sealed.split_first_chunk::<PREFIX>().ok_or(SealError::NotOpened)?;
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let mut decryptor = DecryptorBE32::from_aead(cipher, &(*prefix).into());
    let last = body.len().saturating_sub(1) / (SEGMENT + TAG) * (SEGMENT + TAG);
    let mut plain = Vec::with_capacity(body.len());
    for segment in body[..last].chunks(SEGMENT + TAG) {
        let opened = decryptor
            .decrypt_next(Payload {
                msg: segment,
                aad: bound_to,
            })
            .map_err(|_| SealError::NotOpened)?;
        plain.extend_from_slice(&opened);
    }
    let opened = decryptor
        .decrypt_last(Payload {
            msg: &body[last..],
            aad: bound_to,
        })
        .map_err(|_| SealError::NotOpened)?;
    plain.extend_from_slice(&opened);
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_content_comes_back_and_any_cut_or_change_is_noticed() {
        let key = RecordKey::new();
        for length in [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT] {
            let plain: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let sealed = seal_stream(&key, &plain, b"here");

            assert_eq!(
                open_stream(&key, &sealed, b"here").unwrap(),
                plain,
                "{length} bytes"
            );
            assert!(open_stream(&key, &sealed, b"there").is_err());
            assert!(open_stream(&key, &sealed[..sealed.len() - 1], b"here").is_err());
            let mut altered = sealed.clone();
            altered[sealed.len() / 2] ^= 1;
            assert!(open_stream(&key, &altered, b"here").is_err());
        }
        let plain = vec![1; 2 * SEGMENT];
        let sealed = seal_stream(&key, &plain, b"");
        let first_segment_only = &sealed[..PREFIX + SEGMENT + TAG];
        assert!(
            open_stream(&key, first_segment_only, b"").is_err(),
            "a whole segment cut off is noticed"
        );
    }
}
