//! Sections that can only be identity, on pages that know lines but no paragraphs.

use super::lines::Line;
use crate::fold::is_cjk;
use crate::model::What;
use crate::plan::Para;
use crate::sections;
use std::collections::HashMap;

/// A statement longer than this is none.
const MOST_LINES: usize = 24;

/// The font and size (in half points) that most of the text is set in.
pub(crate) fn body_style(lines: &[Line]) -> (u32, i64) {
    commonest(lines.iter().map(|line| (line, line.end - line.start)))
}

fn commonest<'l>(lines: impl Iterator<Item = (&'l Line, usize)>) -> (u32, i64) {
    let mut counts: HashMap<(u32, i64), usize> = HashMap::new();
    for (line, letters) in lines {
        *counts.entry(style(line)).or_default() += letters;
    }
    counts
        .into_iter()
        .max_by_key(|(style, n)| (*n, *style))
        .map(|(style, _)| style)
        .unwrap_or_default()
}

/// A line's font and size.
pub(crate) fn style(line: &Line) -> (u32, i64) {
    #[allow(clippy::cast_possible_truncation)]
    let half_points = (line.size * 2.0).round() as i64;
    (line.font, half_points)
}

/// Marks the lines of such sections.
pub(crate) fn mark(paras: &[Para], left: &[String], lines: &[Line], drops: &mut [Option<What>]) {
    // Of what stays: the copy, cleaned again, must look the same.
    let body = commonest(lines.iter().zip(left.iter().map(String::len)));
    let mut open: Option<Section> = None;
    for (index, line) in lines.iter().enumerate() {
        let text = left[index].trim();
        if sections::is_stamp(text) || sections::is_biography(text) {
            drops[index] = Some(What::Section);
            continue;
        }
        if paras[index].head {
            // The next heading may be the first line of a page.
            if open.as_ref().is_some_and(|o| {
                sections::is_references(text) || sections::is_other_heading(text) || style(line) == o.heading
            }) {
                open = None;
            }
            // Dates and duties also stand alone at the foot of a page.
            if text.contains([':', '：']) && text.starts_with(['（', '(', '［', '[']) {
                drops[index] = sections::run_in_kind(text);
            }
            continue;
        }
        if text.is_empty() || text.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let apart = text.ends_with([':', '：'])
            || style(line) != body
            || text
                .chars()
                .filter(|c| c.is_alphabetic())
                .all(|c| !c.is_lowercase());
        let thanks = text.to_lowercase().contains("cknowledg");
        let set = apart || thanks;
        // A line that goes on with a sentence begins with a small letter.
        let goes_on = text
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_lowercase);
        let alone = sections::heading_kind(text).filter(|_| set && !goes_on);
        let run_in = sections::run_in_kind(text).filter(|_| set && !goes_on);
        if let Some(what) = alone {
            open = Some(Section::new(what, style(line), false));
        } else if let Some(what) = run_in {
            open = Some(Section::new(what, style(line), true));
        } else if let Some(section) = &mut open
            && section.ends(line, text)
        {
            open = None;
        }
        if let Some(section) = &mut open {
            section.take(line);
            drops[index] = Some(section.what);
        }
    }
}

struct Section {
    /// Of which kind it is.
    what: What,
    /// The heading's style: the same again is the next heading.
    heading: (u32, i64),
    run_in: bool,
    taken: usize,
    /// The text's own style, left edge and leading, once known.
    style: Option<(u32, i64)>,
    last: Option<Line>,
    leading: f32,
    left: f32,
}

impl Section {
    fn new(what: What, heading: (u32, i64), run_in: bool) -> Self {
        Section {
            what,
            heading,
            run_in,
            taken: 0,
            style: None,
            last: None,
            leading: 0.0,
            left: 0.0,
        }
    }

    fn ends(&self, line: &Line, text: &str) -> bool {
        if self.taken >= MOST_LINES
            || sections::is_other_heading(text)
            || sections::is_references(text)
            || sections::is_abstract(text)
            || sections::is_front_line(text)
        {
            return true;
        }
        let Some(last) = &self.last else { return false };
        // A jump up leads to the next column. Where it does not, the section was a note that is drawn before the text above it.
        let up = line.y - last.y;
        if last.page == line.page && up > 1.5 * line.size && line.x < last.x + 4.0 * line.size {
            return true;
        }
        // What goes on on the next page is set as it was; the labels of a figure are not.
        if last.page != line.page && self.style.is_some_and(|own| own != style(line)) {
            return true;
        }
        let known = if self.run_in { 0 } else { 1 };
        if self.taken <= known {
            return last.page != line.page && self.taken > 1;
        }
        let starts = text
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || is_cjk(c));
        if style(line) == self.heading
            && Some(self.heading) != self.style
            && starts
            && text.chars().count() < 70
        {
            return true;
        }
        if line.size > last.size * 1.15 && starts {
            return true;
        }
        let down = last.y - line.y;
        // Down the same column with more room than between its lines; a jump up is the next column or page.
        let most = if self.leading > 0.0 {
            self.leading * 1.45
        } else if self.run_in {
            2.2 * line.size
        } else {
            4.0 * line.size
        };
        if last.page == line.page && down > most {
            return true;
        }
        self.run_in && down > 0.3 * line.size && line.x > self.left + 0.7 * line.size && self.taken > 1
    }

    fn take(&mut self, line: &Line) {
        if let Some(last) = &self.last {
            let down = last.y - line.y;
            if self.style.is_none() || self.run_in && self.taken == 1 {
                self.style = Some(style(line));
                self.left = line.x;
            }
            if last.page == line.page
                && down > 0.3 * line.size
                && (self.leading <= 0.0 && (self.run_in || self.taken >= 2) || down < self.leading)
            {
                self.leading = down.min(2.2 * line.size);
            }
        }
        self.taken += 1;
        self.last = Some(line.clone());
    }
}
