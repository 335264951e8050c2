//! Whole papers: what stands around the authors goes with them, and nothing else.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{Blind, Identity, Person, compare_text, strip};
use common::pdfs::{numbers, shown};
use common::{Pdf, identity};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

fn known(name: &str) -> Identity {
    Identity {
        people: vec![Person {
            name: name.into(),
            ..Person::default()
        }],
        ..Identity::default()
    }
}

/// Pages of lines, each with its size, from above.
fn paper(pages: &[&[(u32, &str)]]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    for lines in pages {
        let mut y = 780;
        let mut content = String::new();
        for (size, line) in *lines {
            y -= size * 13 / 10;
            // Nothing stands for room between paragraphs.
            if !line.is_empty() {
                content += &format!("BT /F1 {size} Tf 50 {y} Td ({line}) Tj ET\n");
            }
        }
        pdf.page(&content);
    }
    pdf.finish(|_, _| {})
}

fn left(bytes: &[u8], identity: &Identity) -> (String, Blind) {
    let blind = strip(bytes, identity).unwrap_or_else(|r| panic!("{r}"));
    assert_eq!(
        strip(&blind.bytes, identity).unwrap().bytes,
        blind.bytes,
        "a second cleaning changes it"
    );
    let text = compare_text(&blind.bytes).unwrap();
    (text.split_whitespace().collect::<Vec<_>>().join(" "), blind)
}

/// Text as most of a paper is set, so that what is set otherwise is seen to be.
const BODY: [(u32, &str); 6] = [
    (
        10,
        "Gulls that live by the harbour come to the same place every day",
    ),
    (
        10,
        "when the water falls, and nobody has said so far how they know",
    ),
    (
        10,
        "that it will fall. We watched them for a year from one window",
    ),
    (
        10,
        "and wrote down when they came, and when the water had fallen.",
    ),
    (
        10,
        "They came before it fell on most of the days of that long year",
    ),
    (
        10,
        "and after it had fallen on the few days on which a wind blew.",
    ),
];

fn body() -> String {
    BODY.map(|(_, line)| line).join(" ")
}

/// Who is called as a word of PDF itself still has a paper with pages, fonts and contents.
#[test]
fn names_that_pdf_itself_uses_do_not_break_the_file() {
    for surname in [
        "Pages",
        "Font",
        "Filter",
        "Contents",
        "Resources",
        "Widths",
        "Helvetica",
    ] {
        let name = format!("Joan {surname}");
        let mut pdf = Pdf::new();
        pdf.page(&shown(&format!("Seen by {name} today."), 700));
        let bytes = pdf.finish(|_, _| {});
        let (text, blind) = left(&bytes, &known(&name));
        assert_eq!(text, "Seen by today.", "{name}");
        let doc = Document::load_mem(&blind.bytes).unwrap();
        let page = *doc.get_pages().get(&1).unwrap();
        assert_eq!(doc.get_page_fonts(page).unwrap().len(), 2, "{name}");
    }
}

#[test]
fn an_abstract_in_small_print_stays_though_it_names_its_authors_and_an_institute() {
    let front: [(u32, &str); 8] = [
        (16, "Tides and the memory of gulls"),
        (11, "Tamsin Quillfeather"),
        (11, "Northmoor General Hospital"),
        (11, "Wherever Street 7, Elsewhere"),
        (10, ""),
        (10, "Abstract"),
        (8, "Quillfeather (2020) asked the Seabird Institute of Elsewhere,"),
        (8, "and this paper answers what was asked there by many others."),
    ];
    let all: Vec<(u32, &str)> = front
        .into_iter()
        .chain([(10, ""), (10, "Introduction")])
        .chain(BODY)
        .collect();
    let (text, _) = left(&paper(&[&all]), &identity());
    assert_eq!(
        text,
        format!(
            "Tides and the memory of gulls Abstract (2020) asked the Seabird Institute of Elsewhere, and this paper answers what was asked there by many others. Introduction {}",
            body()
        )
    );
}

#[test]
fn a_title_that_cites_its_authors_stays() {
    let front: [(u32, &str); 5] = [
        (16, "A second look at how gulls were counted"),
        (16, "in the study of Quillfeather and others (2009)"),
        (11, "Tamsin Quillfeather, Yulan Shen"),
        (10, ""),
        (10, "Abstract"),
    ];
    let all: Vec<(u32, &str)> = front.into_iter().chain(BODY).collect();
    let (text, _) = left(&paper(&[&all]), &identity());
    let title = "A second look at how gulls were counted in the study of and others (2009)";
    assert_eq!(text, format!("{title} Abstract {}", body()));
}

#[test]
fn a_statement_in_small_print_ends_where_something_else_begins() {
    for next in [
        "Abstract: Objective. To see what gulls remember.",
        "Key words: gulls; tides",
    ] {
        let mut all: Vec<(u32, &str)> = vec![
            (16, "Tides and the memory of gulls"),
            (9, "Correspondence: the harbour master, Wherever Street 7"),
            (9, next),
            (10, ""),
        ];
        all.extend(BODY);
        let (text, _) = left(&paper(&[&all]), &identity());
        assert_eq!(text, format!("Tides and the memory of gulls {next} {}", body()));
    }
}

#[test]
fn a_line_that_only_begins_like_a_heading_stays() {
    let mut all = BODY.to_vec();
    all.push((10, "As with the tides themselves, gulls are the sum of small"));
    all.push((11, "contributions. If there were unique times, each would count."));
    all.push((12, "4 Support"));
    all.extend(BODY);
    let (text, _) = left(&paper(&[&all]), &identity());
    assert!(
        text.contains("small contributions. If there were unique times, each would count. 4 Support Gulls"),
        "{text}"
    );
}

#[test]
fn thanks_at_the_foot_of_a_page_end_with_it_when_a_figure_follows() {
    let mut first = BODY.to_vec();
    first.extend([
        (12, "Acknowledgements"),
        (10, "We thank the harbour master of Elsewhere,"),
    ]);
    first.push((10, "who lent us his window."));
    let mut second = vec![(7, "0.5"), (7, "1.0"), (7, "days")];
    second.extend(BODY);
    let (text, _) = left(&paper(&[&first, &second]), &identity());
    assert_eq!(text, format!("{0} 0.5 1.0 days {0}", body()));
}

/// TeX's bitmap fonts name their letters by their codes: ff is one of them, and no letter anywhere else.
#[test]
fn ligatures_of_bitmap_fonts_are_read() {
    let mut pdf = Pdf::new();
    let page = pdf.page("BT /F9 10 Tf 50 700 Td (Loyal Go\\033 saw it) Tj ET");
    let bytes = pdf.finish(|doc, _| {
        let drawing = doc.add_object(Stream::new(Dictionary::new(), b"500 0 d0".to_vec()));
        let used = b"LoyalG saw it\x1b";
        let mut procs = Dictionary::new();
        let mut differences: Vec<Object> = Vec::new();
        for code in used {
            let name = format!("a{code}");
            procs.set(name.clone(), drawing);
            differences.extend([Object::Integer(i64::from(*code)), Object::Name(name.into_bytes())]);
        }
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type3", "FontBBox" => numbers(&[0, 0, 500, 500]),
            "FontMatrix" => vec![Object::Real(0.001), 0.into(), 0.into(), Object::Real(0.001), 0.into(), 0.into()],
            "FirstChar" => 0, "LastChar" => 127, "Widths" => numbers(&[500; 128]), "CharProcs" => procs,
            "Encoding" => dictionary! { "Type" => "Encoding", "Differences" => differences }
        };
        let font = doc.add_object(font);
        common::pdfs::resource(doc, page, "Font", "F9", font);
    });
    let (_, blind) = left(&bytes, &known("Loyal Goff"));
    let names: u32 = blind
        .report
        .removed
        .iter()
        .filter(|r| r.what == bauta_strip::What::Name)
        .map(|r| r.count)
        .sum();
    assert_eq!(names, 1);
}
