//! Receipts: one file that proves one record to whoever has the original, as a client has the letter that was answered.
//!
//! A receipt is a proof of inclusion (C2SP tlog-proof) whose extra data, in JSON, opens the record's commitment for its
//! original alone. No signature covers the extra data, and none has to: it opens the commitment, or it does not.

use kronika_tlog::proof::{Proof, ProofFileError};
use serde::{Deserialize, Serialize};

use crate::opening::Opening;

/// Version of the extra data.
const VERSION: u8 = 1;

/// What the extra data of a receipt says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Extra {
    kronika_receipt: u8,
    key: String,
    opening: Opening,
}

/// A receipt.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The proof, without what else the receipt says.
    pub proof: Proof,
    /// The journal's public key, by the word of whoever made the receipt.
    pub key: String,
    /// What opens the commitment.
    pub opening: Opening,
}

/// Why a file is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// Not even a proof.
    #[error(transparent)]
    Proof(#[from] ProofFileError),
    /// A proof without an opening.
    #[error("the proof opens nothing: its extra data is missing")]
    Bare,
    /// The extra data is something else.
    #[error("the extra data is not that of a receipt: {0}")]
    Extra(#[from] serde_json::Error),
    /// Of a later version.
    #[error("the receipt has version {0}; this program knows {VERSION}")]
    Version(u8),
}

impl Receipt {
    /// Reads a file.
    ///
    /// # Errors
    /// If it is not a receipt.
    pub fn parse(text: &[u8]) -> Result<Receipt, ReceiptError> {
        let mut proof = Proof::parse(text)?;
        let extra: Extra = serde_json::from_slice(&proof.extra.take().ok_or(ReceiptError::Bare)?)?;
        match extra.kronika_receipt {
            VERSION => Ok(Receipt {
                proof,
                key: extra.key,
                opening: extra.opening,
            }),
            other => Err(ReceiptError::Version(other)),
        }
    }

    /// The file.
    ///
    /// # Errors
    /// If the opening cannot be written, which does not happen.
    pub fn to_file(&self) -> Result<String, ReceiptError> {
        let extra = Extra {
            kronika_receipt: VERSION,
            key: self.key.clone(),
            opening: self.opening.clone(),
        };
        let proof = Proof {
            extra: Some(serde_json::to_vec(&extra)?),
            ..self.proof.clone()
        };
        Ok(proof.to_string())
    }
}
