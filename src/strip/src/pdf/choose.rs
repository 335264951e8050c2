//! Decides which glyphs go, from the text they make.

use super::front;
use super::lines::{self, Line, Run};
use super::odd;
use super::sections;
use super::shift::Fate;
use super::walk::{Drawn, Glyph, NO_PAGE};
use crate::findings::Collector;
use crate::fold::is_modifier;
use crate::matcher::{Hit, Matcher, merge};
use crate::model::{Report, What};
use crate::plan::{self, Cut, Para};
use crate::sections as headings;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// What the text of all pages says about what must go.
pub(crate) struct Choice<'g> {
    glyphs: &'g [Glyph],
    run: Run,
    lines: Vec<Line>,
    paras: Vec<Para>,
    fates: Vec<Fate>,
}

impl<'g> Choice<'g> {
    /// Finds the glyphs that go, and reports.
    pub fn make(
        glyphs: &'g [Glyph],
        pages: usize,
        matcher: &Matcher,
        drawn: &HashMap<u32, Drawn>,
        report: &mut Report,
    ) -> Vec<Fate> {
        let run = lines::join(glyphs, 0..glyphs.len());
        let lines = lines::lines(&run, glyphs);
        let paras = paras(&run, &lines);
        let mut plan = Choice {
            glyphs,
            run,
            lines,
            paras,
            fates: vec![Fate::Stays; glyphs.len()],
        };
        let hits = plan.hits(matcher);
        let mut drops = vec![None; plan.paras.len()];
        plan::author_block(&plan.paras, &hits, &mut drops);
        let cuts: Vec<Vec<Cut>> = hits
            .into_iter()
            .zip(&plan.paras)
            .map(|(h, p)| plan::cuts(h, p))
            .collect();
        let left: Vec<String> = plan
            .paras
            .iter()
            .zip(&cuts)
            .map(|(p, c)| without(&p.text, c))
            .collect();
        sections::mark(&plan.paras, &left, &plan.lines, &mut drops);
        front::mark(&plan.paras, &plan.lines, &cuts, &mut drops);
        plan.cut(&cuts, &drops, report);
        plan.in_reading_order(matcher, report);
        plan.findings(pages, matcher, drawn, &cuts, &drops, report);
        plan.fates
    }

    /// Hits line by line: found in the whole text, so that line ends do not hide them, and in running heads.
    fn hits(&self, matcher: &Matcher) -> Vec<Vec<Hit>> {
        let all = matcher.find(&self.run.text, false);
        self.lines
            .iter()
            .zip(&self.paras)
            .map(|(line, para)| {
                let first = all.partition_point(|h| h.end <= line.start);
                let mut own: Vec<Hit> = all[first..]
                    .iter()
                    .take_while(|h| h.start < line.end)
                    .map(|h| Hit {
                        start: h.start.max(line.start) - line.start,
                        end: h.end.min(line.end) - line.start,
                        ..h.clone()
                    })
                    .collect();
                if para.head {
                    own.extend(matcher.find(&para.text, true));
                }
                merge(own)
            })
            .collect()
    }

    fn cut(&mut self, cuts: &[Vec<Cut>], drops: &[Option<What>], report: &mut Report) {
        for (index, line) in self.lines.iter().enumerate() {
            if let Some(what) = drops[index] {
                report.add(what, &self.paras[index].place, 1);
                take(
                    &mut self.fates,
                    self.glyphs,
                    &self.run,
                    line.start..line.end,
                    Fate::Goes,
                );
                continue;
            }
            for cut in &cuts[index] {
                report.add(cut.what, &self.paras[index].place, 1);
                let span = line.start + cut.start..line.start + cut.end;
                let cited = line.page == 0 && front::keeps_place(&self.run.text, &span);
                let fate = if cited { Fate::GoesInPlace } else { Fate::Goes };
                take(&mut self.fates, self.glyphs, &self.run, span, fate);
            }
        }
    }

    /// Writers that do not draw in reading order may tear a name apart: looked for again in the order of the eye.
    fn in_reading_order(&mut self, matcher: &Matcher, report: &mut Report) {
        let mut start = 0;
        while start < self.glyphs.len() {
            let page = self.glyphs[start].page;
            let end = start + self.glyphs[start..].iter().take_while(|g| g.page == page).count();
            let order = lines::reading_order(self.glyphs, start..end);
            let run = lines::join(self.glyphs, order.into_iter());
            for hit in matcher.find(&run.text, false) {
                if run
                    .glyphs(hit.start, hit.end)
                    .any(|g| self.fates[g] == Fate::Stays && !self.glyphs[g].text.trim().is_empty())
                {
                    report.add(hit.what, &place(page), 1);
                    take(&mut self.fates, self.glyphs, &run, hit.start..hit.end, Fate::Goes);
                }
            }
            start = end;
        }
    }

    fn findings(
        &self,
        pages: usize,
        matcher: &Matcher,
        drawn: &HashMap<u32, Drawn>,
        cuts: &[Vec<Cut>],
        drops: &[Option<What>],
        report: &mut Report,
    ) {
        let mut collector = Collector::new(matcher);
        let mut references = false;
        let mut block = String::new();
        for (index, para) in self.paras.iter().enumerate() {
            let trimmed = lines::plain(&para.text);
            let turns = headings::is_references(trimmed.trim())
                || references && headings::is_other_heading(trimmed.trim());
            if turns || index > 0 && self.paras[index - 1].place != para.place {
                let before = if index > 0 {
                    &*self.paras[index - 1].place
                } else {
                    ""
                };
                collector.look(&block, before, references);
                block.clear();
                references = if turns {
                    headings::is_references(trimmed.trim())
                } else {
                    references
                };
            }
            if drops[index].is_some() {
                continue;
            }
            let left = lines::plain(&plan::apply(&para.text, &cuts[index]));
            if references && cuts[index].iter().any(|c| c.what == What::Name) {
                let more = self
                    .paras
                    .get(index + 1)
                    .filter(|p| p.place == para.place)
                    .map(|p| lines::plain(&p.text))
                    .unwrap_or_default();
                collector.own_reference(&format!("{left} {more}"), &para.place);
            }
            block.push_str(&left);
            block.push('\n');
        }
        let last = self.paras.last().map_or("document", |p| &*p.place);
        collector.look(&block, last, references);
        odd::pages(self.glyphs, pages, drawn, &mut collector);
        report.findings = collector.finish();
    }
}

/// A line's words without what is cut.
fn without(text: &str, cuts: &[Cut]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for cut in cuts {
        out.push_str(&text[at..cut.start]);
        at = cut.end;
    }
    out.push_str(&text[at..]);
    lines::plain(&out)
}

/// Marks the glyphs of a stretch of text, and an accent printed before its first letter.
fn take(fates: &mut [Fate], glyphs: &[Glyph], run: &Run, span: Range<usize>, fate: Fate) {
    let mut first = None;
    for at in run.glyphs(span.start, span.end) {
        first.get_or_insert(at);
        fates[at] = fates[at].max(fate);
    }
    let Some(at) = first.filter(|at| *at > 0) else {
        return;
    };
    let (before, letter) = (&glyphs[at - 1], &glyphs[at]);
    let accent = before.page == letter.page && before.text.chars().all(is_modifier);
    let beside = (before.x - letter.x).abs() < letter.size && (before.y - letter.y).abs() < letter.size;
    if accent && beside {
        fates[at - 1] = fates[at - 1].max(fate);
    }
}

pub(crate) fn place(page: u32) -> String {
    if page == NO_PAGE {
        "document".into()
    } else {
        format!("page:{}", page + 1)
    }
}

/// Lines as the planner wants them; those at the head and foot of pages are marked.
fn paras(run: &Run, lines: &[Line]) -> Vec<Para> {
    let mut rows: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
    let mut shapes: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for line in lines {
        rows.entry(line.page).or_default().push(row(line));
        shapes.entry(shape(run, line)).or_default().insert(line.page);
    }
    for rows in rows.values_mut() {
        rows.sort_unstable();
        rows.dedup_by(|a, b| (*a - *b).abs() < 3);
    }
    let body = sections::body_style(lines);
    lines
        .iter()
        .map(|line| {
            let rows = &rows[&line.page];
            let near = |edge: Option<&i64>| edge.is_some_and(|e| (row(line) - e).abs() < 3);
            let edge = near(rows.first())
                || near(rows.last())
                || near(rows.get(1))
                || near(rows.get(rows.len().wrapping_sub(2)));
            // The first line of a page may be text: a running head comes again, or is set in letters of its own.
            let apart =
                sections::style(line) != body || shapes.get(&shape(run, line)).is_some_and(|p| p.len() > 1);
            let head = line.page > 0 && rows.len() > 4 && edge && apart;
            Para {
                text: run.text[line.start..line.end].to_owned(),
                place: place(line.page).into(),
                head,
                body: line.page < 2 && !head,
                ..Para::default()
            }
        })
        .collect()
}

/// A line's height on the page, in whole points.
fn row(line: &Line) -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    let row = line.y.round() as i64;
    row
}

/// A line's words without numbers: the same on every page for a running head.
fn shape(run: &Run, line: &Line) -> String {
    run.text[line.start..line.end]
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect()
}
