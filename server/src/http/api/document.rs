//! The OpenAPI document: written from the handlers and from the columns of each kind of fact.

use std::sync::Arc;

use axum::extract::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use super::facts::is_readable;
use super::written;
use crate::import::Kind;
use crate::import::batch::MAX_ROWS;
use crate::import::kind::{Column, Type};

/// The document as text.
#[derive(Clone, Debug)]
pub(super) struct Document(Arc<str>);

/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    responses((status = 200, description = "The OpenAPI document.", content_type = "application/json"))
)]
pub(super) async fn openapi(Extension(document): Extension<Document>) -> Response {
    written(StatusCode::OK, document.0.to_string())
}

/// Adds what the handlers do not know: title, server, security, the rows of each kind.
pub(super) fn complete(api: OpenApi) -> Document {
    // Made of texts and maps with texts as keys: it can be written.
    let mut document = serde_json::to_value(api).unwrap_or_default();
    document["info"] = json!({
        "title": "Maatstaf",
        "version": "1",
        "description": "Figures out, facts in. A token works with the reach that its creator has when it is used. \
                        Every error is a problem document (RFC 9457).",
    });
    document["servers"] = json!([{ "url": super::BASE }]);
    document["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "A token of the page “API tokens”: mst_…" }
    });
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    for kind in Kind::ALL.iter().copied() {
        document["components"]["schemas"][format!("Row_{}", kind.name())] = row(kind);
    }
    let rows: Vec<Value> =
        kinds.iter().map(|kind| json!({ "$ref": format!("#/components/schemas/Row_{kind}") })).collect();
    document["components"]["schemas"]["Batch"] = json!({
        "type": "object",
        "required": ["rows"],
        "additionalProperties": false,
        "properties": {
            "mode": { "type": "string", "enum": ["create", "update", "upsert"], "default": "upsert" },
            "dry_run": { "type": "boolean", "default": false },
            "accept_valid": { "type": "boolean", "default": false },
            "rows": {
                "type": "array", "minItems": 1, "maxItems": MAX_ROWS, "items": { "anyOf": rows },
                "description": "All with the same fields.",
            },
        },
    });
    let path = &mut document["paths"]["/facts/{kind}"];
    path["post"]["requestBody"]["content"]["application/json"]["schema"] =
        json!({ "$ref": "#/components/schemas/Batch" });
    let readable: Vec<&str> = Kind::ALL.iter().filter(|kind| is_readable(**kind)).map(|kind| kind.name()).collect();
    for (method, allowed) in [("get", &readable), ("post", &kinds)] {
        if let Some(parameters) = path[method]["parameters"].as_array_mut() {
            for parameter in parameters.iter_mut().filter(|p| p["name"] == "kind") {
                parameter["schema"]["enum"] = json!(allowed);
            }
        }
    }
    Document(document.to_string().into())
}

/// A row of a kind.
fn row(kind: Kind) -> Value {
    let columns = kind.columns();
    let mut properties: Map<String, Value> = columns.iter().map(|c| (c.name.to_owned(), cell(c))).collect();
    if kind.has_own() {
        let own = json!({
            "type": ["object", "null"],
            "additionalProperties": { "type": ["string", "number", "boolean", "null"] },
            "description": "Up to ten texts of the organisation's own by their names. Where a batch names \
                            any, the fact has those of its row afterwards and no others. Instead, each may be a field \
                            `attributes.NAME` of the row.",
        });
        properties.insert("attributes".to_owned(), own);
    }
    let required: Vec<&str> = columns.iter().filter(|c| c.required).map(|c| c.name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn cell(column: &Column) -> Value {
    match column.ty {
        Type::Choice(choices) => {
            let blank = (!column.required).then_some(Value::Null);
            let values: Vec<Value> = choices.iter().map(|choice| json!(choice)).chain(blank).collect();
            json!({ "type": ["string", "null"], "enum": values })
        }
        Type::Flag => json!({ "type": ["string", "boolean", "number", "null"] }),
        Type::Date => json!({ "type": ["string", "null"], "format": "date" }),
        ty if ty.is_number() => json!({ "type": ["string", "number", "null"] }),
        _ => json!({ "type": ["string", "null"] }),
    }
}
