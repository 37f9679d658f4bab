//! The reference of the API, made from its description. The description is in English, like the API.

use askama::Template;
use serde_json::Value;

use super::page::Page;

/// `GET /settings/api`
#[derive(Template)]
#[template(path = "settings/api.html")]
pub struct ApiPage {
    pub page: Page,
    /// Where the API is.
    pub base: String,
    pub groups: Vec<Group>,
    pub shapes: Vec<Shape>,
}

/// Operations on things of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    pub name: String,
    pub text: String,
    pub operations: Vec<Operation>,
}

#[derive(Clone, Debug)]
pub struct Operation {
    pub anchor: String,
    pub method: String,
    pub path: String,
    pub title: String,
    pub text: String,
    /// The key of the text that says which scope a token needs.
    pub scope: Option<&'static str>,
    pub parameters: Vec<Field>,
    pub body: Option<Kind>,
    pub answers: Vec<Answered>,
    /// How `curl` asks for it.
    pub example: String,
}

#[derive(Clone, Debug)]
pub struct Answered {
    pub status: String,
    pub text: String,
    pub body: Option<Kind>,
}

/// What something looks like in JSON.
#[derive(Clone, Debug)]
pub struct Shape {
    pub name: String,
    pub text: String,
    pub fields: Vec<Field>,
    /// What it may be, when it is one of a few words.
    pub words: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
    /// `path`, `query` or `header`; empty in a shape.
    pub place: String,
    pub required: bool,
    pub text: String,
}

/// A kind of value: words, and the shape they speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kind {
    pub words: String,
    pub shape: Option<String>,
    pub many: bool,
}

impl ApiPage {
    pub fn of(page: Page, base: String, document: &Value) -> ApiPage {
        let tags = document["tags"].as_array().into_iter().flatten();
        let groups = tags
            .map(|tag| Group {
                name: text(&tag["name"]),
                text: text(&tag["description"]),
                operations: operations(document, &base, &text(&tag["name"])),
            })
            .collect();
        let shapes = document["components"]["schemas"].as_object();
        let shapes = shapes.into_iter().flatten().map(|(name, schema)| Shape {
            name: name.clone(),
            text: text(&schema["description"]),
            fields: fields(schema),
            words: words(schema),
        });
        ApiPage {
            page,
            base,
            groups,
            shapes: shapes.collect(),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn operations(document: &Value, base: &str, tag: &str) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, described) in item.as_object().into_iter().flatten() {
            if described["tags"][0] == tag {
                found.push(operation(base, (path, method), described));
            }
        }
    }
    found
}

fn operation(base: &str, (path, method): (&str, &str), described: &Value) -> Operation {
    let parameters = described["parameters"].as_array().into_iter().flatten();
    let body = described["requestBody"]["content"]
        .as_object()
        .and_then(|content| content.iter().next());
    let (media_type, body) = match body {
        Some((media_type, body)) => (media_type.as_str(), Some(kind_or(media_type, &body["schema"]))),
        None => ("", None),
    };
    Operation {
        anchor: text(&described["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        title: text(&described["summary"]),
        text: text(&described["description"]),
        scope: scope(&described["security"][0]["token"][0]),
        parameters: parameters.map(parameter).collect(),
        body,
        answers: answers(described),
        example: example(base, (path, method), media_type),
    }
}

fn scope(named: &Value) -> Option<&'static str> {
    let scope = crate::user::token::TokenScope::named(named.as_str()?)?;
    Some(scope.key())
}

fn parameter(described: &Value) -> Field {
    Field {
        name: text(&described["name"]),
        kind: kind(&described["schema"]),
        place: text(&described["in"]),
        required: described["required"].as_bool().unwrap_or(false),
        text: text(&described["description"]),
    }
}

/// What is answered when it went well, and the few errors that not every operation has.
fn answers(described: &Value) -> Vec<Answered> {
    let everywhere = [
        "400", "401", "403", "404", "413", "415", "429", "500", "503", "507",
    ];
    let responses = described["responses"].as_object().into_iter().flatten();
    let some = responses.filter(|(status, _)| !everywhere.contains(&status.as_str()));
    some.map(|(status, response)| {
        let content = response["content"].as_object();
        let body = content.and_then(|content| content.iter().next());
        Answered {
            status: status.clone(),
            text: text(&response["description"]),
            body: body.map(|(media_type, body)| kind_or(media_type, &body["schema"])),
        }
    })
    .collect()
}

/// The shape, or the media type of what is no JSON.
fn kind_or(media_type: &str, schema: &Value) -> Kind {
    if media_type.ends_with("json") {
        return kind(schema);
    }
    Kind {
        words: media_type.to_owned(),
        ..Kind::default()
    }
}

fn kind(schema: &Value) -> Kind {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        return Kind {
            words: name.clone(),
            shape: Some(name),
            many: false,
        };
    }
    // What may be absent is described as a choice between nothing and something.
    let choices = ["oneOf", "anyOf", "allOf"].iter();
    let mut choices = choices.filter_map(|key| schema[*key].as_array()).flatten();
    if let Some(something) = choices.find(|one| one["type"] != "null") {
        return kind(something);
    }
    if schema["type"] == "array" {
        let of = kind(&schema["items"]);
        return Kind { many: true, ..of };
    }
    let plain = match &schema["type"] {
        Value::Array(types) => types.iter().find(|one| *one != "null").map(text),
        one => Some(text(one)),
    };
    Kind {
        words: plain.unwrap_or_default(),
        ..Kind::default()
    }
}

fn fields(schema: &Value) -> Vec<Field> {
    let all = schema["allOf"].as_array().into_iter().flatten();
    let mut found = Vec::new();
    for part in std::iter::once(schema).chain(all) {
        if let Some(name) = part["$ref"].as_str() {
            let shape = name.rsplit('/').next().map(str::to_owned);
            let kind = Kind {
                words: shape.clone().unwrap_or_default(),
                shape,
                many: false,
            };
            found.push(Field {
                name: "…".to_owned(),
                kind,
                place: String::new(),
                required: true,
                text: String::new(),
            });
        }
        let required = &part["required"];
        for (name, field) in part["properties"].as_object().into_iter().flatten() {
            let named = |known: &Value| known == name.as_str();
            found.push(Field {
                name: name.clone(),
                kind: kind(field),
                place: String::new(),
                required: required.as_array().is_some_and(|names| names.iter().any(named)),
                text: text(&field["description"]),
            });
        }
    }
    found
}

fn words(schema: &Value) -> Vec<String> {
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    let described = choices.filter_map(|choice| choice["enum"][0].as_str());
    let plain = schema["enum"].as_array().into_iter().flatten();
    described
        .chain(plain.filter_map(Value::as_str))
        .map(str::to_owned)
        .collect()
}

fn example(base: &str, (path, method): (&str, &str), media_type: &str) -> String {
    let mut lines = vec![match method {
        "get" => format!("curl {base}{path}"),
        method => format!("curl -X {} {base}{path}", method.to_uppercase()),
    }];
    lines.push("  -H \"Authorization: Bearer $KRONIKA_TOKEN\"".to_owned());
    match media_type {
        "" => {}
        "application/json" => {
            lines.push(format!("  -H \"Content-Type: {media_type}\""));
            lines.push("  -d @body.json".to_owned());
        }
        _ => {
            lines.push(format!("  -H \"Content-Type: {media_type}\""));
            lines.push("  --data-binary @message.eml".to_owned());
        }
    }
    lines.join(" \\\n")
}
