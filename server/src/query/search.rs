//! Looking for a text in several columns.

use sea_orm::DbBackend;
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Func, LikeExpr};

/// Takes the meaning from a sign of a pattern.
const ESCAPE: char = '!';

/// One of the columns holds the text, in whichever letters.
pub fn holds(backend: DbBackend, columns: impl IntoIterator<Item = &'static str>, text: &str) -> Cond {
    // SQLite lowers the letters of ASCII only; what is looked for must be lowered the same way.
    let lowered = match backend {
        DbBackend::Postgres => text.to_lowercase(),
        _ => text.to_ascii_lowercase(),
    };
    let mut pattern = String::from("%");
    for c in lowered.chars() {
        if matches!(c, ESCAPE | '%' | '_') {
            pattern.push(ESCAPE);
        }
        pattern.push(c);
    }
    pattern.push('%');
    columns.into_iter().fold(Cond::any(), |any, name| {
        let column = Expr::expr(Func::lower(Expr::col(name)));
        any.add(column.like(LikeExpr::new(pattern.clone()).escape(ESCAPE)))
    })
}
