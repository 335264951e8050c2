//! What is left without a use after cutting goes too, and what is left gets neutral names.

use super::Work;
use super::names::Namer;
use super::xml::{Element, Node};
use crate::model::Refusal;
use std::collections::{HashMap, HashSet};

/// Relations that no element names: they hold by being there.
const IMPLICIT: &[&str] = &[
    "styles",
    "settings",
    "fontTable",
    "numbering",
    "theme",
    "footnotes",
    "endnotes",
    "chartStyle",
    "chartColorStyle",
    "diagramDrawing",
    "themeOverride",
];

/// What was cut may have been the last to refer to a note, a link or a picture: these go too. Then all names are made neutral.
pub(super) fn prune(works: &mut Vec<Work>) -> Result<(), Refusal> {
    let mut notes: HashSet<String> = HashSet::new();
    for tree in works.iter().filter_map(|w| w.tree.as_ref()) {
        tree.each(&mut |t| {
            t.walk(&mut |e| {
                if matches!(&*e.tag, "w:footnoteReference" | "w:endnoteReference") {
                    notes.extend(e.attr("w:id").map(|id| format!("{}{id}", &e.local()[..3])));
                }
            });
        })?;
    }
    for work in works.iter_mut() {
        let kind = work.kept.kind.clone();
        if let (Some(tree), "footnotes" | "endnotes") = (&mut work.tree, kind.as_str()) {
            let used = |e: &Element| {
                e.attr("w:type").is_some_and(|t| t != "normal")
                    || e.attr("w:id")
                        .is_none_or(|id| notes.contains(&format!("{}{id}", &kind[..3])))
            };
            tree.change(&mut |t| {
                t.children.retain(|n| !matches!(n, Node::Element(e) if !used(e)));
                Ok(())
            })?;
        }
    }
    let mut namer = Namer::default();
    for work in works.iter_mut() {
        let Some(tree) = &mut work.tree else { continue };
        let mut used = HashSet::new();
        tree.change(&mut |t| {
            namer.name(t);
            t.walk(&mut |e| {
                used.extend(
                    e.attrs
                        .iter()
                        .filter(|a| a.key.starts_with("r:"))
                        .map(|a| a.value.clone()),
                )
            });
            Ok(())
        })?;
        work.kept
            .rels
            .retain(|r| IMPLICIT.contains(&r.kind.as_str()) || used.contains(&r.id));
    }
    renumber(works)?;
    loop {
        let reached: HashSet<String> = works
            .iter()
            .flat_map(|w| &w.kept.rels)
            .filter(|r| !r.external)
            .map(|r| r.target.clone())
            .collect();
        let before = works.len();
        works.retain(|w| w.kept.kind == "document" || reached.contains(&w.kept.new));
        if works.len() == before {
            recount(works);
            return Ok(());
        }
    }
}

/// What went leaves no gap in the numbers of what stays.
fn recount(works: &mut [Work]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut renamed: HashMap<String, String> = HashMap::new();
    for work in works.iter_mut() {
        let old = work.kept.new.clone();
        let (stem, extension) = old.rsplit_once('.').unwrap_or((&old, ""));
        let base = stem.trim_end_matches(|c: char| c.is_ascii_digit());
        if base.len() < stem.len() {
            let count = counts.entry(base.to_owned()).or_default();
            *count += 1;
            work.kept.new = format!("{base}{count}.{extension}");
            renamed.insert(old, work.kept.new.clone());
        }
    }
    for rel in works
        .iter_mut()
        .flat_map(|w| &mut w.kept.rels)
        .filter(|r| !r.external)
    {
        if let Some(new) = renamed.get(&rel.target) {
            rel.target.clone_from(new);
        }
    }
}

/// Ids of relations are made up by programs, some of them at random: they are counted afresh.
fn renumber(works: &mut [Work]) -> Result<(), Refusal> {
    let mut drawings: HashMap<String, String> = HashMap::new();
    for work in works.iter_mut() {
        let mut new: HashMap<String, String> = HashMap::new();
        for (number, rel) in work.kept.rels.iter_mut().enumerate() {
            let id = format!("rId{}", number + 1);
            if rel.kind == "diagramDrawing" {
                drawings.insert(rel.id.clone(), id.clone());
            }
            new.insert(std::mem::replace(&mut rel.id, id.clone()), id);
        }
        if let Some(tree) = &mut work.tree {
            tree.change(&mut |t| {
                rename(t, &new, |key| key.starts_with("r:") || key == "o:relid");
                Ok(())
            })?;
        }
    }
    // A diagram's data names the relation of the document, not its own.
    for work in works.iter_mut().filter(|w| w.kept.kind == "diagramData") {
        if let Some(tree) = &mut work.tree {
            tree.change(&mut |t| {
                rename(t, &drawings, |key| key == "relId");
                Ok(())
            })?;
        }
    }
    Ok(())
}

fn rename(element: &mut Element, new: &HashMap<String, String>, is_id: fn(&str) -> bool) {
    for attr in element.attrs.iter_mut().filter(|a| is_id(&a.key)) {
        if let Some(id) = new.get(&attr.value) {
            attr.value.clone_from(id);
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            rename(child, new, is_id);
        }
    }
}
