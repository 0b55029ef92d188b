//! Whether a column is one of many values.

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, Value};

/// `column` is one of the texts. All go over as one value, and PostgreSQL is not shown how many there are: of a long
/// list and a table without statistics, as in the transaction of a first import, it thinks that reading every fact of
/// the organisation is cheaper than an index on the key.
pub fn among_texts<'a>(backend: DbBackend, column: &'static str, texts: impl IntoIterator<Item = &'a str>) -> Expr {
    among(backend, column, "", serde_json::Value::from_iter(texts))
}

/// `column` is one of the numbers; as [`among_texts`].
pub fn among_ids(backend: DbBackend, column: &'static str, ids: impl IntoIterator<Item = i64>) -> Expr {
    among(backend, column, "::bigint", serde_json::Value::from_iter(ids))
}

fn among(backend: DbBackend, column: &'static str, cast: &str, all: serde_json::Value) -> Expr {
    let all = Value::from(all.to_string());
    match backend {
        DbBackend::Postgres => {
            let sql = format!("{column} = ANY(ARRAY(SELECT json_array_elements_text($1::json){cast}))");
            Expr::cust_with_values(sql, [all])
        }
        _ => Expr::cust_with_values(format!("{column} IN (SELECT value FROM json_each(?))"), [all]),
    }
}
