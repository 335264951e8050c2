//! What goes from LaTeX source before anybody reads it as text: what prints nothing, and the macros that can only say who wrote it.

use super::lexer::{Kind, Token, braced, bracketed, lex, skip};
use crate::flow::{Edit, apply};
use crate::forms;
use crate::matcher::Matcher;
use crate::model::What;
use std::collections::BTreeMap;

/// What was taken out, by kind.
pub(super) type Counts = BTreeMap<What, usize>;

/// Takes a stretch out; one that fills its lines goes with them, since an empty line would begin a paragraph.
fn gone(source: &str, range: std::ops::Range<usize>) -> Edit {
    let start = source[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let end = source[range.end..]
        .find('\n')
        .map_or(source.len(), |n| range.end + n);
    let alone = source[start..range.start].trim().is_empty() && source[range.end..end].trim().is_empty();
    if alone && end < source.len() {
        Edit::drop(start..end + 1)
    } else {
        Edit::drop(range)
    }
}

fn count(counts: &mut Counts, what: What) {
    *counts.entry(what).or_default() += 1;
}

/// Takes out comments, text after the end, and branches that are never taken.
pub(super) fn without_hidden(source: &str, counts: &mut Counts) -> String {
    let mut edits = Vec::new();
    let tokens = lex(source);
    for (n, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => comment(source, token, counts, &mut edits),
            Kind::Hidden => {
                count(counts, What::HiddenParts);
                edits.push(gone(source, token.range.clone()));
            }
            Kind::Command => {
                if let Some(edit) = never(source, &tokens, n) {
                    count(counts, What::HiddenParts);
                    edits.extend(edit);
                }
                if let Some(end) = document_end(source, token)
                    && !source[end..].trim().is_empty()
                {
                    count(counts, What::HiddenParts);
                    edits.push(Edit {
                        range: end..source.len(),
                        with: "\n".into(),
                    });
                    break;
                }
            }
            _ => {}
        }
    }
    apply(source, edits)
}

/// Where `\end{document}` ends.
fn document_end(source: &str, token: &Token) -> Option<usize> {
    if &source[token.range.clone()] != "\\end" {
        return None;
    }
    braced(source, token.range.end)
        .filter(|(name, _)| &source[name.clone()] == "document")
        .map(|(_, end)| end)
}

/// A comment on its own line goes with the line; behind text its sign stays, which keeps the line's end from being a space.
fn comment(source: &str, token: &Token, counts: &mut Counts, edits: &mut Vec<Edit>) {
    let range = &token.range;
    let line = source[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let alone = source[line..range.start].trim().is_empty();
    if alone {
        count(counts, What::Comments);
        edits.push(Edit::drop(line..(range.end + 1).min(source.len())));
    } else if range.len() > 1 {
        count(counts, What::Comments);
        edits.push(Edit::drop(range.start + 1..range.end));
    }
}

/// `\iffalse … \fi` and `\if0 … \fi`: the branch that is never taken goes, `\else` stays.
fn never(source: &str, tokens: &[Token], at: usize) -> Option<Vec<Edit>> {
    let name = |t: &Token| (t.kind == Kind::Command).then(|| &source[t.range.start + 1..t.range.end]);
    let start = &tokens[at];
    let zero = name(start) == Some("if") && {
        let rest = &source[start.range.end..];
        rest.starts_with('0') && rest[1..].starts_with([' ', '\n', '\\', '%'])
    };
    if name(start) != Some("iffalse") && !zero {
        return None;
    }
    let mut depth = 0_usize;
    let mut other = None;
    for token in &tokens[at + 1..] {
        match name(token) {
            Some("fi") if depth == 0 => {
                let whole = start.range.start..token.range.end;
                return Some(match other {
                    None => vec![gone(source, whole)],
                    Some(from) => vec![Edit::drop(whole.start..from), Edit::drop(token.range.clone())],
                });
            }
            Some("fi") => depth -= 1,
            Some("else") if depth == 0 => other = Some(token.range.end),
            Some(name) if is_condition(name) => depth += 1,
            _ => {}
        }
    }
    None
}

/// TeX's own conditionals, and those made with `\newif`; LaTeX's `\ifthenelse` and the like have no `\fi`.
fn is_condition(name: &str) -> bool {
    name.starts_with("if")
        && !matches!(
            name,
            "iff"
                | "ifthenelse"
                | "ifdefempty"
                | "ifstrempty"
                | "ifstrequal"
                | "ifblank"
                | "ifbool"
                | "iftoggle"
                | "ifdefstring"
                | "ifnumcomp"
                | "ifboolexpr"
                | "ifdefined@"
        )
}

/// What becomes of a macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It goes with its arguments.
    Drop(usize, What),
    /// It stays with empty arguments, since classes ask for it.
    Empty(usize, What),
    /// Only its nth argument stays.
    Only(usize, usize, What),
}

fn fate(name: &str) -> Option<Fate> {
    use What::{AuthorBlock, Comments, Properties, RunningHead, Section, TrackedChanges};
    Some(match name {
        "author" | "institute" | "name" | "names" | "authors" | "affiliations" => Fate::Empty(1, AuthorBlock),
        "date" => Fate::Empty(1, Properties),
        "thanks"
        | "email"
        | "emails"
        | "ead"
        | "corref"
        | "cortext"
        | "fntext"
        | "fnref"
        | "tnotetext"
        | "tnoteref"
        | "orcid"
        | "orcidlink"
        | "orcidID"
        | "orcidicon"
        | "correspondence"
        | "corresp"
        | "corrauth"
        | "corres"
        | "correspondingauthor"
        | "authornote"
        | "affil"
        | "affiliation"
        | "address"
        | "institution"
        | "additionalaffiliation"
        | "homepage"
        | "altaffiliation"
        | "collaboration"
        | "dedicatory"
        | "dedication"
        | "titlenote"
        | "subtitlenote"
        | "presentaddress"
        | "equalcont"
        | "firstnote"
        | "secondnote"
        | "thirdnote"
        | "fourthnote"
        | "authorinfo"
        | "authornames"
        | "AuthorNames"
        | "AuthorCitation"
        | "firstauthor"
        | "cormark"
        | "credit"
        | "advisor"
        | "supervisor"
        | "department"
        | "university"
        | "streetaddress"
        | "postcode"
        | "IEEEauthorblockN"
        | "IEEEauthorblockA"
        | "aistatsauthor"
        | "aistatsaddress"
        | "twitter"
        | "linkedin"
        | "speaker"
        | "phone"
        | "fax"
        | "authorfootnote"
        | "reprint"
        | "urladdr"
        | "curraddr"
        | "fnm"
        | "sur"
        | "orgdiv"
        | "orgname"
        | "orgaddress"
        | "affaddr"
        | "subauthor" => Fate::Drop(1, AuthorBlock),
        "icmlauthor" | "icmlaffiliation" | "icmlcorrespondingauthor" => Fate::Drop(2, AuthorBlock),
        "authorrunning" | "runauthor" | "shortauthor" | "shortauthors" | "leftauthor" | "AuthorRunning"
        | "authorhead" | "headauthor" => Fate::Drop(1, RunningHead),
        "markboth" => Fate::Empty(2, RunningHead),
        "authorcontributions"
        | "authorcontribution"
        | "funding"
        | "acks"
        | "conflictsofinterest"
        | "competinginterests"
        | "grantsponsor"
        | "grantnum"
        | "sponsor"
        | "biography"
        | "authorbiography"
        | "fundinginfo"
        | "fundingagency" => Fate::Drop(1, Section),
        "pdfinfo"
        | "gitAuthorName"
        | "gitAuthorEmail"
        | "gitCommitterName"
        | "definechangesauthor"
        | "svnauthor"
        | "svnid"
        | "RCS"
        | "pdfcatalog"
        | "hypersetupauthor" => Fate::Drop(1, Properties),
        "todo" | "listoftodos" | "missingfigure" | "todoi" | "fixme" | "fxnote" | "fxwarning" | "fxerror"
        | "pdfcomment" | "marginnote" | "pdfmargincomment" | "pdfmarkupcomment" => Fate::Drop(1, Comments),
        "deleted" => Fate::Drop(1, TrackedChanges),
        "added" | "highlight" => Fate::Only(1, 0, TrackedChanges),
        "replaced" => Fate::Only(2, 0, TrackedChanges),
        "iclrfinalcopy" | "cvprfinalcopy" | "iccvfinalcopy" | "eccvfinalcopy" | "aclfinalcopy"
        | "naaclfinalcopy" | "cameraready" | "noaffiliation" => Fate::Drop(0, Properties),
        _ => return None,
    })
}

/// Environments that can only say who wrote it or who paid.
fn is_identity_environment(name: &str) -> Option<What> {
    Some(match name.trim_end_matches('*').to_lowercase().as_str() {
        "acknowledgement"
        | "acknowledgements"
        | "acknowledgment"
        | "acknowledgments"
        | "acks"
        | "ack"
        | "funding"
        | "authorcontributions"
        | "contributions"
        | "contributors"
        | "credits"
        | "dedication"
        | "conflictofinterest"
        | "fundinginformation" => What::Section,
        "biography"
        | "ieeebiography"
        | "ieeebiographynophoto"
        | "authorbio"
        | "icmlauthorlist"
        | "authorinfo"
        | "authorlist"
        | "authorgroup" => What::AuthorBlock,
        _ => return None,
    })
}

/// Whether a macro without argument begins a section of thanks.
pub(super) fn is_thanks(name: &str) -> bool {
    matches!(
        name,
        "acknowledgments" | "acknowledgements" | "acknowledgment" | "acknowledgement" | "ack"
    )
}

/// How paths and keys are written in the copy.
pub(super) struct Rewrite<'r> {
    pub matcher: &'r Matcher,
    /// The neutral path of a file, seen from the project's root.
    pub path: &'r dyn Fn(&str) -> String,
}

/// Takes out what can only be identity: author macros, properties, private links; makes paths neutral.
pub(super) fn without_authors(source: &str, rewrite: &Rewrite<'_>, counts: &mut Counts) -> String {
    let mut edits = Vec::new();
    let mut done = 0;
    let mut authors = 0;
    let tokens = lex(source);
    for (n, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Command || token.range.start < done {
            continue;
        }
        let name = &source[token.range.start + 1..token.range.end];
        // A definition names a macro without using it.
        if n > 0 && is_defined(source, &tokens[..n]) {
            continue;
        }
        let found = match name {
            "begin" => environment(source, token, counts),
            "hypersetup" => {
                braced(source, token.range.end).and_then(|(inner, _)| properties(source, inner, counts))
            }
            "usepackage" | "documentclass" | "RequirePackage" | "LoadClass" | "PassOptionsToPackage" => {
                options(source, token, counts)
            }
            "url" | "nolinkurl" | "path" | "href" => link(source, token, name, rewrite.matcher, counts),
            name if is_thanks(name) => braced(source, token.range.end)
                .filter(|_| source[token.range.end..].starts_with('{'))
                .map(|(_, end)| {
                    count(counts, What::Section);
                    vec![Edit::drop(token.range.start..end)]
                }),
            name => match fate(name) {
                Some(fate) => macro_edits(
                    source,
                    token,
                    fate,
                    counts,
                    name == "author" && {
                        authors += 1;
                        authors > 1
                    },
                ),
                None => paths(source, token, name, rewrite, counts),
            },
        };
        for edit in found.into_iter().flatten() {
            done = done.max(edit.range.end);
            edits.push(edit);
        }
    }
    apply(source, edits)
}

fn is_defined(source: &str, before: &[Token]) -> bool {
    let mut back = before
        .iter()
        .rev()
        .filter(|t| !(t.kind == Kind::Text && source[t.range.clone()].trim().is_empty()));
    let names = |t: &Token| {
        t.kind == Kind::Command
            && matches!(
                &source[t.range.start + 1..t.range.end],
                "newcommand"
                    | "renewcommand"
                    | "providecommand"
                    | "def"
                    | "gdef"
                    | "edef"
                    | "let"
                    | "DeclareRobustCommand"
                    | "newif"
            )
    };
    match back.next() {
        Some(t) if t.kind == Kind::Open => back.next().is_some_and(names),
        Some(t) if t.kind == Kind::Text && source[t.range.clone()].trim() == "*" => {
            back.next().is_some_and(names)
        }
        Some(t) => names(t),
        None => false,
    }
}

/// A star and optional arguments behind a macro's name.
fn after_options(source: &str, mut at: usize) -> usize {
    if source[at..].starts_with('*') {
        at += 1;
    }
    while let Some((_, end)) = bracketed(source, skip(source, at)) {
        at = end;
    }
    at
}

fn macro_edits(
    source: &str,
    token: &Token,
    fate: Fate,
    counts: &mut Counts,
    again: bool,
) -> Option<Vec<Edit>> {
    let (args, what) = match fate {
        Fate::Drop(args, what) | Fate::Empty(args, what) | Fate::Only(args, _, what) => (args, what),
    };
    let mut at = after_options(source, token.range.end);
    let mut inner = Vec::new();
    for _ in 0..args {
        let (range, end) = braced(source, at)?;
        inner.push(range);
        at = end;
    }
    let whole = token.range.start..at;
    let with = match fate {
        Fate::Drop(..) => String::new(),
        Fate::Empty(..) if again => String::new(),
        Fate::Empty(args, _) => format!("{}{}", &source[token.range.clone()], "{}".repeat(args)),
        Fate::Only(_, which, _) => source[inner.get(which)?.clone()].to_owned(),
    };
    if source[whole.clone()] == with {
        return None;
    }
    count(counts, what);
    Some(vec![if with.is_empty() {
        gone(source, whole)
    } else {
        Edit { range: whole, with }
    }])
}

fn environment(source: &str, token: &Token, counts: &mut Counts) -> Option<Vec<Edit>> {
    let (name, after) = braced(source, token.range.end)?;
    let name = &source[name];
    if let Some(what) = is_identity_environment(name) {
        let close = format!("\\end{{{name}}}");
        let end = source[after..].find(&close).map(|n| after + n + close.len())?;
        count(counts, what);
        return Some(vec![gone(source, token.range.start..end)]);
    }
    // The copy is UTF-8; the old way to write Chinese names its encoding.
    if matches!(name, "CJK" | "CJK*")
        && let Some((encoding, _)) = braced(source, after)
        && source[encoding.clone()] != *"UTF8"
    {
        return Some(vec![Edit {
            range: encoding,
            with: "UTF8".into(),
        }]);
    }
    None
}

/// Takes a PDF's properties out of a list of keys and values.
fn properties(source: &str, inner: std::ops::Range<usize>, counts: &mut Counts) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for item in items(source, inner.clone()) {
        let key = source[item.clone()]
            .trim()
            .split('=')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        let own = [
            "pdfauthor",
            "pdftitle",
            "pdfsubject",
            "pdfkeywords",
            "pdfcreator",
            "pdfproducer",
            "pdfcontact",
            "pdfcopyright",
            "pdflicense",
            "pdfinfo",
            "pdfusetitle",
            "pdfcreationdate",
            "pdfmoddate",
            "pdfcaption",
            "pdfmeta",
            "baseurl",
            "pdfuri",
        ]
        .iter()
        .any(|k| key.starts_with(k));
        if own {
            count(counts, What::Properties);
            // With the comma behind it.
            let end = if source[item.end..].starts_with(',') && item.end < inner.end {
                item.end + 1
            } else {
                item.end
            };
            edits.push(Edit::drop(item.start..end));
        }
    }
    Some(edits).filter(|e| !e.is_empty())
}

/// The entries of a list with commas, not looking into braces.
pub(super) fn items(source: &str, inner: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let (mut out, mut depth, mut from) = (Vec::new(), 0_usize, inner.start);
    for (n, b) in source.as_bytes()[inner.clone()].iter().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                out.push(from..inner.start + n);
                from = inner.start + n + 1;
            }
            _ => {}
        }
    }
    out.push(from..inner.end);
    out
}

/// Styles of conferences hide the authors unless told that the paper is final.
const STYLES: &[&str] = &[
    "neurips", "nips", "iclr", "icml", "cvpr", "iccv", "eccv", "wacv", "acl", "emnlp", "naacl", "aaai",
    "colm", "aistats",
];

fn options(source: &str, token: &Token, counts: &mut Counts) -> Option<Vec<Edit>> {
    let at = skip(source, token.range.end);
    let list = bracketed(source, at);
    let (name, _) = braced(source, list.as_ref().map_or(at, |l| l.1))?;
    let name = source[name.clone()].trim().to_lowercase();
    let list = list.map(|l| l.0);
    if name == "acmart" {
        let had = list.clone().is_some_and(|l| {
            items(source, l)
                .iter()
                .any(|i| source[i.clone()].trim() == "anonymous")
        });
        return (!had).then(|| {
            count(counts, What::AuthorBlock);
            let edit = match list {
                Some(list) if list.is_empty() => Edit {
                    range: list,
                    with: "anonymous".into(),
                },
                Some(list) => Edit {
                    range: list.start..list.start,
                    with: "anonymous,".into(),
                },
                None => Edit {
                    range: at..at,
                    with: "[anonymous]".into(),
                },
            };
            vec![edit]
        });
    }
    let list = list?;
    if name == "inputenc" {
        // The copy is UTF-8.
        return (source[list.clone()] != *"utf8").then(|| {
            vec![Edit {
                range: list,
                with: "utf8".into(),
            }]
        });
    }
    if STYLES.iter().any(|s| name.contains(s)) {
        let final_word = |i: &std::ops::Range<usize>| {
            matches!(
                source[i.clone()].trim(),
                "final" | "accepted" | "preprint" | "camera-ready" | "cameraready"
            )
        };
        let all = items(source, list.clone());
        if all.iter().any(final_word) {
            count(counts, What::AuthorBlock);
            let kept: Vec<&str> = all
                .iter()
                .filter(|i| !final_word(i))
                .map(|i| &source[i.clone()])
                .collect();
            return Some(vec![Edit {
                range: list,
                with: kept.join(","),
            }]);
        }
    }
    if name.contains("hyperref") {
        return properties(source, list, counts);
    }
    None
}

/// Links to people and private places: of `\href` the words stay, of `\url` a sign.
fn link(
    source: &str,
    token: &Token,
    name: &str,
    matcher: &Matcher,
    counts: &mut Counts,
) -> Option<Vec<Edit>> {
    let (target, end) = braced(source, after_options(source, token.range.end))?;
    let address = source[target.clone()]
        .trim()
        .replace("\\_", "_")
        .replace("\\%", "%")
        .replace("\\~", "~")
        .replace("\\#", "#");
    let lower = address.to_lowercase();
    let private = lower.starts_with("mailto:")
        || lower.starts_with("file:")
        || lower.starts_with("run:")
        || !matcher.find(&address, false).is_empty()
        || !forms::find(&address).is_empty();
    if !private {
        return None;
    }
    count(counts, What::Links);
    let edit = if name == "href" {
        let (words, last) = braced(source, end)?;
        // The words are read as text later.
        vec![
            Edit::drop(token.range.start..words.start),
            Edit::drop(words.end..last),
        ]
    } else {
        vec![Edit {
            range: token.range.start..end,
            with: super::sign(crate::token::LATIN),
        }]
    };
    Some(edit)
}

/// Macros that name files, and which of their arguments does.
pub(super) fn file_argument(name: &str) -> Option<usize> {
    Some(match name {
        "includegraphics" | "input" | "include" | "subfile" | "subfileinclude" | "bibliography"
        | "addbibresource" | "lstinputlisting" | "verbatiminput" | "includepdf" | "includesvg"
        | "includestandalone" | "VerbatimInput" | "InputIfFileExists" | "epsfig" | "epsfbox" | "psfig"
        | "includeonly" | "externaldocument" | "pgfimage" | "includemedia" | "addplot" | "loadglsentries"
        | "bibliographystyle" => 0,
        "inputminted" => 1,
        _ => return None,
    })
}

fn paths(
    source: &str,
    token: &Token,
    name: &str,
    rewrite: &Rewrite<'_>,
    counts: &mut Counts,
) -> Option<Vec<Edit>> {
    if name == "graphicspath" {
        let (inner, _) = braced(source, token.range.end)?;
        let mut edits = Vec::new();
        let mut at = inner.start;
        while let Some((folder, end)) = braced(source, at).filter(|(_, end)| *end <= inner.end) {
            let old = &source[folder.clone()];
            let new = (rewrite.path)(old);
            if *old != *new {
                count(counts, What::Paths);
                edits.push(Edit {
                    range: folder,
                    with: new,
                });
            }
            at = end;
        }
        return Some(edits).filter(|e| !e.is_empty());
    }
    let which = file_argument(name)?;
    let mut at = after_options(source, token.range.end);
    let mut inner = None;
    for _ in 0..=which {
        let (range, end) = braced(source, at)?;
        inner = Some(range);
        at = end;
    }
    let mut edits = Vec::new();
    for item in items(source, inner?) {
        let old = source[item.clone()].trim();
        let new = (rewrite.path)(old);
        // A macro in it is none of a machine's.
        let machine = old.get(1..2) == Some(":") || old.starts_with("\\\\");
        if *old != *new && !old.is_empty() && !old.contains('#') && (machine || !old.contains('\\')) {
            count(counts, What::Paths);
            edits.push(Edit {
                range: item,
                with: new,
            });
        }
    }
    Some(edits).filter(|e| !e.is_empty())
}

/// Files that a source names, by macro.
pub(super) fn files(source: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for token in lex(source).iter().filter(|t| t.kind == Kind::Command) {
        let name = &source[token.range.start + 1..token.range.end];
        let Some(which) = file_argument(name) else {
            continue;
        };
        let mut at = after_options(source, token.range.end);
        let mut inner = None;
        for _ in 0..=which {
            let Some((range, end)) = braced(source, at) else {
                break;
            };
            inner = Some(range);
            at = end;
        }
        if let Some(inner) = inner {
            out.extend(
                items(source, inner)
                    .into_iter()
                    .map(|i| (name.to_owned(), source[i].trim().to_owned())),
            );
        }
    }
    out
}
