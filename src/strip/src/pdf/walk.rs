//! Runs the text of every page and form, and notes for each glyph what it says, where it stands and which bytes drew it.

use super::font::{Code, Fonts};
use super::lexer::{self, Arg, Op, Parsed};
use super::pen::{IDENTITY, Pen, State, matrix, text_state, times};
use crate::model::Refusal;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// A content stream: a page's, or a form's.
pub(crate) struct Unit {
    pub id: ObjectId,
    pub page: bool,
    pub bytes: Vec<u8>,
    pub parsed: Rc<Parsed>,
}

/// A glyph as it was drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glyph {
    pub text: String,
    /// No letter is known for it.
    pub mute: bool,
    pub page: usize,
    pub unit: usize,
    pub op: usize,
    /// Which element of the array, and which bytes of its string.
    pub arg: usize,
    pub from: usize,
    pub to: usize,
    /// How far it moves the pen, in thousandths of the font size, spacing included.
    pub units: f64,
    pub x: f64,
    pub y: f64,
    /// Where the pen is after it.
    pub end_x: f64,
    pub end_y: f64,
    pub size: f64,
    /// The direction of writing.
    pub dir: (f64, f64),
    pub font: usize,
}

/// More glyphs, forms or depth than any manuscript has.
const MOST_GLYPHS: usize = 6_000_000;
const MOST_FORMS: usize = 50_000;
const MOST_STEPS: usize = 30_000_000;
const DEEPEST: usize = 16;
/// The most one content stream may unpack to.
pub(crate) const LARGEST_STREAM: usize = 100 << 20;

/// The whole document, walked.
pub(crate) struct Walk<'d, 'p> {
    doc: &'d Document,
    fonts: Fonts<'p>,
    pub units: Vec<Unit>,
    by_id: HashMap<ObjectId, usize>,
    pub glyphs: Vec<Glyph>,
    /// Pages with the number of pictures they show.
    pub images: HashMap<usize, usize>,
    forms: usize,
    steps: usize,
    page: usize,
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
            images: HashMap::new(),
            forms: 0,
            steps: 0,
            page: 0,
            total: 0,
        }
    }

    /// Walks a page.
    pub fn page(
        &mut self,
        number: usize,
        id: ObjectId,
        content: Vec<u8>,
        resources: &Dictionary,
    ) -> Result<(), Refusal> {
        self.page = number;
        let unit = self.unit(id, true, content)?;
        self.run(unit, resources, State::new(IDENTITY), 0)
    }

    /// Walks a form that no page showed: a pattern, a mask, an appearance.
    pub fn stray(&mut self, id: ObjectId) -> Result<(), Refusal> {
        self.page = usize::MAX;
        self.form(id, &Dictionary::new(), &State::new(IDENTITY), 0)
    }

    /// Whether a form has been walked.
    pub fn knows(&self, id: ObjectId) -> bool {
        self.by_id.contains_key(&id)
    }

    fn unit(&mut self, id: ObjectId, page: bool, bytes: Vec<u8>) -> Result<usize, Refusal> {
        self.total += bytes.len();
        if self.total > 4 * LARGEST_STREAM {
            return Err(Refusal::Bomb);
        }
        let parsed = Rc::new(lexer::parse(&bytes));
        self.units.push(Unit {
            id,
            page,
            bytes,
            parsed,
        });
        self.by_id.insert(id, self.units.len() - 1);
        Ok(self.units.len() - 1)
    }

    fn run(
        &mut self,
        unit: usize,
        resources: &Dictionary,
        start: State,
        depth: usize,
    ) -> Result<(), Refusal> {
        let parsed = Rc::clone(&self.units[unit].parsed);
        self.steps += parsed.ops.len();
        if self.steps > MOST_STEPS {
            return Err(Refusal::Bomb);
        }
        let mut state = start;
        let mut stack: Vec<State> = Vec::new();
        let mut pen = Pen {
            matrix: IDENTITY,
            line: IDENTITY,
        };
        for (index, op) in parsed.ops.iter().enumerate() {
            match op.name.as_slice() {
                b"q" => {
                    if stack.len() < 512 {
                        stack.push(state.clone());
                    }
                }
                b"Q" => state = stack.pop().unwrap_or(state),
                b"cm" => state.ctm = times(&op.matrix(), &state.ctm),
                b"Do" => self.invoke(op, resources, &state, depth)?,
                b"gs" => self.graphics(op, resources, &mut state),
                b"Tf" => self.choose_font(op, resources, &mut state),
                b"Tj" => self.show(unit, index, &op.args, &state, &mut pen)?,
                b"'" => {
                    pen.next_line(0.0, -state.leading);
                    self.show(unit, index, &op.args, &state, &mut pen)?;
                }
                b"\"" => {
                    state.word_space = op.num(0);
                    state.char_space = op.num(1);
                    pen.next_line(0.0, -state.leading);
                    self.show(
                        unit,
                        index,
                        op.args.get(2..).unwrap_or_default(),
                        &state,
                        &mut pen,
                    )?;
                }
                b"TJ" => {
                    if let Some(Arg::Arr(items)) = op.args.first() {
                        self.show(unit, index, items, &state, &mut pen)?;
                    }
                }
                _ => text_state(op, &mut state, &mut pen),
            }
        }
        Ok(())
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
            *self.images.entry(self.page).or_default() += 1;
            return Ok(());
        }
        self.forms += 1;
        if self.forms > MOST_FORMS {
            return Err(Refusal::Bomb);
        }
        if depth >= DEEPEST {
            return Ok(());
        }
        let unit = match self.by_id.get(&id) {
            Some(known) => *known,
            None => {
                let bytes = stream
                    .get_plain_content_with_limit(LARGEST_STREAM)
                    .map_err(|_| Refusal::Broken)?;
                self.unit(id, false, bytes)?
            }
        };
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
        self.run(unit, own.unwrap_or(outer), inner, depth + 1)
    }

    fn show(
        &mut self,
        unit: usize,
        op: usize,
        items: &[Arg],
        state: &State,
        pen: &mut Pen,
    ) -> Result<(), Refusal> {
        let font = state.font.unwrap_or_else(|| self.fonts.unknown());
        let horizontal = self.fonts.get(font).horizontal;
        for (arg, item) in items.iter().enumerate() {
            match item {
                Arg::Num(n) => pen.along(-n / 1000.0 * state.size, horizontal, state),
                Arg::Str(bytes) => {
                    let mut at = 0;
                    while at < bytes.len() {
                        let code = self.fonts.get(font).read(bytes, at);
                        let to = at + code.size;
                        let glyph = glyph(code, horizontal, state, pen);
                        let page = self.page;
                        self.glyphs.push(Glyph {
                            page,
                            unit,
                            op,
                            arg,
                            from: at,
                            to,
                            font,
                            ..glyph
                        });
                        at = to;
                    }
                    if self.glyphs.len() > MOST_GLYPHS {
                        return Err(Refusal::Bomb);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What a code draws and where, and moves the pen on.
fn glyph(code: Code, horizontal: bool, state: &State, pen: &mut Pen) -> Glyph {
    let spacing = state.char_space + if code.blank { state.word_space } else { 0.0 };
    let units = if horizontal {
        code.advance.0
    } else {
        code.advance.1
    };
    let along = units / 1000.0 * state.size + spacing;
    let shown = pen.place(state);
    pen.along(along, horizontal, state);
    let after = pen.place(state);
    let length = shown[0].hypot(shown[1]).max(1e-9);
    Glyph {
        mute: code.text.is_none(),
        text: code.text.unwrap_or_else(|| "\u{FFFD}".to_owned()),
        units: if state.size.abs() < 1e-9 {
            0.0
        } else {
            along / state.size * 1000.0
        },
        x: shown[4],
        y: shown[5],
        end_x: after[4],
        end_y: after[5],
        size: shown[2].hypot(shown[3]),
        dir: (shown[0] / length, shown[1] / length),
        ..Glyph::default()
    }
}
