//! Reading a part into a tree.

use super::namespaces::{Names, usual_prefix};
use super::{Attr, DEEPEST, Element, Node};
use crate::model::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::rc::Rc;

/// Parses a part.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element, Refusal> {
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(&text);
    let mut names = Names::default();
    let mut open: Vec<Element> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|_| Refusal::Broken)?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(Refusal::Bomb);
                }
                let element = element(&start, &mut names, open.len())?;
                open.push(element);
            }
            Event::Empty(start) => {
                let done = element(&start, &mut names, open.len())?;
                names.bound.retain(|b| b.2 < open.len());
                let Some(parent) = open.last_mut() else {
                    return Ok(done);
                };
                parent.children.push(Node::Element(done));
            }
            Event::End(_) => {
                let mut done = open.pop().ok_or(Refusal::Broken)?;
                // Most elements have one child, and a growing list makes room for four.
                done.children.shrink_to_fit();
                names.bound.retain(|b| b.2 < open.len());
                let Some(parent) = open.last_mut() else {
                    return Ok(done);
                };
                parent.children.push(Node::Element(done));
            }
            Event::Text(t) => push_text(&mut open, &t.into_inner()),
            Event::CData(t) => push_text(&mut open, &t.into_inner()),
            Event::GeneralRef(r) => push_text(&mut open, &reference(&r.into_inner())?),
            Event::DocType(_) | Event::Eof => return Err(Refusal::Broken),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Office writes UTF-8, or UTF-16 with a mark in front; other programs leave the mark out.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => Ok(encoding.decode_with_bom_removal(bytes).0),
        None if matches!(bytes, [b'<', 0, ..] | [0, b'<', ..]) => {
            let encoding = if bytes[0] == 0 {
                encoding_rs::UTF_16BE
            } else {
                encoding_rs::UTF_16LE
            };
            let (text, broken) = encoding.decode_without_bom_handling(bytes);
            if broken {
                Err(Refusal::Undecodable)
            } else {
                Ok(text)
            }
        }
        None => str::from_utf8(bytes).map(Cow::Borrowed).or_else(|_| {
            let declared = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).to_lowercase();
            let label = declared
                .split("encoding=")
                .nth(1)
                .and_then(|s| s.get(1..))
                .and_then(|s| s.split(['"', '\'']).next())
                .unwrap_or_default()
                .to_owned();
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).ok_or(Refusal::Undecodable)?;
            let (text, broken) = encoding.decode_without_bom_handling(bytes);
            if broken {
                Err(Refusal::Undecodable)
            } else {
                Ok(text)
            }
        }),
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else {
        return;
    };
    if let Some(Node::Text(last)) = parent.children.last_mut() {
        last.push_str(text);
    } else {
        parent.children.push(Node::Text(text.to_owned()));
    }
}

fn reference(name: &str) -> Result<String, Refusal> {
    let code = match name {
        "lt" => return Ok("<".into()),
        "gt" => return Ok(">".into()),
        "amp" => return Ok("&".into()),
        "quot" => return Ok("\"".into()),
        "apos" => return Ok("'".into()),
        _ => match name.strip_prefix('#') {
            Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
            Some(number) => number.parse().ok(),
            None => None,
        },
    };
    code.and_then(char::from_u32)
        .map(String::from)
        .ok_or(Refusal::Broken)
}

fn element(start: &BytesStart<'_>, names: &mut Names, depth: usize) -> Result<Element, Refusal> {
    let mut found: Vec<(Rc<str>, String)> = Vec::new();
    for attr in start.attributes().with_checks(false) {
        let attr = attr.map_err(|_| Refusal::Broken)?;
        let value = quick_xml::escape::unescape(&attr.value)
            .map_err(|_| Refusal::Broken)?
            .into_owned();
        let key = attr.key.into_inner();
        if key == "xmlns" || key.starts_with("xmlns:") {
            let prefix = key.strip_prefix("xmlns:").unwrap_or_default().to_owned();
            names.bound.push((prefix, usual_prefix(&value), depth));
        }
        found.push((names.keep(key), value));
    }
    let raw = names.keep(start.name().into_inner());
    let tag = names.usual(&raw, false);
    let attrs = found
        .into_iter()
        .map(|(raw, value)| Attr {
            key: names.usual(&raw, true),
            raw,
            value,
        })
        .collect();
    Ok(Element {
        raw,
        tag,
        attrs,
        children: Vec::new(),
    })
}
