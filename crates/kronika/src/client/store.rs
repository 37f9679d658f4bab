//! Clients in the tables.

use sqlx::AssertSqlSafe;

use super::{AddressKind, ClientFacts};
use crate::access::Scope;
use crate::archive::id::{ClientId, InteractionKey};
use crate::assignment::{Assigned, Why, project::assign_all};
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// A client with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub id: ClientId,
    pub facts: ClientFacts,
    pub created_at: i64,
    pub interaction_count: i64,
    pub last: Option<InteractionKey>,
    /// How many more there are of another sensitivity than the team's.
    pub guarded_count: i64,
}

pub(super) type ClientRow = (i64, String, String, String, String, i64, i64, Option<i64>, i64);

impl From<ClientRow> for Client {
    fn from(row: ClientRow) -> Client {
        let (id, name, language, city, tax_id, created_at, interaction_count, last, guarded_count) = row;
        Client {
            id: ClientId(id),
            facts: ClientFacts {
                name,
                language,
                city,
                tax_id,
            },
            created_at,
            interaction_count,
            last: last.map(InteractionKey),
            guarded_count,
        }
    }
}

pub async fn find(conn: &mut Conn, id: ClientId) -> Result<Option<Client>, StorageError> {
    const SQL: &str = "SELECT id, name, language, city, tax_id, created_at, interaction_count, last_key,
        guarded_count FROM client WHERE id = $1";
    let row: Option<ClientRow> = on_db!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_optional(c).await)?;
    Ok(row.map(Client::from))
}

/// Clients of this very name, in whatever case and with or without diacritics.
pub async fn named(conn: &mut Conn, scope: Scope<'_>, name: &str) -> Result<Vec<Client>, StorageError> {
    let sql = format!(
        "SELECT c.id, c.name, c.language, c.city, c.tax_id, c.created_at, c.interaction_count, c.last_key,
        c.guarded_count FROM client c WHERE c.name_folded = $1 AND {} ORDER BY c.id",
        scope.clients("c")
    );
    let folded = kronika_lexicon::fold(name.trim());
    let rows: Vec<ClientRow> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(folded).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Client::from).collect())
}

/// Adds to the counts of these clients, whom the viewer sees, what is hidden from others but not from the viewer.
pub async fn add_guarded(
    conn: &mut Conn,
    scope: Scope<'_>,
    clients: &mut [Client],
) -> Result<(), StorageError> {
    let some: Vec<String> = clients
        .iter()
        .filter(|client| client.guarded_count > 0)
        .map(|client| client.id.0.to_string())
        .collect();
    if some.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "SELECT a.client_id, COUNT(*), MAX(i.interaction_key) FROM assignment a
        JOIN interaction i ON i.interaction_key = a.interaction_key
        WHERE a.client_id IN ({}) AND i.sensitivity <> 'team' AND {} GROUP BY a.client_id",
        some.join(", "),
        scope.guarded("i")
    );
    let rows: Vec<(i64, i64, i64)> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?;
    for (id, count, last) in rows {
        for client in clients.iter_mut().filter(|client| client.id.0 == id) {
            client.interaction_count += count;
            client.last = client.last.max(Some(InteractionKey(last)));
        }
    }
    Ok(())
}

pub async fn insert(
    conn: &mut Conn,
    id: ClientId,
    facts: &ClientFacts,
    created_at: i64,
) -> Result<(), StorageError> {
    const SQL: &str =
        "INSERT INTO client (id, name, name_folded, language, city, tax_id, created_at, city_folded)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (folded, city) = (
        kronika_lexicon::fold(&facts.name),
        kronika_lexicon::fold(&facts.city),
    );
    let facts = facts.clone();
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(facts.name).bind(folded).bind(facts.language)
        .bind(facts.city).bind(facts.tax_id).bind(created_at).bind(city).execute(c).await.map(drop))
}

pub async fn update(conn: &mut Conn, id: ClientId, facts: &ClientFacts) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE client SET name = $2, name_folded = $3, language = $4, city = $5, tax_id = $6,
        city_folded = $7 WHERE id = $1";
    let (folded, city) = (
        kronika_lexicon::fold(&facts.name),
        kronika_lexicon::fold(&facts.city),
    );
    let facts = facts.clone();
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(facts.name).bind(folded).bind(facts.language)
        .bind(facts.city).bind(facts.tax_id).bind(city).execute(c).await.map(drop))
}

/// Projects an address and the assignment of what had waited for it.
pub async fn add_address(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    let Act::AddressAdded {
        client,
        kind,
        value,
        name,
        role,
        assigned,
    } = &appended.meta.act
    else {
        return Ok(());
    };
    const SQL: &str = "INSERT INTO client_address (kind, value, client_id, name, role, added_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let (text, name, role, at) = (
        value.clone(),
        name.clone(),
        role.clone(),
        appended.meta.captured_at,
    );
    on_db!(conn, c => sqlx::query(SQL).bind(kind.name()).bind(text).bind(client.0).bind(name).bind(role)
        .bind(at).execute(c).await.map(drop))?;
    let why = match kind {
        AddressKind::Email => Why::Address,
        AddressKind::Domain => Why::Domain,
    };
    let to = Assigned {
        client: *client,
        why,
        detail: value.clone(),
    };
    assign_all(conn, appended, assigned, &to).await
}

pub async fn remove_address(
    conn: &mut Conn,
    client: ClientId,
    kind: AddressKind,
    value: &str,
) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM client_address WHERE kind = $1 AND value = $2 AND client_id = $3";
    let value = value.to_owned();
    on_db!(conn, c => sqlx::query(SQL).bind(kind.name()).bind(value).bind(client.0).execute(c).await.map(drop))
}

pub async fn has_address(
    conn: &mut Conn,
    client: ClientId,
    kind: AddressKind,
    value: &str,
) -> Result<bool, StorageError> {
    Ok(addresses(conn, client)
        .await?
        .iter()
        .any(|address| address.kind == kind && address.value == value))
}

/// What points at a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientAddress {
    pub kind: AddressKind,
    pub value: String,
    pub name: String,
    pub role: String,
}

/// A client's addresses, then its domains, each in alphabetical order.
pub async fn addresses(conn: &mut Conn, client: ClientId) -> Result<Vec<ClientAddress>, StorageError> {
    const SQL: &str = "SELECT kind, value, name, role FROM client_address WHERE client_id = $1
        ORDER BY kind DESC, value";
    let rows: Vec<(String, String, String, String)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(client.0).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(kind, value, name, role)| {
            let kind = AddressKind::named(&kind).ok_or_else(|| {
                StorageError::Inconsistent(format!("an address is of the unknown kind {kind:?}"))
            })?;
            Ok(ClientAddress {
                kind,
                value,
                name,
                role,
            })
        })
        .collect()
}
