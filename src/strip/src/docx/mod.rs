//! WordprocessingML: unpack, keep the content, clean it, take the identity out, pack again, look from outside.

mod clean;
mod fields;
mod graph;
mod outside;
pub(crate) mod package;
mod revisions;
mod settings;
mod story;
mod view;
pub(crate) mod xml;

pub(crate) use view::{blocks, visible_text};

use crate::fold::content_key;
use crate::matcher::Matcher;
use crate::model::{Finding, FindingKind, Identity, Refusal, Report, What};
use crate::plan::{self, Para, Plan};
use crate::{forms, picture};
use clean::{Cleaner, Namer};
use graph::{Graph, Kept, Rel};
use package::Parts;
use std::collections::{BTreeMap, HashSet};
use xml::Element;

/// Whether the main document can be read at all; used to tell the format.
pub(crate) fn probe(bytes: &[u8]) -> Result<(), Refusal> {
    let parts = package::read(bytes)?;
    if parts.contains_key("mimetype")
        || parts
            .keys()
            .any(|n| n.starts_with("xl/") || n.starts_with("ppt/"))
            && !parts.keys().any(|n| n.starts_with("word/"))
    {
        return Err(Refusal::Unsupported);
    }
    if !parts.contains_key("[Content_Types].xml") && !parts.keys().any(|n| n.starts_with("word/")) {
        return Err(Refusal::Unsupported);
    }
    Ok(())
}

/// A part on its way from the input to the copy.
struct Work {
    kept: Kept,
    /// Its tree, unless it is a picture.
    tree: Option<Element>,
    /// Its bytes, if it is one.
    bytes: Vec<u8>,
    place: &'static str,
}

/// Makes the blind copy.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let parts = package::read(bytes)?;
    let graph = graph::read(&parts)?;
    drop_signs_of_packing(&parts)?;
    let mut works = load(&parts, &graph, &matcher)?;
    let mut counts = graph.left.clone();
    counts.retain(|_, n| *n > 0);
    let pictures = clean_all(&mut works, &mut counts)?;

    let headings = headings(&works);
    let mut paras: Vec<Para> = Vec::new();
    for work in &works {
        if let (Some(tree), false) = (&work.tree, work.place.is_empty()) {
            story::collect(tree, work.place, &headings, &mut paras);
        }
    }
    let plan = plan::plan(&paras, &matcher);
    let mut next = 0;
    for work in &mut works {
        if let (Some(tree), false) = (&mut work.tree, work.place.is_empty()) {
            story::apply(tree, &plan.cuts, &plan.drops, &mut next);
        }
    }
    prune(&mut works);
    let report = report(&paras, &plan, &matcher, &counts, pictures);
    let copy = package::write(&pack(works))?;
    if outside::betrays(&copy, identity) {
        Err(Refusal::IdentityRemains)
    } else {
        Ok((copy, report))
    }
}

/// Data that no relation reaches is left behind anyway; nothing to refuse so far.
fn drop_signs_of_packing(parts: &Parts) -> Result<(), Refusal> {
    if parts.contains_key("EncryptedPackage") {
        Err(Refusal::Encrypted)
    } else {
        Ok(())
    }
}

fn load(parts: &Parts, graph: &Graph, matcher: &Matcher) -> Result<Vec<Work>, Refusal> {
    let mut works = Vec::new();
    for kept in &graph.kept {
        let bytes = parts.get(&kept.old).ok_or(Refusal::Broken)?;
        let mut work = Work {
            kept: kept.clone(),
            tree: None,
            bytes: Vec::new(),
            place: place(&kept.kind),
        };
        if graph::is_xml(&kept.kind) {
            match xml::parse(bytes) {
                Ok(tree) => work.tree = Some(tree),
                // A broken list of fonts or styles costs looks, not content.
                Err(Refusal::Broken) if place(&kept.kind).is_empty() => continue,
                Err(refusal) => return Err(refusal),
            }
            work.kept
                .rels
                .retain(|r| !r.external || r.kind == "hyperlink" && !is_private(r, matcher));
        } else {
            work.bytes.clone_from(bytes);
        }
        works.push(work);
    }
    let there: HashSet<String> = works.iter().map(|w| w.kept.new.clone()).collect();
    for work in &mut works {
        work.kept.rels.retain(|r| r.external || there.contains(&r.target));
    }
    Ok(works)
}

/// Where a part's words stand; empty for parts whose words are not the author's.
fn place(kind: &str) -> &'static str {
    match kind {
        "document" => "body",
        "header" => "header",
        "footer" => "footer",
        "footnotes" => "footnotes",
        "endnotes" => "endnotes",
        "chart" | "diagramData" | "diagramDrawing" => "figures",
        _ => "",
    }
}

/// Links to people, files and private places.
fn is_private(rel: &Rel, matcher: &Matcher) -> bool {
    let target = rel.target.to_lowercase();
    let web = target.starts_with("http://") || target.starts_with("https://") || target.starts_with('#');
    !web || !matcher.find(&rel.target, false).is_empty() || !forms::find(&rel.target).is_empty()
}

/// Cleans every part; returns the pictures that were met, by content.
fn clean_all(
    works: &mut Vec<Work>,
    counts: &mut BTreeMap<What, usize>,
) -> Result<Vec<(String, String)>, Refusal> {
    let mut pictures = Vec::new();
    let mut renamed: BTreeMap<String, Option<String>> = BTreeMap::new();
    for work in works.iter_mut().filter(|w| w.tree.is_none()) {
        let stem = work.kept.new.trim_end_matches(".bin").to_owned();
        let new = picture::clean_inside(&work.bytes).map(|(bytes, gone, kind)| {
            *counts.entry(What::PictureMetadata).or_default() += gone;
            work.bytes = bytes;
            work.kept.media_type = picture::media_type(kind);
            pictures.push((kind.to_owned(), content_key(&work.bytes)));
            format!("{stem}.{kind}")
        });
        // What we cannot clean we cannot vouch for: it stays out. A drawing in SVG has a picture beside it for older readers.
        if new.is_none() {
            *counts.entry(What::HiddenParts).or_default() += 1;
        }
        renamed.insert(work.kept.new.clone(), new.clone());
        if let Some(new) = new {
            work.kept.new = new;
        }
    }
    works.retain(|w| w.tree.is_some() || renamed.values().flatten().any(|n| *n == w.kept.new));
    for work in works.iter_mut() {
        work.kept
            .rels
            .retain(|r| r.external || renamed.get(&r.target) != Some(&None));
        for rel in &mut work.kept.rels {
            if let Some(Some(new)) = renamed.get(&rel.target) {
                rel.target.clone_from(new);
            }
        }
        clean_one(work, counts)?;
    }
    Ok(pictures)
}

fn clean_one(work: &mut Work, counts: &mut BTreeMap<What, usize>) -> Result<(), Refusal> {
    let Some(tree) = &mut work.tree else {
        return Ok(());
    };
    let mut cleaner = Cleaner::new(work.kept.rels.iter().map(|r| r.id.clone()).collect());
    cleaner.clean(tree);
    if cleaner.foreign {
        return Err(Refusal::Unsupported);
    }
    let flattened = fields::flatten(tree);
    *counts.entry(What::Fields).or_default() += flattened;
    if work.kept.kind == "settings" {
        *counts.entry(What::Properties).or_default() += settings::clean(tree);
    }
    for (what, count) in cleaner.counts {
        *counts.entry(what).or_default() += count;
    }
    Ok(())
}

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
];

/// What was cut may have been the last to refer to a note, a link or a picture: these go too. Then all names are made neutral.
fn prune(works: &mut Vec<Work>) {
    let mut notes: HashSet<String> = HashSet::new();
    for tree in works.iter().filter_map(|w| w.tree.as_ref()) {
        tree.walk(&mut |e| {
            if matches!(&*e.tag, "w:footnoteReference" | "w:endnoteReference") {
                notes.extend(e.attr("w:id").map(|id| format!("{}{id}", &e.local()[..3])));
            }
        });
    }
    for work in works.iter_mut() {
        let kind = work.kept.kind.clone();
        if let (Some(tree), "footnotes" | "endnotes") = (&mut work.tree, kind.as_str()) {
            let used = |e: &Element| {
                e.attr("w:type").is_some_and(|t| t != "normal")
                    || e.attr("w:id")
                        .is_none_or(|id| notes.contains(&format!("{}{id}", &kind[..3])))
            };
            tree.children
                .retain(|n| !matches!(n, xml::Node::Element(e) if !used(e)));
        }
    }
    let mut namer = Namer::default();
    for work in works.iter_mut() {
        let Some(tree) = &mut work.tree else { continue };
        namer.name(tree);
        let mut used = HashSet::new();
        tree.walk(&mut |e| {
            used.extend(
                e.attrs
                    .iter()
                    .filter(|a| a.key.starts_with("r:"))
                    .map(|a| a.value.clone()),
            )
        });
        work.kept
            .rels
            .retain(|r| IMPLICIT.contains(&r.kind.as_str()) || used.contains(&r.id));
    }
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
            return;
        }
    }
}

fn headings(works: &[Work]) -> HashSet<String> {
    story::heading_styles(
        works
            .iter()
            .find(|w| w.kept.kind == "styles")
            .and_then(|w| w.tree.as_ref()),
    )
}

fn report(
    paras: &[Para],
    plan: &Plan,
    matcher: &Matcher,
    counts: &BTreeMap<What, usize>,
    pictures: Vec<(String, String)>,
) -> Report {
    let mut report = plan::report(paras, plan, matcher);
    for (what, count) in counts {
        let place = match what {
            What::PictureMetadata => "pictures",
            What::Properties => "properties",
            _ => "document",
        };
        report.add(*what, place, *count);
    }
    for (number, (kind, key)) in pictures.into_iter().enumerate().take(40) {
        if !matcher.keep.contains(&key) {
            let matched = format!("picture {} ({kind})", number + 1);
            report.findings.push(Finding {
                key,
                kind: FindingKind::Picture,
                place: "pictures".into(),
                excerpt: matched.clone(),
                matched,
            });
        }
    }
    plan::sort(&mut report);
    report
}

/// Lays the parts out under their neutral names, with fresh types and relations.
fn pack(works: Vec<Work>) -> Vec<(String, Vec<u8>)> {
    let mut types = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    );
    let mut seen = HashSet::new();
    for kept in works.iter().map(|w| &w.kept).filter(|k| !graph::is_xml(&k.kind)) {
        let extension = kept.new.rsplit('.').next().unwrap_or_default().to_owned();
        if seen.insert(extension.clone()) {
            types.push_str(&format!(
                "<Default Extension=\"{extension}\" ContentType=\"{}\"/>",
                kept.media_type
            ));
        }
    }
    for kept in works.iter().map(|w| &w.kept).filter(|k| graph::is_xml(&k.kind)) {
        types.push_str(&format!(
            "<Override PartName=\"/{}\" ContentType=\"{}\"/>",
            kept.new,
            quick_xml::escape::escape(kept.media_type.as_str())
        ));
    }
    types.push_str("</Types>");
    let main = Rel {
        id: "rId1".into(),
        kind: String::new(),
        full: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument".into(),
        target: "word/document.xml".into(),
        external: false,
    };
    let mut out = vec![
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), graph::write_rels("", &[main])),
    ];
    for work in works {
        if !work.kept.rels.is_empty() {
            let (folder, file) = work.kept.new.rsplit_once('/').unwrap_or(("", &work.kept.new));
            out.push((
                format!("{folder}/_rels/{file}.rels"),
                graph::write_rels(&work.kept.new, &work.kept.rels),
            ));
        }
        let bytes = work.tree.as_ref().map_or(work.bytes, xml::write);
        out.push((work.kept.new, bytes));
    }
    out
}
