//! Signatures and the keys that made them: RSA by PKCS #1 v1.5 and PSS (RFC 8017, 4055), ECDSA on P-256, P-384 and
//! P-521 (RFC 5480, 5758), each with SHA-256, SHA-384 or SHA-512.

use der::Tag;
use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier};
use rsa::RsaPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::signature::hazmat::PrehashVerifier;
use rsa::traits::PublicKeyParts;
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::spki::{AlgorithmIdentifierOwned, AlgorithmIdentifierRef, SubjectPublicKeyInfoOwned};

use crate::hash::HashAlgorithm;
use crate::oid;
use crate::wire::{Element, context};

/// Bits of RSA keys that are believed: fewer can be broken, more only cost time.
const RSA_BITS: std::ops::RangeInclusive<u32> = 2048..=8192;

/// How something is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    RsaPkcs1(HashAlgorithm),
    RsaPss { hash: HashAlgorithm, salt: usize },
    Ecdsa(HashAlgorithm),
}

impl Algorithm {
    /// Reads how a certificate or revocation list is signed.
    pub fn read(algorithm: &AlgorithmIdentifierOwned) -> Result<Algorithm, SignatureError> {
        let unsupported = SignatureError::Algorithm { found: algorithm.oid };
        let plain = algorithm
            .parameters
            .as_ref()
            .is_none_or(|parameters| AnyRef::from(parameters).is_null());
        let read = match algorithm.oid {
            oid::RSASSA_PSS => {
                let parameters = algorithm.parameters.as_ref().map(AnyRef::from);
                return Pss::read(parameters).map(Pss::algorithm).map_err(|_| unsupported);
            }
            oid::SHA_256_WITH_RSA => Algorithm::RsaPkcs1(HashAlgorithm::Sha256),
            oid::SHA_384_WITH_RSA => Algorithm::RsaPkcs1(HashAlgorithm::Sha384),
            oid::SHA_512_WITH_RSA => Algorithm::RsaPkcs1(HashAlgorithm::Sha512),
            oid::ECDSA_WITH_SHA_256 => Algorithm::Ecdsa(HashAlgorithm::Sha256),
            oid::ECDSA_WITH_SHA_384 => Algorithm::Ecdsa(HashAlgorithm::Sha384),
            oid::ECDSA_WITH_SHA_512 => Algorithm::Ecdsa(HashAlgorithm::Sha512),
            _ => return Err(unsupported),
        };
        if plain { Ok(read) } else { Err(unsupported) }
    }

    /// Reads how a CMS signer signed, who may leave the hash to its digest algorithm, and may not contradict it.
    pub fn of_signer(
        algorithm: &AlgorithmIdentifierOwned,
        digest: HashAlgorithm,
    ) -> Result<Algorithm, SignatureError> {
        let plain = algorithm
            .parameters
            .as_ref()
            .is_none_or(|parameters| AnyRef::from(parameters).is_null());
        let read = match algorithm.oid {
            oid::RSA_ENCRYPTION if plain => Algorithm::RsaPkcs1(digest),
            oid::EC_PUBLIC_KEY if plain => Algorithm::Ecdsa(digest),
            _ => Algorithm::read(algorithm)?,
        };
        if read.hash() != digest {
            return Err(SignatureError::Algorithm { found: algorithm.oid });
        }
        Ok(read)
    }

    fn hash(self) -> HashAlgorithm {
        match self {
            Algorithm::RsaPkcs1(hash) | Algorithm::RsaPss { hash, .. } | Algorithm::Ecdsa(hash) => hash,
        }
    }
}

/// `RSASSA-PSS-params`, of which only those are read that do without SHA-1 and hash alike for both of its purposes.
struct Pss {
    hash: HashAlgorithm,
    salt: u16,
}

impl Pss {
    fn algorithm(self) -> Algorithm {
        Algorithm::RsaPss {
            hash: self.hash,
            salt: self.salt.into(),
        }
    }

    /// Reads `SEQUENCE { [0] hashAlgorithm, [1] maskGenAlgorithm, [2] saltLength DEFAULT 20, [3] trailerField DEFAULT
    /// 1 }`.
    fn read(parameters: Option<AnyRef<'_>>) -> der::Result<Pss> {
        let refused = || Tag::Sequence.value_error().to_error();
        let parameters = parameters.ok_or_else(refused)?;
        parameters.header().tag().assert_eq(Tag::Sequence)?;
        let mut fields = crate::wire::Elements::of(parameters.value())?;
        let hash: AlgorithmIdentifierRef<'_> = fields.take(context(0))?.elements()?.only()?.decode()?;
        let mask: AlgorithmIdentifierRef<'_> = fields.take(context(1))?.elements()?.only()?.decode()?;
        let salt = fields
            .take_if(context(2))?
            .map_or(Ok(20), |salt| salt.elements()?.only()?.decode::<u16>())?;
        let trailer = fields
            .take_if(context(3))?
            .map_or(Ok(1), |field| field.elements()?.only()?.decode::<u8>())?;
        fields.finish()?;
        let mask_hash: AlgorithmIdentifierRef<'_> = mask.parameters.ok_or_else(refused)?.decode_as()?;
        if mask.oid != oid::MGF_1 || mask_hash.oid != hash.oid || trailer != 1 {
            return Err(refused());
        }
        let hash = HashAlgorithm::from_oid(&hash.oid).ok_or_else(refused)?;
        Ok(Pss { hash, salt })
    }
}

/// A key as its certificate has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PublicKey<'a>(&'a SubjectPublicKeyInfoOwned);

impl<'a> PublicKey<'a> {
    pub fn of(info: &'a SubjectPublicKeyInfoOwned) -> PublicKey<'a> {
        PublicKey(info)
    }

    /// Checks that the key made `signature` over `message`.
    pub fn check(self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
        let digest = algorithm.hash().hash(message);
        match (self.0.algorithm.oid, algorithm) {
            (oid::RSA_ENCRYPTION, Algorithm::RsaPkcs1(hash)) => {
                check_pkcs1(self.rsa()?, hash, &digest, signature)
            }
            (oid::RSA_ENCRYPTION, Algorithm::RsaPss { hash, salt }) => {
                check_pss(self.rsa()?, (hash, salt), &digest, signature)
            }
            (oid::RSASSA_PSS, Algorithm::RsaPss { hash, salt }) => {
                self.check_pss_restrictions(hash, salt)?;
                check_pss(self.rsa()?, (hash, salt), &digest, signature)
            }
            (oid::EC_PUBLIC_KEY, Algorithm::Ecdsa(_)) => self.check_ecdsa(&digest, signature),
            (found, _) => Err(SignatureError::Key { found }),
        }
    }

    fn bits(self) -> Result<&'a [u8], SignatureError> {
        self.0.subject_public_key.as_bytes().ok_or(SignatureError::BadKey)
    }

    fn rsa(self) -> Result<RsaPublicKey, SignatureError> {
        let key = RsaPublicKey::from_pkcs1_der(self.bits()?).map_err(|_| SignatureError::BadKey)?;
        let bits = key.n().bit_width_vartime();
        if !RSA_BITS.contains(&bits) {
            return Err(SignatureError::RsaSize { bits });
        }
        Ok(key)
    }

    /// A key that is for PSS only may say with which hash, and how much salt at least.
    fn check_pss_restrictions(self, hash: HashAlgorithm, salt: usize) -> Result<(), SignatureError> {
        let Some(parameters) = self.0.algorithm.parameters.as_ref() else {
            return Ok(());
        };
        let allowed = Pss::read(Some(AnyRef::from(parameters))).map_err(|_| SignatureError::BadKey)?;
        if allowed.hash != hash || salt < usize::from(allowed.salt) {
            let found = self.0.algorithm.oid;
            return Err(SignatureError::Key { found });
        }
        Ok(())
    }

    fn check_ecdsa(self, digest: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
        let curve = self
            .0
            .algorithm
            .parameters
            .as_ref()
            .and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
        let point = self.bits()?;
        let good = match curve {
            Some(oid::P_256) => {
                let key =
                    p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| SignatureError::BadKey)?;
                p256::ecdsa::Signature::from_der(signature)
                    .is_ok_and(|it| key.verify_prehash(digest, &it).is_ok())
            }
            Some(oid::P_384) => {
                let key =
                    p384::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| SignatureError::BadKey)?;
                p384::ecdsa::Signature::from_der(signature)
                    .is_ok_and(|it| key.verify_prehash(digest, &it).is_ok())
            }
            Some(oid::P_521) => {
                let key =
                    p521::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| SignatureError::BadKey)?;
                p521::ecdsa::Signature::from_der(signature)
                    .is_ok_and(|it| key.verify_prehash(digest, &it).is_ok())
            }
            other => return Err(SignatureError::Curve { found: other }),
        };
        if good { Ok(()) } else { Err(SignatureError::Wrong) }
    }
}

fn check_pkcs1(
    key: RsaPublicKey,
    hash: HashAlgorithm,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), SignatureError> {
    use rsa::pkcs1v15::{Signature, VerifyingKey};
    let signature = Signature::try_from(signature).map_err(|_| SignatureError::Wrong)?;
    let checked = match hash {
        HashAlgorithm::Sha256 => VerifyingKey::<Sha256>::new(key).verify_prehash(digest, &signature),
        HashAlgorithm::Sha384 => VerifyingKey::<Sha384>::new(key).verify_prehash(digest, &signature),
        HashAlgorithm::Sha512 => VerifyingKey::<Sha512>::new(key).verify_prehash(digest, &signature),
    };
    checked.map_err(|_| SignatureError::Wrong)
}

fn check_pss(
    key: RsaPublicKey,
    (hash, salt): (HashAlgorithm, usize),
    digest: &[u8],
    signature: &[u8],
) -> Result<(), SignatureError> {
    use rsa::pss::{Signature, VerifyingKey};
    let signature = Signature::try_from(signature).map_err(|_| SignatureError::Wrong)?;
    let checked = match hash {
        HashAlgorithm::Sha256 => {
            VerifyingKey::<Sha256>::new_with_salt_len(key, salt).verify_prehash(digest, &signature)
        }
        HashAlgorithm::Sha384 => {
            VerifyingKey::<Sha384>::new_with_salt_len(key, salt).verify_prehash(digest, &signature)
        }
        HashAlgorithm::Sha512 => {
            VerifyingKey::<Sha512>::new_with_salt_len(key, salt).verify_prehash(digest, &signature)
        }
    };
    checked.map_err(|_| SignatureError::Wrong)
}

/// A certificate or revocation list: what is signed, how, and the signature.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    pub message: &'a [u8],
    algorithm: AlgorithmIdentifierRef<'a>,
    signature: &'a [u8],
}

impl<'a> Signed<'a> {
    /// Reads `SEQUENCE { tbs SEQUENCE, signatureAlgorithm, signature BIT STRING }`.
    pub fn read(bytes: &'a [u8]) -> der::Result<Signed<'a>> {
        let mut fields = Element::read_sequence(bytes)?;
        let message = fields.take(Tag::Sequence)?.bytes;
        let algorithm = fields.decode()?;
        let signature: BitStringRef<'a> = fields.decode()?;
        fields.finish()?;
        let signature = signature
            .as_bytes()
            .ok_or_else(|| Tag::BitString.value_error().to_error())?;
        Ok(Signed {
            message,
            algorithm,
            signature,
        })
    }

    /// Whether it says outside of what is signed what it says inside.
    pub fn is_by(&self, inner: &AlgorithmIdentifierOwned) -> bool {
        AlgorithmIdentifierOwned::from(self.algorithm) == *inner
    }

    /// Checks that `key` made the signature.
    pub fn check(&self, key: PublicKey<'_>) -> Result<(), SignatureError> {
        let algorithm = Algorithm::read(&AlgorithmIdentifierOwned::from(self.algorithm))?;
        key.check(algorithm, self.message, self.signature)
    }
}

/// Why a signature is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The key did not make it.
    #[error("it is wrong")]
    Wrong,
    /// It is made in a way that is not believed, or contradicts itself.
    #[error("it is made by {found}, which is not supported as it is used here")]
    Algorithm {
        /// The algorithm.
        found: ObjectIdentifier,
    },
    /// The key is not one for such a signature.
    #[error("it is not one that a key of type {found} makes")]
    Key {
        /// The type of the key.
        found: ObjectIdentifier,
    },
    /// The key is on a curve that is not supported.
    #[error("its key is on a curve that is not supported: {}", .found.map_or("an own one".to_owned(), |it| it.to_string()))]
    Curve {
        /// The curve, if it has a name.
        found: Option<ObjectIdentifier>,
    },
    /// An RSA key of a size that is not believed.
    #[error("its RSA key has {bits} bits, not from {} to {}", RSA_BITS.start(), RSA_BITS.end())]
    RsaSize {
        /// Bits of the modulus.
        bits: u32,
    },
    /// The key cannot be read.
    #[error("its key is malformed")]
    BadKey,
}
