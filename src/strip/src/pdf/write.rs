//! Writes a document from nothing but its objects: new numbers in the order they are reached, one cross-reference table, no traces.

use super::scrub;
use crate::model::Refusal;
use lopdf::{Dictionary, Document, Object, ObjectId, Writer};
use std::collections::HashMap;

/// The file's bytes; the same for the same objects.
pub(crate) fn write(doc: &Document) -> Result<Vec<u8>, Refusal> {
    let root = doc
        .trailer
        .get(b"Root")
        .and_then(Object::as_reference)
        .map_err(|_| Refusal::Broken)?;
    let order = order(doc, root);
    let numbers: HashMap<ObjectId, u32> = order.iter().zip(1_u32..).map(|(id, n)| (*id, n)).collect();
    let version = if ("1.4".."2.1").contains(&doc.version.as_str()) {
        doc.version.as_str()
    } else {
        "1.4"
    };
    let mut out = format!("%PDF-{version}\n%\u{e2}\u{e3}\u{cf}\u{d3}\n").into_bytes();
    let mut places = Vec::with_capacity(order.len());
    for (id, number) in order.iter().zip(1_u32..) {
        let mut object = doc.get_object(*id).map_err(|_| Refusal::Broken)?.clone();
        renumber(&mut object, &numbers);
        if let Object::Stream(stream) = &mut object {
            let size = i64::try_from(stream.content.len()).map_err(|_| Refusal::TooLarge)?;
            stream.dict.set("Length", size);
        }
        places.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        Writer::write_object(&mut out, &object).map_err(|_| Refusal::Broken)?;
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
    for place in &places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(
        format!(
            "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n",
            places.len() + 1
        )
        .as_bytes(),
    );
    Ok(out)
}

/// Objects in the order they are reached from the root.
fn order(doc: &Document, root: ObjectId) -> Vec<ObjectId> {
    let mut order = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut todo = std::collections::VecDeque::from([root]);
    while let Some(id) = todo.pop_front() {
        let Ok(object) = doc.get_object(id) else {
            continue;
        };
        if seen.insert(id) {
            order.push(id);
            let mut found = Vec::new();
            scrub::references(object, &mut found, 0);
            todo.extend(found);
        }
    }
    order
}

fn renumber(object: &mut Object, numbers: &HashMap<ObjectId, u32>) {
    match object {
        Object::Reference(id) => {
            *object = numbers
                .get(id)
                .map_or(Object::Null, |n| Object::Reference((*n, 0)));
        }
        Object::Array(items) => items.iter_mut().for_each(|o| renumber(o, numbers)),
        Object::Dictionary(dict) => renumber_dict(dict, numbers),
        Object::Stream(stream) => renumber_dict(&mut stream.dict, numbers),
        _ => {}
    }
}

fn renumber_dict(dict: &mut Dictionary, numbers: &HashMap<ObjectId, u32>) {
    dict.iter_mut().for_each(|(_, o)| renumber(o, numbers));
}
