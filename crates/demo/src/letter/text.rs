//! The text of a message: what was written, the signature, the quoted history.

use crate::script::Mailer;

/// How many earlier messages a reply carries.
const LEVELS: usize = 3;
/// Where Thunderbird breaks lines.
const COLUMNS: usize = 76;

/// The text of a message, in the pieces that plain text and HTML set differently.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// What was written.
    pub own: String,
    /// Signature, may be empty.
    pub signature: String,
    /// The message answered first, then what that one answered.
    pub history: Vec<Turn>,
    /// Whether a line `-- ` stands above the signature.
    pub dashes: bool,
}

/// One quoted message.
#[derive(Debug, Clone)]
pub struct Turn {
    /// "W dniu … pisze:"
    pub attribution: String,
    /// Text and signature.
    pub said: String,
    /// Whether its lines get a `>`.
    pub marked: bool,
}

impl Text {
    /// A text in the manner of `mailer`, which breaks lines if `plain` is all there is.
    pub fn new(mailer: Mailer, own: &str, signature: &str, plain: bool) -> Self {
        let breaks = plain && mailer == Mailer::Thunderbird;
        Self {
            own: if breaks { wrapped(own) } else { own.to_owned() },
            signature: signature.trim_matches('\n').to_owned(),
            history: Vec::new(),
            dashes: matches!(mailer, Mailer::Thunderbird | Mailer::Gmail),
        }
    }

    /// What a reply to this message quotes, below `attribution`.
    pub fn quoted(&self, attribution: String, marked: bool) -> Vec<Turn> {
        let mut said = self.own.clone();
        if !self.signature.is_empty() {
            said.push_str(if self.dashes { "\n\n-- \n" } else { "\n\n" });
            said.push_str(&self.signature);
        }
        let mut history = vec![Turn {
            attribution,
            said,
            marked,
        }];
        history.extend(self.history.iter().take(LEVELS - 1).cloned());
        history
    }

    /// Everything as plain text.
    pub fn plain(&self) -> String {
        let mut out = self.own.clone();
        out.push('\n');
        if !self.signature.is_empty() {
            out.push_str(if self.dashes { "\n-- \n" } else { "\n" });
            out.push_str(&self.signature);
            out.push('\n');
        }
        if !self.history.is_empty() {
            out.push('\n');
            out.push_str(&quote(&self.history));
        }
        out
    }

    /// The text with every piece changed by `change`.
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        let turn = |turn: &Turn| Turn {
            attribution: change(&turn.attribution),
            said: change(&turn.said),
            marked: turn.marked,
        };
        Self {
            own: change(&self.own),
            signature: change(&self.signature),
            history: self.history.iter().map(turn).collect(),
            dashes: self.dashes,
        }
    }
}

/// The first turn with the later ones inside its quote.
fn quote(turns: &[Turn]) -> String {
    let Some((turn, rest)) = turns.split_first() else {
        return String::new();
    };
    let mut inner = format!("{}\n", turn.said);
    if !rest.is_empty() {
        inner.push('\n');
        inner.push_str(&quote(rest));
    }
    let mut out = format!("{}\n", turn.attribution);
    for line in inner.lines() {
        match (turn.marked, line) {
            (false, _) => out.push_str(line),
            (true, "") => out.push('>'),
            (true, line) if line.starts_with('>') => out.push_str(&format!(">{line}")),
            (true, line) => out.push_str(&format!("> {line}")),
        }
        out.push('\n');
    }
    out
}

/// Width of what begins a list item, `- ` or `1. `; 0 of any other line.
fn marker_width(line: &str) -> usize {
    let marker = line.split_inclusive(' ').next().unwrap_or("");
    let number = marker
        .trim_end()
        .strip_suffix('.')
        .or_else(|| marker.trim_end().strip_suffix(')'));
    let numbered =
        number.is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()));
    if numbered || marker == "- " {
        marker.len()
    } else {
        0
    }
}

/// `text` with lines of at most 76 characters where blanks allow it; a list item's next lines are indented.
fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.chars().count() <= COLUMNS {
            lines.push(line.to_owned());
            continue;
        }
        let indent = " ".repeat(marker_width(line));
        let mut current = String::new();
        for word in line.split(' ') {
            let longer = current.chars().count() + 1 + word.chars().count();
            if longer > COLUMNS && !current.trim().is_empty() {
                lines.push(std::mem::replace(&mut current, format!("{indent}{word}")));
            } else {
                if !current.is_empty() {
                    current.push(' ');
                }
                current.push_str(word);
            }
        }
        lines.push(current);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(own: &str) -> Text {
        Text::new(Mailer::Thunderbird, own, "Ewa", true)
    }

    #[test]
    fn long_list_items_are_broken_under_their_text() {
        let text = plain(&format!("1. {}", "słowo ".repeat(20).trim_end()));

        let lines: Vec<&str> = text.own.lines().collect();

        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("   słowo"));
        assert!(lines.iter().all(|line| line.chars().count() <= COLUMNS));
    }

    #[test]
    fn quotes_nest_and_end_after_three_levels() {
        let mut text = plain("0");
        for level in 1..=5 {
            let history = text.quoted(format!("{level} pisze:"), true);
            text = Text {
                history,
                ..plain(&level.to_string())
            };
        }

        let plain = text.plain();

        assert!(plain.contains("\n> 4\n"));
        assert!(plain.contains("\n>>> 2\n"));
        assert!(!plain.contains(">>>>"), "{plain}");
    }
}
