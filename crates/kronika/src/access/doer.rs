//! Who does something.

use super::{Person, Scope};

/// Whoever an act is by, and what they see: what a person does reaches no further than their sight.
#[derive(Clone, Copy)]
pub struct Doer<'a> {
    pub name: &'a str,
    pub scope: Scope<'a>,
}

impl<'a> From<&'a Person> for Doer<'a> {
    fn from(person: &'a Person) -> Doer<'a> {
        Doer {
            name: &person.name,
            // An act may have waited for others.
            scope: Scope::of(person).later(),
        }
    }
}

/// The program itself, or the command line, which opens the archive by its key and sees everything.
impl<'a> From<&'a str> for Doer<'a> {
    fn from(name: &'a str) -> Doer<'a> {
        Doer {
            name,
            scope: Scope::everything(),
        }
    }
}
