//! Runs the text of every page and form, and notes for each glyph what it says, where it stands and which bytes drew it.

use super::font::{Code, Fonts};
use super::lexer::{Arg, Lexer, Op, op};
use super::pen::{IDENTITY, Matrix, Pen, State, matrix, text_state, times};
use super::rename;
use crate::model::Refusal;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// A content stream: a page's, or a form's.
pub(crate) struct Unit {
    pub id: ObjectId,
    /// The page's number, when it is a page's.
    pub page: Option<usize>,
    /// Something in it besides glyphs goes in any case: comments, words in marked content, pictures' metadata.
    pub impure: bool,
    /// How often it was shown, and where first.
    pub shown: u32,
    pub ctm: Matrix,
}

/// A glyph as it was drawn. A long file has millions, so it is kept small.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    pub text: Rc<str>,
    pub page: u32,
    pub unit: u32,
    pub op: u32,
    /// Which element of the array, and which bytes of its string.
    pub arg: u32,
    pub from: u32,
    pub to: u32,
    pub x: f32,
    pub y: f32,
    /// Where the pen is after it.
    pub end_x: f32,
    pub end_y: f32,
    /// Its height, in points.
    pub size: f32,
    /// How many points an em is along the line.
    pub em: f32,
    /// The direction of writing.
    pub dir: (f32, f32),
    pub font: u32,
    /// No letter is known for it.
    pub mute: bool,
    /// Drawn from above to below.
    pub vertical: bool,
}

impl Glyph {
    /// The place of its very bytes: the same each time a form is shown.
    pub fn source(&self) -> (u32, u32, u32, u32) {
        (self.unit, self.op, self.arg, self.from)
    }

    /// How far along its line a point lies from its start.
    pub fn along(&self, x: f32, y: f32) -> f32 {
        (x - self.x) * self.dir.0 + (y - self.y) * self.dir.1
    }
}

/// The page of what no page shows.
pub(crate) const NO_PAGE: u32 = u32::MAX;

/// What a page shows besides letters.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Drawn {
    pub pictures: usize,
    /// Whether one of them fills most of the page.
    pub whole: bool,
    /// Lines and areas.
    pub marks: usize,
    /// Letters that are there but not seen.
    pub hidden: usize,
}

/// More glyphs, forms or depth than any manuscript has.
const MOST_GLYPHS: usize = 2_500_000;
const MOST_FORMS: usize = 50_000;
const MOST_STEPS: usize = 20_000_000;
const DEEPEST: usize = 16;
/// The most one content stream may unpack to.
pub(crate) const LARGEST_STREAM: usize = 64 << 20;
/// The most all content may unpack to.
const LARGEST_CONTENT: usize = 256 << 20;
/// Unpacked forms kept for the next time they are shown.
const LARGEST_CACHE: usize = 24 << 20;

/// The whole document, walked.
pub(crate) struct Walk<'d, 'p> {
    doc: &'d Document,
    fonts: Fonts<'p>,
    pub units: Vec<Unit>,
    by_id: HashMap<ObjectId, usize>,
    pub glyphs: Vec<Glyph>,
    /// The tags of marked content.
    pub tags: BTreeSet<Vec<u8>>,
    /// What pages show besides letters.
    pub drawn: HashMap<u32, Drawn>,
    unpacked: HashMap<usize, Rc<Vec<u8>>>,
    cached: usize,
    /// Forms in which nothing was found that matters here.
    silent: HashSet<usize>,
    forms: usize,
    steps: usize,
    page: u32,
    /// The page's area, in square points.
    area: f64,
    total: usize,
}

impl<'d, 'p> Walk<'d, 'p> {
    pub fn new(doc: &'d Document, fonts: Fonts<'p>) -> Self {
        Walk {
            doc,
            fonts,
            units: Vec::new(),
            by_id: HashMap::new(),
            glyphs: Vec::new(),
            tags: BTreeSet::new(),
            drawn: HashMap::new(),
            unpacked: HashMap::new(),
            cached: 0,
            silent: HashSet::new(),
            forms: 0,
            steps: 0,
            page: 0,
            area: 1.0,
            total: 0,
        }
    }

    /// Walks a page of the given area.
    pub fn page(
        &mut self,
        number: usize,
        id: ObjectId,
        content: &[u8],
        resources: &Dictionary,
        area: f64,
    ) -> Result<(), Refusal> {
        self.page = u32::try_from(number).map_err(|_| Refusal::TooLarge)?;
        self.area = area.max(1.0);
        let unit = self.unit(id, Some(number), content.len())?;
        self.run(unit, content, resources, State::new(IDENTITY), 0)
    }

    /// Walks a form that no page showed (a pattern, a mask, an appearance) or a letter's drawing.
    pub fn stray(&mut self, id: ObjectId, outer: &Dictionary) -> Result<(), Refusal> {
        self.page = NO_PAGE;
        self.form(id, outer, &State::new(IDENTITY), 0)
    }

    /// Whether a form has been walked.
    pub fn knows(&self, id: ObjectId) -> bool {
        self.by_id.contains_key(&id)
    }

    fn unit(&mut self, id: ObjectId, page: Option<usize>, size: usize) -> Result<usize, Refusal> {
        self.total += size;
        if self.total > LARGEST_CONTENT {
            return Err(Refusal::Bomb);
        }
        self.units.push(Unit {
            id,
            page,
            impure: false,
            shown: 0,
            ctm: IDENTITY,
        });
        self.by_id.insert(id, self.units.len() - 1);
        Ok(self.units.len() - 1)
    }

    fn run(
        &mut self,
        unit: usize,
        bytes: &[u8],
        resources: &Dictionary,
        start: State,
        depth: usize,
    ) -> Result<(), Refusal> {
        if self.units[unit].shown == 0 {
            self.units[unit].ctm = start.ctm;
        }
        self.units[unit].shown += 1;
        let mut state = start;
        let mut stack: Vec<State> = Vec::new();
        let mut pen = Pen {
            matrix: IDENTITY,
            line: IDENTITY,
        };
        let mut lexer = Lexer::new(bytes);
        for (index, op) in (0_u32..).zip(lexer.by_ref()) {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Err(Refusal::Bomb);
            }
            match op.name {
                Q_SAVE => {
                    if stack.len() < 512 {
                        stack.push(state.clone());
                    }
                }
                Q_RESTORE => state = stack.pop().unwrap_or(state),
                CM => state.ctm = times(&op.matrix(), &state.ctm),
                DO => self.invoke(&op, resources, &state, depth)?,
                GS => self.graphics(&op, resources, &mut state),
                TF => self.choose_font(&op, resources, &mut state),
                BDC | DP | BMC | MP => {
                    rename::note_tags(&op, &mut self.tags);
                    self.units[unit].impure |= matches!(op.args.get(1), Some(Arg::Dict(_)));
                }
                TJ_ONE | QUOTE | QUOTES | TJ_MANY => self.show_op(unit, index, &op, &mut state, &mut pen)?,
                _ => text_state(&op, &mut state, &mut pen),
            }
        }
        let remarks = lexer.pictures == 0 && !lexer.comments.is_empty();
        self.units[unit].impure |= remarks || !lexer.images.is_empty();
        let drawn = self.drawn.entry(self.page).or_default();
        drawn.marks += lexer.marks;
        drawn.pictures += lexer.pictures;
        Ok(())
    }

    fn show_op(
        &mut self,
        unit: usize,
        index: u32,
        op: &Op,
        state: &mut State,
        pen: &mut Pen,
    ) -> Result<(), Refusal> {
        if op.name == QUOTES {
            state.word_space = op.num(0);
            state.char_space = op.num(1);
        }
        if matches!(op.name, QUOTE | QUOTES) {
            pen.next_line(0.0, -state.leading);
        }
        self.show(unit, index, shown(op), state, pen)
    }

    fn choose_font(&mut self, op: &Op, resources: &Dictionary, state: &mut State) {
        state.font = op
            .name_arg(0)
            .and_then(|name| self.resource(resources, b"Font", name))
            .and_then(|font| self.fonts.load(self.doc, &font));
        state.size = op.num(1);
    }

    fn resource(&self, resources: &Dictionary, kind: &[u8], name: &[u8]) -> Option<Object> {
        let group = resources.get_deref(kind, self.doc).ok()?.as_dict().ok()?;
        group.get(name).ok().cloned()
    }

    fn graphics(&mut self, op: &Op, resources: &Dictionary, state: &mut State) {
        let Some(dict) = op
            .name_arg(0)
            .and_then(|n| self.resource(resources, b"ExtGState", n))
        else {
            return;
        };
        let font = self
            .doc
            .dereference(&dict)
            .ok()
            .and_then(|(_, d)| d.as_dict().ok())
            .and_then(|d| d.get(b"Font").ok())
            .and_then(|f| f.as_array().ok())
            .cloned();
        if let Some([font, size]) = font.as_deref() {
            state.font = self.fonts.load(self.doc, font);
            state.size = f64::from(size.as_float().unwrap_or(0.0));
        }
    }

    fn invoke(
        &mut self,
        op: &Op,
        resources: &Dictionary,
        state: &State,
        depth: usize,
    ) -> Result<(), Refusal> {
        let Some(object) = op
            .name_arg(0)
            .and_then(|n| self.resource(resources, b"XObject", n))
        else {
            return Ok(());
        };
        let Ok(id) = object.as_reference() else {
            return Ok(());
        };
        self.form(id, resources, state, depth)
    }

    fn form(&mut self, id: ObjectId, outer: &Dictionary, state: &State, depth: usize) -> Result<(), Refusal> {
        let doc = self.doc;
        let Ok(stream) = doc.get_object(id).and_then(Object::as_stream) else {
            return Ok(());
        };
        if stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|s| s == b"Image")
        {
            self.picture(state);
            return Ok(());
        }
        self.forms += 1;
        if self.forms > MOST_FORMS {
            return Err(Refusal::Bomb);
        }
        if depth >= DEEPEST || self.by_id.get(&id).is_some_and(|u| self.silent.contains(u)) {
            return Ok(());
        }
        let (unit, bytes) = self.unpack(id, stream)?;
        let own = stream
            .dict
            .get_deref(b"Resources", doc)
            .ok()
            .and_then(|r| r.as_dict().ok());
        let matrix = stream
            .dict
            .get_deref(b"Matrix", doc)
            .ok()
            .and_then(|m| m.as_array().ok())
            .and_then(|m| matrix(m))
            .unwrap_or(IDENTITY);
        let mut inner = state.clone();
        inner.ctm = times(&matrix, &state.ctm);
        let before = (self.glyphs.len(), self.pictures());
        self.run(unit, &bytes, own.unwrap_or(outer), inner, depth + 1)?;
        if before == (self.glyphs.len(), self.pictures()) && depth + 1 < DEEPEST {
            self.silent.insert(unit);
        }
        Ok(())
    }

    fn pictures(&self) -> usize {
        self.drawn.get(&self.page).map_or(0, |d| d.pictures)
    }

    fn picture(&mut self, state: &State) {
        let c = state.ctm;
        let covers = (c[0] * c[3] - c[1] * c[2]).abs() > 0.6 * self.area;
        let drawn = self.drawn.entry(self.page).or_default();
        drawn.pictures += 1;
        drawn.whole |= covers;
    }

    fn unpack(&mut self, id: ObjectId, stream: &lopdf::Stream) -> Result<(usize, Rc<Vec<u8>>), Refusal> {
        let known = self.by_id.get(&id).copied();
        if let Some(bytes) = known.and_then(|u| self.unpacked.get(&u)) {
            return Ok((known.unwrap_or_default(), Rc::clone(bytes)));
        }
        let bytes = Rc::new(form_content(stream)?);
        let unit = match known {
            Some(known) => {
                self.total += bytes.len();
                if self.total > LARGEST_CONTENT {
                    return Err(Refusal::Bomb);
                }
                known
            }
            None => self.unit(id, None, bytes.len())?,
        };
        if self.cached + bytes.len() <= LARGEST_CACHE {
            self.cached += bytes.len();
            self.unpacked.insert(unit, Rc::clone(&bytes));
        }
        Ok((unit, bytes))
    }

    fn show(
        &mut self,
        unit: usize,
        op: u32,
        items: &[Arg],
        state: &State,
        pen: &mut Pen,
    ) -> Result<(), Refusal> {
        let font = state.font.unwrap_or_else(|| self.fonts.unknown());
        let horizontal = self.fonts.get(font).horizontal;
        let mut hidden = 0;
        let small = |n: usize| u32::try_from(n).map_err(|_| Refusal::TooLarge);
        let (unit, font_number) = (small(unit)?, small(font)?);
        for (arg, item) in items.iter().enumerate() {
            match item {
                Arg::Num(n) => pen.along(-n / 1000.0 * state.size, horizontal, state),
                Arg::Str(bytes) => {
                    let arg = small(arg)?;
                    let mut at = 0;
                    while at < bytes.len() {
                        let code = self.fonts.get(font).read(bytes, at);
                        let to = at + code.size;
                        let glyph = Glyph {
                            page: self.page,
                            unit,
                            op,
                            arg,
                            from: small(at)?,
                            to: small(to)?,
                            font: font_number,
                            ..glyph(code, horizontal, state, pen)
                        };
                        hidden += usize::from(state.hidden);
                        self.glyphs.push(glyph);
                        at = to;
                    }
                    if self.glyphs.len() > MOST_GLYPHS {
                        return Err(Refusal::TooLarge);
                    }
                }
                _ => {}
            }
        }
        if hidden > 0 {
            self.drawn.entry(self.page).or_default().hidden += hidden;
        }
        Ok(())
    }
}

pub(crate) const Q_SAVE: [u8; 3] = op(b"q");
pub(crate) const Q_RESTORE: [u8; 3] = op(b"Q");
pub(crate) const CM: [u8; 3] = op(b"cm");
pub(crate) const DO: [u8; 3] = op(b"Do");
pub(crate) const GS: [u8; 3] = op(b"gs");
pub(crate) const TF: [u8; 3] = op(b"Tf");
pub(crate) const BDC: [u8; 3] = op(b"BDC");
pub(crate) const BMC: [u8; 3] = op(b"BMC");
pub(crate) const MP: [u8; 3] = op(b"MP");
pub(crate) const DP: [u8; 3] = op(b"DP");
pub(crate) const TJ_ONE: [u8; 3] = op(b"Tj");
pub(crate) const TJ_MANY: [u8; 3] = op(b"TJ");
pub(crate) const QUOTE: [u8; 3] = op(b"'");
pub(crate) const QUOTES: [u8; 3] = op(b"\"");

/// The strings and numbers that a showing operator shows.
pub(crate) fn shown(op: &Op) -> &[Arg] {
    match op.name {
        TJ_MANY => match op.args.first() {
            Some(Arg::Arr(items)) => items,
            _ => &[],
        },
        QUOTES => op.args.get(2..).unwrap_or_default(),
        _ => &op.args,
    }
}

/// A form's operators.
pub(crate) fn form_content(stream: &lopdf::Stream) -> Result<Vec<u8>, Refusal> {
    match stream.get_plain_content_with_limit(LARGEST_STREAM) {
        Ok(bytes) if is_bomb(stream, &bytes) => Err(Refusal::Bomb),
        Ok(bytes) => Ok(bytes),
        Err(lopdf::Error::Decompress(_)) => Err(Refusal::Bomb),
        Err(_) => Err(Refusal::Broken),
    }
}

/// Whether a large stream says the same over and over.
pub(crate) fn is_bomb(stream: &lopdf::Stream, unpacked: &[u8]) -> bool {
    unpacked.len() > 8 << 20 && unpacked.len() / 100 > stream.content.len()
}

/// What a code draws and where, and moves the pen on.
fn glyph(code: Code, horizontal: bool, state: &State, pen: &mut Pen) -> Glyph {
    let spacing = state.char_space + if code.blank { state.word_space } else { 0.0 };
    let units = if horizontal {
        code.advance.0
    } else {
        code.advance.1
    };
    let shown = pen.place(state);
    pen.along(units / 1000.0 * state.size + spacing, horizontal, state);
    let after = pen.place(state);
    let length = shown[0].hypot(shown[1]).max(1e-9);
    #[allow(clippy::cast_possible_truncation)]
    let f = |n: f64| n as f32;
    Glyph {
        mute: code.mute,
        text: code.text,
        x: f(shown[4]),
        y: f(shown[5]),
        end_x: f(after[4]),
        end_y: f(after[5]),
        size: f(shown[2].hypot(shown[3])),
        em: f(length),
        dir: (f(shown[0] / length), f(shown[1] / length)),
        vertical: !horizontal,
        page: 0,
        unit: 0,
        op: 0,
        arg: 0,
        from: 0,
        to: 0,
        font: 0,
    }
}
