//! The written texts: who there is, and what they wrote to each other. `texts/FORMAT.md` says how they look.

mod fault;
mod parse;
mod party;
mod thread;

pub use fault::{Fault, Problem};
pub use party::{Directory, Language, Mailer, Party, Person, Somebody};
pub use thread::{Answer, Attachment, Bounce, Calendar, Html, Kind, Message, Options, Raw, Reply, Thread};

use include_dir::{Dir, DirEntry, include_dir};

static TEXTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/texts");

/// The folder of mail that belongs to no client.
pub const NO_CLIENT: &str = "_office";

/// Everything that was written, read but not yet checked against itself.
#[derive(Debug)]
pub struct Scripts {
    /// The office; its people are the staff.
    pub office: Party,
    /// The clients, by folder name.
    pub clients: Vec<Party>,
    /// All threads, by folder and file name.
    pub threads: Vec<Thread>,
    /// Broken messages, stored as they are.
    pub raws: Vec<Raw>,
}

impl Scripts {
    /// Reads the texts embedded in this program; tells every file that could not be read, not just the first.
    pub fn embedded() -> Result<Self, Vec<Fault>> {
        let mut files: Vec<(&str, &str)> = Vec::new();
        collect(&TEXTS, &mut files);
        files.sort_unstable();
        let mut faults = Vec::new();
        let mut office = None;
        let (mut clients, mut threads, mut raws) = (Vec::new(), Vec::new(), Vec::new());
        for (file, text) in files {
            let read = match file.rsplit_once('.').map(|(_, ending)| ending) {
                Some("toml") if file == "office.toml" => {
                    Party::read(file, text).map(|read| office = Some(read))
                }
                Some("toml") => Party::read(file, text).map(|read| clients.push(read)),
                Some("thread") => parse::thread(file, text).map(|read| threads.push(read)),
                Some("raw") => parse::raw(file, text).map(|read| raws.push(read)),
                _ => Ok(()),
            };
            faults.extend(read.err());
        }
        match office {
            Some(office) if faults.is_empty() => Ok(Self {
                office,
                clients,
                threads,
                raws,
            }),
            Some(_) => Err(faults),
            None => {
                faults.push(Fault::new("office.toml", 1, Problem::NoOffice));
                Err(faults)
            }
        }
    }
}

/// The UTF-8 files below `dir` with their paths.
fn collect<'a>(dir: &'a Dir<'a>, files: &mut Vec<(&'a str, &'a str)>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) => {
                files.extend(file.path().to_str().zip(file.contents_utf8()));
            }
        }
    }
}
