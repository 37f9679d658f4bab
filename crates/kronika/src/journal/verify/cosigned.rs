//! The witnesses' signatures, each checked again under the checkpoint that it stands by.
//!
//! A cosignature is in no entry of the journal, so one that is gone is not missed here: the witness remembers it.

use kronika_tlog::note::{Note, VerifierKey};

use super::{Report, VerifyError};
use crate::journal::cosign::Cosigned;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Cosignatures at a time.
const PAGE: i64 = 500;

type Row = (i64, String, i64, String, Option<String>);

pub async fn check(conn: &mut Conn, report: &mut Report) -> Result<(), VerifyError> {
    let mut after = (i64::MIN, String::new(), i64::MIN);
    loop {
        let rows = page(conn, &after).await?;
        let Some((size, witness, at, ..)) = rows.last() else {
            return Ok(());
        };
        after = (*size, witness.clone(), *at);
        for (size, witness, cosigned_at, line, note) in rows {
            let cosigned = Cosigned {
                witness,
                cosigned_at,
                line,
            };
            if let Err(why) = holds(&cosigned, note.as_deref()) {
                let name = cosigned.witness.split('+').next().unwrap_or_default();
                report.blame(format!(
                    "the cosignature of {name} over {size} entries does not hold: {why}"
                ));
            }
        }
    }
}

async fn page(conn: &mut Conn, (size, witness, at): &(i64, String, i64)) -> Result<Vec<Row>, StorageError> {
    const SQL: &str = "SELECT s.size, s.witness, s.cosigned_at, s.line, p.note FROM journal_cosignature s
        LEFT JOIN journal_checkpoint p ON p.size = s.size
        WHERE s.size > $1 OR (s.size = $1 AND (s.witness > $2 OR (s.witness = $2 AND s.cosigned_at > $3)))
        ORDER BY s.size, s.witness, s.cosigned_at LIMIT $4";
    on_db!(conn, c => {
        sqlx::query_as(SQL).bind(*size).bind(witness.clone()).bind(*at).bind(PAGE).fetch_all(c).await
    })
}

fn holds(cosigned: &Cosigned, note: Option<&str>) -> Result<(), String> {
    let note = note.ok_or("there is no such checkpoint")?;
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let mut note = Note::parse(note.as_bytes()).map_err(|error| said(&error))?;
    let key: VerifierKey = cosigned.witness.parse().map_err(|error| said(&error))?;
    let line = cosigned.line.parse().map_err(|error| said(&error))?;
    note.add(line).map_err(|error| said(&error))?;
    let verified = note
        .verify(std::slice::from_ref(&key))
        .map_err(|error| said(&error))?;
    let seconds = verified.first().and_then(|one| one.cosigned_at);
    let at = seconds.map(|seconds| seconds.cast_signed().saturating_mul(1_000_000));
    if at == Some(cosigned.cosigned_at) {
        Ok(())
    } else {
        Err("the table names another time than the witness signed".to_owned())
    }
}
