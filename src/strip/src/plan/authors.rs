//! The author block: the lines between title and abstract that say who wrote it.

use super::Para;
use crate::common;
use crate::fold::fold;
use crate::forms::{self, pattern};
use crate::matcher::Hit;
use crate::model::What;
use crate::names::Kind;
use crate::sections;
use regex::Regex;
use std::sync::LazyLock;

/// How far down the main text the author block can reach.
const DEEPEST_BLOCK: usize = 80;

pub(crate) fn author_block(paras: &[Para], hits: &[Vec<Hit>], drops: &mut [Option<What>]) {
    let body: Vec<usize> = (0..paras.len())
        .filter(|i| paras[*i].body && !paras[*i].text.trim().is_empty())
        .take(DEEPEST_BLOCK)
        .collect();
    later_blocks(paras, hits, drops);
    let Some(end) = body.iter().position(|i| sections::is_abstract(&paras[*i].text)) else {
        return loose_block(paras, hits, drops, &body);
    };
    let named_at = |at: usize| {
        let (text, hits) = (&paras[body[at]].text, &hits[body[at]]);
        let title = at == 0 && share(text, hits) < 0.4;
        !title && hits.iter().any(is_person) && !is_cited(text, hits)
    };
    let first_name = (0..end).find(|at| named_at(*at));
    // A few lines between the names and the abstract are all about the authors. Where the names come first, the title is among them.
    let proper = sections::is_abstract_proper(&paras[body[end]].text);
    let close = first_name.filter(|first| {
        let (text, hits) = (&paras[body[*first]].text, &hits[body[*first]]);
        proper && *first > 0 && end - first < FEW_LINES && share(text, hits) > 0.3
    });
    for (at, index) in body[..end].iter().enumerate() {
        let (text, hits) = (paras[*index].text.as_str(), &hits[*index]);
        let title = at == 0 && share(text, hits) < 0.4;
        let named = hits
            .iter()
            .any(|h| is_person(h) || matches!(h.what, What::Email | What::Orcid | What::Affiliation));
        let (reached, after) = (
            first_name.is_some_and(|n| at >= n),
            first_name.is_some_and(|n| at > n),
        );
        let whole =
            share(text, hits) > 0.3 || looks_like_block(text) || reached && text.chars().count() < 600;
        let known = named && whole && !is_cited(text, hits);
        let looks = after && looks_like_block(text) || text.chars().count() < 400 && sections::is_cover(text);
        let between = close.is_some_and(|first| at > first) && is_about_authors(text);
        if !title && (known || looks || between) {
            drops[*index] = Some(What::AuthorBlock);
        }
    }
    // What is wedged between lines of the block belongs to it.
    // Not the title, though, that stands between a running head on the first page and the authors.
    let title = (0..end).find(|at| drops[body[*at]].is_none());
    let gone: Vec<usize> = (0..end)
        .filter(|at| drops[body[*at]].is_some() && !(*at == 0 && is_running_head(&paras[body[0]].text)))
        .collect();
    if let (Some(first), Some(last)) = (gone.first(), gone.last()) {
        for at in *first..*last {
            let text = &paras[body[at]].text;
            let keyword = !is_about_authors(text) || text.chars().count() > 100;
            let near = gone.iter().any(|g| *g + 1 == at) && gone.iter().any(|g| *g > at && *g <= at + 2);
            if !keyword && near && at > 0 && Some(at) != title {
                drops[body[at]] = Some(What::AuthorBlock);
            }
        }
    }
}

/// How many lines a block in a second language can have, with its title.
const MOST_LINES: usize = 16;
/// So near to the abstract the names stand with nothing but their own between.
const FEW_LINES: usize = 14;

/// A paper in two languages says who wrote it once more above its second abstract, which follows the first or stands at the end.
fn later_blocks(paras: &[Para], hits: &[Vec<Hit>], drops: &mut [Option<What>]) {
    let body: Vec<usize> = (0..paras.len())
        .filter(|i| paras[*i].body && !paras[*i].text.trim().is_empty())
        .collect();
    let abstracts = body.iter().enumerate();
    let abstracts = abstracts.filter(|(_, i)| sections::is_abstract_proper(&paras[**i].text));
    for (end, _) in abstracts.skip(1) {
        let ends = |at: &usize| {
            let text = paras[body[*at]].text.as_str();
            text.chars().count() > 600 || sections::is_front_line(text) || sections::is_references(text)
        };
        let from = end.saturating_sub(MOST_LINES);
        let from = (from..end).rfind(ends).map_or(from, |at| at + 1);
        // A line of names, not a mention in what comes before.
        let is_line = |at: &usize| {
            let (text, hits) = (&paras[body[*at]].text, &hits[body[*at]]);
            hits.iter().any(is_person) && share(text, hits) > 0.4 && !is_cited(text, hits)
        };
        let Some(first) = (from..end).find(is_line) else {
            continue;
        };
        for at in first..end {
            let (text, hits) = (paras[body[at]].text.as_str(), &hits[body[at]]);
            let few = end - first < FEW_LINES && is_about_authors(text);
            if few || !hits.is_empty() && share(text, hits) > 0.3 || looks_like_block(text) {
                drops[body[at]] = Some(What::AuthorBlock);
            }
        }
    }
}

/// Whether a line between names and abstract can stand for the authors: no running title, no count of words.
fn is_about_authors(text: &str) -> bool {
    text.chars().count() < 400
        && !sections::is_other_heading(text)
        && !sections::is_front_line(text)
        && !KEPT.is_match(text)
}

/// What title pages say of the manuscript below its authors.
static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:(?:running|short)\s+(?:title|head)|word\s+count|number\s+of\b|tables?\b|figures?\b|(?:clinical\s+)?trial\b|registration\b|article\s+type|submitted\s+to|短标题|字数|图表|论文类型|文章类型|栏目)",
    )
});
/// After a name: what makes it a citation.
static CITATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[’']?s?\s*(?:et\s+al\.?|等人?)?(?:[,，]?\s*(?:and|&|und|et|与|和)\s+[\p{L} .,’'-]{1,40}?)?[,，]?\s*[(（\[]?\s*(?:19|20)\d\d[a-z]?\s*[)）\],;；]",
    )
});

fn is_cited(text: &str, hits: &[Hit]) -> bool {
    hits.iter()
        .any(|h| is_person(h) && CITATION.is_match(&text[h.end..]))
}

/// Whether a line below the names says where they work or how to reach them.
fn looks_like_block(text: &str) -> bool {
    let short = text.chars().count() < 400;
    is_address_list(text)
        || short
            && (is_affiliation(text)
                || sections::is_contact(text)
                || sections::is_postal(text)
                || is_mark(text))
}

/// A first line that names the authors as running heads do.
fn is_running_head(text: &str) -> bool {
    let text = text.trim();
    text.ends_with("et al.") || text.ends_with("et al") || text.ends_with('等')
}

/// Without an abstract to end it, only lines near the top that are mostly names or addresses belong to the block.
fn loose_block(paras: &[Para], hits: &[Vec<Hit>], drops: &mut [Option<What>], body: &[usize]) {
    for index in body.iter().take(12) {
        let text = paras[*index].text.as_str();
        if text.chars().count() > 400 {
            break;
        }
        if !hits[*index].is_empty() && nothing_else(text, &hits[*index]) {
            drops[*index] = Some(What::AuthorBlock);
        }
    }
}

/// Whether hits leave only marks, degrees and the words that join names.
fn nothing_else(text: &str, hits: &[Hit]) -> bool {
    let mut at = 0;
    let mut left = String::new();
    for hit in hits {
        left.push_str(&text[at..hit.start.max(at)]);
        left.push(' ');
        at = hit.end.max(at);
    }
    left.push_str(&text[at..]);
    left.split(|c: char| !c.is_alphabetic()).all(|w| {
        let folded = fold(w);
        folded.chars().count() < 2
            || common::TITLES.contains(&folded.as_str())
            || matches!(folded.as_str(), "and" | "und" | "et" | "by")
    })
}

fn is_person(hit: &Hit) -> bool {
    hit.what == What::Name && hit.kind != Kind::Head
}

/// How much of a text's letters the hits cover.
fn share(text: &str, hits: &[Hit]) -> f64 {
    let count = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count();
    let all = count(text).max(1);
    let covered: usize = hits.iter().map(|h| count(&text[h.start..h.end])).sum();
    #[allow(clippy::cast_precision_loss)]
    let share = covered as f64 / all as f64;
    share
}

fn is_affiliation(text: &str) -> bool {
    forms::names_institution(text)
        && (text.contains([',', '，', '；', ';', '、']) || text.chars().count() < 80)
}

/// All the authors' institutions run together in one paragraph.
fn is_address_list(text: &str) -> bool {
    let marked = text
        .trim_start()
        .chars()
        .next()
        .is_some_and(|c| !c.is_alphabetic() || c.is_lowercase());
    let count = forms::institutions(text);
    count >= 3
        && text.matches([',', '，', ';', '；']).count() >= 3
        && (marked || count * 120 > text.chars().count())
}

/// A line of nothing but footnote marks.
fn is_mark(text: &str) -> bool {
    text.chars().count() < 12 && !text.chars().any(|c| c.is_alphabetic() && !c.is_lowercase())
}
