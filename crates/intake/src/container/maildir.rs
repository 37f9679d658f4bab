//! Maildir, which is known by its paths alone: `cur` and `new` hold messages, `tmp` what is still being delivered.

/// A file of a Maildir.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaildirPath {
    /// The folder as a person knows it: `INBOX`, `Sent`, `Archive/2024`.
    pub folder: String,
    /// The letters of its flags, such as `FS` for flagged and seen.
    pub flags: String,
    /// Still being delivered: not a message yet.
    pub temporary: bool,
}

/// What a path says, if it lies in a Maildir.
#[must_use]
pub fn maildir_path(path: &str) -> Option<MaildirPath> {
    let mut components = path.rsplit(['/', '\\']);
    let file = components
        .next()
        .filter(|file| !file.is_empty() && !file.starts_with('.'))?;
    let temporary = match components.next()? {
        "cur" | "new" => false,
        "tmp" => true,
        _ => return None,
    };
    // Separated by a colon, or where file systems forbid it by a semicolon or an exclamation mark.
    let flags = file
        .rsplit_once("2,")
        .filter(|(start, _)| start.ends_with([':', ';', '!', '-']));
    let flags = flags.map_or("", |(_, flags)| flags);
    let flags = flags.chars().filter(char::is_ascii_alphabetic).collect();
    // Maildir++ keeps folders side by side, named `.Parent.Child`.
    let folder = match components.next().and_then(|parent| parent.strip_prefix('.')) {
        Some(name) if !name.is_empty() => name.replace('.', "/"),
        _ => "INBOX".into(),
    };
    Some(MaildirPath {
        folder: crate::mail::mailbox_name(&folder),
        flags,
        temporary,
    })
}
