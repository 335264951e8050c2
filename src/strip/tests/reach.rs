//! What leads to an author without naming one: addresses behind words, folders, log-in names, telephones, registers, running heads.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{
    Blind, Finding, FindingKind, Format, Identity, Person, What, compare_text, strip, strip_text,
};
use common::formats::{self, odt};
use common::{docx, holds, identity, p, part, unzip};

/// Authors whose surnames say nothing alone.
fn common_names() -> Identity {
    Identity {
        people: ["Jean-Pierre Harris", "Ada Walker", "Mei Chen"]
            .map(|n| Person {
                name: n.into(),
                ..Person::default()
            })
            .to_vec(),
        ..Identity::default()
    }
}

fn found(blind: &Blind, kind: FindingKind) -> Vec<String> {
    let of_kind = |f: &&Finding| f.kind == kind;
    blind
        .report
        .findings
        .iter()
        .filter(of_kind)
        .map(|f| f.matched.clone())
        .collect()
}

/// The copy as one text: all its parts.
fn all(blind: &Blind) -> String {
    if blind.bytes.starts_with(b"PK") {
        unzip(&blind.bytes)
            .into_values()
            .map(|b| String::from_utf8_lossy(&b).into_owned())
            .collect()
    } else {
        String::from_utf8_lossy(&blind.bytes).into_owned()
    }
}

fn stripped(bytes: &[u8], identity: &Identity) -> Blind {
    let blind = strip(bytes, identity).unwrap_or_else(|r| panic!("{r}"));
    let again = strip(&blind.bytes, identity).unwrap_or_else(|r| panic!("again: {r}"));
    assert_eq!(again.bytes, blind.bytes, "{} / {}", all(&again), all(&blind));
    blind
}

fn tex(preamble: &str, body: &str) -> Vec<u8> {
    format!("\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n")
        .into_bytes()
}

const SITE: &str = "https://tides-lab.example.org/gulls";

/// The same words with a link behind them, in every format that has links.
fn linked() -> Vec<(&'static str, Vec<u8>)> {
    let link = "<w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id=\"l\"><w:r><w:t>the data</w:t></w:r></w:hyperlink></w:p>";
    vec![
        ("docx", docx(link, &[], &[("l", "hyperlink", SITE, true)])),
        (
            "odt",
            odt(
                "",
                &formats::p(&format!("See <text:a xlink:href=\"{SITE}\">the data</text:a>")),
                &[],
            ),
        ),
        ("tex", tex("", &format!("See \\href{{{SITE}}}{{the data}}."))),
        (
            "md",
            format!("# One\n\nSee [the data]({SITE}).\n\n# Two\n\nEnd.\n").into_bytes(),
        ),
    ]
}

#[test]
fn where_links_lead_is_asked_about_and_can_go() {
    for (name, file) in linked() {
        let blind = stripped(&file, &identity());
        assert_eq!(found(&blind, FindingKind::Address), [SITE], "{name}");
        assert!(all(&blind).contains(SITE), "{name}");
        let mut more = identity();
        more.terms.push(SITE.into());
        let blind = stripped(&file, &more);
        assert!(
            !all(&blind).contains("tides-lab") && compare_text(&blind.bytes).unwrap().contains("the data"),
            "{name}: {}",
            all(&blind)
        );
    }
}

#[test]
fn links_of_the_reference_list_say_nothing() {
    let md = format!("# One\n\nWords.\n\n# References\n\n1. [A gull]({SITE}).\n");
    assert!(found(&stripped(md.as_bytes(), &identity()), FindingKind::Address).is_empty());
    let body = [
        formats::p("Words."),
        formats::p("References"),
        formats::p(&format!("1. <text:a xlink:href=\"{SITE}\">A gull</text:a>")),
    ]
    .concat();
    assert!(found(&stripped(&odt("", &body, &[]), &identity()), FindingKind::Address).is_empty());
    let bib = format!(
        "Words.\n\\begin{{thebibliography}}{{9}}\\bibitem{{a}} \\href{{{SITE}}}{{A gull}}.\\end{{thebibliography}}"
    );
    assert!(found(&stripped(&tex("", &bib), &identity()), FindingKind::Address).is_empty());
}

#[test]
fn folders_of_people_go_from_words_and_code() {
    let line =
        "Run setwd(/home/tquill/gulls/data) or C:\\Users\\tq17\\x.R or \\\\tides01\\homes\\tquill\\y first.";
    let files = [
        docx(&p(line), &[], &[]),
        odt("", &formats::p(line), &[]),
        line.as_bytes().to_vec(),
        format!("# One\n\n```r\n{line}\n```\n\n# Two\n").into_bytes(),
        tex("", &format!("\\begin{{verbatim}}\n{line}\n\\end{{verbatim}}")),
    ];
    for file in files {
        let blind = stripped(&file, &identity());
        let text = compare_text(&blind.bytes).unwrap();
        assert!(
            text.contains("setwd([…]/gulls/data) or […]\\x.R or […]\\y first."),
            "{text}"
        );
        assert_eq!(formats::counted(&blind, What::Paths), 3);
    }
    let still = "Kept in /home/user/data, at https://example.org/home/tquill and C:\\Users\\Public.";
    assert_eq!(strip_text(still, &identity()).0, still);
}

#[test]
fn paths_in_latex_arguments_and_keywords_of_versions() {
    let body = "\\import{/home/tquill/parts/}{methods}\n\\begin{tikzpicture}\n\\begin{axis}\n\\addplot+[red] table[x=a] {/Users/tquill/d/tides.csv};\n\\node {\\includegraphics{/home/tquill/f/logo}};\n\\end{axis}\n\\end{tikzpicture}\nIn \\figdir.\n$Author: tquill $\n";
    let blind = stripped(
        &tex("\\newcommand{\\figdir}{/home/tquill/figs}", body),
        &identity(),
    );
    let copy = all(&blind);
    assert!(!copy.contains("tquill"), "{copy}");
    for kept in [
        "\\import{./}{methods}",
        "\\addplot+[red] table[x=a] {tides.csv}",
        "\\includegraphics{logo}",
        "\\newcommand{\\figdir}{{[…]}/figs}",
    ] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
}

#[test]
fn paths_in_properties_of_markdown() {
    let text = "\n---\ntitle: Gulls\noutput:\n  word_document:\n    reference_docx: /home/tquill/t.docx\nbibliography:\n  - /home/tquill/a.bib\n  - b.bib\ncsl: [/Users/tquill/c.csl]\n---\n\nWords.\n\n---\nauthor: Tamsin Quillfeather\nlang: en\n---\n";
    let blind = stripped(text.as_bytes(), &identity());
    assert_eq!(blind.format, Format::Markdown);
    assert_eq!(
        all(&blind),
        "\n---\ntitle: Gulls\noutput:\n  word_document:\n    reference_docx: t.docx\nbibliography:\n  - a.bib\n  - b.bib\ncsl: [c.csl]\n---\n\nWords.\n\n---\nlang: en\n---\n"
    );
    // Lines of text between two rules are none of these.
    let text = "# One\n\nWords.\n\n---\nNote: gulls fly.\n---\n";
    assert!(all(&stripped(text.as_bytes(), &identity())).contains("Note: gulls fly."));
}

#[test]
fn what_labels_tell_goes_from_sentences() {
    for (case, clean) in [
        ("Tel.: +49 30 1234567 now", "Tel.: […] now"),
        ("联系电话：010-62345678。", "联系电话：［略］。"),
        (
            "Write to t.quill at tides dot example dot org now",
            "Write to […] now",
        ),
        ("ResearcherID AAB-1234-2019 and", "ResearcherID […] and"),
        (
            "Mobile phones: 120 (45.2) 143 (54.8)",
            "Mobile phones: 120 (45.2) 143 (54.8)",
        ),
    ] {
        assert_eq!(strip_text(case, &identity()).0, clean);
    }
}

#[test]
fn a_cover_of_a_thesis_goes_before_the_abstract() {
    let body = [
        "海鸥与潮汐的记忆",
        "学号：20201234",
        "姓名：沈玉兰",
        "指导教师：欧阳某 教授",
        "研究方向：潮汐学",
        "摘要",
        "海鸥记得潮汐。导师制与学号无关。",
    ]
    .map(p)
    .concat();
    let blind = stripped(&docx(&body, &[], &[]), &identity());
    assert_eq!(
        compare_text(&blind.bytes).unwrap(),
        "海鸥与潮汐的记忆\n摘要\n海鸥记得潮汐。导师制与学号无关。\n"
    );
}

#[test]
fn registers_preprints_and_talks_are_asked_about() {
    for (kind, matched) in [
        (FindingKind::Address, "CTRI/2020/01/022345"),
        (FindingKind::Address, "IRCT20120215009014N123"),
        (FindingKind::Address, "KCT0001234"),
        (FindingKind::Address, "PACTR202001234567890"),
        (FindingKind::Address, "TCTR20200101001"),
        (FindingKind::Address, "RBR-7abc9d"),
        (FindingKind::Address, "NTR1234"),
        (FindingKind::Address, "SLCTR/2020/012"),
        (FindingKind::Address, "10.21203/rs.3.rs-12345/v1"),
        (FindingKind::Address, "arXiv:2001.01234"),
        (FindingKind::Address, "ChinaXiv:202001.00012"),
        (FindingKind::Address, "tides.github.io/gulls"),
        (FindingKind::Address, "hub.docker.com/r/tides/gulls"),
        (
            FindingKind::SelfCitation,
            "presented in part at the 12th Tidal Congress",
        ),
        (FindingKind::SelfCitation, "preprint of this manuscript"),
        (FindingKind::SelfCitation, "extends our conference paper"),
        (FindingKind::SelfCitation, "本文曾在全国潮汐学术年会上报告"),
    ] {
        let (_, report) = strip_text(&format!("It is {matched} here."), &identity());
        let told = report.findings.iter().filter(|f| f.kind == kind);
        assert_eq!(told.map(|f| f.matched.as_str()).collect::<Vec<_>>(), [matched]);
    }
    for text in [
        "This extends our understanding of gulls presented at night.",
        "NL-5 and KCT12 are strains.",
    ] {
        assert!(strip_text(text, &identity()).1.findings.is_empty(), "{text}");
    }
}

#[test]
fn initials_of_double_and_chinese_names_are_asked_about() {
    let mut id = common_names();
    id.people.extend(identity().people);
    for initials in [
        "J.-P.H.",
        "J-P.H.",
        "JPH",
        "J. -P. H.",
        "Y.L.S.",
        "Y.-L. S.",
        "YLS",
        "SYL",
    ] {
        let (_, report) = strip_text(&format!("Then {initials} counted gulls."), &id);
        assert!(
            report.findings.iter().any(|f| f.kind == FindingKind::Initials),
            "{initials}: {:?}",
            report.findings
        );
    }
}

#[test]
fn running_heads_lose_common_surnames_too() {
    for (head, clean) in [
        ("Harris 12", "[…] 12"),
        ("HARRIS: TITLE", "[…]: TITLE"),
        ("Harris, Walker, Chen", "[…]"),
        ("12\tHarris", "12\t[…]"),
        ("Harris / Tides", "[…] / Tides"),
        ("Harris hawks at sea", "Harris hawks at sea"),
        ("Walker: a life on foot", "Walker: a life on foot"),
        ("The Harris matrix, 12", "The Harris matrix, 12"),
    ] {
        let rels = [("h", "header", "header1.xml", false)];
        let body = format!(
            "{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/></w:sectPr>",
            p("Gulls")
        );
        let file = docx(&body, &[("word/header1.xml", part("hdr", &p(head)))], &rels);
        let blind = stripped(&file, &common_names());
        assert!(
            all(&blind).contains(&format!(">{clean}<")),
            "{head}: {}",
            all(&blind)
        );
    }
    let preamble = "\\ohead{Harris 12}\\cohead{Harris: Gulls}\\ShortHeadings{Gulls}{Harris and Walker}\\runninghead{Harris}\\authormark{HARRIS}";
    let copy = all(&stripped(&tex(preamble, "Gulls."), &common_names()));
    assert!(!copy.to_lowercase().contains("harris"), "{copy}");
    assert!(
        copy.contains("\\cohead{{[…]}: Gulls}") && copy.contains("\\ShortHeadings{}{}"),
        "{copy}"
    );
}

#[test]
fn unseen_letters_and_lookalikes_hide_nothing_in_packages() {
    let name = "Ta\u{202A}m\u{E0041}sin Quillfe\u{430}the\u{2066}r";
    for file in [
        docx(&p(&format!("By {name}, alone.")), &[], &[]),
        odt("", &formats::p(&format!("By {name}, alone.")), &[]),
    ] {
        let blind = stripped(&file, &identity());
        assert_eq!(compare_text(&blind.bytes).unwrap(), "By […], alone.\n");
    }
    let file = docx(&p("gulls\u{200B}\u{E0041} fly, им\u{44F} α-helix"), &[], &[]);
    let copy = stripped(&file, &identity());
    assert_eq!(compare_text(&copy.bytes).unwrap(), "gulls fly, имя α-helix\n");
    assert!(!holds(&copy.bytes, "\u{E0041}"));
}

#[test]
fn names_people_give_to_things_are_neutral() {
    let styles = "<style:style style:name=\"QuillfeatherBody\" style:family=\"paragraph\"/>";
    let outer = format!(
        "<?xml version=\"1.0\"?><office:document-styles {}><office:styles><draw:fill-image draw:name=\"tide_5f_photo\" draw:display-name=\"tide photo by tq\" xlink:href=\"Pictures/a.png\"/><style:style style:name=\"Box\" style:family=\"graphic\"><style:graphic-properties draw:fill-image-name=\"tide_5f_photo\"/></style:style></office:styles></office:document-styles>",
        formats::ODF
    );
    let body = "<text:p text:style-name=\"QuillfeatherBody\">Gulls.</text:p>";
    let file = odt(
        styles,
        body,
        &[
            ("styles.xml", outer.into_bytes()),
            ("Pictures/a.png", common::png_with_comment("x")),
        ],
    );
    let copy = all(&stripped(&file, &identity()));
    assert!(!copy.contains("uillfeather") && !copy.contains("photo"), "{copy}");
    assert!(
        copy.contains("draw:name=\"Image1\"") && copy.contains("draw:fill-image-name=\"Image1\""),
        "{copy}"
    );
    assert!(
        copy.contains("style:name=\"n0\"") && copy.contains("text:style-name=\"n0\""),
        "{copy}"
    );
}

#[test]
fn drawings_in_charts_and_old_shapes_tell_no_files() {
    let shape = "<w:p><w:r><w:t>Gulls</w:t></w:r><w:r><w:pict><v:polyline><v:fill xmlns:o=\"urn:schemas-microsoft-com:office:office\" o:title=\"tide photo\"/></v:polyline></w:pict></w:r></w:p>";
    let copy = all(&stripped(&docx(shape, &[], &[]), &identity()));
    assert!(!copy.contains("tide photo"), "{copy}");
}

#[test]
fn shapes_drawn_over_charts_tell_no_files() {
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let c = format!(
        "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:r=\"{rel}\" xmlns:cdr=\"http://schemas.openxmlformats.org/drawingml/2006/chartDrawing\""
    );
    let body = format!(
        "<w:p><w:r><w:t>Gulls</w:t></w:r><w:r><w:drawing><wp:inline><a:graphic><c:chart {c} r:id=\"c\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    );
    let shapes = format!(
        "<c:userShapes {c}><cdr:relSizeAnchor><cdr:sp><cdr:nvSpPr><cdr:cNvPr id=\"2\" name=\"tide arrow of mine\" descr=\"D:/tides/arrow.png\"/></cdr:nvSpPr></cdr:sp></cdr:relSizeAnchor></c:userShapes>"
    );
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"u\" Type=\"{rel}/chartUserShapes\" Target=\"../drawings/d.xml\"/></Relationships>"
    );
    let more = [
        (
            "word/charts/chart7.xml",
            format!("<c:chartSpace {c}><c:chart/><c:userShapes r:id=\"u\"/></c:chartSpace>").into_bytes(),
        ),
        ("word/charts/_rels/chart7.xml.rels", rels.into_bytes()),
        ("word/drawings/d.xml", shapes.into_bytes()),
    ];
    let file = docx(&body, &more, &[("c", "chart", "charts/chart7.xml", false)]);
    let copy = all(&stripped(&file, &identity()));
    assert!(copy.contains("cdr:cNvPr") && !copy.contains("arrow"), "{copy}");
}
