//! The rarer places of a DOCX in which identity hides, each with a package of its own.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{Blind, FindingKind, Identity, Refusal, What, compare_text, strip};
use common::{SECRETS, docx, holds, identity, p, part, png_with_comment, unzip, zip};

type Parts = std::collections::BTreeMap<String, Vec<u8>>;

const AUTHOR: &str = "w:author=\"Tamsin Quillfeather\" w:date=\"2025-01-01T00:00:00Z\" w:id=\"1\"";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Cleans, looks for every secret in every part and at what a second cleaning does.
fn clean(bytes: &[u8]) -> (String, String, Blind) {
    let blind = strip(bytes, &identity()).unwrap();
    let parts = unzip(&blind.bytes);
    for (name, data) in &parts {
        for secret in SECRETS {
            assert!(
                !holds(data, secret) && !name.contains(secret),
                "{secret} in {name}: {}",
                String::from_utf8_lossy(data)
            );
        }
    }
    let again = strip(&blind.bytes, &identity()).unwrap();
    for (name, data) in unzip(&again.bytes) {
        assert_eq!(
            String::from_utf8_lossy(&data),
            String::from_utf8_lossy(&parts[&name]),
            "{name} changed"
        );
    }
    assert_eq!(again.bytes, blind.bytes);
    let all = parts
        .iter()
        .map(|(n, d)| format!("{n}\n{}\n", String::from_utf8_lossy(d)))
        .collect();
    (compare_text(&blind.bytes).unwrap(), all, blind)
}

fn counted(blind: &Blind, what: What) -> u32 {
    let of = blind.report.removed.iter().filter(|r| r.what == what);
    of.map(|r| r.count).sum()
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn field(code: &str, shown: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{shown}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

#[test]
fn every_kind_of_tracked_change_is_resolved() {
    let cell = |mark: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr>{mark}<w:tcPrChange {AUTHOR}><w:tcPr/></w:tcPrChange></w:tcPr>{}</w:tc>",
            p(text)
        )
    };
    let ranges: String = [
        "moveFromRange",
        "moveToRange",
        "customXmlInsRange",
        "customXmlDelRange",
        "customXmlMoveFromRange",
        "customXmlMoveToRange",
    ]
    .iter()
    .map(|r| format!("<w:{r}Start {AUTHOR} w:name=\"Quillfeather\"/><w:{r}End w:id=\"1\"/>"))
    .collect();
    let body = format!(
        "<w:p><w:pPr><w:numPr><w:ins {AUTHOR}/></w:numPr><w:rPr><w:ins {AUTHOR}/><w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange></w:rPr><w:numberingChange {AUTHOR} w:original=\"x\"/></w:pPr>{ranges}<w:ins {AUTHOR} w16du:dateUtc=\"2025-01-01T00:00:00Z\" xmlns:w16du=\"http://schemas.microsoft.com/office/word/2023/wordml/word16du\"><w:r><w:t>kept</w:t></w:r><w:del {AUTHOR}><w:r><w:delText>gone</w:delText><w:delInstrText>gone</w:delInstrText></w:r></w:del></w:ins></w:p>\
         <w:tbl><w:tblPr><w:tblPrChange {AUTHOR}><w:tblPr/></w:tblPrChange></w:tblPr><w:tblGrid><w:tblGridChange w:id=\"1\"/></w:tblGrid><w:tr><w:tblPrEx><w:tblPrExChange {AUTHOR}><w:tblPrEx/></w:tblPrExChange></w:tblPrEx><w:trPr><w:trPrChange {AUTHOR}><w:trPr/></w:trPrChange></w:trPr>{}{}{}</w:tr></w:tbl>\
         <w:tbl><w:tr><w:trPr><w:del {AUTHOR}/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl><w:sectPr><w:sectPrChange {AUTHOR}><w:sectPr/></w:sectPrChange></w:sectPr>",
        cell(&format!("<w:cellIns {AUTHOR}/>"), "new cell"),
        cell(&format!("<w:cellDel {AUTHOR}/>"), "old cell"),
        cell(
            &format!("<w:cellMerge {AUTHOR} w:vMerge=\"rest\"/>"),
            "merged cell"
        ),
        p("gone row"),
    );
    let (text, all, blind) = clean(&docx(&body, &[], &[]));
    assert_eq!(text, "kept\nnew cell\nmerged cell\n");
    for trace in [
        "Change",
        "w:author",
        "w:date",
        "dateUtc",
        "Range",
        "w:ins",
        "w:del",
        "cellMerge",
    ] {
        assert!(
            !all.contains(&format!("<{trace}")) && !all.contains(&format!("{trace}=")),
            "{trace}: {all}"
        );
    }
    assert_eq!(
        all.matches("<w:tbl>").count(),
        1,
        "a table without rows does not open"
    );
    assert!(counted(&blind, What::TrackedChanges) > 20);
}

#[test]
fn nested_fields_buttons_and_fields_without_an_end() {
    let inner = field(" MERGEFIELD x ", &run("", "inner"));
    let body = format!(
        "<w:p>{}</w:p><w:p>{}</w:p><w:p>{}</w:p><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r>{}</w:p>",
        field(
            &format!("IF </w:instrText></w:r>{inner}<w:r><w:instrText> = 1 \"Quillfeather\""),
            &run("", "shown")
        ),
        field(
            "ADDIN EN.CITE &lt;EndNote&gt;Quillfeather&lt;/EndNote&gt;",
            &run("", "(Marsh, 2019)")
        ),
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>MACROBUTTON MTPlaceRef \\* MERGEFORMAT (</w:instrText></w:r><w:r><w:instrText>7)</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        run("", "The rest of the paper."),
    );
    let (text, all, _) = clean(&docx(&body, &[], &[]));
    assert_eq!(text, "shown\n(Marsh, 2019)\n(7)\nThe rest of the paper.\n");
    assert!(
        !all.contains("instrText") && !all.contains("EndNote") && !all.contains("MERGEFIELD"),
        "{all}"
    );
}

#[test]
fn reference_managers_leave_only_what_they_show() {
    let control = "<w:sdt><w:sdtPr><w:tag w:val=\"MENDELEY_CITATION_v3_eyJxdWlsbGZlYXRoZXI\"/><w:id w:val=\"-88\"/></w:sdtPr><w:sdtContent><w:r><w:t>[2]</w:t></w:r></w:sdtContent></w:sdt>";
    let body = format!(
        "<w:p><w:bookmarkStart w:id=\"3\" w:name=\"ZOTERO_BREF_x1\"/>{}{}{}{control}<w:bookmarkEnd w:id=\"3\"/></w:p>",
        field(
            "ADDIN ZOTERO_ITEM CSL_CITATION {\"uris\":[\"http://zotero.org/users/81/items/Q\"]}",
            &run("", "[1]")
        ),
        field(
            "ADDIN CSL_CITATION {\"mendeley\":{\"uris\":[\"http://www.mendeley.com/documents/?uuid=1\"]}}",
            &run("", "[3]")
        ),
        field("ADDIN CitaviPlaceholder{eyIk}", &run("", "[4]")),
    );
    let settings = part(
        "settings",
        "<w:docVars><w:docVar w:name=\"EN.Layout\" w:val=\"x\"/></w:docVars><w:rsids><w:rsidRoot w:val=\"00AA\"/></w:rsids><w14:docId w14:val=\"1\"/><w:mailMerge><w:query w:val=\"Quillfeather\"/></w:mailMerge><w:documentProtection w:hash=\"q\"/>",
    );
    let (text, all, _) = clean(&docx(
        &body,
        &[("word/settings.xml", settings)],
        &[("s", "settings", "settings.xml", false)],
    ));
    assert_eq!(text, "[1][3][4][2]\n");
    for trace in [
        "zotero",
        "ZOTERO",
        "mendeley",
        "MENDELEY",
        "Citavi",
        "docVar",
        "rsid",
        "docId",
        "mailMerge",
        "Protection",
    ] {
        assert!(!all.contains(trace), "{trace}");
    }
}

#[test]
fn controls_bound_to_properties_lose_their_value() {
    let bound = |path: &str, text: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/><w:dataBinding w:xpath=\"{path}\" w:storeItemID=\"{{1}}\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            p(text)
        )
    };
    let body = [
        bound("/ns1:coreProperties[1]/ns0:creator[1]", "Wren Unlisted"),
        bound("/ns0:Properties[1]/ns0:Company[1]", "Saltmarsh Ltd"),
        bound("/ns1:coreProperties[1]/ns0:title[1]", "Of tides"),
    ]
    .concat();
    let (text, ..) = clean(&docx(&body, &[], &[]));
    assert_eq!(text, "[…]\n[…]\nOf tides\n");
}

#[test]
fn charts_diagrams_and_their_workbooks() {
    let c = "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let chart = format!(
        "<c:chartSpace {c}><c:lang val=\"de-AT\"/><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Counts by T. </a:t></a:r><a:r><a:t>Quillfeather</a:t></a:r></a:p></c:rich></c:tx></c:title><c:ser><c:tx><c:strRef><c:f>'[Quillfeather data.xlsx]Quillfeather'!$A$1</c:f><c:strCache><c:pt idx=\"0\"><c:v>Northmoor General Hospital</c:v></c:pt><c:pt idx=\"1\"><c:v>Gulls</c:v></c:pt></c:strCache></c:strRef></c:tx></c:ser></c:chart><c:externalData r:id=\"x\"/><c:userShapes r:id=\"u\"/></c:chartSpace>"
    );
    let shapes = "<c:userShapes xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:p><a:r><a:t>drawn by 沈玉兰</a:t></a:r></a:p></c:userShapes>";
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"x\" Type=\"{REL}/package\" Target=\"../embeddings/quillfeather.xlsx\"/><Relationship Id=\"u\" Type=\"{REL}/chartUserShapes\" Target=\"../drawings/d.xml\"/></Relationships>"
    );
    let dgm = "<dgm:dataModel xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Tamsin Quillfeather leads</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>";
    let body = "<w:p><w:r><w:drawing><wp:inline><a:graphic><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"c\"/></a:graphic></wp:inline></w:drawing></w:r></w:p><w:p><w:r><w:drawing><wp:inline><a:graphic><dgm:relIds xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" r:dm=\"d\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>";
    let more = [
        ("word/charts/chart7.xml", chart.into_bytes()),
        ("word/charts/_rels/chart7.xml.rels", rels.into_bytes()),
        ("word/embeddings/quillfeather.xlsx", b"PK Quillfeather".to_vec()),
        ("word/drawings/d.xml", shapes.as_bytes().to_vec()),
        ("word/diagrams/data3.xml", dgm.as_bytes().to_vec()),
    ];
    let (_, all, blind) = clean(&docx(
        body,
        &more,
        &[
            ("c", "chart", "charts/chart7.xml", false),
            ("d", "diagramData", "diagrams/data3.xml", false),
        ],
    ));
    for kept in ["Gulls", "Counts by ", "drawn by ", " leads", "Sheet1!$A$1"] {
        assert!(all.contains(kept), "{kept}: {all}");
    }
    assert!(!all.contains("externalData") && !all.contains("xlsx") && !all.contains("de-AT"));
    assert!(counted(&blind, What::Attachments) >= 2);
}

#[test]
fn objects_scripts_ink_printers_and_permissions() {
    let body = "<w:permStart w:id=\"1\" w:ed=\"NORTH\\quillfeather\"/><w:p><w:r><w:object><v:shape o:ole=\"\" alt=\"Quillfeather\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><v:imagedata r:id=\"i\" o:title=\"Quillfeather\" src=\"C:\\quillfeather\"/></v:shape><o:OLEObject xmlns:o=\"urn:schemas-microsoft-com:office:office\" Type=\"Embed\" ProgID=\"Equation\" r:id=\"e\"/></w:object></w:r><w:r><w:control r:id=\"e\"/></w:r><w:r><w:t>seen</w:t></w:r></w:p><w:permEnd w:id=\"1\"/><w:subDoc r:id=\"e\"/><w:sectPr><w:printerSettings r:id=\"e\"/></w:sectPr>";
    let more = [
        ("word/media/i.png", png_with_comment("Quillfeather")),
        ("word/embeddings/oleObject1.bin", b"Quillfeather".to_vec()),
        ("word/activeX/activeX1.bin", b"Quillfeather".to_vec()),
        ("word/printerSettings1.bin", b"Quillfeather".to_vec()),
        ("word/ink/ink1.xml", b"<x>Quillfeather</x>".to_vec()),
        (
            "word/webSettings.xml",
            part("webSettings", "<w:divs><w:div w:id=\"77\"/></w:divs>"),
        ),
        ("word/webextensions/x.xml", b"<x>Quillfeather</x>".to_vec()),
        ("docMetadata/LabelInfo.xml", b"<x>Quillfeather</x>".to_vec()),
        ("docProps/app.xml", b"<x>Quillfeather</x>".to_vec()),
        ("word/stylesWithEffects.xml", b"<x>Quillfeather</x>".to_vec()),
    ];
    let rels = [
        ("i", "image", "media/i.png", false),
        ("e", "oleObject", "embeddings/oleObject1.bin", false),
        ("w", "webSettings", "webSettings.xml", false),
    ];
    let (text, all, blind) = clean(&docx(body, &more, &rels));
    assert_eq!(text, "seen\n");
    assert!(
        all.contains("word/media/image1.png"),
        "the object's picture stays"
    );
    for trace in [
        "OLE",
        "perm",
        "control",
        "subDoc",
        "printer",
        "webSettings",
        "o:ole",
        "docProps",
    ] {
        assert!(!all.contains(trace), "{trace}: {all}");
    }
    assert!(counted(&blind, What::Attachments) >= 3);
}

#[test]
fn hidden_white_and_tiny_letters() {
    let styles = part(
        "styles",
        "<w:style w:type=\"character\" w:styleId=\"H\"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"P\"><w:basedOn w:val=\"H\"/></w:style>",
    );
    let body = format!(
        "<w:p>{}{}{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"P\"/></w:pPr>{}{}</w:p><w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
        run("<w:vanish/>", "one "),
        run("<w:rStyle w:val=\"H\"/>", "two "),
        run("<w:color w:val=\"FFFFFF\"/>", "three "),
        run("<w:sz w:val=\"2\"/>", "four "),
        run(
            "<w:color w:val=\"FFFFFF\"/><w:highlight w:val=\"black\"/>",
            "five "
        ),
        run("<w:specVanish/>", "six"),
        run("", "seven "),
        run("<w:vanish w:val=\"0\"/>", "eight"),
        run("<w:color w:val=\"FFFFFF\"/>", "nine"),
    );
    let (text, _, blind) = clean(&docx(
        &body,
        &[("word/styles.xml", styles)],
        &[("s", "styles", "styles.xml", false)],
    ));
    assert_eq!(text, "five six\neight\nnine\n");
    assert_eq!(counted(&blind, What::HiddenParts), 5);
}

#[test]
fn names_in_attributes_formulas_and_above_letters() {
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:styleId=\"QuillfeatherBody\"><w:name w:val=\"Tamsin Quillfeather body\"/><w:rsid w:val=\"00112233\"/></w:style>",
    );
    let numbering = part(
        "numbering",
        "<w:abstractNum w:abstractNumId=\"0\"><w:nsid w:val=\"1A\"/><w:tmpl w:val=\"2B\"/><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"Quillfeather %1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\" w16cid:durableId=\"77\" xmlns:w16cid=\"http://schemas.microsoft.com/office/word/2016/wordml/cid\"/>",
    );
    let ruby = |base: &str, sound: &str| {
        format!(
            "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
            run("", sound),
            run("", base)
        )
    };
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"QuillfeatherBody\"/></w:pPr>{}{}{}<w:r><w:t>, Watermark</w:t></w:r><w:r><w:pict><v:shape id=\"Quillfeather\"><v:textpath string=\"Draft of T. Quillfeather\"/></v:shape></w:pict></w:r></w:p>",
        ruby("沈", "shěn"),
        ruby("玉", "yù"),
        ruby("兰", "lán"),
    );
    let rels = [
        ("s", "styles", "styles.xml", false),
        ("n", "numbering", "numbering.xml", false),
    ];
    let (text, all, _) = clean(&docx(
        &body,
        &[("word/styles.xml", styles), ("word/numbering.xml", numbering)],
        &rels,
    ));
    assert!(
        text.starts_with("［略］, Watermark") || text.starts_with("[…], Watermark"),
        "{text}"
    );
    for trace in ["lán", "nsid", "tmpl", "durableId", "w:rsid"] {
        assert!(!all.contains(trace), "{trace}");
    }
    assert!(all.contains("Draft of ") && all.contains("%1"));
}

#[test]
fn parts_in_utf16_strict_namespaces_and_odd_prefixes() {
    let source = docx(&p("Gulls of Tamsin Quillfeather"), &[], &[]);
    let text = String::from_utf8(unzip(&source)["word/document.xml"].clone()).unwrap();
    let again = |document: Vec<u8>| {
        let mut parts = unzip(&source);
        parts.insert("word/document.xml".into(), document);
        zip(&parts
            .iter()
            .map(|(n, d)| (n.as_str(), d.clone()))
            .collect::<Vec<_>>())
    };
    let wide = |mark: bool, big: bool| -> Vec<u8> {
        let units = mark
            .then_some(0xFEFF)
            .into_iter()
            .chain(text.replace("UTF-8", "UTF-16").encode_utf16().collect::<Vec<_>>());
        units
            .flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() })
            .collect()
    };
    let strict = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    let odd = text
        .replace("xmlns:w=", "xmlns:ns0=")
        .replace("<w:", "<ns0:")
        .replace("</w:", "</ns0:");
    for document in [
        wide(true, false),
        wide(true, true),
        wide(false, false),
        wide(false, true),
        strict.into_bytes(),
        odd.into_bytes(),
    ] {
        assert_eq!(clean(&again(document)).0, "Gulls of […]\n");
    }
}

#[test]
fn packages_that_only_just_hold_together() {
    let whole = unzip(&docx(
        &p("Gulls"),
        &[("word/media/a b.png", png_with_comment("x"))],
        &[],
    ));
    let with = |change: fn(&mut Parts)| {
        let mut parts = whole.clone();
        change(&mut parts);
        zip(&parts
            .iter()
            .map(|(n, d)| (n.as_str(), d.clone()))
            .collect::<Vec<_>>())
    };
    let readable: [Vec<u8>; 6] = [
        with(|p| drop(p.remove("[Content_Types].xml"))),
        with(|p| drop(p.insert("[Content_Types].xml".into(), b"<Types".to_vec()))),
        with(|p| drop(p.remove("_rels/.rels"))),
        with(|p| drop(p.insert("word/styles.xml".into(), b"<broken".to_vec()))),
        with(|p| {
            let document = p.remove("word/document.xml").unwrap();
            p.insert("Word/Document.xml".into(), document);
        }),
        with(|p| {
            let rels = format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"x\" Type=\"{REL}/image\" Target=\"media/none.png\"/><Relationship Id=\"y\" Type=\"{REL}/styles\" Target=\"/word/none.xml\"/></Relationships>"
            );
            p.insert("word/_rels/document.xml.rels".into(), rels.into_bytes());
        }),
    ];
    for bytes in readable {
        assert_eq!(clean(&bytes).0, "Gulls\n");
    }
    let document = with(|p| drop(p.remove("word/document.xml")));
    assert_eq!(strip(&document, &identity()).unwrap_err(), Refusal::Broken);
}

#[test]
fn foreign_text_is_taken_in() {
    let page = "<html><body><p>By Tamsin Quillfeather</p><p>Gulls &amp; tides</p></body></html>";
    let inner = docx(&p("Inner words of 沈玉兰"), &[], &[]);
    let body = format!(
        "{}<w:altChunk r:id=\"a\"/><w:altChunk r:id=\"b\"/><w:altChunk r:id=\"t\"/><w:altChunk r:id=\"none\"/>",
        p("Outer")
    );
    let more = [
        ("word/a.html", page.into()),
        ("word/b.docx", inner),
        ("word/t.txt", b"plain words".to_vec()),
    ];
    let rels = [
        ("a", "aFChunk", "a.html", false),
        ("b", "aFChunk", "b.docx", false),
        ("t", "aFChunk", "t.txt", false),
    ];
    let (text, all, _) = clean(&docx(&body, &more, &rels));
    assert!(
        text.contains("Outer")
            && text.contains("Gulls & tides")
            && text.contains("Inner words of")
            && text.contains("plain words"),
        "{text}"
    );
    assert!(!all.contains("altChunk") && !all.contains("html"));
}

#[test]
fn links_are_inert_or_told() {
    let link =
        |id: &str| format!("<w:p><w:hyperlink r:id=\"{id}\"><w:r><w:t>{id}</w:t></w:r></w:hyperlink></w:p>");
    let body = format!(
        "{}{}{}{}<w:p><w:r><w:drawing><a:blip r:link=\"pic\"/></w:drawing></w:r></w:p>",
        link("lab"),
        link("doi"),
        link("unc"),
        link("rand")
    );
    let rels = [
        ("lab", "hyperlink", "https://gulls-lab.example.net/tools", true),
        ("doi", "hyperlink", "https://doi.org/10.1000/1", true),
        ("unc", "hyperlink", "\\\\server\\quillfeather", true),
        ("rand", "hyperlink", "https://www.w3.org/", true),
        ("pic", "image", "http://example.net/quillfeather.png", true),
        (
            "tpl",
            "attachedTemplate",
            "file:///C:/Users/quillfeather/n.dotm",
            true,
        ),
    ];
    let (_, all, blind) = clean(&docx(&body, &[], &rels));
    let told: Vec<&str> = blind
        .report
        .findings
        .iter()
        .filter(|f| f.kind == FindingKind::Address)
        .map(|f| f.matched.as_str())
        .collect();
    assert_eq!(told, ["https://gulls-lab.example.net/tools"]);
    assert!(
        all.contains("rId1") && !all.contains("\"lab\"") && !all.contains("server"),
        "{all}"
    );
    assert_eq!(counted(&blind, What::Links), 4);
    let gone = Identity {
        terms: vec!["https://gulls-lab.example.net/tools".into()],
        ..identity()
    };
    let blind = strip(&docx(&body, &[], &rels), &gone).unwrap();
    assert!(
        !blind.bytes.is_empty() && blind.report.findings.is_empty(),
        "{:?}",
        blind.report.findings
    );
}

#[test]
fn photographs_and_tables_of_a_section_go_with_it() {
    let picture =
        "<w:p><w:r><w:drawing><wp:inline><a:blip r:embed=\"i\"/></wp:inline></w:drawing></w:r></w:p>";
    let heading = |t: &str| {
        format!(
            "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>{}</w:p>",
            run("", t)
        )
    };
    let row = |a: &str, b: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(a), p(b));
    let body = [
        heading("Results"),
        p("We counted."),
        heading("Author contributions"),
        format!(
            "<w:tbl>{}{}</w:tbl>",
            row("W. Unlisted", "design"),
            row("B. Unlisted", "data")
        ),
        heading("Biographies"),
        format!(
            "<w:p>{}<w:r><w:drawing><wp:inline><a:blip r:embed=\"i\"/></wp:inline></w:drawing></w:r></w:p>",
            run("", "W. Unlisted was born by the sea.")
        ),
        heading("References"),
        p("1. Marsh P. Ebb."),
        picture.to_owned(),
    ]
    .concat();
    let (text, all, _) = clean(&docx(
        &body,
        &[("word/media/i.png", png_with_comment("x"))],
        &[("i", "image", "media/i.png", false)],
    ));
    assert_eq!(text, "Results\nWe counted.\nReferences\n1. Marsh P. Ebb.\n");
    assert_eq!(all.matches("a:blip").count(), 1);
    assert!(!all.contains("w:tbl"));
}

#[test]
fn macros_by_content_type_and_templates() {
    let mut parts = unzip(&docx(&p("x"), &[], &[]));
    let types = String::from_utf8(parts["[Content_Types].xml"].clone()).unwrap();
    let named = |kind: &str| {
        types.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            kind,
        )
    };
    parts.insert(
        "[Content_Types].xml".into(),
        named("application/vnd.ms-word.document.macroEnabled.main+xml").into_bytes(),
    );
    let pack = |parts: &Parts| {
        zip(&parts
            .iter()
            .map(|(n, d)| (n.as_str(), d.clone()))
            .collect::<Vec<_>>())
    };
    assert_eq!(strip(&pack(&parts), &identity()).unwrap_err(), Refusal::Macros);
    parts.insert(
        "[Content_Types].xml".into(),
        named("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")
            .into_bytes(),
    );
    assert!(
        clean(&pack(&parts))
            .1
            .contains("wordprocessingml.document.main+xml")
    );
}
