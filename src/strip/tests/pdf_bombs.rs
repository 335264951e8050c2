//! Files made to break their reader: an answer, soon, and never a panic.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use bauta_strip::{Refusal, strip};
use common::pdfs::{numbers, resource, shown, stream, with, with_content};
use common::{Pdf, holds, identity};
use lopdf::{Document, Object, Stream, dictionary};
use std::time::{Duration, Instant};

/// The answer, which must not take long even in a build that is not optimised.
fn soon(file: &[u8]) -> Option<Refusal> {
    let begun = Instant::now();
    let answer = strip(file, &identity()).err();
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    answer
}

fn packed(bytes: &[u8], times: usize) -> Stream {
    let mut inner = Stream::new(dictionary! {}, bytes.repeat(times));
    inner.compress().unwrap();
    inner
}

#[test]
fn content_that_unpacks_to_far_more() {
    for (bytes, times) in [
        (&b"          "[..], 9_000_000),
        (b"BT /F1 10 Tf (hello) Tj ET ", 500_000),
    ] {
        let file = with(|doc, _, page| {
            let id = doc.add_object(packed(bytes, times));
            doc.get_dictionary_mut(page).unwrap().set("Contents", id);
        });
        assert_eq!(soon(&file), Some(Refusal::Bomb));
    }
}

/// A picture of a size, as an object of its own.
fn picture(width: i64, height: i64, filter: Object, content: Vec<u8>) -> Stream {
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => width,
        "Height" => height,
        "ColorSpace" => "DeviceRGB",
        "BitsPerComponent" => 8,
        "Filter" => filter,
    };
    Stream::new(dict, content)
}

/// A file whose page draws a picture.
fn drawing(picture: Stream) -> Vec<u8> {
    with_content("q 9 0 0 9 0 0 cm /I Do Q", |doc, _, page| {
        let id = doc.add_object(picture);
        resource(doc, page, "XObject", "I", id);
    })
}

#[test]
fn pictures_that_unpack_to_far_more_than_they_show() {
    let flate = || Object::Name(b"FlateDecode".to_vec());
    let zeros = packed(&[0; 1 << 20], 64).content;
    let twice = packed(&zeros, 1).content;
    let both = Object::Array(vec![flate(), flate()]);
    // As large as it says; with more lines than it says; and one under the other.
    assert_eq!(
        soon(&drawing(picture(40, 40, flate(), packed(&[0; 4800], 1).content))),
        None
    );
    assert_eq!(
        soon(&drawing(picture(
            4000,
            3000,
            flate(),
            packed(&[7; 3000], 12_000).content
        ))),
        None
    );
    for file in [
        picture(40, 40, flate(), zeros.clone()),
        picture(40, 40, both, twice),
        // The size alone is more than any page shows.
        picture(90_000, 90_000, flate(), packed(&[0; 4800], 1).content),
    ] {
        assert_eq!(soon(&drawing(file)), Some(Refusal::Bomb));
    }
    // The head that says how it is packed is wrong, which readers forgive.
    let mut headless = zeros.clone();
    headless[0] ^= 0x0f;
    assert_eq!(
        soon(&drawing(picture(40, 40, flate(), headless))),
        Some(Refusal::Bomb)
    );
}

#[test]
fn pictures_inside_a_page_that_unpack_to_far_more() {
    let file = |data: &[u8]| {
        with(|doc, _, page| {
            let head = b"q BI /W 40 /H 40 /BPC 8 /CS /RGB /F /Fl ID ".to_vec();
            let content = [&head[..], data, b"\nEI Q"].concat();
            let id = doc.add_object(Stream::new(dictionary! {}, content));
            doc.get_dictionary_mut(page).unwrap().set("Contents", id);
        })
    };
    assert_eq!(soon(&file(&packed(&[0; 4800], 1).content)), None);
    assert_eq!(
        soon(&file(&packed(&[0; 1 << 20], 64).content)),
        Some(Refusal::Bomb)
    );
}

#[test]
fn maps_of_letters_that_unpack_to_far_more() {
    let file = with(|doc, _, page| {
        let map = doc.add_object(packed(
            b"1 beginbfrange <0000> <ffff> <0041> endbfrange ",
            200_000,
        ));
        resource(
            doc,
            page,
            "Font",
            "F8",
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "ToUnicode" => map },
        );
    });
    assert_eq!(soon(&file), Some(Refusal::Bomb));
}

#[test]
fn trees_and_forms_that_hold_themselves() {
    let mut pdf = Pdf::new();
    pdf.page(&shown("x", 1));
    let loops = pdf.finish(|doc, catalog| {
        let tree = catalog.get(b"Pages").unwrap().as_reference().unwrap();
        doc.get_dictionary_mut(tree)
            .unwrap()
            .set("Kids", vec![Object::Reference(tree)]);
    });
    assert_eq!(soon(&loops), Some(Refusal::Broken));
    let selfish = with_content("/X Do", |doc, _, page| {
        let form = doc.new_object_id();
        let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0, 0, 9, 9]), "Resources" => dictionary! { "XObject" => dictionary! { "X" => form } } };
        doc.objects
            .insert(form, Object::Stream(Stream::new(dict, b"/X Do".to_vec())));
        resource(doc, page, "XObject", "X", form);
    });
    assert_eq!(soon(&selfish), None);
}

#[test]
fn things_within_things() {
    let deep = with(|doc, _, page| {
        let content = [
            b"[".repeat(300_000),
            b" TJ ".to_vec(),
            b"<<".repeat(300_000),
            b"q ".repeat(300_000),
        ]
        .concat();
        let content = stream(doc, dictionary! {}, &content);
        doc.get_dictionary_mut(page).unwrap().set("Contents", content);
    });
    soon(&deep);
    let mut file = with(|_, _, _| {});
    let at = file.windows(4).position(|w| w == b"xref").unwrap();
    file.splice(
        at..at,
        [
            b"99 0 obj ".to_vec(),
            b"<</A".repeat(100_000),
            b"endobj\n".to_vec(),
        ]
        .concat(),
    );
    soon(&file);
}

#[test]
fn too_many_objects_in_streams() {
    let mut file = with(|_, _, _| {});
    file.extend(b"\n9 0 obj <</Type/ObjStm/N 900000/First 10/Length 0>> stream\nendstream endobj\n");
    assert_eq!(soon(&file), Some(Refusal::Bomb));
}

/// A small generator of its own, so that every run is the same.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

/// Changes some bytes, takes some out, says some twice.
fn mutate(file: &[u8], dice: &mut Dice) -> Vec<u8> {
    const BITS: &[&[u8]] = &[
        b"<<",
        b">>",
        b"[",
        b"]",
        b"(",
        b")",
        b"/",
        b" 0 R",
        b"stream",
        b"endobj",
        b"-1",
        b"99999999999",
        b"\0",
        b"%",
    ];
    let mut out = file.to_vec();
    for _ in 0..=dice.next(6) {
        let at = dice.next(out.len());
        let end = (at + dice.next(40)).min(out.len());
        match dice.next(5) {
            0 => out[at] = u8::try_from(dice.next(256)).unwrap(),
            1 => {
                out.drain(at..end);
            }
            2 => {
                let again = out[at..end].to_vec();
                out.splice(at..at, again);
            }
            3 => {
                let bit = BITS[dice.next(BITS.len())];
                out.splice(at..at, bit.iter().copied());
            }
            _ => out[at] ^= 1 << dice.next(8),
        }
        if out.is_empty() {
            return file.to_vec();
        }
    }
    out
}

/// `BAUTA_MUTATIONS` makes it longer, `BAUTA_SEEDS` takes the files of a folder.
#[test]
fn changed_files_get_an_answer() {
    let rounds: u64 = std::env::var("BAUTA_MUTATIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(150);
    let mut seeds = vec![with_content(
        "q 9 0 0 9 0 0 cm /I Do Q /T BMC [(by Tamsin) -250 (Quillfeather)] TJ EMC",
        |doc, _, page| {
            let form = common::pdfs::form(doc, page, &shown("Tamsin Quillfeather", 5));
            resource(doc, page, "XObject", "I", form);
            let note = common::pdfs::annotation(doc, page, "FreeText", "by hand");
            common::pdfs::set(doc, page, "Annots", vec![Object::Dictionary(note)]);
        },
    )];
    if let Ok(folder) = std::env::var("BAUTA_SEEDS") {
        let files = std::fs::read_dir(folder).unwrap().flatten();
        seeds.extend(
            files
                .filter_map(|f| std::fs::read(f.path()).ok())
                .filter(|b| b.len() < 400_000),
        );
    }
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for round in 0..rounds {
        let seed = &seeds[usize::try_from(round).unwrap() % seeds.len()];
        let file = mutate(seed, &mut dice);
        let begun = Instant::now();
        let answer = std::panic::catch_unwind(|| strip(&file, &identity()));
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "round {round} took {:?}",
            begun.elapsed()
        );
        if let Ok(blind) = answer.unwrap() {
            assert!(!holds(&blind.bytes, "Tamsin Quillfeather"), "round {round}");
            assert!(Document::load_mem(&blind.bytes).is_ok(), "round {round}");
        }
    }
}
