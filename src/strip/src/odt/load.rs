//! The trees of a package: the document's own, and those of the objects in it.

use super::Work;
use super::styles::Styles;
use crate::docx::package::Parts;
use crate::docx::xml::{self, Element};
use crate::model::Refusal;

/// Objects in objects nest this deep at most.
const DEEPEST: usize = 4;

/// Reads the trees of a document and of the objects in it.
pub(super) fn load(
    parts: &Parts,
    folder: &str,
    new: &str,
    depth: usize,
    works: &mut Vec<Work>,
) -> Result<(), Refusal> {
    let read = |name: &str| {
        parts
            .get(&format!("{folder}{name}"))
            .filter(|b| !b.is_empty())
            .map(|b| match xml::parse(b) {
                Err(Refusal::Undecodable) => Err(Refusal::Broken),
                other => other,
            })
            .transpose()
    };
    let content = read("content.xml")?.ok_or(Refusal::Broken)?;
    let styles = match read("styles.xml") {
        // Broken styles cost looks, not content.
        Err(Refusal::Broken) => None,
        other => other?,
    };
    let all: Vec<&Element> = styles.iter().chain([&content]).collect();
    let inside = Styles::of(&all);
    let outer = Styles::of(&styles.iter().collect::<Vec<_>>());
    let mut objects = Vec::new();
    content.walk(&mut |e| {
        if &*e.tag == "draw:object" {
            objects.extend(e.attr("xlink:href").map(|h| resolve(folder, h)));
        }
    });
    works.push(Work {
        name: format!("{new}content.xml"),
        tree: content,
        folder: folder.to_owned(),
        styles: inside,
        place: if depth == 0 { "body" } else { "figures" },
    });
    if let Some(tree) = styles {
        works.push(Work {
            name: format!("{new}styles.xml"),
            tree,
            folder: folder.to_owned(),
            styles: outer,
            place: "",
        });
    }
    objects.sort();
    objects.dedup();
    for (n, object) in objects.into_iter().enumerate() {
        let inner = format!("{object}/");
        if parts.contains_key(&format!("{inner}content.xml")) {
            if depth + 1 > DEEPEST {
                return Err(Refusal::Bomb);
            }
            let name = format!("{new}Object {}/", n + 1);
            // An object that does not hold together is left out; the document is more than it.
            let before = works.len();
            if let Err(refusal) = load(parts, &inner, &name, depth + 1, works) {
                works.truncate(before);
                if refusal == Refusal::Bomb {
                    return Err(refusal);
                }
            }
        }
    }
    Ok(())
}

/// The part an address means, seen from a folder.
pub(super) fn resolve(folder: &str, href: &str) -> String {
    let bare = href.trim_start_matches("./").trim_end_matches('/');
    format!("{folder}{bare}")
}
