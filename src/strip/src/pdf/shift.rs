//! How far what is left of a line moves when a name goes, so that the gap says nothing.
//!
//! With the rest of the line where it was, the gap is as wide as the name, and of 149 common names set in Times only two, on average,
//! have that width. So a gap is a multiple of [`GRID`], and what follows on its line moves by up to half of that. Pixels cannot both
//! stay and say nothing; the one exception is a citation on the first page, whose entry in the reference list says more than any
//! width could (and is reported for the author to settle): it keeps the look of that page.

use super::lines;
use super::walk::Glyph;
use std::collections::HashMap;

/// Of what a gap is a multiple, in ems: with one em the widest spread of names leaves fewer than twenty for a gap.
const GRID: f32 = 1.5;

/// What becomes of a glyph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    #[default]
    Stays,
    /// It goes, and what follows stays where it is.
    GoesInPlace,
    /// It goes, and the gap is rounded.
    Goes,
}

/// A form shown twice draws the same bytes twice: cut once, cut everywhere.
pub(crate) fn spread(glyphs: &[Glyph], fates: &mut [Fate], repeated: &[bool]) {
    let mut cut: HashMap<(u32, u32, u32, u32), Fate> = HashMap::new();
    let shown = |g: &Glyph| repeated.get(g.unit as usize).copied().unwrap_or(false);
    for (glyph, fate) in glyphs
        .iter()
        .zip(fates.iter())
        .filter(|(g, f)| **f != Fate::Stays && shown(g))
    {
        let known = cut.entry(glyph.source()).or_default();
        *known = (*known).max(*fate);
    }
    if cut.is_empty() {
        return;
    }
    for (glyph, fate) in glyphs.iter().zip(fates.iter_mut()).filter(|(g, _)| shown(g)) {
        if let Some(more) = cut.get(&glyph.source()) {
            *fate = (*fate).max(*more);
        }
    }
}

/// How far every glyph moves along its line, in points. All that goes is brought to where the first of it stood: where its parts
/// stood says how wide they were.
pub(crate) fn shifts(glyphs: &[Glyph], fates: &[Fate]) -> Vec<f32> {
    let mut out = vec![0.0; glyphs.len()];
    let mut shift = 0.0;
    let mut cut: Option<usize> = None;
    for (at, glyph) in glyphs.iter().enumerate() {
        let goes_on = at > 0 && glyphs[at - 1].unit == glyph.unit && lines::same_line(&glyphs[at - 1], glyph);
        if !goes_on {
            shift = 0.0;
            cut = None;
        }
        if fates[at] != Fate::Stays {
            let first = &glyphs[*cut.get_or_insert(at)];
            out[at] = shift - first.along(glyph.x, glyph.y);
            continue;
        }
        if let Some(first) = cut.take() {
            let before = &glyphs[first];
            let hidden = (first..at).any(|g| fates[g] == Fate::Goes);
            if hidden && !before.vertical && before.em > 1e-3 {
                let wide = before.along(glyph.x, glyph.y);
                let grid = GRID * before.em;
                shift += (wide / grid).round().max(1.0) * grid - wide;
            }
        }
        out[at] = shift;
    }
    out
}
