//! What every page has around its own content.

use std::fmt;

use askama::filters::HtmlSafe;

use super::kinds::Instant;
use crate::access::Right;
use crate::web::assets;
use crate::web::dates::{Clock, Moment};
use crate::web::locale::{Locale, Text, t};

/// Light, dark, or as the device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Device,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Device, Theme::Light, Theme::Dark];

    /// As the settings form sends it and `<html data-theme>` carries it.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            Theme::Device => "theme-device",
            Theme::Light => "theme-light",
            Theme::Dark => "theme-dark",
        }
    }
}

/// The place in the rail that is lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Grants,
    Clients,
    Inbox,
    Search,
    Evidence,
    Settings,
    Elsewhere,
}

impl Place {
    /// The name the rail's template knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Place::Grants => "grants",
            Place::Clients => "clients",
            Place::Inbox => "inbox",
            Place::Search => "search",
            Place::Evidence => "evidence",
            Place::Settings => "settings",
            Place::Elsewhere => "",
        }
    }
}

/// The frame of a page: who sees it, in which language, when, and where in the house it is.
#[derive(Clone, Debug)]
pub struct Page {
    pub clock: Clock,
    pub theme: Theme,
    /// Name of the person signed in; without one there is no rail.
    pub person: Option<String>,
    /// What that person may do: what they may not is not offered.
    pub rights: Vec<Right>,
    /// How many interactions wait in the inbox.
    pub inbox: u64,
    /// How many rules of communication the person has yet to accept.
    pub guidelines: u64,
    /// Other archives the person may switch to; `None` when the server answers for one only.
    pub archives: Option<Archives>,
    /// What is open to the person, when they are from outside; `None` for everybody else.
    pub outside: Option<Outside>,
    pub place: Place,
}

/// How much is open to somebody from outside now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Some client, or all of them.
    pub clients: bool,
    /// Anything at all.
    pub anything: bool,
}

/// The archive a page is of, among those of the same server.
#[derive(Clone, Debug)]
pub struct Archives {
    pub here: String,
    pub others: Vec<OtherArchive>,
}

#[derive(Clone, Debug)]
pub struct OtherArchive {
    /// What its people call it.
    pub title: String,
    pub url: String,
}

/// An icon of the bundled sprite; the name of what it means stands beside it as text.
pub struct Icon {
    name: String,
}

impl HtmlSafe for Icon {}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sprite, name) = (assets::path("icons.svg"), &self.name);
        write!(
            f,
            r##"<svg class="icon" aria-hidden="true"><use href="{sprite}#{name}"></use></svg>"##
        )
    }
}

impl Page {
    /// The frame of a page for somebody who is not signed in.
    pub fn for_nobody(clock: Clock) -> Page {
        Page {
            clock,
            theme: Theme::Device,
            person: None,
            rights: Vec::new(),
            inbox: 0,
            guidelines: 0,
            archives: None,
            outside: None,
            place: Place::Elsewhere,
        }
    }

    /// A text in the person's language.
    pub fn t(&self, key: &'static str) -> Text {
        t(self.clock.locale, key)
    }

    pub fn locale(&self) -> Locale {
        self.clock.locale
    }

    /// Where a person begins.
    pub fn home(&self) -> &'static str {
        match self.outside {
            Some(_) => "/grants",
            None => "/clients",
        }
    }

    pub fn is_outside(&self) -> bool {
        self.outside.is_some()
    }

    pub fn sees_clients(&self) -> bool {
        self.outside.is_none_or(|outside| outside.clients)
    }

    pub fn may_search(&self) -> bool {
        self.outside.is_none_or(|outside| outside.anything)
    }

    pub fn may_accept_guidelines(&self) -> bool {
        self.rights.contains(&Right::AcceptGuidelines)
    }

    pub fn may_write_guidelines(&self) -> bool {
        self.rights.contains(&Right::WriteGuidelines)
    }

    pub fn may_manage_people(&self) -> bool {
        self.rights.contains(&Right::ManagePeople)
    }

    pub fn may_see_log(&self) -> bool {
        self.rights.contains(&Right::SeeLog)
    }

    pub fn may_record(&self) -> bool {
        self.rights.contains(&Right::Record)
    }

    pub fn may_make_evidence(&self) -> bool {
        self.rights.contains(&Right::MakeEvidence)
    }

    pub fn may_assign(&self) -> bool {
        self.rights.contains(&Right::Assign)
    }

    pub fn may_manage_clients(&self) -> bool {
        self.rights.contains(&Right::ManageClients)
    }

    pub fn may_manage_access(&self) -> bool {
        self.rights.contains(&Right::ManageAccess)
    }

    pub fn may_configure(&self) -> bool {
        self.rights.contains(&Right::Configure)
    }

    pub fn may_verify(&self) -> bool {
        self.rights.contains(&Right::Verify)
    }

    pub fn icon(&self, name: &str) -> Icon {
        Icon {
            name: name.to_owned(),
        }
    }

    pub fn asset(&self, name: &str) -> &'static str {
        assets::path(name)
    }

    /// A whole number, grouped.
    pub fn number(&self, value: &u64) -> String {
        self.clock.locale.number(*value)
    }

    pub fn ago(&self, at: &Instant) -> Moment {
        self.clock.ago(*at)
    }

    pub fn time(&self, at: &Instant) -> Moment {
        self.clock.time(*at)
    }

    pub fn day(&self, at: &Instant) -> Moment {
        self.clock.day(*at)
    }

    pub fn full(&self, at: &Instant) -> Moment {
        self.clock.full(*at)
    }

    pub fn heading(&self, at: &Instant) -> Text {
        self.clock.heading(*at)
    }

    /// A size in the unit a person would use, with one decimal below ten: `640 KB`, `2.4 MB`.
    pub fn size(&self, bytes: &u64) -> Text {
        let (key, unit) = match *bytes {
            0..1_000 => return self.t("size-bytes").arg("count", bytes),
            1_000..1_000_000 => ("size-kilobytes", 1_000.0),
            1_000_000..1_000_000_000 => ("size-megabytes", 1_000_000.0),
            _ => ("size-gigabytes", 1_000_000_000.0),
        };
        let amount = *bytes as f64 / unit;
        let decimals = usize::from(amount < 10.0);
        let point = if self.clock.locale == Locale::En { "." } else { "," };
        self.t(key).arg(
            "amount",
            format!("{amount:.decimals$}").replace('.', point).as_str(),
        )
    }
}
