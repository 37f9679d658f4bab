//! Passwords that somebody would guess, told without asking anybody.
//!
//! `zxcvbn` knows the most frequent passwords of large breaches, English words, keyboards, dates and repetitions, but
//! little of our languages; `weak_words.txt` adds what people here choose.

use std::sync::LazyLock;

use kronika_lexicon::fold;
use zxcvbn::{Score, zxcvbn};

use super::password::{LONGEST, PasswordError, SHORTEST};

static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut words = Vec::new();
    for word in include_str!("weak_words.txt").split_whitespace() {
        let folded = fold(word);
        if folded != word {
            words.push(folded);
        }
        words.push(word.to_owned());
    }
    words
});

/// Refuses a password that is too short, or that would be guessed within 10^10 tries by someone who knows `own`: the
/// person's name, the firm's domains.
pub fn judge(password: &str, own: &[&str]) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordError::TooShort);
    }
    if length > LONGEST {
        return Err(PasswordError::TooLong);
    }
    let known: Vec<&str> = WORDS.iter().map(String::as_str).collect();
    if is_weak(password, &known) || is_weak(&russian_keys(password), &known) {
        return Err(PasswordError::Guessable);
    }
    let pieces: Vec<String> = own
        .iter()
        .flat_map(|own| own.split(|c: char| !c.is_alphanumeric()).chain([*own]))
        .filter(|piece| piece.chars().count() >= 3)
        .flat_map(|piece| [piece.to_lowercase(), fold(piece)])
        .collect();
    // First, because the rank of a word is its cost.
    let with_own: Vec<&str> = pieces.iter().map(String::as_str).chain(known).collect();
    if is_weak(password, &with_own) {
        return Err(PasswordError::Own);
    }
    Ok(())
}

fn is_weak(password: &str, words: &[&str]) -> bool {
    zxcvbn(password, words).score() < Score::Four
}

/// What the same keys write on a Russian keyboard: `gfhjkm` is `пароль`, and guessers know that.
fn russian_keys(text: &str) -> String {
    const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
    const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";
    let russian = |c: char| {
        let lower = c.to_ascii_lowercase();
        let key = LATIN.chars().position(|latin| latin == lower);
        key.and_then(|key| RUSSIAN.chars().nth(key)).unwrap_or(c)
    };
    text.chars().map(russian).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> bool {
        judge(password, &["ewa.nowak", "lipowa7.example"]).is_err()
    }

    #[test]
    fn what_everybody_chooses_is_refused_in_every_language() {
        for password in [
            "1234567890",
            "qwertyuiop",
            "password123",
            "Password2024!",
            "zaq12wsxcde3",
            "hasło12345",
            "haslohaslo",
            "Polska2026!",
            "warszawa123",
            "agnieszka1",
            "kochanie12",
            "poniedziałek1",
            "slovensko1",
            "Bratislava2026",
            "heslo12345",
            "zlaticko123",
            "milacik2025",
            "парольпароль",
            "пароль12345",
            "Москва2026",
            "люблютебя1",
            "наташа1990",
            "gfhjkm12345",
            "ghbdtnghbdtn",
            "йцукенгшщз",
            "aaaaaaaaaaaa",
            "abcdefghij",
            "11.02.1990",
            "kronika2026",
            "LetMeIn2026!!",
        ] {
            assert!(refused(password), "{password}");
        }
    }

    #[test]
    fn what_nobody_guesses_is_taken() {
        for password in [
            "correct horse battery",
            "kaktus lampa rower",
            "a password for measuring",
            "a long sentence nobody guesses",
            "cztery stare buty pod wanną",
            "štyri staré topánky",
            "синий трактор едет лесом",
            "kT9#vLq2!xWz",
            "abcd-mnpq-7xyz-hjk3-wvut",
        ] {
            assert!(!refused(password), "{password}");
        }
    }

    #[test]
    fn ones_own_name_and_firm_do_not_make_a_password() {
        let own = ["zdzislawa.brzeczyszczykiewicz", "stolarniabukowska.example"];
        for password in ["brzeczyszczykiewicz1", "stolarniabukowska", "Stolarniabukowska26"] {
            assert!(
                matches!(judge(password, &own), Err(PasswordError::Own)),
                "{password}"
            );
            assert!(judge(&format!("{password} fyzzle grompt"), &own).is_ok());
        }
    }

    #[test]
    fn a_password_has_a_shortest_and_a_longest_length() {
        assert!(matches!(judge("kT9#vLq2!", &[]), Err(PasswordError::TooShort)));
        assert!(matches!(
            judge(&"kT9#vLq2!".repeat(100), &[]),
            Err(PasswordError::TooLong)
        ));
    }
}
