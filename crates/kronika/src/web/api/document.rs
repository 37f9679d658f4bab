//! The description of the API (OpenAPI 3.1), made from the handlers. What holds for every operation is added here.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::{again, problem, told};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kronika",
        description = "The archive as programs see it: the same rights and the same sight as on the pages, as far as \
            the token’s scopes go. What you may not see is answered like what does not exist.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
    ),
    servers((url = "/api/v1")),
    components(schemas(problem::Problem, told::WebhookMessage)),
    tags(
        (name = "You", description = "Who asks"),
        (name = "Clients", description = "Firms and people the organisation serves"),
        (name = "Interactions", description = "What passed between us and a client"),
        (name = "Inbox", description = "Deciding where an interaction belongs"),
        (name = "Search", description = "Finding by words"),
        (name = "Settings", description = "Own addresses and rules"),
        (name = "People", description = "Who has an account, and who is invited"),
        (name = "Access", description = "Who sees what"),
        (name = "Guidelines", description = "The firm’s rules of communication"),
        (name = "Log", description = "Who looked at what and who did what"),
        (name = "Evidence", description = "Packages that prove to a stranger what was recorded"),
        (name = "Webhooks", description = "Being told what happens"),
        (name = "Journal", description = "What is proven"),
    )
)]
struct Head;

/// All but the operations.
pub fn head() -> utoipa::openapi::OpenApi {
    Head::openapi()
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = serde_json::to_value(super::operations().into_openapi()).unwrap_or_default();
    document["components"]["securitySchemes"] = json!({ "token": {
        "type": "http", "scheme": "bearer",
        "description": "A token from Settings, You, API tokens, or from `kronika token make`.",
    }});
    document["security"] = json!([{ "token": [] }]);
    document["webhooks"] = told::described();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                complete(path, method, operation);
            }
        }
    }
    document
});

static TEXT: LazyLock<String> =
    LazyLock::new(|| serde_json::to_string_pretty(&*DOCUMENT).unwrap_or_default());

/// The document.
pub fn value() -> &'static Value {
    &DOCUMENT
}

/// The document as text.
pub fn json() -> &'static str {
    &TEXT
}

/// Errors that any operation may answer.
const ANY: [(&str, &str); 8] = [
    ("400", "What was sent could not be understood"),
    ("401", "No token, or none that is good"),
    ("403", "The account or the token may not do this"),
    ("404", "There is no such thing, or none that you see"),
    ("429", "Too many requests of this token"),
    ("500", "Something failed on the server"),
    ("503", "The archive is busy with another change"),
    ("507", "The disk that holds the archive is full"),
];

/// Adds what holds for every operation of its kind.
fn complete(path: &str, method: &str, operation: &mut Value) {
    let has_body = operation.get("requestBody").is_some();
    let mut errors: Vec<(&str, &str)> = ANY.to_vec();
    if has_body {
        errors.extend([
            ("413", "The body is too large"),
            ("415", "The body is of another type than expected"),
            ("422", "What was sent cannot be taken"),
        ]);
    }
    let mut headers: Vec<(&str, &str)> = Vec::new();
    match method {
        "get" => headers.push((
            "If-None-Match",
            "An ETag that you have: 304 if it is still the same.",
        )),
        "post" => {
            headers.push((
                "Idempotency-Key",
                "Of your own choice: whatever is sent twice with it within a day is done once.",
            ));
            errors.push((
                "409",
                "The key was used for another request, or the first is being done",
            ));
            if !has_body {
                errors.push(("413", "The body is too large"));
            }
        }
        "patch" | "put" => {
            headers.push(("If-Match", "The ETag of what you have seen."));
            errors.push(("412", "Somebody changed it since"));
        }
        _ => errors.push(("413", "The body is too large")),
    }
    for (name, text) in headers {
        add_header(operation, name, text);
    }
    if let Some(body) = operation.get_mut("requestBody") {
        leave_bytes_alone(body);
    }
    let Some(responses) = operation["responses"].as_object_mut() else {
        return;
    };
    responses.values_mut().for_each(leave_bytes_alone);
    for (status, text) in errors {
        // Nothing is named in a path without variables, and nothing can be missing.
        if status != "404" || path.contains('{') || has_body {
            responses.insert(status.to_owned(), error(text));
        }
    }
    if method == "get" {
        responses.insert("304".to_owned(), json!({ "description": "You have it already" }));
        tagged(responses);
    }
}

/// Bytes have a media type and no schema: they are no JSON.
fn leave_bytes_alone(described: &mut Value) {
    for media_type in ["message/rfc822", "application/octet-stream"] {
        if let Some(content) = described.pointer_mut(&format!("/content/{}", media_type.replace('/', "~1"))) {
            *content = json!({ "schema": {} });
        }
    }
}

fn error(text: &str) -> Value {
    json!({
        "description": text,
        "content": { problem::MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

fn add_header(operation: &mut Value, name: &str, text: &str) {
    let mut schema = json!({ "type": "string" });
    if name.eq_ignore_ascii_case(again::KEY) {
        schema["minLength"] = json!(1);
        schema["maxLength"] = json!(255);
    }
    let parameter =
        json!({ "name": name, "in": "header", "required": false, "description": text, "schema": schema });
    match operation.get_mut("parameters").and_then(Value::as_array_mut) {
        Some(parameters) => parameters.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}

fn tagged(responses: &mut Map<String, Value>) {
    for status in ["200", "304"] {
        if let Some(response) = responses.get_mut(status) {
            response["headers"] = json!({ "ETag": {
                "description": "Changes when the answer does.", "required": true, "schema": { "type": "string" },
            }});
        }
    }
}
