//! Every way a DOCX betrays an author, one by one.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{
    Block, FindingKind, Format, Identity, Refusal, What, compare_text, reading_view, recognise, strip,
};
use common::{SECRETS, docx, holds, identity, p, part, png_with_comment, unzip, zip};

fn clean(bytes: &[u8]) -> (String, bauta_strip::Blind) {
    let blind = strip(bytes, &identity()).unwrap();
    for (name, data) in unzip(&blind.bytes) {
        for secret in SECRETS {
            assert!(
                !holds(&data, secret),
                "{secret} in {name}: {}",
                String::from_utf8_lossy(&data)
            );
        }
    }
    let again = strip(&blind.bytes, &identity()).unwrap();
    for (name, data) in unzip(&again.bytes) {
        let words = |d: &[u8]| String::from_utf8_lossy(d).into_owned();
        assert_eq!(words(&data), words(&unzip(&blind.bytes)[&name]), "{name} changed");
    }
    assert_eq!(again.bytes, blind.bytes);
    (compare_text(&blind.bytes).unwrap(), blind)
}

fn counted(blind: &bauta_strip::Blind, what: What) -> u32 {
    blind
        .report
        .removed
        .iter()
        .filter(|r| r.what == what)
        .map(|r| r.count)
        .sum()
}

/// Medical journals in Chinese print title, authors and abstract twice: the second block goes as the first does, wherever it stands.
#[test]
fn the_block_in_the_second_language_goes_as_well() {
    let first = [
        p("潮汐与海鸥的记忆"),
        p("沈玉兰1，李明2"),
        p("1 东陵海洋大学附属医院，东陵 215006；2 北岭医院"),
        p("摘要 目的 探讨海鸥的记忆。"),
        p("关键词 海鸥；潮汐"),
    ]
    .concat();
    let second = [
        p("Tides and the memory of gulls"),
        p("Yulan Shen1, Li Ming2"),
        p("(1 Tide Ward, Saltmarsh Street"),
        p("Dongling 215006, China; 2 The Second House)"),
        p("Abstract: Objective. To see what gulls remember."),
        p("Key words: gulls; tides"),
    ]
    .concat();
    let text = [p("1 引言"), p("海鸥记得潮汐。"), p("讨论")].concat();
    let end = [p("参考文献"), p("[1] Marsh P. Ebb. J Tides 2019.")].concat();
    let kept = "1 引言\n海鸥记得潮汐。\n讨论\n参考文献\n[1] Marsh P. Ebb. J Tides 2019.\n";
    let zh = "潮汐与海鸥的记忆\n摘要 目的 探讨海鸥的记忆。\n关键词 海鸥；潮汐\n";
    let en = "Tides and the memory of gulls\nAbstract: Objective. To see what gulls remember.\nKey words: gulls; tides\n";
    let orders = [
        ([&first, &second, &text, &end], [zh, en, kept].concat()),
        ([&first, &text, &end, &second], [zh, kept, en].concat()),
    ];
    for (parts, wanted) in orders {
        let body: String = parts.into_iter().map(String::as_str).collect();
        assert_eq!(clean(&docx(&body, &[], &[])).0, wanted);
    }
}

#[test]
fn a_manuscript_keeps_its_science_and_loses_its_authors() {
    let body = [
        p("Tides and the memory of gulls"),
        p("Tamsin Quillfeather1, Yulan Shen2"),
        p("1 Department of Tides, Northmoor General Hospital, Northmoor; 2 东陵海洋大学附属医院"),
        p("Correspondence: t.quillfeather@northmoor.example.org"),
        p("Abstract"),
        p("Gulls remember tides. Quillfeather et al. showed this with 12 gulls."),
        p("Methods"),
        p("In our previous work we counted gulls (NMX-4471-20). Code: https://github.com/example/gulls."),
        p("Acknowledgements"),
        p("We thank the harbour master of Northmoor."),
        p("References"),
        p("1. Quillfeather TR, Oakes B. Gulls at dusk. J Tides 2020."),
        p("2. Marsh P, Stone Q. Ebb and flow. J Tides 2019."),
    ]
    .concat();
    let (text, blind) = clean(&docx(&body, &[], &[]));
    assert_eq!(
        text,
        "Tides and the memory of gulls\nAbstract\nGulls remember tides. […] et al. showed this with 12 gulls.\nMethods\nIn our previous work we counted gulls ([…]). Code: https://github.com/example/gulls.\nReferences\n1. […], Oakes B. Gulls at dusk. J Tides 2020.\n2. Marsh P, Stone Q. Ebb and flow. J Tides 2019.\n"
    );
    assert_eq!(
        (
            blind.format,
            counted(&blind, What::AuthorBlock),
            counted(&blind, What::Acknowledgements)
        ),
        (Format::Docx, 3, 2)
    );
    let kinds: Vec<FindingKind> = blind.report.findings.iter().map(|f| f.kind).collect();
    assert_eq!(
        kinds,
        [
            FindingKind::SelfCitation,
            FindingKind::Address,
            FindingKind::OwnReference
        ]
    );
}

#[test]
fn names_split_over_runs_tabs_and_marks() {
    let body = "<w:p><w:r><w:t>By Tam</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>sin Quill</w:t></w:r><w:proofErr w:type=\"x\"/><w:r><w:t>feather</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>a</w:t></w:r><w:r><w:t> and 沈</w:t></w:r><w:r><w:tab/><w:t>玉兰</w:t></w:r><w:r><w:t>等 wrote.</w:t></w:r></w:p>";
    let (text, _) = clean(&docx(body, &[], &[]));
    assert_eq!(text, "By […]a and ［略］\t等 wrote.\n");
}

#[test]
fn headers_notes_and_text_boxes() {
    let choice = format!(
        "<mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>",
        p("Box of T. Quillfeather")
    );
    let fallback = format!(
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></mc:Fallback>",
        p("Box of T. Quillfeather")
    );
    let body = format!(
        "<w:p><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p><w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/><w:footerReference w:type=\"default\" r:id=\"gone\"/></w:sectPr>"
    );
    let more = [
        (
            "word/header1.xml",
            part("hdr", &p("Quillfeather and Shen: Gulls")),
        ),
        (
            "word/footnotes.xml",
            part(
                "footnotes",
                &format!(
                    "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"2\">{}</w:footnote><w:footnote w:id=\"9\">{}</w:footnote>",
                    p("Note of 沈玉兰 stays."),
                    p("Nobody refers to this.")
                ),
            ),
        ),
    ];
    let (_, blind) = clean(&docx(
        &body,
        &more,
        &[
            ("h", "header", "header1.xml", false),
            ("f", "footnotes", "footnotes.xml", false),
        ],
    ));
    let parts = unzip(&blind.bytes);
    let read = |n: &str| String::from_utf8(parts[n].clone()).unwrap();
    assert_eq!(read("word/document.xml").matches("Box of […]").count(), 2);
    assert!(read("word/header1.xml").contains("[…]: Gulls") && read("word/footnotes.xml").contains("stays."));
    assert!(
        !read("word/footnotes.xml").contains("Nobody")
            && !read("word/document.xml").contains("footerReference")
    );
    assert_eq!(counted(&blind, What::RunningHead), 1);
}

#[test]
fn properties_comments_people_and_custom_parts_stay_behind() {
    let more = [
        ("docProps/core.xml", b"<x>Tamsin Quillfeather</x>".to_vec()),
        ("docProps/custom.xml", b"<x>Quillfeather</x>".to_vec()),
        ("docProps/thumbnail.jpeg", b"Quillfeather".to_vec()),
        (
            "word/comments.xml",
            part(
                "comments",
                "<w:comment w:author=\"T Quillfeather\" w:initials=\"TQ\" w:id=\"1\"/>",
            ),
        ),
        ("word/people.xml", b"<x>Quillfeather</x>".to_vec()),
        ("customXml/item1.xml", b"<x>Quillfeather</x>".to_vec()),
        ("word/glossary/document.xml", b"<x>Quillfeather</x>".to_vec()),
        (
            "word/embeddings/oleObject1.bin",
            b"C:\\Users\\quillfeather".to_vec(),
        ),
        ("[trash]/0000.dat", b"Quillfeather".to_vec()),
        (
            "word/settings.xml",
            part(
                "settings",
                "<w:zoom w:percent=\"90\"/><w:attachedTemplate r:id=\"t\"/><w:rsids><w:rsid w:val=\"00112233\"/></w:rsids><w:docVars><w:docVar w:name=\"EN.Libraries\" w:val=\"quillfeather\"/></w:docVars><w:defaultTabStop w:val=\"720\"/>",
            ),
        ),
    ];
    let body = "<w:p w:rsidR=\"00AA11BB\" w14:paraId=\"12345678\"><w:commentRangeStart w:id=\"1\"/><w:r><w:t>Gulls.</w:t></w:r><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>";
    let rels = [
        ("c", "comments", "comments.xml", false),
        ("s", "settings", "settings.xml", false),
        ("o", "oleObject", "embeddings/oleObject1.bin", false),
        (
            "t",
            "attachedTemplate",
            "file:///C:\\Users\\quillfeather\\Normal.dotm",
            true,
        ),
    ];
    let (text, blind) = clean(&docx(body, &more, &rels));
    assert_eq!(text, "Gulls.\n");
    let parts = unzip(&blind.bytes);
    let names: Vec<&str> = parts.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/settings.xml"
        ]
    );
    let all: String = parts
        .values()
        .map(|d| String::from_utf8_lossy(d).into_owned())
        .collect();
    for residue in ["rsid", "paraId", "comment", "docVar", "attachedTemplate", "file:"] {
        assert!(!all.contains(residue), "{residue}");
    }
    assert!(all.contains("removePersonalInformation") && all.contains("defaultTabStop"));
    assert!(
        counted(&blind, What::Comments) > 0
            && counted(&blind, What::Attachments) == 1
            && counted(&blind, What::Properties) > 2
    );
}

#[test]
fn tracked_changes_are_resolved() {
    let author = "w:author=\"Tamsin Quillfeather\" w:date=\"2025-01-01T00:00:00Z\" w:id=\"1\"";
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del {author}/></w:rPr><w:pPrChange {author}><w:pPr/></w:pPrChange></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:ins {author}><w:r><w:rPr><w:rPrChange {author}><w:rPr/></w:rPrChange></w:rPr><w:t>two </w:t></w:r></w:ins><w:del {author}><w:r><w:delText>Quillfeather</w:delText></w:r></w:del><w:moveFrom {author}><w:r><w:t>Quillfeather</w:t></w:r></w:moveFrom><w:moveTo {author}><w:r><w:t>three</w:t></w:r></w:moveTo></w:p><w:tbl><w:tr><w:trPr><w:del {author}/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:trPr><w:ins {author}/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("Quillfeather"),
        p("four")
    );
    let (text, blind) = clean(&docx(&body, &[], &[]));
    assert_eq!(text, "One two three\nfour\n");
    assert!(counted(&blind, What::TrackedChanges) >= 8);
}

#[test]
fn fields_become_what_they_show() {
    let field = |code: &str, shown: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:fldData>UXVpbGw=</w:fldData></w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let body = format!(
        "<w:p>{}{}{}{}<w:fldSimple w:instr=\"FILENAME \\p\"><w:r><w:t>C:\\quillfeather.docx</w:t></w:r></w:fldSimple><w:fldSimple w:instr=\" REF b1\"><w:r><w:t>Figure 1</w:t></w:r></w:fldSimple></w:p>",
        field(
            "ADDIN ZOTERO_ITEM CSL_CITATION {\"uris\":[\"http://zotero.org/users/123\"],\"a\":\"Quillfeather\"}",
            "(3) "
        ),
        field(" AUTHOR ", "Tamsin Quillfeather"),
        field(
            " HYPERLINK \"mailto:t.quillfeather@northmoor.example.org\"",
            "write "
        ),
        field(" PAGE ", "7"),
    );
    let (text, blind) = clean(&docx(&body, &[], &[]));
    assert_eq!(text, "(3) write 7Figure 1\n");
    let document = String::from_utf8(unzip(&blind.bytes)["word/document.xml"].clone()).unwrap();
    assert_eq!(
        document.matches("instrText").count(),
        2,
        "only the page number stays a field"
    );
    assert!(!document.contains("zotero") && !document.contains("fldData") && !document.contains("fldSimple"));
    assert_eq!(counted(&blind, What::Fields), 5);
}

#[test]
fn links_drawings_and_pictures() {
    let link = |id: &str, text: &str| {
        format!(
            "<w:hyperlink r:id=\"{id}\" w:tooltip=\"Quillfeather\"><w:r><w:t>{text} </w:t></w:r></w:hyperlink>"
        )
    };
    let drawing = "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"quillfeather.png\" descr=\"C:\\Users\\quillfeather\"><a:hlinkClick r:id=\"m\"/></wp:docPr><a:graphic><pic:pic><pic:cNvPr id=\"1\" name=\"quillfeather.png\"/><a:blip r:embed=\"i\"><a:extLst><a:ext uri=\"Quillfeather\"/></a:extLst></a:blip></pic:pic></a:graphic></wp:inline></w:drawing></w:r>";
    let body = format!(
        "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"QuillfeatherLab\"/>{}{}{}{}{drawing}<w:bookmarkEnd w:id=\"1\"/></w:p>",
        link("m", "mail"),
        link("o", "orcid"),
        link("f", "file"),
        link("d", "doi")
    );
    let rels = [
        (
            "m",
            "hyperlink",
            "mailto:t.quillfeather@northmoor.example.org",
            true,
        ),
        ("o", "hyperlink", "https://orcid.org/0000-0002-1825-0097", true),
        ("f", "hyperlink", "file:///home/quillfeather/x", true),
        ("d", "hyperlink", "https://doi.org/10.1000/1", true),
        ("i", "image", "media/quillfeather.png", false),
    ];
    let (text, blind) = clean(&docx(
        &body,
        &[(
            "word/media/quillfeather.png",
            png_with_comment("Tamsin Quillfeather"),
        )],
        &rels,
    ));
    assert_eq!(text, "mail orcid file doi\n");
    let parts = unzip(&blind.bytes);
    assert!(parts.contains_key("word/media/image1.png"));
    let relations = String::from_utf8(parts["word/_rels/document.xml.rels"].clone()).unwrap();
    assert!(
        relations.contains("10.1000/1")
            && !relations.contains("mailto")
            && !relations.contains("orcid")
            && !relations.contains("file:")
    );
    assert_eq!(counted(&blind, What::PictureMetadata), 1);
    assert!(
        blind
            .report
            .findings
            .iter()
            .any(|f| f.kind == FindingKind::Picture)
    );
    assert!(
        reading_view(&blind.bytes)
            .unwrap()
            .iter()
            .any(|b| matches!(b, Block::Picture { media_type, .. } if media_type == "image/png"))
    );
}

#[test]
fn hidden_text_and_content_controls() {
    let body = format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"Quillfeather\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Quillfeather wrote this</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>seen</w:t></w:r></w:p>",
        p("inside")
    );
    assert_eq!(clean(&docx(&body, &[], &[])).0, "inside\nseen\n");
}

#[test]
fn refusals_have_reasons() {
    let refused = |bytes: &[u8]| strip(bytes, &identity()).unwrap_err();
    let plain = docx(&p("x"), &[], &[]);
    assert_eq!(recognise(&plain), Ok(Format::Docx));
    assert_eq!(
        refused(&docx(&p("x"), &[("word/vbaProject.bin", vec![1])], &[])),
        Refusal::Macros
    );
    assert_eq!(
        refused(&docx(&p("x"), &[("_xmlsignatures/sig1.xml", vec![1])], &[])),
        Refusal::Signed
    );
    let chunk = |bytes: &[u8]| {
        docx(
            "<w:altChunk r:id=\"a\"/>",
            &[("word/a.dat", bytes.to_vec())],
            &[("a", "aFChunk", "a.dat", false)],
        )
    };
    assert_eq!(refused(&chunk(b"{\\rtf1 x}")), Refusal::Legacy);
    assert_eq!(refused(&chunk(b"MIME-Version: 1.0\n\nx")), Refusal::Unsupported);
    assert_eq!(refused(&docx("<w:p>", &[], &[])), Refusal::Broken);
    assert_eq!(
        refused(&zip(&[("word/document.xml", vec![0xFF, 0xFE, 0xFF])])),
        Refusal::Broken
    );
    assert_eq!(refused(&zip(&[("content.xml", vec![1])])), Refusal::ArchiveFormat);
    assert_eq!(refused(&plain[..plain.len() / 2]), Refusal::Broken);
    assert_eq!(refused(&docx(&"<w:sdt>".repeat(5000), &[], &[])), Refusal::Bomb);
}

#[test]
fn settled_findings_are_left_alone_and_unsettled_ones_can_be_removed() {
    let file = docx(
        &p("As we have shown, gulls sleep at Saltmarsh Field Hospital."),
        &[],
        &[],
    );
    let first = strip(&file, &Identity::default()).unwrap();
    assert_eq!(first.report.findings.len(), 2);
    let kept = Identity {
        keep: vec![first.report.findings[0].key.clone()],
        terms: vec![first.report.findings[1].matched.clone()],
        ..Identity::default()
    };
    let second = strip(&file, &kept).unwrap();
    assert!(second.report.findings.is_empty(), "{:?}", second.report.findings);
    assert_eq!(
        compare_text(&second.bytes).unwrap(),
        "As we have shown, gulls sleep at […].\n"
    );
}
