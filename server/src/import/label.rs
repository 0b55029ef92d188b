//! The names of the text columns of facts.

use super::kind::{Kind, Type};
use super::mapping::fold;

/// The name of a text column of facts that a file's own name stands for; the name itself, folded, if none does.
pub fn column(theirs: &str) -> String {
    let folded = fold(theirs);
    let all = Kind::ALL.iter().flat_map(|k| k.columns());
    all.filter(|c| is_text(c.ty)).map(|c| c.name).find(|name| fold(name) == folded).map_or(folded, str::to_owned)
}

/// Whether facts of some kind have a text column of this name.
pub fn is_column(name: &str) -> bool {
    name.starts_with("attributes.")
        || Kind::ALL.iter().flat_map(|k| k.columns()).any(|c| c.name == name && is_text(c.ty))
}

fn is_text(ty: Type) -> bool {
    matches!(ty, Type::Text(_))
}
