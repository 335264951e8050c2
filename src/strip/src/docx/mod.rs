//! WordprocessingML: unpack, keep the content, clean it, take the identity out, pack again, look from outside.

mod chunk;
mod clean;
mod fields;
mod graph;
mod names;
mod outside;
mod pack;
pub(crate) mod package;
mod prune;
mod rels;
mod revisions;
mod settings;
mod story;
mod sweep;
mod tree;
mod view;
pub(crate) mod xml;

pub(crate) use view::{blocks, visible_text};

use crate::findings::{self, Collector};
use crate::fold::content_key;
use crate::matcher::Matcher;
use crate::model::{Finding, FindingKind, Identity, Refusal, Report, What};
use crate::plan::{self, Para, Plan};
use crate::{forms, picture};
use clean::{Cleaner, Unseen};
use graph::{Graph, Kept};
use package::Parts;
use rels::Rel;
use std::collections::{BTreeMap, HashSet};
use sweep::Sweep;
use tree::Tree;
use xml::Element;

/// Whether a zip is a text document, by the names of its entries; used to tell the format.
pub(crate) fn probe(bytes: &[u8]) -> Result<(), Refusal> {
    let names: Vec<String> = package::names(bytes)?.iter().map(|n| n.to_lowercase()).collect();
    let any = |start: &str| names.iter().any(|n| n.trim_start_matches('/').starts_with(start));
    let office = any("word/") || any("[content_types].xml");
    let other = any("mimetype") || (any("xl/") || any("ppt/")) && !any("word/");
    if office && !other {
        Ok(())
    } else {
        Err(Refusal::Unsupported)
    }
}

/// A part on its way from the input to the copy.
struct Work {
    kept: Kept,
    /// Its tree, unless it is a picture.
    tree: Option<Tree>,
    /// Its bytes, if it is one.
    bytes: Vec<u8>,
    place: &'static str,
}

/// How often a copy in which something was still seen is made again, with what was seen added to what must go.
const ATTEMPTS: usize = 3;

/// Makes the blind copy.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let mut more = identity.clone();
    for _ in 0..ATTEMPTS {
        let (copy, report) = make(bytes, &more)?;
        match outside::betrayal(&copy, identity) {
            None => return Ok((copy, report)),
            Some(words) => more.terms.push(words),
        }
    }
    Err(Refusal::IdentityRemains)
}

/// What a finished copy still shows.
pub(crate) fn seen(copy: &[u8], identity: &Identity) -> Option<String> {
    outside::betrayal(copy, identity)
}

fn make(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let mut parts = package::read(bytes)?;
    let graph = graph::read(&parts)?;
    if parts.contains_key("EncryptedPackage") {
        return Err(Refusal::Encrypted);
    }
    let mut counts = graph.left.clone();
    counts.retain(|_, n| *n > 0);
    let mut works = load(&mut parts, &graph, &matcher, &mut counts)?;
    drop(parts);
    let pictures = clean_all(&mut works, &mut counts, &matcher)?;

    let headings = story::heading_styles(styles(&works));
    let mut paras: Vec<Para> = Vec::new();
    for work in &works {
        if let (Some(tree), false) = (&work.tree, work.place.is_empty()) {
            tree.each(&mut |t| story::collect(t, work.place, &headings, &mut paras))?;
        }
    }
    let plan = plan::plan(&paras, &matcher);
    let mut next = 0;
    let mut sweep = Sweep::new(&matcher);
    for work in &mut works {
        let told = !work.place.is_empty();
        if let Some(tree) = &mut work.tree {
            tree.change(&mut |t| {
                if told {
                    story::apply(t, &plan.cuts, &plan.drops, &mut next);
                }
                sweep.sweep(t, told);
                Ok(())
            })?;
        }
    }
    *counts.entry(What::Properties).or_default() += sweep.count;
    prune::prune(&mut works)?;
    let mut report = report(&paras, &plan, &matcher, &counts, pictures);
    drop((paras, plan));
    beside_text(&works, &matcher, &mut report)?;
    let copy = package::write(pack::pack(works, &graph.main)?)?;
    Ok((copy, report))
}

/// What is read beside the text: where links lead, and descriptions of drawings.
fn beside_text(works: &[Work], matcher: &Matcher, report: &mut Report) -> Result<(), Refusal> {
    let targets: Vec<String> = works
        .iter()
        .flat_map(|w| &w.kept.rels)
        .filter(|r| r.external)
        .map(|r| r.target.clone())
        .collect();
    findings::links(&targets, matcher, report);
    let mut collector = Collector::new(matcher);
    for tree in works.iter().filter_map(|w| w.tree.as_ref()) {
        tree.each(&mut |t| {
            t.walk(&mut |e| {
                if let Some(words) = e.attr("descr").filter(|d| !d.is_empty()) {
                    collector.look(words, "pictures", false);
                }
            });
        })?;
    }
    collector.add_to(report);
    Ok(())
}

fn load(
    parts: &mut Parts,
    graph: &Graph,
    matcher: &Matcher,
    counts: &mut BTreeMap<What, usize>,
) -> Result<Vec<Work>, Refusal> {
    let mut works = Vec::new();
    for kept in &graph.kept {
        let bytes = parts.remove(&kept.old).ok_or(Refusal::Broken)?;
        let mut work = Work {
            kept: kept.clone(),
            tree: None,
            bytes: Vec::new(),
            place: place(&kept.kind),
        };
        if graph::is_xml(&kept.kind) {
            match Tree::read(bytes) {
                Ok(mut tree) => {
                    if !graph.chunks.is_empty() {
                        tree.change(&mut |t| {
                            *counts.entry(What::HiddenParts).or_default() +=
                                chunk::expand(t, &kept.old, graph, parts)?;
                            Ok(())
                        })?;
                    }
                    work.tree = Some(tree);
                }
                // A broken list of fonts or styles costs looks, not content.
                Err(Refusal::Broken | Refusal::Undecodable) if place(&kept.kind).is_empty() => continue,
                Err(Refusal::Undecodable) => return Err(Refusal::Broken),
                Err(refusal) => return Err(refusal),
            }
            let before = work.kept.rels.len();
            work.kept
                .rels
                .retain(|r| !r.external || r.kind == "hyperlink" && !is_private(r, matcher));
            *counts.entry(What::Links).or_default() += before - work.kept.rels.len();
        } else {
            work.bytes = bytes;
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
        "chart" | "chartEx" | "chartUserShapes" | "diagramData" | "diagramDrawing" => "figures",
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
    matcher: &Matcher,
) -> Result<Vec<(String, String)>, Refusal> {
    let mut pictures = Vec::new();
    let mut renamed: BTreeMap<String, Option<String>> = BTreeMap::new();
    for work in works.iter_mut().filter(|w| w.tree.is_none()) {
        let stem = work.kept.new.trim_end_matches(".bin").to_owned();
        let new = picture::inside(&work.bytes, matcher).map(|clean| {
            for (what, count) in clean.gone {
                *counts.entry(what).or_default() += count;
            }
            work.bytes = clean.bytes;
            work.kept.media_type = picture::media_type(clean.kind);
            pictures.push((clean.kind.to_owned(), content_key(&work.bytes)));
            format!("{stem}.{}", clean.kind)
        });
        // What we cannot clean we cannot vouch for: it stays out.
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
    }
    let mut unseen = Unseen::new(styles(works));
    for tree in works.iter().filter_map(|w| w.tree.as_ref()) {
        tree.first(&mut |t| unseen.coloured_page |= t.child("w:background").is_some())?;
    }
    for work in works.iter_mut() {
        clean_one(work, &unseen, counts)?;
    }
    Ok(pictures)
}

fn clean_one(work: &mut Work, unseen: &Unseen, counts: &mut BTreeMap<What, usize>) -> Result<(), Refusal> {
    let Some(tree) = &mut work.tree else {
        return Ok(());
    };
    let live: HashSet<String> = work.kept.rels.iter().map(|r| r.id.clone()).collect();
    let is_settings = work.kept.kind == "settings";
    tree.change(&mut |t| {
        let mut cleaner = Cleaner::new(live.clone(), unseen.clone());
        cleaner.clean(t);
        *counts.entry(What::Fields).or_default() += fields::flatten(t);
        if is_settings {
            *counts.entry(What::Properties).or_default() += settings::clean(t);
        }
        for (what, count) in cleaner.counts {
            *counts.entry(what).or_default() += count;
        }
        Ok(())
    })
}

/// The styles of the document.
fn styles(works: &[Work]) -> Option<&Element> {
    works
        .iter()
        .find(|w| w.kept.kind == "styles")
        .and_then(|w| w.tree.as_ref())
        .and_then(Tree::whole)
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
