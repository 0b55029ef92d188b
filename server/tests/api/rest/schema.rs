//! What the document says of answers and bodies is what goes over the wire.

use domain::policy::Scope;
use serde_json::{Value, json};
use server::import::Kind;

use crate::support::{Program, Site};

/// Checks a value against a schema of the document; as much of JSON Schema as the document uses. What it does not know
/// is an error, so that nothing passes unread.
fn check(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let Some(parts) = schema.as_object() else { return Err(format!("{at}: {schema} is no schema")) };
    let fits = |name: &str| match name {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{at}: the type {other} is not known here"),
    };
    for (key, said) in parts {
        let holds = match key.as_str() {
            "$ref" => {
                let pointer = said.as_str().and_then(|r| r.strip_prefix('#')).ok_or(format!("{at}: {said}"))?;
                let target = document.pointer(pointer).ok_or(format!("{at}: {said} leads nowhere"))?;
                check(document, target, value, at)?;
                true
            }
            "type" => match said {
                Value::String(name) => fits(name),
                Value::Array(names) => names.iter().any(|name| fits(name.as_str().unwrap())),
                _ => false,
            },
            "enum" => said.as_array().is_some_and(|all| all.contains(value)),
            "oneOf" | "anyOf" => {
                let fitting = said.as_array().unwrap().iter().filter(|s| check(document, s, value, at).is_ok()).count();
                if key == "oneOf" { fitting == 1 } else { fitting > 0 }
            }
            "required" => said.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "properties" => {
                for (name, property) in said.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        check(document, property, inner, &format!("{at}.{name}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = |name: &String| parts.get("properties").is_some_and(|p| p.get(name).is_some());
                for (name, inner) in value.as_object().into_iter().flatten().filter(|(name, _)| !known(name)) {
                    match said {
                        Value::Bool(true) => {}
                        Value::Bool(false) => return Err(format!("{at}: {name} is not in the document")),
                        schema => check(document, schema, inner, &format!("{at}.{name}"))?,
                    }
                }
                true
            }
            "items" => {
                for (i, inner) in value.as_array().into_iter().flatten().enumerate() {
                    check(document, said, inner, &format!("{at}[{i}]"))?;
                }
                true
            }
            "minimum" => value.as_f64().is_none_or(|v| v >= said.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|v| v.len() as u64 >= said.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|v| v.len() as u64 <= said.as_u64().unwrap()),
            "propertyNames" | "format" | "description" | "default" | "example" | "title" => true,
            other => return Err(format!("{at}: {other} is not known here")),
        };
        if !holds {
            return Err(format!("{at}: {value} is not {key} {said}"));
        }
    }
    Ok(())
}

/// The schema of an answer.
fn answer<'a>(document: &'a Value, method: &str, path: &str, status: u16) -> &'a Value {
    let responses = &document["paths"][path][method]["responses"];
    let exact = responses.get(status.to_string());
    let range = responses.get(format!("{}XX", status / 100));
    let content =
        &exact.or(range).unwrap_or_else(|| panic!("{method} {path} {status} is not in the document"))["content"];
    &content.as_object().unwrap().values().next().unwrap()["schema"]
}

#[tokio::test]
async fn answers_and_bodies_are_as_the_document_says() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &Scope::ALL).await;
    let document: Value = program.get("/openapi.json").await.assert(200).json();
    let good = [
        (
            "deals",
            json!({ "external_id": "Z1", "person": "Rob Rep", "status": "won", "closed_on": "2017-05-01", "amount": 10.5, "currency": null }),
        ),
        (
            "subscriptions",
            json!({ "external_id": "Z2", "customer": "Acme", "start": "2017-01-01", "amount": "49.00", "interval": null }),
        ),
        (
            "leads",
            json!({ "external_id": "Z3", "created_on": "2017-01-01", "qualified": true, "attributes.page": "a" }),
        ),
        ("activities", json!({ "date": "2017-01-01", "person": "Rob Rep", "type": "call", "count": 2 })),
        ("rates", json!({ "date": "2017-01-01", "currency": "USD", "rate": 0.9 })),
    ];
    let body = &document["paths"]["/facts/{kind}"]["post"]["requestBody"]["content"]["application/json"]["schema"];
    for (kind, row) in &good {
        let batch = json!({ "rows": [row] });
        check(&document, body, &batch, kind).unwrap();
        let own = json!({ "$ref": format!("#/components/schemas/Row_{kind}") });
        check(&document, &own, row, kind).unwrap();
        for (mode, status) in [("upsert", 200), ("create", 422)] {
            let sent = json!({ "mode": mode, "rows": [row] });
            let got: Value = program.post(&format!("/facts/{kind}"), &sent).await.assert(status).json();
            check(&document, answer(&document, "post", "/facts/{kind}", status), &got, kind).unwrap();
        }
    }
    // Every kind that the document allows is given out, and no other.
    let parameters = document["paths"]["/facts/{kind}"]["get"]["parameters"].as_array().unwrap();
    let allowed = &parameters.iter().find(|p| p["name"] == "kind").unwrap()["schema"]["enum"];
    for kind in Kind::ALL {
        let is_allowed = allowed.as_array().unwrap().contains(&json!(kind.name()));
        let got = program.get(&format!("/facts/{}", kind.name())).await;
        assert_eq!(got.status == 200, is_allowed, "{}", kind.name());
        let status = got.status.as_u16();
        let page: Value = got.json();
        check(&document, answer(&document, "get", "/facts/{kind}", status), &page, kind.name()).unwrap();
        if good.iter().any(|(name, _)| *name == kind.name()) {
            let facts = page.get("facts").or(page.get("deals")).unwrap();
            assert!(!facts.as_array().unwrap().is_empty(), "{}: something was checked", kind.name());
        }
    }
    let ask = "/kpis/query?metrics=deals_won,win_rate,revenue,cycle_days_mean&from=2016-01-01&to=2018-01-01&by=person";
    for (path, address, status) in [
        ("/kpis", "/kpis", 200),
        ("/kpis/query", ask, 200),
        ("/kpis/query", "/kpis/query?metrics=nothing", 422),
        ("/facts/{kind}", "/facts/cats", 404),
        ("/facts/{kind}", "/facts/deals?limit=0", 422),
    ] {
        let got: Value = program.get(address).await.assert(status).json();
        check(&document, answer(&document, "get", path, status), &got, address).unwrap();
    }
    let schema = json!({ "$ref": "#/components/schemas/KpiRow" });
    assert!(check(&document, &schema, &json!({ "metric": 1, "by": {} }), "x").is_err(), "the check can fail");
    assert!(check(&document, &schema, &json!({ "metric": "x" }), "x").is_err());
}
