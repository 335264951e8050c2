//! Links over what was cut: a rectangle that stays where a name stood tells how wide the name was. So does one that stays where the
//! rest of the line stood, when the rest has moved.

use super::annots::corners;
use super::choose::place;
use super::shift::Fate;
use super::walk::Glyph;
use crate::model::{Report, What};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// More comparisons than this no manuscript needs; links that are left then go.
const MOST_STEPS: usize = 100_000_000;
/// A shift that no eye and no measure can tell from none, in points.
const NOTHING: f64 = 1e-4;
/// Shifts that differ by less belong to the same stretch of a line.
const SAME: f64 = 0.01;

/// The inner part of a glyph, where a link's rectangle lies over it and not beside it; and what became of it.
struct Spot {
    x: (f64, f64),
    y: (f64, f64),
    goes: bool,
    shift: (f64, f64),
}

/// Takes away the links over glyphs that go, and moves those over glyphs that move.
pub(crate) fn settle(
    doc: &mut Document,
    pages: &[ObjectId],
    (glyphs, fates, shifts): (&[Glyph], &[Fate], &[f32]),
    report: &mut Report,
) {
    let mut steps = 0;
    let mut start = 0;
    // A page may stand in the tree twice.
    let mut done = BTreeSet::new();
    while start < glyphs.len() {
        let page = glyphs[start].page;
        let range = start..start + glyphs[start..].iter().take_while(|g| g.page == page).count();
        start = range.end;
        let changed = range.clone().any(|g| fates[g] == Fate::Goes || moves(shifts[g]));
        let Some(id) = pages.get(page as usize).filter(|id| changed && done.insert(**id)) else {
            continue;
        };
        let Ok(list) = doc
            .get_dictionary(*id)
            .and_then(|d| d.get_deref(b"Annots", doc))
            .and_then(Object::as_array)
        else {
            continue;
        };
        let mut spots: Vec<Spot> = range
            .filter_map(|g| spot(&glyphs[g], fates[g], shifts[g]))
            .collect();
        spots.sort_by(|a, b| a.y.0.total_cmp(&b.y.0));
        let tallest = spots.iter().map(|s| s.y.1 - s.y.0).fold(0.0, f64::max);
        let left: Vec<Object> = list
            .iter()
            .filter_map(|link| beside(doc, link, &spots, tallest, &mut steps))
            .collect();
        report.add(What::Links, &place(page), list.len() - left.len());
        if let Ok(dict) = doc.get_dictionary_mut(*id) {
            if left.is_empty() {
                dict.remove(b"Annots");
            } else {
                dict.set("Annots", Object::Array(left));
            }
        }
    }
}

fn moves(shift: f32) -> bool {
    f64::from(shift).abs() >= NOTHING
}

/// Where a glyph stood; nothing for blanks, which a link beside them may touch, and for what goes and leaves its width behind.
fn spot(glyph: &Glyph, fate: Fate, shift: f32) -> Option<Spot> {
    if fate == Fate::GoesInPlace || glyph.text.trim().is_empty() {
        return None;
    }
    let (x, y, size) = (f64::from(glyph.x), f64::from(glyph.y), f64::from(glyph.size));
    let (dx, dy) = (f64::from(glyph.end_x) - x, f64::from(glyph.end_y) - y);
    let (ux, uy) = (f64::from(glyph.dir.0), f64::from(glyph.dir.1));
    // Letters stand on their line, those written from above to below hang in its midst.
    let (along, up) = if glyph.vertical {
        ((-uy * 0.3 * size, ux * 0.3 * size), (dx, dy))
    } else {
        ((dx, dy), (-uy * 0.5 * size, ux * 0.5 * size))
    };
    let from = if glyph.vertical { -1.0 } else { 0.1 };
    let ends = [(from, 0.1), (0.9, 0.1), (from, 0.9), (0.9, 0.9)]
        .map(|(a, u)| (x + a * along.0 + u * up.0, y + a * along.1 + u * up.1));
    let span = |f: fn(&(f64, f64)) -> f64| {
        let all = ends.iter().map(f);
        (
            all.clone().fold(f64::INFINITY, f64::min),
            all.fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let shift = f64::from(shift);
    Some(Spot {
        x: span(|p| p.0),
        y: span(|p| p.1),
        goes: fate == Fate::Goes,
        shift: (shift * ux, shift * uy),
    })
}

/// The link as it may stay, or nothing when it lies over what goes.
fn beside(doc: &Document, link: &Object, spots: &[Spot], tallest: f64, steps: &mut usize) -> Option<Object> {
    let dict = link.as_dict().ok()?;
    let Some([left, low, right, high]) = corners(doc, dict, b"Rect") else {
        return Some(link.clone());
    };
    let first = spots.partition_point(|s| s.y.0 < low - tallest);
    let mut shift: Option<(f64, f64)> = None;
    for spot in spots[first..].iter().take_while(|s| s.y.0 <= high) {
        *steps += 1;
        if *steps > MOST_STEPS {
            return None;
        }
        if spot.y.1 < low || spot.x.1 < left || spot.x.0 > right {
            continue;
        }
        let (x, y) = *shift.get_or_insert(spot.shift);
        // Some of what is under it moved and some did not: no rectangle fits.
        let torn = (spot.shift.0 - x).hypot(spot.shift.1 - y) > SAME;
        if spot.goes || torn {
            return None;
        }
    }
    match shift.filter(|(x, y)| x.hypot(*y) >= NOTHING) {
        Some(by) => moved(doc, dict, by).map(Object::Dictionary),
        None => Some(link.clone()),
    }
}

/// A link moved with its words.
fn moved(doc: &Document, dict: &Dictionary, by: (f64, f64)) -> Option<Dictionary> {
    let mut out = dict.clone();
    for key in [&b"Rect"[..], b"QuadPoints"] {
        let Ok(numbers) = dict.get_deref(key, doc).and_then(Object::as_array) else {
            continue;
        };
        let mut fresh = Vec::with_capacity(numbers.len());
        for (number, add) in numbers.iter().zip([by.0, by.1].into_iter().cycle()) {
            let number = doc.dereference(number).ok()?.1.as_float().ok()?;
            // To a hundredth: coarser than what is left of a width after an em was rounded.
            let to = ((f64::from(number) + add) * 100.0).round() / 100.0;
            #[allow(clippy::cast_possible_truncation)]
            fresh.push(Object::Real(to as f32));
        }
        out.set(key, Object::Array(fresh));
    }
    Some(out)
}
