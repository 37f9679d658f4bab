//! A verdict as text, for somebody who has to explain it in court.

use std::fmt::Write;

use kronika_evidence::Verdict;
use kronika_evidence::verify::{Claim, ItemVerdict, Overall, Status};

/// Width of a line.
const WIDTH: usize = 100;

/// The whole report.
pub fn text(verdict: &Verdict) -> String {
    let mut text = String::new();
    let overall = match verdict.overall {
        Overall::Sound => "SOUND: what could be checked holds.",
        Overall::Damaged => "DAMAGED: something does not hold; see what is marked FAILS.",
        Overall::CouldNotCheck => {
            "COULD NOT BE CHECKED: nothing was found wrong, but something essential is missing."
        }
    };
    line(&mut text, &format!("Package {}", shown(&verdict.package)));
    line(&mut text, overall);
    for claim in &verdict.claims {
        add_claim(&mut text, claim);
    }
    if verdict.items.is_empty() {
        return text;
    }
    line(&mut text, "");
    line(&mut text, &format!("Items ({})", verdict.items.len()));
    for item in &verdict.items {
        add_item(&mut text, item);
    }
    text
}

fn add_claim(text: &mut String, claim: &Claim) {
    line(text, "");
    line(
        text,
        &format!("{:<11}  {}", word(claim.status), claim.name.title()),
    );
    for sentence in &claim.sentences {
        indented(text, "             ", sentence);
    }
    for key in &claim.keys {
        indented(text, "             rests on ", key);
    }
    for problem in &claim.problems {
        indented(text, "             WRONG ", problem);
    }
    if claim.more_problems > 0 {
        indented(
            text,
            "             WRONG ",
            &format!("and {} more", claim.more_problems),
        );
    }
}

fn add_item(text: &mut String, item: &ItemVerdict) {
    let unknown = || "unknown".to_owned();
    line(
        text,
        &format!(
            "{:<11}  {:06}  entry {}, logged {} by the archive's clock",
            word(item.status),
            item.number,
            item.journal_index,
            shown(&item.logged_at)
        ),
    );
    if item.present_by.is_some() || item.absent_at.is_some() {
        let absent = item.absent_at.clone().unwrap_or_else(unknown);
        let present = item.present_by.clone().unwrap_or_else(unknown);
        let seen = format!("seen by others: not yet there {absent}, there {present}");
        indented(text, "             ", &seen);
    }
    for hole in &item.withheld {
        indented(text, "             withheld ", hole);
    }
    for problem in &item.problems {
        indented(text, "             WRONG ", problem);
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Holds => "holds",
        Status::Fails => "FAILS",
        Status::NotChecked => "not checked",
    }
}

/// Writes words, as many in a line as fit.
fn indented(text: &mut String, prefix: &str, words: &str) {
    let margin = " ".repeat(prefix.len());
    let mut current = prefix.to_owned();
    let mut is_fresh = true;
    for word in shown(words).split(' ') {
        if !is_fresh && current.chars().count() + 1 + word.chars().count() > WIDTH {
            line(text, &current);
            current = margin.clone();
            is_fresh = true;
        }
        if !is_fresh {
            current.push(' ');
        }
        current.push_str(word);
        is_fresh = false;
    }
    line(text, &current);
}

/// What comes from the package must not steer the terminal, nor turn the direction of the text around.
fn shown(text: &str) -> String {
    let safe = |character: char| {
        if character.is_control() || turns(character) {
            '\u{FFFD}'
        } else {
            character
        }
    };
    text.chars().map(safe).collect()
}

/// The characters of Unicode that turn around what is shown after them (UAX 9).
fn turns(character: char) -> bool {
    matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn line(text: &mut String, line: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}
