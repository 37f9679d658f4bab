//! Runs a query: newest first, or best first among the newest.

use sqlx::AssertSqlSafe;

use super::index::{FROM_MARK, TO_MARK, quoted};
use super::query::{Filters, PlaceOf, Query, Term};
use crate::access::Scope;
use crate::archive::id::{ClientId, InteractionKey};
use crate::on_db;
use crate::storage::{Conn, SAME_PLACE, StorageError};

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    #[default]
    Newest,
    Best,
}

/// Best first looks at this many of the newest hits: ranking every mail with a common word helps nobody.
const RANKED: i64 = 2_000;
/// Counting stops here; more is shown as "1,000+".
pub const COUNTED: i64 = 1_000;

/// Which stretch of the hits is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    pub order: Order,
    /// Only hits older than this one (newest first).
    pub before: Option<InteractionKey>,
    pub limit: i64,
}

/// The keys of hits, in order.
pub async fn find(
    conn: &mut Conn,
    scope: Scope<'_>,
    query: &Query,
    page: Page,
) -> Result<Vec<InteractionKey>, StorageError> {
    let Some(select) = Select::of(conn, scope, query).await? else {
        return Ok(Vec::new());
    };
    let mut select = select;
    if let (Some(before), Order::Newest) = (page.before, page.order) {
        select.and(&format!("{} < $?", select.key), Bound::Int(before.0));
    }
    let sql = match page.order {
        Order::Best if select.ranked => select.best(page.limit),
        _ => select.newest(page.limit),
    };
    Ok(select
        .run(conn, sql)
        .await?
        .into_iter()
        .map(InteractionKey)
        .collect())
}

/// How many hits there are, at most [`COUNTED`] + 1.
pub async fn count(conn: &mut Conn, scope: Scope<'_>, query: &Query) -> Result<i64, StorageError> {
    let Some(select) = Select::of(conn, scope, query).await? else {
        return Ok(0);
    };
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT {}) AS hits",
        select.from,
        select.conditions(),
        COUNTED + 1
    );
    Ok(select.run(conn, sql).await?.first().copied().unwrap_or(0))
}

enum Bound {
    Int(i64),
    Text(String),
}

/// A SELECT in the making.
struct Select {
    /// The tables.
    from: String,
    /// The column with the interaction's key.
    key: &'static str,
    wheres: Vec<String>,
    bounds: Vec<Bound>,
    /// Whether hits can be ranked: words were asked for.
    ranked: bool,
    postgres: bool,
    /// On PostgreSQL: walking by time would pass over too many rows, so the index must find them first.
    rare: bool,
}

impl Select {
    /// `None` when nothing was asked, or only what must not occur.
    async fn of(conn: &mut Conn, scope: Scope<'_>, query: &Query) -> Result<Option<Select>, StorageError> {
        if query.is_empty() {
            return Ok(None);
        }
        let postgres = matches!(conn, Conn::Postgres(_));
        let ranked = query.terms.iter().any(|term| !term.excluded);
        let mut select = Select {
            from: "interaction i".to_owned(),
            key: "i.interaction_key",
            wheres: Vec::new(),
            bounds: Vec::new(),
            ranked,
            postgres,
            rare: false,
        };
        if ranked && postgres {
            select.from = "search s JOIN interaction i ON i.interaction_key = s.interaction_key".to_owned();
            select.key = "s.interaction_key";
            select.and("s.words @@ $?::tsquery", Bound::Text(tsquery(&query.terms)));
        } else if ranked {
            select.from = "search".to_owned();
            select.key = "search.rowid";
            select.and("search MATCH $?", Bound::Text(fts5(&query.terms)));
        } else if !query.terms.is_empty() {
            select.without(&query.terms);
        }
        if let Some(client) = &query.filters.client {
            let Some(clients) = clients(conn, scope, client).await? else {
                return Ok(None);
            };
            select.belongs_to(&clients);
        }
        select.filter(&query.filters);
        select.seen(scope);
        if ranked && postgres {
            select.rare = select.is_rare(conn).await?;
        }
        Ok(Some(select))
    }

    fn and(&mut self, condition: &str, value: Bound) {
        self.bounds.push(value);
        self.wheres
            .push(condition.replace("$?", &format!("${}", self.bounds.len())));
    }

    /// Nothing is looked for but by filters, and what has any of these terms is not wanted.
    fn without(&mut self, unwanted: &[Term]) {
        let wanted: Vec<Term> = unwanted
            .iter()
            .map(|term| Term {
                excluded: false,
                ..term.clone()
            })
            .collect();
        for term in wanted {
            let term = std::slice::from_ref(&term);
            if self.postgres {
                let found = "i.interaction_key NOT IN (SELECT interaction_key FROM search WHERE words @@ $?::tsquery)";
                self.and(found, Bound::Text(tsquery(term)));
            } else {
                let found = "i.interaction_key NOT IN (SELECT rowid FROM search WHERE search MATCH $?)";
                self.and(found, Bound::Text(fts5(term)));
            }
        }
    }

    fn belongs_to(&mut self, clients: &[ClientId]) {
        let list = clients
            .iter()
            .map(|client| client.0.to_string())
            .collect::<Vec<_>>()
            .join(", ");
        self.wheres.push(format!(
            "EXISTS (SELECT 1 FROM assignment a WHERE a.interaction_key = {} AND a.client_id IN ({list}))",
            self.key
        ));
    }

    fn filter(&mut self, filters: &Filters) {
        let key = self.key;
        if let Some(after) = filters.after {
            self.and(
                &format!("{key} >= $?"),
                Bound::Int(InteractionKey::first_at(after).0),
            );
        }
        if let Some(before) = filters.before {
            self.and(
                &format!("{key} < $?"),
                Bound::Int(InteractionKey::first_at(before).0),
            );
        }
        let mut of_interaction = Vec::new();
        if let Some(channel) = filters.channel {
            of_interaction.push(format!("i.channel = '{}'", channel.name()));
        }
        if let Some(direction) = filters.direction {
            of_interaction.push(format!("i.direction = '{}'", direction.name()));
        }
        if filters.attachment {
            of_interaction.push("i.attachment_count > 0".to_owned());
        }
        if !of_interaction.is_empty() {
            self.join_interaction();
        }
        self.wheres.extend(of_interaction);
    }

    /// Only what the viewer sees; where nothing is hidden from them the query stays as it is.
    fn seen(&mut self, scope: Scope<'_>) {
        if !scope.sees_all() {
            self.join_interaction();
            self.wheres.push(scope.interactions("i"));
        }
    }

    fn join_interaction(&mut self) {
        if self.from == "search" {
            self.from = "search JOIN interaction i ON i.interaction_key = search.rowid".to_owned();
        }
    }

    fn conditions(&self) -> String {
        if self.wheres.is_empty() {
            "1 = 1".to_owned()
        } else {
            self.wheres.join(" AND ")
        }
    }

    fn newest(&self, limit: i64) -> String {
        let (key, from, conditions) = (self.key, &self.from, self.conditions());
        // Adding nothing hides the index from PostgreSQL's planner, which otherwise believes in a common word.
        let order = if self.rare {
            format!("{key} + 0")
        } else {
            key.to_owned()
        };
        format!("SELECT {key} FROM {from} WHERE {conditions} ORDER BY {order} DESC LIMIT {limit}")
    }

    fn best(&self, limit: i64) -> String {
        let (key, newest) = (self.key, self.newest(RANKED));
        if self.postgres {
            // From attachments (D) to the subject (A), as below; PostgreSQL takes no weight above 1.
            return format!(
                "SELECT s.interaction_key FROM search s WHERE s.interaction_key IN ({newest})
                ORDER BY ts_rank_cd('{{0.125, 0.25, 0.5, 1}}', s.words, $1::tsquery) DESC, s.interaction_key DESC LIMIT {limit}"
            );
        }
        let ranked = newest.replacen(
            key,
            &format!("{key} AS hit, bm25(search, 4.0, 2.0, 1.0, 0.5) AS score"),
            1,
        );
        format!("SELECT hit FROM ({ranked}) ORDER BY score, hit DESC LIMIT {limit}")
    }

    async fn is_rare(&self, conn: &mut Conn) -> Result<bool, StorageError> {
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM search s WHERE s.words @@ $1::tsquery LIMIT {RANKED}) AS hits"
        );
        let Some(Bound::Text(words)) = self.bounds.first() else {
            return Ok(false);
        };
        let words = words.clone();
        let found: i64 =
            on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(words).fetch_one(c).await)?;
        Ok(found < RANKED)
    }

    async fn run(&self, conn: &mut Conn, sql: String) -> Result<Vec<i64>, StorageError> {
        on_db!(conn, c => {
            let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
            for bound in &self.bounds {
                query = match bound {
                    Bound::Int(value) => query.bind(*value),
                    Bound::Text(value) => query.bind(value.clone()),
                };
            }
            query.fetch_all(c).await
        })
    }
}

/// Clients who are seen and whose name holds the text, or the one with this id; `None` when there are none.
async fn clients(
    conn: &mut Conn,
    scope: Scope<'_>,
    text: &str,
) -> Result<Option<Vec<ClientId>>, StorageError> {
    let seen = scope.clients("c");
    if let Ok(id) = text.parse::<ClientId>() {
        let sql = format!("SELECT c.id FROM client c WHERE c.id = $1 AND {seen}");
        let found: Option<i64> =
            on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(id.0).fetch_optional(c).await)?;
        return Ok(found.map(|id| vec![ClientId(id)]));
    }
    let sql = format!("SELECT c.id FROM client c WHERE c.name_folded LIKE $1 AND {seen} LIMIT 200");
    let pattern = format!("%{}%", kronika_lexicon::fold(text).replace(['%', '_'], ""));
    let ids: Vec<i64> =
        on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(pattern).fetch_all(c).await)?;
    Ok((!ids.is_empty()).then(|| ids.into_iter().map(ClientId).collect()))
}

/// The query for FTS5.
fn fts5(terms: &[Term]) -> String {
    let one = |term: &Term| {
        let mark = mark(term.place);
        let mut phrase = String::new();
        for word in &term.words {
            for (n, alternative) in word.alternatives.iter().enumerate() {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                if n > 0 {
                    phrase.push(SAME_PLACE as char);
                }
                phrase.push_str(&mark);
                phrase.push_str(&alternative.replace('"', ""));
            }
        }
        let whole = format!("\"{phrase}\"");
        match (term.prefix, term.words.as_slice()) {
            (true, [word]) if !word.folded_prefix.is_empty() => {
                format!("({whole} OR \"{mark}{}\" *)", word.folded_prefix.replace('"', ""))
            }
            (true, _) => format!("({whole} *)"),
            (false, _) => whole,
        }
    };
    let wanted = terms
        .iter()
        .filter(|term| !term.excluded)
        .map(one)
        .collect::<Vec<_>>()
        .join(" AND ");
    let unwanted = terms
        .iter()
        .filter(|term| term.excluded)
        .map(one)
        .collect::<Vec<_>>()
        .join(" OR ");
    if unwanted.is_empty() {
        wanted
    } else {
        format!("({wanted}) NOT ({unwanted})")
    }
}

/// The query for PostgreSQL.
fn tsquery(terms: &[Term]) -> String {
    let one = |term: &Term| {
        let mark = mark(term.place);
        let last = term.words.len().saturating_sub(1);
        let words: Vec<String> = term
            .words
            .iter()
            .enumerate()
            .map(|(position, word)| {
                let mut any: Vec<String> = word
                    .alternatives
                    .iter()
                    .map(|one| format!("'{mark}{}'", quoted(one)))
                    .collect();
                if term.prefix && position == last && !word.folded_prefix.is_empty() {
                    any.push(format!("'{mark}{}':*", quoted(&word.folded_prefix)));
                }
                format!("({})", any.join(" | "))
            })
            .collect();
        let side_by_side = format!("({})", words.join(" <-> "));
        if term.excluded {
            format!("!{side_by_side}")
        } else {
            side_by_side
        }
    };
    terms.iter().map(one).collect::<Vec<_>>().join(" & ")
}

fn mark(place: PlaceOf) -> String {
    match place {
        PlaceOf::Anywhere => String::new(),
        PlaceOf::Sender => FROM_MARK.to_string(),
        PlaceOf::Receiver => TO_MARK.to_string(),
    }
}
