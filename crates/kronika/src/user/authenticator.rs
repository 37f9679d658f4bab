//! Codes of an authenticator app (TOTP, RFC 6238): six digits, new every 30 seconds.

use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

use super::act::{AccountError, note};
use super::event::{AccountEvent, Factor};
use super::store::Account;
use super::{By, recovery};
use crate::archive::Archive;
use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// A code lives for this long (seconds).
const STEP: u64 = 30;
/// Clocks may differ by so many steps.
const SKEW: u64 = 1;
/// A code of so many steps ago, or ahead, tells that a clock is wrong: ten minutes.
const RECOGNISED: u64 = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    Fits,
    Wrong,
    /// It was used before; the next one comes within half a minute.
    Used,
    /// It is right for another time: one of the clocks is wrong.
    OtherTime,
}

/// What a person enters into the app.
pub struct Enrolment {
    /// In base 32, for typing.
    pub secret: Zeroizing<String>,
    /// For the app's camera.
    pub url: Zeroizing<String>,
}

struct Kept {
    secret: Zeroizing<Vec<u8>>,
    confirmed: bool,
    last_step: i64,
}

fn totp(secret: &[u8], name: &str) -> Totp {
    // A colon would end the name.
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(0)
        .with_step_duration(STEP)
        .with_secret(secret.to_vec())
        .with_account_name(name.replace(':', " "))
        .with_issuer(Some("Kronika"))
        .build_noncompliant()
}

fn bound_to(account: AccountId) -> Vec<u8> {
    format!("authenticator/{account}").into_bytes()
}

/// Begins to add an authenticator: it counts once a code of it was given. Begun again, there is a new secret.
pub async fn begin(archive: &Archive, account: &Account) -> Result<Enrolment, AccountError> {
    const SQL: &str =
        "INSERT INTO local_authenticator (account_id, sealed_secret, last_step) VALUES ($1, $2, 0)
        ON CONFLICT (account_id) DO UPDATE SET sealed_secret = excluded.sealed_secret
        WHERE local_authenticator.confirmed_at IS NULL";
    let secret = Zeroizing::new(rand::random::<[u8; 20]>());
    let sealed = archive.keyring.seal(secret.as_slice(), &bound_to(account.id));
    let mut tx = archive.db.begin().await?;
    on_db!(tx, c => sqlx::query(SQL).bind(account.id.0).bind(sealed).execute(c).await.map(drop))?;
    tx.commit().await?;
    begun(archive, account).await?.ok_or(AccountError::FactorExists)
}

/// What [`begin`] made and nobody confirmed yet.
pub async fn begun(archive: &Archive, account: &Account) -> Result<Option<Enrolment>, AccountError> {
    let kept = kept(archive, &mut archive.db.read().await?, account.id).await?;
    let Some(kept) = kept.filter(|kept| !kept.confirmed) else {
        return Ok(None);
    };
    let totp = totp(&kept.secret, &account.name);
    let url = totp
        .to_url()
        .map_err(|error| StorageError::Inconsistent(format!("a name does not fit an address: {error}")))?;
    Ok(Some(Enrolment {
        secret: Zeroizing::new(Secret::from(kept.secret.to_vec()).to_base32()),
        url: Zeroizing::new(url),
    }))
}

/// Ends what [`begin`] began when the code fits: from now on a password alone does not let anybody in. Gives fresh
/// recovery codes.
pub async fn confirm(
    archive: &Archive,
    account: &Account,
    code: &str,
) -> Result<Result<Vec<String>, Checked>, AccountError> {
    const SQL: &str =
        "UPDATE local_authenticator SET confirmed_at = $2 WHERE account_id = $1 AND confirmed_at IS NULL";
    let mut tx = archive.db.begin_recording().await?;
    if is_on(&mut tx, account.id).await? {
        return Err(AccountError::FactorExists);
    }
    let checked = spend(archive, &mut tx, account.id, code).await?;
    if checked != Checked::Fits {
        tx.give_up().await?;
        return Ok(Err(checked));
    }
    let now = archive.clock.now();
    on_db!(tx, c => sqlx::query(SQL).bind(account.id.0).bind(now).execute(c).await.map(drop))?;
    let factor = Factor::Authenticator;
    let event = (account.id, AccountEvent::FactorAdded { factor });
    note(archive, &mut tx, event, By::Person(account)).await?;
    let codes = recovery::renew_within(archive, &mut tx, account).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(Ok(codes))
}

/// Whether an account has a confirmed authenticator.
pub async fn is_on(conn: &mut Conn, account: AccountId) -> Result<bool, StorageError> {
    const SQL: &str =
        "SELECT COUNT(*) FROM local_authenticator WHERE account_id = $1 AND confirmed_at IS NOT NULL";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(account.0).fetch_one(c).await)?;
    Ok(count > 0)
}

/// [`spend`] in a transaction of its own.
pub async fn spend_one(archive: &Archive, account: AccountId, code: &str) -> Result<Checked, AccountError> {
    let mut tx = archive.db.begin().await?;
    let checked = spend(archive, &mut tx, account, code).await?;
    tx.commit().await?;
    Ok(checked)
}

/// Checks a code; one that fits, and all before it, do not fit again.
async fn spend(
    archive: &Archive,
    conn: &mut Conn,
    account: AccountId,
    code: &str,
) -> Result<Checked, AccountError> {
    // The condition lets only one of two through that bring the same code at once.
    const SQL: &str =
        "UPDATE local_authenticator SET last_step = $2 WHERE account_id = $1 AND last_step < $2";
    let Some(kept) = kept(archive, conn, account).await? else {
        return Ok(Checked::Wrong);
    };
    let (checked, step) = check(&kept, code, archive.clock.now());
    if checked != Checked::Fits {
        return Ok(checked);
    }
    let spent = on_db!(conn, c => sqlx::query(SQL).bind(account.0).bind(step).execute(c).await
        .map(|done| done.rows_affected()))?;
    Ok(if spent > 0 { Checked::Fits } else { Checked::Used })
}

fn check(kept: &Kept, code: &str, now: i64) -> (Checked, i64) {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = totp(&kept.secret, "");
    let current = u64::try_from(now / 1_000_000).unwrap_or(0) / STEP;
    let mut found = (Checked::Wrong, 0);
    // Nearest last, so that it is what stays.
    for away in (0..=RECOGNISED).rev() {
        for step in [current.saturating_sub(away), current + away] {
            if totp.check(&code, step * STEP).is_none() {
                continue;
            }
            let number = i64::try_from(step).unwrap_or(i64::MAX);
            let checked = match away {
                0..=SKEW if number > kept.last_step => Checked::Fits,
                0..=SKEW => Checked::Used,
                _ => Checked::OtherTime,
            };
            found = (checked, number);
        }
    }
    found
}

async fn kept(archive: &Archive, conn: &mut Conn, account: AccountId) -> Result<Option<Kept>, AccountError> {
    const SQL: &str =
        "SELECT sealed_secret, confirmed_at, last_step FROM local_authenticator WHERE account_id = $1";
    let row: Option<(Vec<u8>, Option<i64>, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_optional(c).await)?;
    let Some((sealed, confirmed_at, last_step)) = row else {
        return Ok(None);
    };
    let secret = archive.keyring.open_sealed(sealed, &bound_to(account))?;
    Ok(Some(Kept {
        secret,
        confirmed: confirmed_at.is_some(),
        last_step,
    }))
}

/// Takes the authenticator away, and with it the recovery codes: from now on the password alone lets in.
pub async fn remove(archive: &Archive, account: &Account) -> Result<(), AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    if is_on(&mut tx, account.id).await? {
        let factor = Factor::Authenticator;
        let event = (account.id, AccountEvent::FactorRemoved { factor });
        note(archive, &mut tx, event, By::Person(account)).await?;
    }
    forget(&mut tx, account.id).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

pub(super) async fn forget(conn: &mut Conn, account: AccountId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_authenticator WHERE account_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).execute(c).await.map(drop))?;
    recovery::forget(conn, account).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_348_810_000_000;

    fn kept(last_step: i64) -> Kept {
        Kept {
            secret: Zeroizing::new(b"12345678901234567890".to_vec()),
            confirmed: true,
            last_step,
        }
    }

    fn code(seconds_later: i64) -> String {
        let at = u64::try_from(NOW / 1_000_000 + seconds_later).unwrap();
        totp(&kept(0).secret, "").generate(at).to_string()
    }

    #[test]
    fn a_code_fits_while_clocks_differ_by_one_step_and_tells_when_they_differ_by_more() {
        let result = |seconds| check(&kept(0), &code(seconds), NOW).0;

        for seconds in [-30, 0, 30] {
            assert_eq!(result(seconds), Checked::Fits, "{seconds}");
        }
        for seconds in [-600, -90, 90, 600] {
            assert_eq!(result(seconds), Checked::OtherTime, "{seconds}");
        }
        assert_eq!(result(86_400), Checked::Wrong);
        for wrong in ["", "12345", "1234567", "abcdef", "٠١٢٣٤٥"] {
            assert_eq!(check(&kept(0), wrong, NOW).0, Checked::Wrong, "{wrong}");
        }
        let spaced = format!(" {} {}", &code(0)[..3], &code(0)[3..]);
        assert_eq!(check(&kept(0), &spaced, NOW).0, Checked::Fits);
    }

    #[test]
    fn a_code_and_those_before_it_do_not_fit_again() {
        let step = NOW / 1_000_000 / 30;

        assert_eq!(check(&kept(step), &code(0), NOW).0, Checked::Used);
        assert_eq!(check(&kept(step), &code(-30), NOW).0, Checked::Used);
        assert_eq!(check(&kept(step), &code(30), NOW).0, Checked::Fits);
    }
}
