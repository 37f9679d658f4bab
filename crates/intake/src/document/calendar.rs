//! The words of an iCalendar object (RFC 5545).

/// What a person would search for: titles, descriptions, places, people.
pub(super) fn text(calendar: &str) -> String {
    let unfolded = calendar
        .replace("\r\n", "\n")
        .replace("\n ", "")
        .replace("\n\t", "");
    let mut out = String::new();
    for line in unfolded.lines() {
        let Some((property, value)) = line.split_once(':') else {
            continue;
        };
        let name = property
            .split(';')
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        match name.as_str() {
            "SUMMARY" | "DESCRIPTION" | "LOCATION" | "COMMENT" | "CATEGORIES" | "CONTACT" => {
                out.push_str(&unescaped(value));
            }
            "ORGANIZER" | "ATTENDEE" => {
                let named = property
                    .split(';')
                    .find_map(|parameter| parameter.strip_prefix("CN="));
                out.push_str(named.unwrap_or_default().trim_matches('"'));
                out.push(' ');
                out.push_str(value.rsplit(':').next().unwrap_or_default());
            }
            _ => continue,
        }
        out.push('\n');
    }
    out
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => {}
            },
            c => text.push(c),
        }
    }
    text
}
