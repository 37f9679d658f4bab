//! Names that mean the same to every system and lead nowhere but into the package.

/// Most characters of a name.
pub const MAX_NAME: usize = 200;

/// Checks the name of an entry: elements of ASCII letters, digits, `.`, `_` and `-`, parted by `/`.
///
/// # Errors
/// Says what is wrong with it.
pub fn check_name(name: &str) -> Result<(), NameError> {
    let refuse = |why| {
        let name = name.chars().take(MAX_NAME).collect();
        Err(NameError { name, why })
    };
    if name.len() > MAX_NAME {
        return refuse("longer than 200 characters");
    }
    if !name.bytes().all(is_allowed) {
        return refuse("other characters than letters, digits and ./_-");
    }
    if name.split('/').any(|element| element.is_empty()) {
        return refuse("an element without characters, so it may be absolute or a folder");
    }
    if name.split('/').any(|element| element.ends_with('.')) {
        return refuse("an element that ends in a dot");
    }
    if name.split('/').any(is_device) {
        return refuse("an element that is a device on Windows");
    }
    Ok(())
}

fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'_' | b'-')
}

fn is_device(element: &str) -> bool {
    let stem = element.split('.').next().unwrap_or(element).to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let number = stem.strip_prefix(prefix).unwrap_or("");
        number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// A name that no entry may have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the name {name:?} has {why}")]
pub struct NameError {
    /// The name, or its beginning.
    pub name: String,
    /// What is wrong.
    pub why: &'static str,
}
