//! Every way an OpenDocument text betrays an author, one by one.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{
    Block, FindingKind, Format, Identity, Refusal, What, compare_text, reading_view, recognise, strip,
};
use common::formats::{ODF, ODT, clean, content, counted, odt, p};
use common::{holds, identity, png_with_comment, unzip, zip};

#[test]
fn a_manuscript_keeps_its_science_and_loses_its_authors() {
    let body = [
        "<text:h text:outline-level=\"1\">Tides and the memory of gulls</text:h>".to_owned(),
        p("Tamsin Quillfeather<text:span text:style-name=\"Up\">1</text:span>, Yulan Shen<text:span text:style-name=\"Up\">2</text:span>"),
        p("1 Department of Tides, Northmoor General Hospital, Northmoor; 2 东陵海洋大学附属医院"),
        p("Correspondence: <text:a xlink:href=\"mailto:t.quillfeather@northmoor.example.org\">t.quillfeather@northmoor.example.org</text:a>"),
        p("Abstract"),
        p("Gulls remember tides. Quillfeather et al. showed this with 12 gulls."),
        p("Methods"),
        p("In our previous work we counted gulls (NMX-4471-20). Code: https://github.com/example/gulls."),
        p("Acknowledgements"),
        p("We thank the harbour master of Northmoor."),
        p("References"),
        "<text:list><text:list-item><text:p>Quillfeather TR, Oakes B. Gulls at dusk. J Tides 2020.</text:p></text:list-item><text:list-item><text:p>Marsh P, Stone Q. Ebb and flow. J Tides 2019.</text:p></text:list-item></text:list>".to_owned(),
    ]
    .concat();
    let style = "<style:style style:name=\"Up\" style:family=\"text\"><style:text-properties style:text-position=\"super 58%\"/></style:style>";
    let (text, blind) = clean(&odt(style, &body, &[]));
    assert_eq!(
        text,
        "Tides and the memory of gulls\nAbstract\nGulls remember tides. […] et al. showed this with 12 gulls.\nMethods\nIn our previous work we counted gulls ([…]). Code: https://github.com/example/gulls.\nReferences\n[…], Oakes B. Gulls at dusk. J Tides 2020.\nMarsh P, Stone Q. Ebb and flow. J Tides 2019.\n"
    );
    assert_eq!(
        (blind.format, counted(&blind, What::AuthorBlock)),
        (Format::Odt, 3)
    );
    let kinds: Vec<FindingKind> = blind.report.findings.iter().map(|f| f.kind).collect();
    assert!(
        kinds.contains(&FindingKind::SelfCitation) && kinds.contains(&FindingKind::OwnReference),
        "{kinds:?}"
    );
}

#[test]
fn names_split_over_spans_spaces_and_lines() {
    let body = p(
        "By Tam<text:span>sin</text:span><text:s text:c=\"2\"/>Quill<text:soft-page-break/><text:span text:style-name=\"x\">feather</text:span> and 沈<text:tab/>玉<text:line-break/>兰等 wrote.",
    );
    assert_eq!(clean(&odt("", &body, &[])).0, "By ［略］等 wrote.\n");
}

#[test]
fn changes_are_resolved_and_annotations_are_out() {
    let body = format!(
        "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion><office:change-info><dc:creator>Tamsin Quillfeather</dc:creator><dc:date>2020-01-01</dc:date></office:change-info><text:p>Old words of Quillfeather</text:p></text:deletion></text:changed-region><text:changed-region text:id=\"c2\"><text:insertion><office:change-info><dc:creator>Tamsin Quillfeather</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>{}{}",
        p(
            "Gulls<text:change text:change-id=\"c1\"/> <text:change-start text:change-id=\"c2\"/>truly<text:change-end text:change-id=\"c2\"/> fly."
        ),
        p(
            "They<office:annotation office:name=\"q\" loext:resolved=\"true\"><dc:creator>Tamsin Quillfeather</dc:creator><dc:date>2020</dc:date><meta:creator-initials>TQ</meta:creator-initials><text:p>Quillfeather asks</text:p></office:annotation> do<office:annotation-end office:name=\"q\"/>."
        )
    );
    let (text, blind) = clean(&odt("", &body, &[]));
    assert_eq!(text, "Gulls truly fly.\nThey do.\n");
    assert_eq!(
        (
            counted(&blind, What::TrackedChanges),
            counted(&blind, What::Comments)
        ),
        (4, 2)
    );
}

#[test]
fn fields_about_people_and_files_go_and_others_stay_as_text() {
    let people = [
        "author-name",
        "author-initials",
        "initial-creator",
        "creator",
        "printed-by",
        "sender-firstname",
        "sender-lastname",
        "sender-company",
        "sender-email",
        "sender-phone-work",
        "user-defined text:name=\"q\"",
        "file-name text:display=\"full\"",
        "template-name",
        "hidden-text text:condition=\"x\" text:string-value=\"Quillfeather\"",
        "script script:language=\"x\"",
    ];
    let fields: String = people
        .iter()
        .map(|f| format!("<text:{f}>Quillfeather</text:{}>", f.split(' ').next().unwrap()))
        .collect();
    let kept = "<text:date>1 May</text:date> <text:bibliography-mark text:author=\"Quillfeather, T.\" text:url=\"file:///home/quillfeather/x\" text:custom1=\"Quillfeather\">[1]</text:bibliography-mark> <text:conditional-text text:condition=\"q\" text:string-value-if-true=\"Quillfeather\">seen</text:conditional-text> <text:variable-set text:name=\"Quillfeather\" office:value-type=\"string\" office:string-value=\"Quillfeather\">set</text:variable-set> <text:page-number>3</text:page-number>";
    let decls = "<text:variable-decls><text:variable-decl text:name=\"Quillfeather\"/></text:variable-decls><text:user-field-decls><text:user-field-decl text:name=\"x\" office:string-value=\"Quillfeather\"/></text:user-field-decls>";
    let (text, blind) = clean(&odt(
        "",
        &format!("{decls}{}", p(&format!("A{fields}B {kept}"))),
        &[],
    ));
    assert_eq!(text, "AB 1 May [1] seen set 3\n");
    assert!(counted(&blind, What::Fields) >= 17);
    assert!(holds(&unzip(&blind.bytes)["content.xml"], "text:page-number"));
}

#[test]
fn names_of_drawings_tables_sections_styles_and_marks() {
    let styles = "<style:style style:name=\"Quillfeather_20_Style\" style:display-name=\"Quillfeather Style\" style:family=\"paragraph\"><style:text-properties officeooo:rsid=\"00a1\" officeooo:paragraph-rsid=\"00a2\"/></style:style>";
    let body = [
        "<text:section text:name=\"QuillfeatherLab\" text:protected=\"true\" text:protection-key=\"abc\"><text:p text:style-name=\"Quillfeather_20_Style\" xml:id=\"Quillfeather1\" xhtml:about=\"Quillfeather\">Words <text:bookmark text:name=\"Quillfeather\"/><text:bookmark-start text:name=\"Q_Quillfeather\"/>here<text:bookmark-end text:name=\"Q_Quillfeather\"/> and <text:a xlink:href=\"#Q_Quillfeather\" office:title=\"Quillfeather\" office:target-frame-name=\"Quillfeather\">there</text:a>.</text:p></text:section>".to_owned(),
        "<text:section text:name=\"q\" text:display=\"none\"><text:p>Quillfeather hides</text:p></text:section>".to_owned(),
        "<table:table table:name=\"Quillfeather's table\"><table:title>Quillfeather</table:title><table:table-row><table:table-cell office:value-type=\"string\" office:string-value=\"Quillfeather\"><text:p>cell</text:p></table:table-cell></table:table-row></table:table>".to_owned(),
        p("<draw:frame draw:name=\"C:\\Users\\Quillfeather\\a.png\"><draw:image xlink:href=\"Pictures/quillfeather.png\" xlink:title=\"Quillfeather\"/><svg:title>Quillfeather</svg:title><svg:desc>Quillfeather</svg:desc></draw:frame><draw:frame draw:name=\"x\"><draw:image xlink:href=\"file:///home/quillfeather/b.png\"/></draw:frame>"),
        p("<text:toc-mark text:string-value=\"Quillfeather\"/><text:reference-mark text:name=\"ZOTERO_ITEM CSL_CITATION {Quillfeather}\"/>end"),
    ]
    .concat();
    let (text, blind) = clean(&odt(
        styles,
        &body,
        &[(
            "Pictures/quillfeather.png",
            png_with_comment("Tamsin Quillfeather"),
        )],
    ));
    assert_eq!(text, "Words here and there.\ncell\nend\n");
    let parts = unzip(&blind.bytes);
    assert!(parts.contains_key("Pictures/picture1.png") && counted(&blind, What::PictureMetadata) == 1);
    let words = String::from_utf8_lossy(&parts["content.xml"]).into_owned();
    for kept in [
        "xlink:href=\"#b0\"",
        "text:bookmark-start text:name=\"b0\"",
        "table:name=\"Table1\"",
        "draw:name=\"Drawing1\"",
        "text:style-name=\"n0\"",
        "style:name=\"n0\"",
    ] {
        assert!(words.contains(kept), "{kept}: {words}");
    }
    assert!(
        !words.contains("rsid") && !words.contains("protection-key") && !words.contains("text:bookmark ")
    );
}

#[test]
fn parts_that_are_no_content_stay_behind() {
    let word = |s: &str| s.as_bytes().to_vec();
    let styles = format!(
        "<?xml version=\"1.0\"?><office:document-styles {ODF}><office:master-styles><style:master-page style:name=\"Standard\"><style:header><text:p>Quillfeather et al.</text:p><text:p>Gull tides</text:p></style:header><style:footer><text:p>Page <text:page-number>1</text:page-number> <text:file-name>/home/quillfeather/a.odt</text:file-name></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>"
    );
    let settings = format!(
        "<?xml version=\"1.0\"?><office:document-settings {ODF}><office:settings><config:config-item-set config:name=\"ooo:configuration-settings\"><config:config-item config:name=\"PrinterName\" config:type=\"string\">Quillfeather's printer</config:config-item><config:config-item config:name=\"Rsid\" config:type=\"int\">12</config:config-item><config:config-item config:name=\"AddParaTableSpacing\" config:type=\"boolean\">true</config:config-item></config:config-item-set></office:settings></office:document-settings>"
    );
    let more = [
        ("styles.xml", styles.into_bytes()),
        ("settings.xml", settings.into_bytes()),
        ("meta.xml", word("<m>Tamsin Quillfeather</m>")),
        ("manifest.rdf", word("Tamsin Quillfeather")),
        (
            "Thumbnails/thumbnail.png",
            png_with_comment("Tamsin Quillfeather"),
        ),
        ("Versions/Version1", word("Tamsin Quillfeather")),
        ("VersionList.xml", word("<v creator='Tamsin Quillfeather'/>")),
        (
            "Configurations2/accelerator/current.xml",
            word("<q>Quillfeather</q>"),
        ),
        ("layout-cache", word("Tamsin Quillfeather")),
        ("Basic/script-lc.xml", word("<l>Quillfeather</l>")),
        ("Pictures/unused.png", png_with_comment("Tamsin Quillfeather")),
    ];
    let (_, blind) = clean(&odt("", &p("Words."), &more));
    let names: Vec<String> = unzip(&blind.bytes).into_keys().collect();
    assert_eq!(
        names,
        [
            "META-INF/manifest.xml",
            "content.xml",
            "mimetype",
            "settings.xml",
            "styles.xml"
        ]
    );
    let settings = String::from_utf8(unzip(&blind.bytes)["settings.xml"].clone()).unwrap();
    assert!(
        settings.contains("AddParaTableSpacing")
            && !settings.contains("Printer")
            && !settings.contains("Rsid")
    );
    let styles = String::from_utf8(unzip(&blind.bytes)["styles.xml"].clone()).unwrap();
    assert!(styles.contains("[…] et al.") && styles.contains("Gull tides") && !styles.contains("a.odt"));
    assert_eq!(
        (
            counted(&blind, What::RunningHead),
            counted(&blind, What::EarlierRevisions)
        ),
        (1, 2)
    );
    // As every reader of the format wants it: the type first, in the clear.
    assert_eq!(&blind.bytes[30..38], b"mimetype");
    assert_eq!(&blind.bytes[38..38 + ODT.len()], ODT.as_bytes());
}

#[test]
fn objects_inside_are_cleaned_as_well() {
    let chart = format!(
        "<?xml version=\"1.0\"?><office:document-content {ODF}><office:body><office:chart><chart:chart><chart:title><text:p>Gulls of Quillfeather</text:p></chart:title></chart:chart></office:chart></office:body></office:document-content>"
    );
    let math = "<?xml version=\"1.0\"?><math xmlns=\"http://www.w3.org/1998/Math/MathML\"><semantics><mi>E</mi><annotation encoding=\"StarMath 5.0\">E %% Tamsin Quillfeather</annotation></semantics></math>";
    let body = p(
        "See <draw:frame><draw:object xlink:href=\"./Object 1\"/><draw:image xlink:href=\"./ObjectReplacements/Object 1\"/></draw:frame> and <draw:frame><draw:object xlink:href=\"./Object 2\"/></draw:frame> and <draw:frame><draw:object-ole xlink:href=\"./Object 3\"/><draw:image xlink:href=\"./ObjectReplacements/Object 3\"/></draw:frame>",
    );
    let more = [
        ("Object 1/content.xml", chart.into_bytes()),
        ("Object 1/meta.xml", b"<m>Tamsin Quillfeather</m>".to_vec()),
        (
            "ObjectReplacements/Object 1",
            b"VCLMTF Tamsin Quillfeather".to_vec(),
        ),
        ("Object 2/content.xml", math.as_bytes().to_vec()),
        (
            "Object 3",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Tamsin Quillfeather".to_vec(),
        ),
        (
            "ObjectReplacements/Object 3",
            png_with_comment("Tamsin Quillfeather"),
        ),
    ];
    let (_, blind) = clean(&odt("", &body, &more));
    let parts = unzip(&blind.bytes);
    assert!(holds(&parts["Object 1/content.xml"], "Gulls of […]"));
    assert!(
        holds(&parts["Object 2/content.xml"], "StarMath"),
        "MathML's own annotation is no comment"
    );
    assert!(parts.contains_key("Pictures/picture1.png") && !parts.contains_key("Object 3"));
    assert!(
        holds(&parts["META-INF/manifest.xml"], "opendocument.chart")
            && holds(&parts["META-INF/manifest.xml"], "opendocument.formula")
    );
}

#[test]
fn hidden_text_and_notes() {
    let style = "<style:style style:name=\"T9\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let note = "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>Note of Quillfeather on tides.</text:p></text:note-body></text:note>";
    let body = [
        p("Title of it"),
        p(&format!(
            "Tamsin Quillfeather{}",
            note.replace("on tides", "alone")
        )),
        p("Abstract"),
        p(&format!(
            "Seen<text:span text:style-name=\"T9\"> hidden Quillfeather</text:span> text{note}."
        )),
    ]
    .concat();
    let (text, blind) = clean(&odt(style, &body, &[]));
    assert_eq!(text, "Title of it\nAbstract\nSeen text.\nNote of […] on tides.\n");
    assert!(counted(&blind, What::HiddenParts) >= 1);
}

#[test]
fn flat_files() {
    let picture = data_encoding::BASE64.encode(&png_with_comment("Tamsin Quillfeather"));
    let flat = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document {ODF} office:mimetype=\"{ODT}\"><office:meta><meta:initial-creator>Tamsin Quillfeather</meta:initial-creator></office:meta><office:settings>Quillfeather</office:settings><office:body><office:text>{}{}</office:text></office:body></office:document>",
        p("By Tamsin <text:span>Quillfeather</text:span> on tides"),
        p(&format!(
            "<draw:frame><draw:image><office:binary-data>{picture}</office:binary-data></draw:image></draw:frame>"
        ))
    );
    let (text, blind) = clean(flat.as_bytes());
    assert_eq!((text.as_str(), blind.format), ("By […] on tides\n", Format::Fodt));
    let blocks = reading_view(&blind.bytes).unwrap();
    assert!(
        matches!(&blocks[..], [Block::Paragraph(_), Block::Picture { media_type, .. }] if media_type == "image/png")
    );
}

#[test]
fn the_reading_view_has_headings_lists_tables_and_pictures() {
    let body = [
        "<text:h text:outline-level=\"2\">Methods</text:h>".to_owned(),
        p("We  counted\n gulls<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>Twice.</text:p></text:note-body></text:note>."),
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>".to_owned(),
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell/></table:table-row></table:table>".to_owned(),
        p("<draw:frame><draw:image xlink:href=\"Pictures/a.png\"/></draw:frame>"),
    ]
    .concat();
    let blocks = reading_view(&odt("", &body, &[("Pictures/a.png", png_with_comment("x"))])).unwrap();
    assert_eq!(
        blocks[0],
        Block::Heading {
            level: 2,
            text: "Methods".into()
        }
    );
    assert_eq!(blocks[1], Block::Paragraph("We counted gulls.".into()));
    assert_eq!(blocks[2], Block::ListItem("one".into()));
    assert_eq!(
        blocks[3],
        Block::Table(vec![
            vec!["a".into(), "b".into()],
            vec!["1".into(), String::new()]
        ])
    );
    assert!(matches!(blocks[4], Block::Picture { .. }));
    assert_eq!(blocks[5], Block::Paragraph("1 Twice.".into()));
}

#[test]
fn refusals() {
    let locked = "<m:manifest xmlns:m=\"x\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let cases: [(&str, &[u8], Refusal); 5] = [
        ("META-INF/manifest.xml", locked.as_bytes(), Refusal::Encrypted),
        ("META-INF/documentsignatures.xml", b"<s/>", Refusal::Signed),
        ("META-INF/macrosignatures.xml", b"<s/>", Refusal::Signed),
        ("Basic/Standard/Module1.xml", b"<m/>", Refusal::Macros),
        ("Scripts/python/a.py", b"x", Refusal::Macros),
    ];
    for (name, data, why) in cases {
        assert_eq!(
            recognise(&odt("", &p("x"), &[(name, data.to_vec())])),
            Err(why),
            "{name}"
        );
    }
    let other = |kind: &str| {
        zip(&[
            ("mimetype", kind.as_bytes().to_vec()),
            ("content.xml", content("", "")),
        ])
    };
    assert_eq!(
        recognise(&other("application/vnd.oasis.opendocument.spreadsheet")),
        Err(Refusal::OfficeFormat)
    );
    assert_eq!(
        recognise(&other("application/epub+zip")),
        Err(Refusal::Unsupported)
    );
    let broken = zip(&[
        ("mimetype", ODT.as_bytes().to_vec()),
        ("content.xml", b"<a><b>".to_vec()),
    ]);
    assert_eq!(strip(&broken, &Identity::default()).unwrap_err(), Refusal::Broken);
    assert_eq!(compare_text(&broken).unwrap_err(), Refusal::Broken);
    assert!(strip(&odt("", &p("x"), &[]), &identity()).is_ok());
}

/// Every kind of picture, inside both kinds of document.
#[test]
fn pictures_of_every_kind_inside_documents() {
    use common::formats::{gif, jpeg, svg, tiff, webp};
    let emf = [
        &[1, 0, 0, 0, 108, 0, 0, 0][..],
        &[0; 32],
        b" EMF",
        &[0; 64],
        &[14, 0, 0, 0, 8, 0, 0, 0],
        b"Tamsin Quillfeather",
    ]
    .concat();
    let pictures = [
        gif("Tamsin Quillfeather"),
        tiff(&[&[(315, 2, b"Tamsin Quillfeather")]]),
        webp(&[(b"VP8L", b"\x2F\0\0\0\0"), (b"XMP ", b"Tamsin Quillfeather")]),
        svg("<title>Tamsin Quillfeather</title><text>by Tamsin Quillfeather</text>"),
        jpeg(&[(0xFE, b"Tamsin Quillfeather")], b""),
        emf,
        b"\0\0\0\x18ftypheic Tamsin Quillfeather".to_vec(),
    ];
    for (n, picture) in pictures.iter().enumerate() {
        let body = p("See <draw:frame><draw:image xlink:href=\"Pictures/x\"/></draw:frame> here");
        let (_, blind) = clean(&odt("", &body, &[("Pictures/x", picture.clone())]));
        let kept = unzip(&blind.bytes).keys().any(|k| k.starts_with("Pictures/"));
        assert_eq!(kept, n < 6, "picture {n}");
        assert!(
            n < 6 || counted(&blind, What::HiddenParts) >= 1,
            "what stays out is said"
        );

        let body =
            "<w:p><w:r><w:t>See</w:t></w:r><w:r><w:drawing><a:blip r:embed=\"r9\"/></w:drawing></w:r></w:p>";
        let (_, blind) = clean(&common::docx(
            body,
            &[("word/media/x.bin", picture.clone())],
            &[("r9", "image", "media/x.bin", false)],
        ));
        let kept = unzip(&blind.bytes).keys().any(|k| k.starts_with("word/media/"));
        assert_eq!(kept, n < 6, "picture {n} in a DOCX");
    }
}
