//! LaTeX: one file, or an archive of a paper with its figures and bibliography. What prints nothing goes, what can only say who
//! wrote it goes, the rest is read as the paragraphs a reader sees and cut in the source, so that it still compiles.
//! The copy is UTF-8 whatever the input was; a copy of an archive is a zip.

mod bib;
mod flows;
mod lexer;
pub(crate) mod project;
mod structure;

use crate::docx::package;
use crate::flow::{self, Edit, Flow};
use crate::fold::SEAM;
use crate::matcher::Matcher;
use crate::model::{Block, Identity, Refusal, Report, What};
use crate::plan::{self, Plan};
use crate::{outside, picture, plain};
use flows::{Para, Shape, Source};
use project::{Neutral, Project};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;
use structure::{Counts, Rewrite};

/// Whether a text is LaTeX.
pub(crate) fn is_latex(text: &str) -> bool {
    // Another format can speak of LaTeX: the command must begin a line.
    begins(text, &["\\documentclass", "\\documentstyle", "\\begin{document}"])
}

/// Whether a text is a part of a LaTeX paper, without its beginning.
pub(crate) fn is_part(text: &str) -> bool {
    begins(
        text,
        &[
            "\\section{",
            "\\section*{",
            "\\chapter{",
            "\\subsection{",
            "\\input{",
            "\\begin{abstract}",
        ],
    )
}

fn begins(text: &str, words: &[&str]) -> bool {
    text.lines()
        .any(|l| words.iter().any(|w| l.trim_start().starts_with(w)))
}

/// A token in source: in braces, since a bracket behind `\\` or `\item` would be an argument.
fn sign(token: &str) -> String {
    format!("{{{token}}}")
}

/// Makes the blind copy of one file.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    outside::until_unseen(identity, |identity| make(bytes, identity), outside::source)
}

/// Makes the blind copy of an archive, as a zip.
pub(crate) fn strip_archive(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    outside::until_unseen(
        identity,
        |identity| make_archive(bytes, identity),
        outside::archive,
    )
}

fn make(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let text = plain::decode(bytes)?;
    let mut project = Project {
        texts: vec![Source {
            path: "main.tex".into(),
            text,
        }],
        bibliographies: Vec::new(),
        support: Vec::new(),
        figures: BTreeMap::new(),
        roots: vec![0],
        left: BTreeMap::new(),
    };
    let neutral = Neutral::new(&matcher, identity, std::iter::empty());
    let report = redact(&mut project, &matcher, &neutral, Report::default());
    let copy = project.texts.remove(0).text;
    Ok((copy.into_bytes(), report))
}

fn make_archive(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let mut project = project::read(project::unpack(bytes)?)?;
    let paths: Vec<String> = project
        .texts
        .iter()
        .chain(&project.bibliographies)
        .chain(&project.support)
        .map(|s| s.path.clone())
        .chain(project.figures.keys().cloned())
        .collect();
    let neutral = Neutral::new(&matcher, identity, paths.iter().map(String::as_str));
    let mut report = Report::default();
    for (what, count) in &project.left {
        report.add(*what, "document", *count);
    }
    let figures = clean_figures(&mut project, &matcher, identity, &mut report)?;
    let report = redact(&mut project, &matcher, &neutral, report);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for source in project
        .texts
        .into_iter()
        .chain(project.bibliographies)
        .chain(project.support)
    {
        files.insert(neutral.path(&source.path), source.text.into_bytes());
    }
    files.extend(
        figures
            .into_iter()
            .map(|(name, bytes)| (neutral.path(&name), bytes)),
    );
    let files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    let copy = package::write(files)?;
    Ok((copy, report))
}

/// Cleans the figures, each as the file it is. One that cannot be cleaned refuses the paper: without it nothing would compile.
fn clean_figures(
    project: &mut Project,
    matcher: &Matcher,
    identity: &Identity,
    report: &mut Report,
) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut out = Vec::new();
    for (number, (name, bytes)) in std::mem::take(&mut project.figures).into_iter().enumerate() {
        if bytes.starts_with(b"%PDF") {
            let (clean, found) = crate::pdf::strip(&bytes, identity)?;
            for removed in found.removed {
                report.add(removed.what, "pictures", removed.count as usize);
            }
            for mut finding in found.findings {
                finding.place = "pictures".into();
                if !report.findings.iter().any(|f| f.key == finding.key) {
                    report.findings.push(finding);
                }
            }
            out.push((name, clean));
        } else {
            let clean = picture::inside(&bytes, matcher).ok_or(Refusal::PictureFormat)?;
            clean.tell(number + 1, matcher, report);
            out.push((name, clean.bytes));
        }
    }
    Ok(out)
}

/// Takes the identity out of all sources together.
fn redact(project: &mut Project, matcher: &Matcher, neutral: &Neutral<'_>, mut base: Report) -> Report {
    let mut counts = Counts::new();
    let rewrite = Rewrite {
        matcher,
        path: &|path| neutral.path(path),
    };
    for source in &mut project.texts {
        let visible = flow::visible(&source.text);
        let bare = structure::without_hidden(&visible, &mut counts);
        source.text = structure::without_authors(&bare, &rewrite, &mut counts);
    }
    for source in &mut project.bibliographies {
        source.text = bib::clean(&flow::visible(&source.text), &mut counts);
    }
    rename_keys(project, neutral, &mut counts);
    let mut report = cut(project, matcher);
    // A comment's sign that had only a name before it stands alone now.
    for source in &mut project.texts {
        source.text = structure::without_hidden(&source.text, &mut Counts::new());
    }
    for source in project
        .texts
        .iter_mut()
        .chain(&mut project.bibliographies)
        .chain(&mut project.support)
    {
        sweep(&mut source.text, matcher, &mut report);
    }
    for (what, count) in counts {
        let place = if what == What::Properties {
            "properties"
        } else {
            "document"
        };
        report.add(what, place, count);
    }
    for removed in std::mem::take(&mut base.removed) {
        report.add(removed.what, &removed.place, removed.count as usize);
    }
    report.findings.extend(base.findings);
    plan::sort(&mut report);
    report
}

/// Where a paragraph came from.
enum Origin {
    Text(usize),
    Bibliography(usize, Flow),
}

/// Plans over all paragraphs and cuts the sources.
fn cut(project: &mut Project, matcher: &Matcher) -> Report {
    let mut paras: Vec<Para> = Vec::new();
    for root in &project.roots {
        let found = flows::read(&project.texts, *root);
        // A further document reads the rest again: what is there already stays out.
        let known: BTreeSet<usize> = paras.iter().map(|p| p.file).collect();
        let shift = paras.len();
        let mut index: Vec<usize> = Vec::new();
        let fresh: Vec<(usize, Para)> = found
            .into_iter()
            .enumerate()
            .filter(|(_, p)| !known.contains(&p.file))
            .collect();
        index.extend(fresh.iter().map(|(n, _)| *n));
        for (_, mut para) in fresh {
            para.parent = para
                .parent
                .and_then(|p| index.iter().position(|i| *i == p))
                .map(|p| p + shift);
            paras.push(para);
        }
        if project.roots.len() == 1 {
            break;
        }
    }
    let mut planned: Vec<plan::Para> = paras.iter().map(planned).collect();
    let mut origins: Vec<Origin> = (0..paras.len()).map(Origin::Text).collect();
    for (n, source) in project.bibliographies.iter().enumerate() {
        planned.push(plan::Para {
            text: "References".into(),
            place: "body".into(),
            heading: true,
            head: false,
            body: true,
        });
        origins.push(Origin::Bibliography(n, Flow::default()));
        for entry in bib::entries(&source.text) {
            let flow = bib::flow(&source.text, &entry);
            planned.push(plan::Para {
                text: flow.text.clone(),
                place: "body".into(),
                heading: false,
                head: false,
                body: true,
            });
            origins.push(Origin::Bibliography(n, flow));
        }
    }
    let mut plan = plan::plan(&planned, matcher);
    settle(&paras, &origins, &mut plan);
    let mut edits: Vec<Vec<Edit>> = project.texts.iter().map(|_| Vec::new()).collect();
    let mut bib_edits: Vec<Vec<Edit>> = project.bibliographies.iter().map(|_| Vec::new()).collect();
    for (n, origin) in origins.iter().enumerate() {
        match origin {
            Origin::Text(at) => {
                let para = &paras[*at];
                let source = &project.texts[para.file].text;
                text_edits(
                    para,
                    source,
                    plan.drops[n].is_some(),
                    &plan.cuts[n],
                    &mut edits[para.file],
                );
            }
            Origin::Bibliography(file, flow) => flow.edits(&plan.cuts[n], &sign, &mut bib_edits[*file]),
        }
    }
    let report = plan::report(&planned, &plan, matcher);
    for (source, edits) in project
        .texts
        .iter_mut()
        .zip(edits)
        .chain(project.bibliographies.iter_mut().zip(bib_edits))
    {
        source.text = flow::apply(&source.text, edits);
    }
    report
}

fn planned(para: &Para) -> plan::Para {
    let place = match para {
        p if p.head => "header",
        p if p.note => "footnotes",
        p if p.body => "body",
        _ => "document",
    };
    plan::Para {
        text: if para.made.is_empty() {
            para.flow.text.clone()
        } else {
            para.made.into()
        },
        place: place.into(),
        heading: matches!(para.shape, Shape::Heading(_)),
        head: para.head,
        body: para.body,
    }
}

/// Entries of a bibliography are cut, never dropped; a note goes with its paragraph.
fn settle(paras: &[Para], origins: &[Origin], plan: &mut Plan) {
    for (n, origin) in origins.iter().enumerate() {
        match origin {
            Origin::Bibliography(..) => plan.drops[n] = None,
            Origin::Text(at) => {
                let gone = paras[*at]
                    .parent
                    .and_then(|p| plan.drops.get(p).copied().flatten());
                plan.drops[n] = plan.drops[n].or(gone);
            }
        }
    }
}

fn text_edits(para: &Para, source: &str, drop: bool, cuts: &[plan::Cut], out: &mut Vec<Edit>) {
    if !drop {
        let raw = |t: &str| t.to_owned();
        let sign: &dyn Fn(&str) -> String = if para.shape == Shape::Code { &raw } else { &sign };
        let mut own = Vec::new();
        para.flow.edits(cuts, sign, &mut own);
        // The comment sign that joined two lines of a name goes too: the space behind the name would stand at a line's beginning
        // after it, where TeX reads none.
        for n in 1..own.len() {
            let between = own[n - 1].range.end..own[n].range.start;
            let gap = source.get(between.clone()).unwrap_or_default();
            if own[n].with.is_empty() && gap.starts_with('%') && gap[1..].trim().is_empty() {
                own.push(Edit::drop(between));
            }
        }
        out.append(&mut own);
        return;
    }
    let span = para.whole.clone().or_else(|| para.flow.source());
    match span.filter(|s| is_whole(&source[s.clone()])) {
        Some(span) => out.push(Edit::drop(span)),
        None => para.flow.erase(out),
    }
}

/// Whether a stretch of source can go without leaving braces or environments open.
fn is_whole(part: &str) -> bool {
    let mut depth = 0_i32;
    for token in lexer::lex(part) {
        match token.kind {
            lexer::Kind::Open => depth += 1,
            lexer::Kind::Close => depth -= 1,
            lexer::Kind::Command if matches!(&part[token.range], "\\begin" | "\\end") => return false,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

static KEY: LazyLock<Regex> = LazyLock::new(|| crate::forms::pattern(r"[\p{L}\d][\p{L}\d:._/+'-]{2,80}"));

/// Keys of entries and labels that tell a name get a neutral one, wherever they stand as a whole.
fn rename_keys(project: &mut Project, neutral: &Neutral<'_>, counts: &mut Counts) {
    let mut keys: Vec<String> = Vec::new();
    for source in &project.bibliographies {
        keys.extend(
            bib::entries(&source.text)
                .into_iter()
                .map(|e| source.text[e.key].to_owned()),
        );
    }
    for source in &project.texts {
        for token in lexer::lex(&source.text)
            .iter()
            .filter(|t| t.kind == lexer::Kind::Command)
        {
            let name = &source.text[token.range.start + 1..token.range.end];
            let mut at = token.range.end;
            if matches!(name, "bibitem" | "label") || name.to_lowercase().contains("cite") {
                while let Some((_, end)) = lexer::bracketed(&source.text, lexer::skip(&source.text, at)) {
                    at = end;
                }
                if let Some((inner, _)) = lexer::braced(&source.text, at) {
                    keys.extend(source.text[inner].split(',').map(|k| k.trim().to_owned()));
                }
            }
        }
    }
    let mut map: BTreeMap<String, String> = BTreeMap::new();
    let taken: BTreeSet<String> = keys.iter().cloned().collect();
    let mut next = 0;
    for key in keys {
        if map.contains_key(&key)
            || KEY.find(&key).is_none_or(|m| m.len() != key.len())
            || !neutral.tells(&key)
        {
            continue;
        }
        let new = loop {
            next += 1;
            let name = format!("ref{next}");
            if !taken.contains(&name) {
                break name;
            }
        };
        *counts.entry(What::Name).or_default() += 1;
        map.insert(key, new);
    }
    if map.is_empty() {
        return;
    }
    for source in project.texts.iter_mut().chain(&mut project.bibliographies) {
        source.text = with_keys(&source.text, &map);
    }
}

fn with_keys(text: &str, map: &BTreeMap<String, String>) -> String {
    let mut edits = Vec::new();
    for found in KEY.find_iter(text) {
        let before = text[..found.start()].trim_end().chars().next_back();
        let after = text[found.end()..].trim_start().chars().next();
        let alone = matches!(before, Some('{' | ',' | '"')) && matches!(after, Some('}' | ',' | '"'));
        if let Some(new) = map.get(found.as_str()).filter(|_| alone) {
            edits.push(Edit {
                range: found.range(),
                with: new.clone(),
            });
        }
    }
    flow::apply(text, edits)
}

/// The last look at the source as it is written: arguments, keys and data that no paragraph shows.
fn sweep(text: &mut String, matcher: &Matcher, report: &mut Report) {
    let hits = matcher.find(text, false);
    if hits.is_empty() {
        return;
    }
    let mut edits = Vec::new();
    for hit in hits {
        // A hit that runs over braces is none: what stands in two arguments is no name.
        let part = &text[hit.start..hit.end];
        if part.matches('{').count() != part.matches('}').count() || part.contains(['\\', '[', ']']) {
            continue;
        }
        report.add(hit.what, "document", 1);
        edits.push(Edit {
            range: hit.start..hit.end,
            with: "anon".into(),
        });
    }
    *text = flow::apply(text, edits);
}

/// Reads a piece of source as text.
fn letters(source: &str, range: Range<usize>, flow: &mut Flow) {
    let part = Source {
        path: String::new(),
        text: source[range.clone()].to_owned(),
    };
    for para in flows::read(&[part], 0) {
        flow.append(para.flow, range.start);
    }
}

/// A paper as it is read: its paragraphs in order and its figures.
fn paper(bytes: &[u8]) -> Result<(Vec<Para>, Project), Refusal> {
    let mut project = if bytes.starts_with(b"PK") || bytes.starts_with(&[0x1F, 0x8B]) {
        project::read(project::unpack(bytes)?)?
    } else {
        Project {
            texts: vec![Source {
                path: "main.tex".into(),
                text: plain::decode(bytes)?,
            }],
            bibliographies: Vec::new(),
            support: Vec::new(),
            figures: BTreeMap::new(),
            roots: vec![0],
            left: BTreeMap::new(),
        }
    };
    for source in &mut project.texts {
        source.text = structure::without_hidden(&source.text, &mut Counts::new());
    }
    let paras = flows::read(&project.texts, project.roots.first().copied().unwrap_or(0));
    Ok((paras, project))
}

fn words(para: &Para) -> String {
    let text = para.flow.text.replace([SEAM, '\u{AD}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The visible text, a line per paragraph; formulas as source.
pub(crate) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    let (paras, project) = paper(bytes)?;
    let mut out = String::new();
    for para in paras.iter().filter(|p| p.body || p.note) {
        let words = if para.made.is_empty() {
            words(para)
        } else {
            para.made.to_owned()
        };
        if !words.is_empty() {
            out.push_str(&words);
            out.push('\n');
        }
    }
    for source in &project.bibliographies {
        for entry in bib::entries(&source.text) {
            out.push_str(&bib::flow(&source.text, &entry).text);
            out.push('\n');
        }
    }
    Ok(out)
}

/// Width of a figure in pixels, where a PDF must be drawn to be shown.
const WIDTH: u32 = 900;

/// The reading view: headings, paragraphs, lists, tables, pictures; formulas as source; notes and bibliography at the end.
pub(crate) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    let (paras, project) = paper(bytes)?;
    let mut out = Vec::new();
    let mut notes = Vec::new();
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    for para in &paras {
        let words = if para.made.is_empty() {
            words(para)
        } else {
            para.made.to_owned()
        };
        match &para.shape {
            Shape::Picture(path) => out.extend(picture_block(&project, path)),
            Shape::Cell => {
                if let Some(row) = rows.last_mut() {
                    row.push(words);
                }
            }
            Shape::Row => rows.push(Vec::new()),
            Shape::TableEnd => {
                let full: Vec<Vec<String>> = std::mem::replace(&mut rows, vec![Vec::new()])
                    .into_iter()
                    .filter(|r| r.iter().any(|c| !c.is_empty()))
                    .collect();
                if !full.is_empty() {
                    out.push(Block::Table(full));
                }
            }
            _ if words.is_empty() || !(para.body || para.note) => {}
            _ if para.note => notes.push(Block::Paragraph(words)),
            Shape::Heading(level) => out.push(Block::Heading {
                level: *level,
                text: words,
            }),
            Shape::Item => out.push(Block::ListItem(words)),
            Shape::Code | Shape::Paragraph => out.push(Block::Paragraph(words)),
        }
    }
    out.extend(notes);
    for source in &project.bibliographies {
        let entries = bib::entries(&source.text);
        if !entries.is_empty() {
            out.push(Block::Heading {
                level: 2,
                text: "References".into(),
            });
        }
        for entry in entries.iter().filter(|e| !e.fields.is_empty()) {
            let flow = bib::flow(&source.text, entry);
            out.push(Block::ListItem(
                flow.text.split_whitespace().collect::<Vec<_>>().join(" "),
            ));
        }
    }
    Ok(out)
}

fn picture_block(project: &Project, path: &str) -> Option<Block> {
    let bytes = project::picture_at(&project.figures, path)?;
    if bytes.starts_with(b"%PDF") {
        let page = crate::pdf::render(bytes, 0, WIDTH).ok()?;
        return Some(Block::Picture {
            media_type: "image/png".into(),
            bytes: page.png,
        });
    }
    let kind = picture::kind(bytes).filter(|k| picture::is_shown(k))?;
    Some(Block::Picture {
        media_type: picture::media_type(kind),
        bytes: bytes.clone(),
    })
}
