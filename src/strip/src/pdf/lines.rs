//! Puts glyphs together into text, in the order they were drawn and in the order they are read, and remembers which glyph gave which letters.

use super::walk::Glyph;
use crate::fold::SEAM;

/// Text made of glyphs.
#[derive(Default)]
pub(crate) struct Run {
    pub text: String,
    /// For each piece of text in order: its byte range and the glyph that gave it.
    pub from: Vec<(u32, u32, u32)>,
}

/// A line of a page.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its bytes in the run's text.
    pub start: usize,
    pub end: usize,
    pub page: u32,
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub font: u32,
}

impl Run {
    /// The glyphs that gave `start..end` of the text.
    pub fn glyphs(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.from.partition_point(|p| p.1 as usize <= start);
        self.from[first..]
            .iter()
            .take_while(move |p| (p.0 as usize) < end)
            .map(|p| p.2 as usize)
    }

    fn push(&mut self, glyph: usize, text: &str) {
        // There are far fewer glyphs than 2^32, and their text is short.
        #[allow(clippy::cast_possible_truncation)]
        let small = |n: usize| n as u32;
        let start = small(self.text.len());
        self.text.push_str(text);
        self.from.push((start, small(self.text.len()), small(glyph)));
    }
}

/// What stands between two glyphs, told by where they stand.
fn between(a: &Glyph, b: &Glyph) -> &'static str {
    if a.page != b.page {
        return "\n\n";
    }
    let (ux, uy) = a.dir;
    if ux * b.dir.0 + uy * b.dir.1 < 0.9 {
        return "\n";
    }
    let (dx, dy) = (b.x - a.end_x, b.y - a.end_y);
    let along = dx * ux + dy * uy;
    let across = (dy * ux - dx * uy).abs();
    let size = a.size.max(b.size).max(0.1);
    let gap = if along > 0.16 * a.size.min(b.size).max(0.1) {
        " "
    } else {
        ""
    };
    if across > 0.75 * size || along > 2.5 * size || along < -1.6 * size {
        "\n"
    } else if across > 0.12 * size || a.size.min(b.size) < 0.85 * size {
        // Raised or small: a footnote mark, an accent, a small capital. Only the first ends a word.
        if gap.is_empty() {
            if across > 0.12 * size { SEAM_STR } else { "" }
        } else {
            " "
        }
    } else {
        gap
    }
}

/// Whether one glyph follows another on a line.
pub(crate) fn same_line(a: &Glyph, b: &Glyph) -> bool {
    !between(a, b).contains('\n')
}

const SEAM_STR: &str = "\u{2063}";

/// Joins glyphs, given by their numbers, into text.
pub(crate) fn join(glyphs: &[Glyph], order: impl Iterator<Item = usize>) -> Run {
    let mut run = Run::default();
    let mut last: Option<usize> = None;
    for index in order {
        let glyph = &glyphs[index];
        if let Some(before) = last {
            let joint = between(&glyphs[before], glyph);
            let doubled = joint == " " && (run.text.ends_with(' ') || glyph.text.starts_with(' '));
            if !doubled {
                run.text.push_str(joint);
            }
        }
        run.push(index, &glyph.text);
        last = Some(index);
    }
    run
}

/// The reading order of glyphs on one page: by line from above, then along the line.
pub(crate) fn reading_order(glyphs: &[Glyph], range: std::ops::Range<usize>) -> Vec<usize> {
    let mut order: Vec<usize> = range.filter(|i| glyphs[*i].dir.0 > 0.9).collect();
    order.sort_by(|a, b| glyphs[*b].y.total_cmp(&glyphs[*a].y));
    let mut out = Vec::with_capacity(order.len());
    let mut row: Vec<usize> = Vec::new();
    for index in order {
        let starts = row
            .first()
            .is_some_and(|f| (glyphs[*f].y - glyphs[index].y).abs() > 0.35 * glyphs[*f].size.max(1.0));
        if starts {
            flush(glyphs, &mut row, &mut out);
        }
        row.push(index);
    }
    flush(glyphs, &mut row, &mut out);
    out
}

fn flush(glyphs: &[Glyph], row: &mut Vec<usize>, out: &mut Vec<usize>) {
    row.sort_by(|a, b| glyphs[*a].x.total_cmp(&glyphs[*b].x).then(a.cmp(b)));
    out.append(row);
}

/// The lines of a run in the order they were drawn.
pub(crate) fn lines(run: &Run, glyphs: &[Glyph]) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    for part in run.text.split_inclusive('\n') {
        let end = start + part.trim_end_matches('\n').len();
        if end > start
            && let Some(first) = run.glyphs(start, end).next()
        {
            let size = run.glyphs(start, end).map(|g| glyphs[g].size).fold(0.0, f32::max);
            let g = &glyphs[first];
            out.push(Line {
                start,
                end,
                page: g.page,
                x: g.x,
                y: g.y,
                size,
                font: g.font,
            });
        }
        start += part.len();
    }
    out
}

/// A line's text without seams.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| *c != SEAM && *c != '\u{FFFD}').collect()
}
