//! Forms and pictures that no content invokes: what a switched-off layer drew is still named in the resources, and so still in the file.
//!
//! An entry of an XObject dictionary goes only when every content that uses the dictionary has been read and none of it invokes the
//! entry. Whatever is not understood (names looked up in resources of another, a dictionary that is two things at once) stays.

use super::walk::Unit;
use super::{is_form, scrub};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The keys that lead from a page or a form to its XObjects. Each may lead to an object of its own.
const KEYS: [&[u8]; 2] = [b"Resources", b"XObject"];
/// Page trees are not deeper.
const MOST_PARENTS: usize = 32;

/// Where a dictionary of XObjects stands: in which object, and how many of [`KEYS`] lead to it from there.
type Place = (ObjectId, usize);

/// What is invoked of which dictionary.
pub(crate) struct Invoked {
    /// By the object that holds the dictionary: where in it, and which names are invoked.
    used: BTreeMap<ObjectId, (usize, BTreeSet<Vec<u8>>)>,
    /// Objects that hold more than one.
    doubtful: BTreeSet<ObjectId>,
    /// Names that some content invokes and that are not its own resources': kept wherever they stand.
    anywhere: BTreeSet<Vec<u8>>,
}

impl Invoked {
    /// Reads what the units that were walked so far invoke.
    pub fn new(doc: &Document, pages: &[ObjectId], units: &[Unit]) -> Self {
        let mut all = Invoked {
            used: BTreeMap::new(),
            doubtful: BTreeSet::new(),
            anywhere: BTreeSet::new(),
        };
        for page in pages {
            for holder in line(doc, *page) {
                all.note(place(doc, holder), &BTreeSet::new());
            }
        }
        for (id, object) in &doc.objects {
            if object.as_stream().is_ok_and(|s| is_form(&s.dict)) {
                all.note(place(doc, *id), &BTreeSet::new());
            }
        }
        for unit in units {
            all.unit(doc, unit);
        }
        all
    }

    fn unit(&mut self, doc: &Document, unit: &Unit) {
        let holder = if unit.page.is_some() {
            line(doc, unit.id).into_iter().find(|id| has_resources(doc, *id))
        } else {
            // A letter's drawing has the resources of its font.
            let form = doc.get_object(unit.id).and_then(Object::as_stream);
            form.is_ok_and(|s| is_form(&s.dict)).then_some(unit.id)
        };
        let place = holder.and_then(|id| place(doc, id));
        let own = place.and_then(|p| at(doc, p));
        let (here, elsewhere): (BTreeSet<_>, BTreeSet<_>) = unit
            .invoked
            .iter()
            .cloned()
            .partition(|n| own.is_some_and(|d| d.has(n)));
        self.note(place, &here);
        self.anywhere.extend(elsewhere);
    }

    fn note(&mut self, place: Option<Place>, names: &BTreeSet<Vec<u8>>) {
        let Some((id, keys)) = place else { return };
        let known = self.used.entry(id).or_insert_with(|| (keys, BTreeSet::new()));
        if known.0 != keys {
            self.doubtful.insert(id);
        }
        known.1.extend(names.iter().cloned());
    }

    /// Whether an entry of a dictionary is invoked, and how many keys lead to the dictionary; nothing for objects that hold none.
    fn of(&self, id: ObjectId) -> Option<(usize, impl Fn(&[u8]) -> bool)> {
        let (keys, names) = self.used.get(&id).filter(|_| !self.doubtful.contains(&id))?;
        Some((*keys, |name: &[u8]| {
            names.contains(name) || self.anywhere.contains(name)
        }))
    }

    /// Everything that can be reached from the trailer when what nobody invokes is gone.
    pub fn reachable(&self, doc: &Document) -> BTreeSet<ObjectId> {
        let mut seen = BTreeSet::new();
        let mut todo = VecDeque::new();
        let mut found = Vec::new();
        doc.trailer
            .iter()
            .for_each(|(_, o)| scrub::references(o, &mut found, 0));
        todo.extend(found.drain(..));
        while let Some(id) = todo.pop_front() {
            let Ok(object) = doc.get_object(id) else { continue };
            if !seen.insert(id) {
                continue;
            }
            match (self.of(id), dictionary(object)) {
                (Some((keys, kept)), Some(dict)) => {
                    follow(dict, &KEYS[KEYS.len() - keys..], &kept, &mut found)
                }
                _ => scrub::references(object, &mut found, 0),
            }
            todo.extend(found.drain(..));
        }
        seen
    }

    /// Takes out of the dictionaries what nobody invokes.
    pub fn drop_rest(&self, doc: &mut Document) {
        for id in self.used.keys() {
            let (Some((keys, kept)), Ok(object)) = (self.of(*id), doc.get_object_mut(*id)) else {
                continue;
            };
            let mut dict = match object {
                Object::Dictionary(dict) => Some(dict),
                Object::Stream(stream) => Some(&mut stream.dict),
                _ => None,
            };
            for key in &KEYS[KEYS.len() - keys..] {
                dict = dict
                    .and_then(|d| d.get_mut(key).ok())
                    .and_then(|o| o.as_dict_mut().ok());
            }
            let Some(dict) = dict else { continue };
            let gone: Vec<Vec<u8>> = dict.iter().map(|(k, _)| k.clone()).filter(|k| !kept(k)).collect();
            for name in gone {
                dict.remove(&name);
            }
        }
        let live = scrub::reachable(doc);
        doc.objects.retain(|id, _| live.contains(id));
    }
}

/// Gathers what a dictionary refers to, of its XObjects only those that are kept.
fn follow(dict: &Dictionary, keys: &[&[u8]], kept: &impl Fn(&[u8]) -> bool, out: &mut Vec<ObjectId>) {
    for (key, object) in dict {
        match (keys.split_first(), object) {
            (None, object) => {
                if kept(key) {
                    scrub::references(object, out, 0);
                }
            }
            (Some((first, rest)), Object::Dictionary(inner)) if key == first => {
                follow(inner, rest, kept, out)
            }
            _ => scrub::references(object, out, 0),
        }
    }
}

/// A page and the nodes of the tree above it.
fn line(doc: &Document, page: ObjectId) -> Vec<ObjectId> {
    let mut out = vec![page];
    while out.len() < MOST_PARENTS {
        let parent = out.last().and_then(|id| doc.get_dictionary(*id).ok());
        match parent
            .and_then(|d| d.get(b"Parent").ok())
            .and_then(|o| o.as_reference().ok())
        {
            Some(id) if !out.contains(&id) => out.push(id),
            _ => break,
        }
    }
    out
}

fn has_resources(doc: &Document, id: ObjectId) -> bool {
    doc.get_dictionary(id)
        .and_then(|d| d.get_deref(KEYS[0], doc))
        .is_ok_and(|o| o.as_dict().is_ok())
}

fn dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// Where the XObjects of a page, a node or a form stand.
fn place(doc: &Document, holder: ObjectId) -> Option<Place> {
    let mut place = (holder, KEYS.len());
    let mut dict = dictionary(doc.objects.get(&holder)?)?;
    for (passed, key) in (1..).zip(KEYS) {
        let (id, object) = doc.dereference(dict.get(key).ok()?).ok()?;
        if let Some(id) = id {
            place = (id, KEYS.len() - passed);
        }
        dict = object.as_dict().ok()?;
    }
    Some(place)
}

/// The dictionary of XObjects that stands at a place.
fn at(doc: &Document, place: Place) -> Option<&Dictionary> {
    let mut dict = dictionary(doc.objects.get(&place.0)?)?;
    for key in &KEYS[KEYS.len() - place.1..] {
        dict = dict.get(key).ok()?.as_dict().ok()?;
    }
    Some(dict)
}
