//! What changed between the blind copies of two rounds, for reviewers and editors.

use serde::Serialize;

use super::error::WebError;
use super::reading::{self, Reading, ReadingBlock, Run};
use crate::domain::changes::{Change, changes, running_text, sentences};
use crate::store::Store;
use crate::store::files::BlindFile;

/// Places that a page shows at most.
const MOST: usize = 400;

/// What changed, as the component `changes` shows it.
#[derive(Debug, Serialize)]
pub struct Compared {
    /// Whether both could be read as text.
    pub readable: bool,
    /// The places.
    pub places: Vec<Change>,
    /// How many more there are.
    pub more: usize,
    /// The language of the words.
    pub lang: String,
}

/// Compares the blind copy of an earlier round with a later one.
pub async fn between(
    store: &Store,
    old: &BlindFile,
    new: &BlindFile,
    lang: &str,
) -> Result<Compared, WebError> {
    let old = reading::of(store, old, lang, String::new()).await?;
    let new = reading::of(store, new, lang, String::new()).await?;
    let found = tokio::task::spawn_blocking(move || {
        let (old, new) = (text(&old), text(&new));
        let readable = !old.is_empty() && !new.is_empty();
        (readable, if readable { changes(&old, &new) } else { Vec::new() })
    });
    let (readable, mut places) = found.await.map_err(|_| WebError::Broken)?;
    let more = places.len().saturating_sub(MOST);
    places.truncate(MOST);
    Ok(Compared {
        readable,
        places,
        more,
        lang: lang.to_owned(),
    })
}

/// The sentences of what is read.
fn text(reading: &Reading) -> Vec<String> {
    let pages: Vec<String> = reading.pages.iter().map(|page| page.text.clone()).collect();
    let mut passages: Vec<String> = reading.blocks.iter().flat_map(passages).collect();
    passages.push(running_text(&pages));
    sentences(&passages)
}

fn passages(block: &ReadingBlock) -> Vec<String> {
    let words = |runs: &Vec<Run>| -> String { runs.iter().map(|run| run.text.as_str()).collect() };
    let row = |cells: &Vec<Vec<Run>>| -> String { cells.iter().map(words).collect::<Vec<_>>().join(" | ") };
    match block {
        ReadingBlock::Heading { runs, .. } | ReadingBlock::Paragraph { runs } => vec![words(runs)],
        ReadingBlock::List { items } => items.iter().map(words).collect(),
        ReadingBlock::Table { head, rows } => std::iter::once(head).chain(rows).map(row).collect(),
        ReadingBlock::Picture { .. } => Vec::new(),
    }
}
