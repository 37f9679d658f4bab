//! What a form asks to put into a package, from its fields to the archive's terms.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::archive::id::{ClientId, InteractionKey};
use crate::client::store as clients;
use crate::evidence::{Choice, Request, Withheld};
use crate::interaction::list::rows;
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::fields::Fields;
use crate::web::refusal::Refusal;
use crate::web::view::evidence as view;
use crate::web::view::kinds::ClientName;
use crate::web::visitor::SignedIn;

/// What was asked, as it stands in the form and as it is looked for.
pub struct Asked {
    pub shown: view::Asked,
    pub choice: Choice,
    /// The key of a text that says what is wrong.
    pub mistake: Option<&'static str>,
}

/// Reads what was chosen. A client, conversation or interaction that the person does not see is as if it did not exist.
pub async fn read(user: &SignedIn, app: &App, conn: &mut Conn, fields: &Fields) -> Result<Asked, Refusal> {
    let mut asked = Asked {
        shown: view::Asked {
            q: fields.text("q").to_owned(),
            digest: fields.text("digest").to_owned(),
            from: fields.text("from").to_owned(),
            to: fields.text("to").to_owned(),
            known_by: fields.text("known_by").parse().unwrap_or(app.archive.clock.now()),
            ..view::Asked::default()
        },
        choice: Choice {
            query: fields.text("q").to_owned(),
            ..Choice::default()
        },
        mistake: None,
    };
    asked.choice.known_by = Some(asked.shown.known_by);
    asked
        .choose_client(user, conn, (fields.text("client"), fields.text("name")))
        .await?;
    asked.choose_thread(user, conn, fields.text("thread")).await?;
    for picked in fields.all("row") {
        asked.choice.picked.push(picked.parse()?);
        asked.shown.picked.push(picked.to_owned());
    }
    asked.choose_period(&app.zone);
    Ok(asked)
}

impl Asked {
    /// A name that was typed counts more than an id that came along.
    async fn choose_client(
        &mut self,
        user: &SignedIn,
        conn: &mut Conn,
        (id, name): (&str, &str),
    ) -> Result<(), Refusal> {
        let found = if name.is_empty() {
            match id {
                "" => return Ok(()),
                id => {
                    let client: ClientId = id.parse()?;
                    user.must_see_client(conn, client).await?;
                    clients::find(conn, client).await?
                }
            }
        } else {
            let mut named = clients::named(conn, user.scope(), name).await?;
            if named.len() == 1 { named.pop() } else { None }
        };
        match found {
            Some(client) => {
                self.choice.client = Some(client.id);
                let id = client.id.to_string();
                self.shown.client = Some(ClientName {
                    id,
                    name: client.facts.name,
                });
            }
            None => {
                self.shown.typed = name.to_owned();
                self.mistake = Some("evidence-no-client");
            }
        }
        Ok(())
    }

    async fn choose_thread(&mut self, user: &SignedIn, conn: &mut Conn, id: &str) -> Result<(), Refusal> {
        if id.is_empty() {
            return Ok(());
        }
        let key: InteractionKey = id.parse()?;
        user.must_see(conn, key).await?;
        let row = rows(conn, user.scope(), &[key]).await?.pop();
        self.choice.thread = Some(key);
        self.shown.thread = Some((id.to_owned(), row.map_or_else(String::new, |row| row.subject)));
        Ok(())
    }

    fn choose_period(&mut self, zone: &TimeZone) {
        let mut day = |text: &str, after: i64| {
            let midnight = |day: Date| day.saturating_add(after.days()).to_zoned(zone.clone()).ok();
            match (text.is_empty(), text.parse::<Date>().ok().and_then(midnight)) {
                (true, _) => None,
                (false, Some(at)) => Some(at.timestamp().as_microsecond()),
                (false, None) => {
                    self.mistake = Some("evidence-no-day");
                    None
                }
            }
        };
        (self.choice.from, self.choice.before) = (day(&self.shown.from, 0), day(&self.shown.to, 1));
        if let (Some(from), Some(before)) = (self.choice.from, self.choice.before)
            && from >= before
        {
            self.mistake = Some("evidence-no-period");
        }
    }
}

/// What is kept back, as the form's boxes name it: `ID`, `ID/text`, `ID/PART`.
pub fn withheld(fields: &Fields) -> Result<Withheld, Refusal> {
    let mut withheld = Withheld {
        reason: filled(fields, "reason"),
        ..Withheld::default()
    };
    for boxed in fields.all("withhold") {
        match boxed.split_once('/') {
            None => withheld.interactions.insert(boxed.parse()?),
            Some((id, part)) => withheld.parts.insert((id.parse()?, part.to_owned())),
        };
    }
    Ok(withheld)
}

/// A line that was filled in, as long as it may be.
fn filled(fields: &Fields, name: &str) -> String {
    const LONGEST: usize = 300;
    fields.text(name).chars().take(LONGEST).collect()
}

/// What was filled in about the package itself.
pub fn form(fields: &Fields) -> view::Form {
    view::Form {
        purpose: filled(fields, "purpose"),
        recipient: filled(fields, "recipient"),
        key: fields.text("key").to_owned(),
        reason: filled(fields, "reason"),
    }
}

/// The package that is asked for, or the key of a text that says what is wrong.
pub fn request(
    asked: &Asked,
    withheld: Withheld,
    form: &view::Form,
    by: &str,
) -> Result<Request, &'static str> {
    if !withheld.is_empty() && withheld.reason.is_empty() {
        return Err("evidence-no-reason");
    }
    let encrypt_to = match form.key.as_str() {
        "" => None,
        key => Some(key.parse().map_err(|_| "evidence-no-key")?),
    };
    Ok(Request {
        withheld,
        purpose: form.purpose.clone(),
        recipient: form.recipient.clone(),
        encrypt_to,
        looked_through: (!asked.shown.digest.is_empty()).then(|| asked.shown.digest.clone()),
        ..Request::of(asked.choice.clone(), by)
    })
}
