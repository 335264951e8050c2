//! Every way a Markdown text betrays an author, one by one.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{Block, FindingKind, Format, What, reading_view, recognise, strip};
use common::formats::{clean, counted};
use common::{identity, png_with_comment};

fn source(blind: &bauta_strip::Blind) -> String {
    String::from_utf8(blind.bytes.clone()).unwrap()
}

#[test]
fn a_manuscript_keeps_its_science_and_loses_its_authors() {
    let text = "---\ntitle: \"Tides and the memory of gulls\"\nauthor:\n  - name: Tamsin Quillfeather\n    email: t.quillfeather@northmoor.example.org\n    orcid: 0000-0002-1825-0097\ndate: 2020-05-01\n# by Quillfeather\nbibliography: /home/quillfeather/refs.bib\nabstract: |\n  Quillfeather counted gulls.\noutput: pdf_document\nparams:\n  owner: quillfeather\nfunding: NMX-4471-20\n---\n\n# Abstract\n\nGulls.\n\n# Methods\n\nIn our previous work **Tamsin** *Quill*feather counted gulls (NMX-4471-20) [@quillfeather2020; @marsh19].\n\n# Acknowledgements\n\nWe thank the harbour master.\n\n# Results\n\n- Quillfeather's gull\n- another\n\n| who | n |\n|-----|---|\n| T. Quillfeather | 3 |\n\n```r\n# Tamsin Quillfeather\nx <- 1\n```\n\nA note[^1].\n\n[^1]: Of Quillfeather.\n";
    let (read, blind) = clean(text.as_bytes());
    assert_eq!(blind.format, Format::Markdown);
    assert_eq!(
        read,
        "Abstract\nGulls.\nMethods\nIn our previous work […] counted gulls ([…]) [@ref1; @marsh19].\nResults\n[…]'s gull\nanother\nwho\nn\n[…]\n3\n# […]\nx <- 1\nA note.\nOf […].\n"
    );
    let copy = source(&blind);
    assert!(copy.starts_with("---\ntitle: \"Tides and the memory of gulls\"\nbibliography: refs.bib\nabstract: |\n  […] counted gulls.\noutput: pdf_document\n---\n"), "{copy}");
    assert!(
        copy.contains("**[…]** **counted") || copy.contains("**[…]**"),
        "{copy}"
    );
    let kinds: Vec<FindingKind> = blind.report.findings.iter().map(|f| f.kind).collect();
    assert!(kinds.contains(&FindingKind::SelfCitation), "{kinds:?}");
    assert!(counted(&blind, What::Properties) >= 4 && counted(&blind, What::Comments) == 1);
}

#[test]
fn pandocs_title_block() {
    let (_, blind) = clean(b"% Gulls and tides\n% Tamsin Quillfeather; Yulan Shen\n% May 2020\n\n# One\n\nWords.\n\n# Two\n\nMore.\n");
    assert_eq!(
        source(&blind),
        "% Gulls and tides\n\n# One\n\nWords.\n\n# Two\n\nMore.\n"
    );
}

#[test]
fn comments_definitions_markers_and_html() {
    let text = "# One\n\n<!-- Tamsin Quillfeather -->\n[//]: # (Quillfeather's note)\n[lab]: http://northmoor.example/quillfeather \"Quillfeather\"\n[used]: https://gulls.example/data\n\nSee [the data][used], [a mail](mailto:t.quillfeather@northmoor.example.org) and [his lab][lab].\n\n<<<<<<< HEAD\nOur side.\n=======\nQuillfeather's side.\n>>>>>>> quillfeather/main\n\n<meta name=\"author\" content=\"Tamsin Quillfeather\">\n<script>var q = 'Quillfeather';</script>\n\n<div class=\"quillfeather\" data-by=\"Quillfeather\">Words <b onclick=\"x\">of Tamsin</b> Quillfeather</div>\n\n`<!-- code -->` stays.\n\nText <img src=\"http://x.example/t.png\" alt=\"x\"> end.\n";
    let (read, blind) = clean(text.as_bytes());
    let copy = source(&blind);
    for gone in [
        "mailto",
        "[lab]:",
        "[//]",
        "HEAD",
        "<meta",
        "script",
        "data-by",
        "onclick",
        "x.example",
        ">>>>",
    ] {
        assert!(!copy.contains(gone), "{gone}: {copy}");
    }
    for kept in [
        "[used]: https://gulls.example/data",
        "[the data][used]",
        "a mail",
        "his lab",
        "Our side.",
        "`<!-- code -->`",
    ] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
    assert!(read.contains("Words of […]\n"), "{read}");
    assert_eq!(counted(&blind, What::TrackedChanges), 1);
}

#[test]
fn pictures_from_elsewhere_are_inert_and_those_inside_clean() {
    let inside = data_encoding::BASE64.encode(&png_with_comment("Tamsin Quillfeather"));
    let text = format!(
        "# One\n\n![a chart](http://track.example/x.png) ![local](figs/a.png) ![mine](/home/quillfeather/b.png)\n\n![in](data:image/png;base64,{inside})\n"
    );
    let (_, blind) = clean(text.as_bytes());
    let copy = source(&blind);
    assert!(
        copy.contains("a chart ![local](figs/a.png) mine\n") && !copy.contains("track"),
        "{copy}"
    );
    assert_eq!(counted(&blind, What::PictureMetadata), 1);
    let blocks = reading_view(&blind.bytes).unwrap();
    assert!(
        blocks
            .iter()
            .any(|b| matches!(b, Block::Picture { media_type, .. } if media_type == "image/png"))
    );
}

#[test]
fn unseen_letters_entities_and_lookalikes() {
    let (read, _) = clean("# Abstract\n\nBy Ta\u{200B}msin Quill\u{E0041}\u{202E}feather, T\u{430}msin Quillfeather and Tamsin&nbsp;Quillfeather\u{2060}.\n\n## Two\n".as_bytes());
    assert_eq!(read, "Abstract\nBy […].\nTwo\n");
}

#[test]
fn a_sign_is_never_a_link() {
    let (read, blind) = clean(b"# Abstract\n\nTamsin Quillfeather(2020) and **x**\n\n## Two\n");
    assert!(source(&blind).contains("[…] (2020)") && read.contains("[…] (2020)"));
    let (_, blind) = clean("---\ntitle: Quillfeather's gulls\nsubtitle: x\n---\n\nWords.\n".as_bytes());
    assert!(
        source(&blind).contains("title: \"[…]'s gulls\"\n"),
        "{}",
        source(&blind)
    );
}

#[test]
fn told_from_plain_text() {
    assert_eq!(recognise(b"Methods\nWe counted # gulls.\n"), Ok(Format::Text));
    assert_eq!(recognise(b"# A\n\n# B\n"), Ok(Format::Markdown));
    assert_eq!(recognise(b"---\ntitle: x\n---\nWords\n"), Ok(Format::Markdown));
    assert_eq!(recognise(b"See [x](y.html) and **z**\n"), Ok(Format::Markdown));
}

#[test]
fn the_reading_view() {
    let blocks = reading_view(
        b"---\ntitle: Gulls\n---\n\n# A\n\nOne\ntwo.\n\n- x\n\n| a | b |\n|---|---|\n| 1 |   |\n",
    )
    .unwrap();
    assert_eq!(
        blocks,
        [
            Block::Heading {
                level: 1,
                text: "Gulls".into()
            },
            Block::Heading {
                level: 1,
                text: "A".into()
            },
            Block::Paragraph("One\ntwo.".into()),
            Block::ListItem("x".into()),
            Block::Table(vec![
                vec!["a".into(), "b".into()],
                vec!["1".into(), String::new()]
            ]),
        ]
    );
    assert!(strip(b"---\ntitle: Gulls\n---\n", &identity()).is_ok());
}
