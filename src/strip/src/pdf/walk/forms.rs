//! Forms and pictures that content invokes by name.

use super::stream::form_content;
use super::{DEEPEST, LARGEST_CACHE, LARGEST_CONTENT, MOST_FORMS, Walk};
use crate::model::Refusal;
use crate::pdf::lexer::Op;
use crate::pdf::pen::{IDENTITY, State, matrix, times};
use lopdf::{Dictionary, Object, ObjectId};
use std::rc::Rc;

impl Walk<'_, '_> {
    pub(super) fn invoke(
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

    pub(super) fn form(
        &mut self,
        id: ObjectId,
        outer: &Dictionary,
        state: &State,
        depth: usize,
    ) -> Result<(), Refusal> {
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
}
