//! Adding and changing clients and their addresses.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::super::access::client_sight;
use super::super::see;
use super::{addresses, kind};
use crate::access::{Doer, Right, Scope};
use crate::archive::id::{ClientId, InteractionKey};
use crate::assignment;
use crate::assignment::book::Own;
use crate::client::act::{self, ClientError, NewAddress};
use crate::client::store;
use crate::client::{AddressError, AddressKind, ClientFacts};
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::fields::Fields;
use crate::web::locale::Locale;
use crate::web::refusal::Refusal;
use crate::web::view::client as view;
use crate::web::view::kinds::{self, Address};
use crate::web::view::page::{Page, Place};
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct NewAsked {
    from: String,
    name: String,
}

/// `GET /clients/new`
pub async fn new(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<NewAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    let page = user.page(&app, Place::Clients).await?;
    let mut form = form(page, None);
    form.name = asked.name;
    if let Ok(key) = asked.from.parse::<InteractionKey>() {
        let conn = &mut app.archive.db.read().await?;
        user.must_see(conn, key).await?;
        let message = assignment::suggest::newcomer(conn, key).await?;
        let message = message.ok_or_else(Refusal::no_interaction)?;
        form.name = message.name;
        form.language = Locale::of_code(&message.language);
        form.interaction = Some(asked.from);
        let address = |kind, value: Option<String>| value.map(|value| Address { kind, value });
        form.addresses
            .extend(address(kinds::AddressKind::Email, message.address));
        form.addresses
            .extend(address(kinds::AddressKind::Domain, message.domain));
    }
    Ok(render(&form))
}

/// `GET /clients/{client}/edit`
pub async fn edit(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    let page = user.page(&app, Place::Clients).await?;
    let conn = &mut app.archive.db.read().await?;
    user.must_see_client(conn, client).await?;
    let found = store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
    let mut form = form(page, Some(client));
    form.addresses = addresses(conn, client).await?;
    form.sight = client_sight(conn, &user, client).await?;
    form.language = Locale::of_code(&found.facts.language);
    (form.name, form.city, form.tax_id) = (found.facts.name, found.facts.city, found.facts.tax_id);
    Ok(render(&form))
}

fn form(page: Page, client: Option<ClientId>) -> view::ClientForm {
    view::ClientForm {
        page,
        id: client.map(|client| client.to_string()),
        name: String::new(),
        city: String::new(),
        tax_id: String::new(),
        language: None,
        addresses: Vec::new(),
        interaction: None,
        mistake: None,
        refused: None,
        sight: None,
    }
}

/// What the client form sends.
struct Sent {
    facts: ClientFacts,
    addresses: Vec<(AddressKind, String)>,
}

impl Sent {
    fn of(fields: &Fields) -> Sent {
        let emails = fields
            .all("address")
            .map(|value| (AddressKind::Email, value.to_owned()));
        let domains = fields
            .all("domain")
            .map(|value| (AddressKind::Domain, value.to_owned()));
        Sent {
            facts: ClientFacts {
                name: fields.text("name").to_owned(),
                language: fields.text("language").to_owned(),
                city: fields.text("city").to_owned(),
                tax_id: fields.text("tax_id").to_owned(),
            },
            addresses: emails.chain(domains).collect(),
        }
    }

    /// What is wrong with it, before anything is recorded: the key of a text, and the address it is about.
    fn mistake(&self, own: &Own) -> Option<Mistake> {
        if self.facts.name.trim().is_empty() {
            return Some(("client-mistake-name", None));
        }
        self.addresses.iter().find_map(|(address, value)| {
            let about = Some(Address {
                kind: kind(*address),
                value: value.clone(),
            });
            match address.read(value) {
                Err(error) => Some((mistake_of(&error), about)),
                Ok(value) if own.has(&value) || own.domains.contains(&value) => {
                    Some(("client-mistake-address-ours", about))
                }
                Ok(_) => None,
            }
        })
    }

    async fn save_addresses(&self, app: &App, client: ClientId, by: Doer<'_>) -> Result<(), ClientError> {
        for (kind, value) in &self.addresses {
            let address = NewAddress {
                kind: *kind,
                value,
                name: "",
                role: "",
            };
            act::add_address(&app.archive, client, address, by).await?;
        }
        Ok(())
    }
}

/// What is wrong with what was sent for a client, or for a new one.
async fn mistake_in(
    app: &App,
    scope: Scope<'_>,
    sent: &Sent,
    client: Option<ClientId>,
) -> Result<Option<Mistake>, Refusal> {
    let conn = &mut app.archive.db.read().await?;
    let own = assignment::store::own(conn).await?;
    if let Some(mistake) = sent.mistake(&own) {
        return Ok(Some(mistake));
    }
    let namesakes = store::named(conn, scope, &sent.facts.name).await?;
    let taken = namesakes.iter().any(|known| Some(known.id) != client);
    Ok(taken.then_some(("client-mistake-name-taken", None)))
}

/// The key of a text, and the address it is about.
type Mistake = (&'static str, Option<Address>);

fn mistake_of(error: &AddressError) -> &'static str {
    match error {
        AddressError::PublicDomain(_) => "client-mistake-domain-public",
        AddressError::Suffix(_) => "client-mistake-domain-suffix",
        AddressError::NotAnAddress(_) | AddressError::NotADomain(_) => "client-mistake-address",
    }
}

/// `POST /clients`
pub async fn create(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    let sent = Sent::of(&fields);
    if let Some(mistake) = mistake_in(&app, user.scope(), &sent, None).await? {
        return again(&user, &app, None, (sent, mistake), fields.text("interaction")).await;
    }
    let client = act::add(&app.archive, sent.facts.clone(), &user.account.name).await?;
    sent.save_addresses(&app, client, user.doer()).await?;
    if let Ok(key) = fields.text("interaction").parse::<InteractionKey>() {
        let to = (client, "");
        assignment::act::assign(&app.archive, key, to, user.doer()).await?;
    }
    Ok(see(&format!("/clients/{client}")))
}

/// `POST /clients/{client}`
pub async fn change(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    user.must_see_client(&mut app.archive.db.read().await?, client)
        .await?;
    let sent = Sent::of(&fields);
    if let Some(mistake) = mistake_in(&app, user.scope(), &sent, Some(client)).await? {
        return again(&user, &app, Some(client), (sent, mistake), "").await;
    }
    let by = &user.account.name;
    act::change(&app.archive, client, sent.facts.clone(), by).await?;
    let kept: Vec<(AddressKind, String)> = sent
        .addresses
        .iter()
        .filter_map(|(kind, value)| Some((*kind, kind.read(value).ok()?)))
        .collect();
    let before = store::addresses(&mut app.archive.db.read().await?, client).await?;
    for gone in before
        .iter()
        .filter(|address| !kept.contains(&(address.kind, address.value.clone())))
    {
        act::remove_address(&app.archive, client, (gone.kind, &gone.value), by).await?;
    }
    sent.save_addresses(&app, client, user.doer()).await?;
    Ok(see(&format!("/clients/{client}")))
}

/// The form again, with what was sent and what is wrong with it.
async fn again(
    user: &SignedIn,
    app: &App,
    client: Option<ClientId>,
    (sent, (mistake, refused)): (Sent, Mistake),
    interaction: &str,
) -> Result<Response, Refusal> {
    let mut form = form(user.page(app, Place::Clients).await?, client);
    let given = sent.addresses.into_iter().map(|(address, value)| Address {
        kind: kind(address),
        value,
    });
    form.addresses = given.collect();
    form.language = Locale::of_code(&sent.facts.language);
    (form.name, form.city, form.tax_id) = (sent.facts.name, sent.facts.city, sent.facts.tax_id);
    form.interaction = (!interaction.is_empty()).then(|| interaction.to_owned());
    form.mistake = Some(mistake);
    form.refused = refused;
    if let Some(client) = client {
        form.sight = client_sight(&mut app.archive.db.read().await?, user, client).await?;
    }
    Ok(render(&form))
}

/// `POST /clients/{client}/addresses`
pub async fn add_address(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    user.must_see_client(&mut app.archive.db.read().await?, client)
        .await?;
    let kind = AddressKind::named(fields.text("kind")).ok_or_else(Refusal::bad_request)?;
    let address = NewAddress {
        kind,
        value: fields.text("value"),
        name: "",
        role: "",
    };
    match act::add_address(&app.archive, client, address, user.doer()).await {
        Ok(_) => Ok(see(&format!("/clients/{client}"))),
        Err(error @ (ClientError::Address(_) | ClientError::OwnAddress(_))) => {
            let conn = &mut app.archive.db.read().await?;
            let found = store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
            let mut known: Vec<(AddressKind, String)> = store::addresses(conn, client)
                .await?
                .into_iter()
                .map(|address| (address.kind, address.value))
                .collect();
            known.push((kind, fields.text("value").to_owned()));
            let mistake = match &error {
                ClientError::Address(error) => mistake_of(error),
                _ => "client-mistake-address-ours",
            };
            let refused = Address {
                kind: super::kind(kind),
                value: fields.text("value").to_owned(),
            };
            let sent = Sent {
                facts: found.facts,
                addresses: known,
            };
            again(&user, &app, Some(client), (sent, (mistake, Some(refused))), "").await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /clients/{client}/addresses/remove`
pub async fn remove_address(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    user.must_see_client(&mut app.archive.db.read().await?, client)
        .await?;
    let kind = AddressKind::named(fields.text("kind")).ok_or_else(Refusal::bad_request)?;
    let address = (kind, fields.text("value"));
    act::remove_address(&app.archive, client, address, &user.account.name).await?;
    Ok(see(&format!("/clients/{client}")))
}
