//! Encryption of one record's parts under its own key, and the wrapping of that key.
//!
//! Sealed bytes are `nonce (24) ‖ XChaCha20-Poly1305(ciphertext ‖ tag)`. The additional data binds them to the
//! archive and to the part's commitment, so a ciphertext moved elsewhere does not open.

use std::cell::RefCell;

use aes_kw::KwAes256;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

const NONCE: usize = 24;
const TAG: usize = 16;
/// zstd's own default: beyond it mail barely gets smaller, and import gets slower.
const LEVEL: i32 = 1;

/// First byte of stored content: how what follows was compressed.
const AS_IT_IS: u8 = 0;
const ZSTD: u8 = 1;

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SealError {
    #[error("the stored bytes do not open with the record's key: they were altered, or belong elsewhere")]
    NotOpened,
    #[error("the record's key does not open: the client's key was destroyed, or is another archive's")]
    KeyNotOpened,
    #[error("the stored bytes do not decompress: {0}")]
    NotDecompressed(String),
}

/// The random key of one record.
#[derive(Clone)]
pub struct RecordKey(Zeroizing<[u8; 32]>);

impl RecordKey {
    pub fn new() -> RecordKey {
        RecordKey(Zeroizing::new(rand::random()))
    }

    pub(super) fn from_bytes(bytes: [u8; 32]) -> RecordKey {
        RecordKey(Zeroizing::new(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Wraps this key by `kek` (RFC 3394, 40 bytes).
    pub fn wrapped_by(&self, kek: &[u8; 32]) -> Vec<u8> {
        let mut wrapped = vec![0; self.0.len() + 8];
        KwAes256::new(kek.into())
            .wrap_key(self.0.as_slice(), &mut wrapped)
            .expect("a 32-byte key wraps into 40 bytes");
        wrapped
    }

    /// Unwraps a record's key; refuses when `kek` is not the one that wrapped it.
    pub fn unwrap(wrapped: &[u8], kek: &[u8; 32]) -> Result<RecordKey, SealError> {
        let mut bytes = Zeroizing::new([0; 32]);
        KwAes256::new(kek.into())
            .unwrap_key(wrapped, bytes.as_mut_slice())
            .map_err(|_| SealError::KeyNotOpened)?;
        Ok(RecordKey(bytes))
    }

    /// Seals one part. `bound_to` is authenticated with it but not stored.
    pub fn seal(&self, plain: &[u8], bound_to: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = rand::random();
        let mut sealed = Vec::with_capacity(NONCE + plain.len() + TAG);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let tag = self
            .cipher()
            .encrypt_inout_detached(&XNonce::from(nonce), bound_to, (&mut sealed[NONCE..]).into())
            .expect("a part is shorter than the cipher's 256 GiB");
        sealed.extend_from_slice(&tag);
        sealed
    }

    /// Opens what [`seal`](Self::seal) made, in place.
    pub fn open(&self, mut sealed: Vec<u8>, bound_to: &[u8]) -> Result<Vec<u8>, SealError> {
        if sealed.len() < NONCE + TAG {
            return Err(SealError::NotOpened);
        }
        let nonce: [u8; NONCE] = sealed[..NONCE].try_into().map_err(|_| SealError::NotOpened)?;
        let body = sealed.len() - TAG;
        let tag: [u8; TAG] = sealed[body..].try_into().map_err(|_| SealError::NotOpened)?;
        self.cipher()
            .decrypt_inout_detached(
                &XNonce::from(nonce),
                bound_to,
                (&mut sealed[NONCE..body]).into(),
                &Tag::from(tag),
            )
            .map_err(|_| SealError::NotOpened)?;
        sealed.truncate(body);
        sealed.drain(..NONCE);
        Ok(sealed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

impl Default for RecordKey {
    fn default() -> Self {
        RecordKey::new()
    }
}

thread_local! {
    // A compressor costs more to make than a mail to compress.
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Content as it is stored before encryption: compressed when that helps.
pub struct Content;

impl Content {
    /// One byte that names the form, the original length (u64 big endian), then the bytes.
    pub fn pack(original: &[u8]) -> Vec<u8> {
        let mut packed = Vec::with_capacity(9 + original.len() / 2);
        packed.push(ZSTD);
        packed.extend_from_slice(&(original.len() as u64).to_be_bytes());
        let smaller = COMPRESSOR.with_borrow_mut(|slot| {
            let compressor = match slot {
                Some(compressor) => compressor,
                None => slot.insert(zstd::bulk::Compressor::new(LEVEL).ok()?),
            };
            let compressed = compressor.compress(original).ok()?;
            (compressed.len() < original.len()).then_some(compressed)
        });
        match smaller {
            Some(compressed) => packed.extend_from_slice(&compressed),
            None => {
                packed[0] = AS_IT_IS;
                packed.extend_from_slice(original);
            }
        }
        packed
    }

    /// The original bytes again.
    pub fn unpack(packed: Vec<u8>) -> Result<Vec<u8>, SealError> {
        let failed = |why: &str| SealError::NotDecompressed(why.to_owned());
        let (form, rest) = packed.split_first().ok_or_else(|| failed("it is empty"))?;
        let (length, body) = rest
            .split_first_chunk::<8>()
            .ok_or_else(|| failed("it is cut short"))?;
        let length = usize::try_from(u64::from_be_bytes(*length)).map_err(|_| failed("it is too long"))?;
        match *form {
            AS_IT_IS if body.len() == length => Ok(body.to_vec()),
            ZSTD => DECOMPRESSOR.with_borrow_mut(|slot| {
                let decompressor = match slot {
                    Some(decompressor) => decompressor,
                    None => slot
                        .insert(zstd::bulk::Decompressor::new().map_err(|error| failed(&error.to_string()))?),
                };
                decompressor
                    .decompress(body, length)
                    .map_err(|error| failed(&error.to_string()))
            }),
            _ => Err(failed("its form is unknown")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_its_place() {
        let (key, other) = (RecordKey::new(), RecordKey::new());
        let sealed = key.seal(b"we agreed on 500", b"archive/part");

        assert_eq!(
            key.open(sealed.clone(), b"archive/part").unwrap(),
            b"we agreed on 500"
        );
        assert_eq!(
            key.open(sealed.clone(), b"archive/elsewhere"),
            Err(SealError::NotOpened)
        );
        assert_eq!(
            other.open(sealed.clone(), b"archive/part"),
            Err(SealError::NotOpened)
        );
        for byte in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[byte] ^= 1;
            assert_eq!(
                key.open(altered, b"archive/part"),
                Err(SealError::NotOpened),
                "byte {byte}"
            );
        }
    }

    #[test]
    fn a_wrapped_key_opens_only_by_its_wrapper() {
        let (key, kek) = (RecordKey::new(), [7; 32]);
        let wrapped = key.wrapped_by(&kek);

        assert_eq!(wrapped.len(), 40);
        assert_eq!(RecordKey::unwrap(&wrapped, &kek).unwrap().bytes(), key.bytes());
        assert!(RecordKey::unwrap(&wrapped, &[8; 32]).is_err());
        assert!(RecordKey::unwrap(&wrapped[..39], &kek).is_err());
    }

    #[test]
    fn content_comes_back_byte_for_byte() {
        for original in [
            b"".to_vec(),
            b"x".to_vec(),
            vec![b'a'; 100_000],
            (0..=255).collect(),
        ] {
            assert_eq!(Content::unpack(Content::pack(&original)).unwrap(), original);
        }
        assert!(Content::pack(&[b'a'; 10_000]).len() < 200);
        assert!(Content::unpack(vec![]).is_err());
        assert!(Content::unpack(vec![ZSTD, 0, 0, 0, 0, 0, 0, 0, 9, 1, 2, 3]).is_err());
    }
}
