//! Pictures: parts of the package, and those that stand in the XML itself.

use super::load::resolve;
use super::{Gathered, Work};
use crate::docx::package::Parts;
use crate::docx::xml::{Element, Node};
use crate::matcher::Matcher;
use crate::model::What;
use crate::picture;
use data_encoding::BASE64;
use std::collections::BTreeMap;

impl Gathered {
    fn picture(&mut self, bytes: &[u8], matcher: &Matcher) -> Option<(Vec<u8>, &'static str)> {
        let Some(clean) = picture::inside(bytes, matcher) else {
            // What we cannot clean we cannot vouch for: it stays out.
            self.report.add(What::HiddenParts, "pictures", 1);
            return None;
        };
        self.number += 1;
        clean.tell(self.number, matcher, &mut self.report);
        Some((clean.bytes, clean.kind))
    }
}

/// Cleans the pictures that trees refer to; gives each tree the new addresses of what it refers to.
pub(super) fn gather(
    parts: &Parts,
    works: &mut [Work],
    matcher: &Matcher,
    gathered: &mut Gathered,
) -> Vec<BTreeMap<String, String>> {
    let objects: BTreeMap<String, String> = works
        .iter()
        .filter_map(|w| {
            let old = w.folder.strip_suffix('/')?;
            let new = w.name.strip_suffix("/content.xml")?;
            Some((old.to_owned(), new.to_owned()))
        })
        .collect();
    let mut done: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut all = Vec::new();
    for work in works.iter_mut() {
        let mut hrefs = Vec::new();
        work.tree.walk(&mut |e| {
            if !matches!(&*e.tag, "text:a" | "draw:a") {
                hrefs.extend(
                    e.attr("xlink:href")
                        .map(|h| (h.to_owned(), &*e.tag == "draw:object")),
                );
            }
        });
        inline_pictures(&mut work.tree, matcher, gathered);
        let mut addresses = BTreeMap::new();
        for (href, object) in hrefs {
            let old = resolve(&work.folder, &href);
            if object {
                let home = work.name.rsplit_once('/').map_or("", |(f, _)| f);
                if let Some(new) = objects.get(&old) {
                    let seen = new.strip_prefix(home).unwrap_or(new).trim_start_matches('/');
                    addresses.insert(href, format!("./{seen}"));
                }
                continue;
            }
            let Some(bytes) = parts.get(&old) else { continue };
            let new = done.entry(old).or_insert_with(|| {
                let (bytes, kind) = gathered.picture(bytes, matcher)?;
                let name = format!(
                    "Pictures/picture{}.{}",
                    gathered.pictures.len() + 1,
                    picture::extension(kind)
                );
                gathered.pictures.push((name.clone(), bytes));
                Some(name)
            });
            if let Some(new) = new {
                // Objects reach pictures only through their own folder: a copy's folders are flat, so the address climbs.
                let up = "../".repeat(work.name.matches('/').count());
                addresses.insert(href, format!("{up}{new}"));
            }
        }
        all.push(addresses);
    }
    all
}

/// Cleans pictures that stand in the XML itself.
pub(super) fn inline_pictures(element: &mut Element, matcher: &Matcher, gathered: &mut Gathered) {
    element.children.retain_mut(|node| {
        let Node::Element(child) = node else { return true };
        if &*child.tag == "office:binary-data" {
            let bare: String = child.text().chars().filter(|c| !c.is_whitespace()).collect();
            let clean = BASE64
                .decode(bare.as_bytes())
                .ok()
                .and_then(|bytes| gathered.picture(&bytes, matcher));
            if let Some((bytes, _)) = clean {
                child.children = vec![Node::Text(BASE64.encode(&bytes))];
                return true;
            }
            return false;
        }
        inline_pictures(child, matcher, gathered);
        true
    });
}
