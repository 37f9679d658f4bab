//! A client's history, newest first, by day.

use askama::Template;

use super::kinds::{Channel, Direction, Instant};
use super::link::{Chip, link};
use super::page::Page;
use super::row::Row;

/// Which part of the history is shown. All of it stands in the address, so a filtered view can be sent to a colleague.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub channel: Option<Channel>,
    pub direction: Option<Direction>,
    pub attachment: bool,
    pub q: String,
}

impl Filter {
    /// Whether anything is left out.
    pub fn active(&self) -> bool {
        self.channel.is_some() || self.direction.is_some() || self.attachment || !self.q.is_empty()
    }

    /// The address of `path` under this filter, from the entry `before` on.
    pub fn link(&self, path: &str, before: &str) -> String {
        let values = [
            ("channel", self.channel.map_or("", Channel::name)),
            ("direction", self.direction.map_or("", Direction::name)),
            ("attachment", if self.attachment { "1" } else { "" }),
            ("q", self.q.as_str()),
            ("before", before),
        ];
        link(path, &values)
    }
}

/// How many interactions a client has of each kind, under no filter.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Only the channels that occur.
    pub channels: Vec<(Channel, u64)>,
    pub inbound: u64,
    pub outbound: u64,
    pub internal: u64,
    pub attachments: u64,
}

/// A line of the timeline: the heading of a day, or an interaction.
#[derive(Clone, Debug)]
pub enum Line {
    Day(Instant),
    Row(Row),
}

/// A stretch of one client's history.
#[derive(Clone, Debug)]
pub struct Timeline {
    pub client: String,
    pub filter: Filter,
    pub lines: Vec<Line>,
    /// Whether this is one thread under its last message.
    of_thread: bool,
    /// The key to ask for the next stretch with; none at the beginning of the history.
    pub next: Option<String>,
}

/// `GET /clients/{id}/_timeline`: the next stretch, or with `thread={interaction}` the older messages of one thread.
#[derive(Template)]
#[template(path = "client/_timeline.html")]
pub struct TimelineRows {
    pub page: Page,
    pub timeline: Timeline,
}

impl Timeline {
    /// Puts a heading where a new day begins. `previous` is the claimed time of the line above this stretch.
    pub fn new(
        page: &Page,
        client: &str,
        filter: Filter,
        rows: Vec<Row>,
        previous: Option<Instant>,
    ) -> Timeline {
        let mut lines = Vec::with_capacity(rows.len() + 8);
        let mut day = previous.map(|at| page.clock.date(at));
        for row in rows {
            let date = page.clock.date(row.claimed_at);
            if day != Some(date) {
                lines.push(Line::Day(row.claimed_at));
            }
            day = Some(date);
            lines.push(Line::Row(row));
        }
        Timeline {
            client: client.to_owned(),
            filter,
            lines,
            of_thread: false,
            next: None,
        }
    }

    /// Says how to go on from here.
    #[must_use]
    pub fn continued(mut self, next: Option<String>) -> Timeline {
        self.next = next;
        self
    }

    /// Older messages of one thread, for the place under its last one: no headings, and nothing follows.
    pub fn thread(client: &str, rows: Vec<Row>) -> Timeline {
        let lines = rows.into_iter().map(Line::Row).collect();
        Timeline {
            client: client.to_owned(),
            filter: Filter::default(),
            lines,
            of_thread: true,
            next: None,
        }
    }

    /// Whether each line has its own date, as there are no headings.
    pub(super) fn dated(&self) -> bool {
        self.of_thread
    }

    pub fn path(&self) -> String {
        format!("/clients/{}", self.client)
    }

    /// Where the next stretch is as a page of its own, and as a fragment.
    pub fn next_links(&self) -> Option<(String, String)> {
        let next = self.next.as_deref()?;
        let page = self.filter.link(&self.path(), next);
        Some((
            page,
            self.filter.link(&format!("{}/_timeline", self.path()), next),
        ))
    }

    /// The filters as links; the pressed ones lead out of themselves.
    pub fn chips(&self, counts: &Counts) -> Vec<Chip> {
        let href = |then: Filter| then.link(&self.path(), "");
        let all = Chip {
            key: "filter-all",
            icon: "",
            count: None,
            on: !self.filter.active(),
            href: href(Filter::default()),
        };
        let channels = counts.channels.iter().map(|&(channel, count)| {
            let on = self.filter.channel == Some(channel);
            let then = Filter {
                channel: (!on).then_some(channel),
                ..self.filter.clone()
            };
            Chip {
                key: channel.key(),
                icon: channel.icon(),
                count: Some(count),
                on,
                href: href(then),
            }
        });
        let directions = Direction::ALL
            .into_iter()
            .zip([counts.inbound, counts.outbound, counts.internal]);
        let directions = directions
            .filter(|&(_, count)| count > 0)
            .map(|(direction, count)| {
                let on = self.filter.direction == Some(direction);
                let then = Filter {
                    direction: (!on).then_some(direction),
                    ..self.filter.clone()
                };
                Chip {
                    key: direction.key(),
                    icon: direction.icon(),
                    count: Some(count),
                    on,
                    href: href(then),
                }
            });
        let attachment = (counts.attachments > 0).then(|| Chip {
            key: "filter-attachment",
            icon: "paperclip",
            count: Some(counts.attachments),
            on: self.filter.attachment,
            href: href(Filter {
                attachment: !self.filter.attachment,
                ..self.filter.clone()
            }),
        });
        [all]
            .into_iter()
            .chain(channels)
            .chain(directions)
            .chain(attachment)
            .collect()
    }
}
