//! Every way a LaTeX paper betrays an author, one by one.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{Block, FindingKind, Format, Refusal, What, compare_text, reading_view, recognise, strip};
use common::formats::{clean, counted, jpeg};
use common::{Pdf, holds, identity, png_with_comment, unzip, zip};

/// A paper with a preamble and a body.
fn tex(preamble: &str, body: &str) -> Vec<u8> {
    format!("\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n")
        .into_bytes()
}

fn source(blind: &bauta_strip::Blind) -> String {
    String::from_utf8(blind.bytes.clone()).unwrap()
}

/// Title, authors and addresses one below the other: each line is a thing of its own.
#[test]
fn a_title_set_with_its_authors_in_the_centre_stays() {
    let body = r"\begin{center}{\Large Tides and the memory of gulls}\\[6pt] Tamsin Quillfeather$^1$, Yulan Shen$^2$\\ {\small (1. Northmoor General Hospital; 2. Wherever, Elsewhere)}\end{center}
\let\thefootnote\relax\footnotetext{Received in May.}
\noindent\textbf{Abstract:} Gulls remember.\par";
    let blind = strip(&tex("", body), &identity()).unwrap();
    let text = source(&blind);
    assert!(
        text.contains("{\\Large Tides and the memory of gulls}") && text.contains("Gulls remember."),
        "{text}"
    );
    assert!(
        !text.contains("Quillfeather") && !text.contains("Wherever"),
        "{text}"
    );
    assert_eq!(strip(&blind.bytes, &identity()).unwrap().bytes, blind.bytes);
}

#[test]
fn a_manuscript_keeps_its_science_and_loses_its_authors() {
    let body = r#"\maketitle
\begin{abstract}
Gulls remember tides. Quillfeather et al.~showed this with 12 gulls.
\end{abstract}
\section{Methods}
In our previous work we counted \emph{gulls} (NMX-4471-20); see \cite{quillfeather2020, marsh19}. Here $x^2 + 1$ holds.

\section*{Acknowledgements}
We thank the harbour master of Northmoor.

\section{Results}
All is well\footnote{As Tamsin R. Quillf\-eather knows.}.
\begin{thebibliography}{9}
\bibitem{quillfeather2020} T.~R. Quillfeather and B. Oakes. Gulls at dusk. 2020.
\bibitem{marsh19} P. Marsh. Ebb and flow. 2019.
\end{thebibliography}"#;
    let preamble = r"\usepackage[utf8]{inputenc}
\title{Tides and the memory of gulls\thanks{Funded by grant NMX-4471-20}}
\author[1]{Tamsin Quillfeather\thanks{t.quillfeather@northmoor.example.org}\and 沈玉兰}
\affil[1]{Northmoor General Hospital}
\date{1 May 2020}";
    let (text, blind) = clean(&tex(preamble, body));
    assert_eq!(blind.format, Format::Tex);
    assert_eq!(
        text,
        "Tides and the memory of gulls\nAbstract\nGulls remember tides. […] et al. showed this with 12 gulls.\nMethods\nIn our previous work we counted gulls ([…]); see [1, 2]. Here $x^2 + 1$ holds.\nResults\nAs […] knows.\nAll is well.\nReferences\n[…] and B. Oakes. Gulls at dusk. 2020.\nP. Marsh. Ebb and flow. 2019.\n"
    );
    let copy = source(&blind);
    for kept in [
        r"\author{}",
        r"\date{}",
        r"\emph{gulls}",
        r"\cite{ref1, marsh19}",
        r"\bibitem{ref1} {[…]} and",
        r"(\footnote",
    ] {
        assert!(copy.contains(kept) || kept.starts_with('('), "{kept}: {copy}");
    }
    assert!(!copy.contains("Acknowledgements") && !copy.contains("affil"));
    let kinds: Vec<FindingKind> = blind.report.findings.iter().map(|f| f.kind).collect();
    assert!(
        kinds.contains(&FindingKind::SelfCitation) && kinds.contains(&FindingKind::OwnReference),
        "{kinds:?}"
    );
}

#[test]
fn what_prints_nothing_goes() {
    let body = "Gulls fly.% Tamsin Quillfeather\n% Quillfeather again\nThey land. 5\\% do.\n\\iffalse\nQuillfeather \\ifx\\a\\b q\\fi hides\n\\fi\n\\if0 Quillfeather \\else seen\\fi\n\\begin{comment}\nQuillfeather\n\\end{comment}\n\\begin{verbatim}\n50% of Quillfeather % kept\n\\end{verbatim}\n\\todo[author=Quillfeather]{ask Quillfeather}\\added[id=TQ]{new words}\\deleted[id=TQ]{Quillfeather's}\\replaced[id=TQ]{good}{bad}";
    let mut bytes = tex(
        "% !TeX root = /home/quillfeather/main.tex\n% $Author: quillfeather $\n\\definechangesauthor[name=Quillfeather]{TQ}",
        body,
    );
    bytes.extend_from_slice(b"Tamsin Quillfeather wrote this\n% Local Variables: quillfeather");
    let (text, blind) = clean(&bytes);
    assert_eq!(
        text,
        "Gulls fly.They land. 5% do. seen\n50% of […] % kept\nnew wordsgood\n"
    );
    assert!(counted(&blind, What::Comments) >= 5 && counted(&blind, What::HiddenParts) == 4);
}

#[test]
fn author_macros_of_many_classes() {
    let macros = r"\author{Tamsin Quillfeather}\author{Q. Quillfeather}\address{Northmoor General Hospital}\ead{t.quillfeather@northmoor.example.org}
\institute{Northmoor General Hospital\\\email{t.quillfeather@northmoor.example.org}}\authorrunning{T. Quillfeather}\markboth{Quillfeather et al.}{Gulls}
\orcid{0000-0002-1825-0097}\corref{cor1}\cortext[cor1]{Quillfeather}\affiliation{%
  \institution{Northmoor General Hospital}\city{Northmoor}}
\IEEEauthorblockN{Tamsin Quillfeather}\IEEEauthorblockA{Northmoor General}
\authorcontributions{T.Q. and Quillfeather did all.}\funding{NMX-4471-20}\acknowledgments{We thank Quillfeather.}\conflictsofinterest{None of Quillfeather's.}
\hypersetup{colorlinks, pdfauthor={Tamsin Quillfeather}, pdftitle = {Quillfeather's}, linkcolor=red}
\pdfinfo{/Author (Tamsin Quillfeather)}
\newcommand{\me}{Tamsin Quillfeather}
\lhead{Quillfeather et al.}\fancyhead[L]{Gulls at night}";
    let body = "\\begin{acks}Quillfeather\\end{acks}\n\\begin{IEEEbiography}[{\\includegraphics{quillfeather.jpg}}]{Tamsin Quillfeather}born\\end{IEEEbiography}\nBy \\me{} alone.\n\n\\acknowledgments\nWe thank Quillfeather.\n\n\\section{End}\nEnd.";
    let (text, blind) = clean(&tex(macros, body));
    assert_eq!(text, "By  alone.\nEnd\nEnd.\n".replace("  ", " "));
    let copy = source(&blind);
    assert!(
        copy.contains("\\hypersetup{colorlinks, linkcolor=red}")
            && copy.contains("\\newcommand{\\me}{{[…]}}"),
        "{copy}"
    );
    assert!(copy.contains("Gulls at night") && counted(&blind, What::RunningHead) >= 3);
}

#[test]
fn names_are_read_through_accents_macros_and_lookalikes() {
    let id = bauta_strip::Identity {
        people: vec![bauta_strip::Person {
            name: "Zoë Łukasiewicz-Müllerlein".into(),
            ..Default::default()
        }],
        ..Default::default()
    };
    for name in [
        r#"Zo\"e \L{}ukasiewicz-M\"{u}llerlein"#,
        r#"Zo{\"e}~\textbf{\L ukasiewicz}-M\"ullerlein"#,
        "Zoë Łukasie\\-wicz-Müllerlein",
        "Z\u{43E}ë Łukasiewicz-Müllerlein",
    ] {
        let blind = strip(&tex("", &format!("By {name} alone.")), &id).unwrap();
        let text = compare_text(&blind.bytes).unwrap();
        assert_eq!(
            text,
            "By […] alone.\n",
            "{name}: {}",
            String::from_utf8_lossy(&blind.bytes)
        );
    }
}

#[test]
fn classes_and_styles_are_told_to_hide_the_authors() {
    let acm = b"\\documentclass[sigconf,review]{acmart}\n\\begin{document}x\\end{document}\n";
    assert!(source(&clean(acm).1).contains("[anonymous,sigconf,review]{acmart}"));
    let acm = b"\\documentclass{acmart}\n\\begin{document}x\\end{document}\n";
    assert!(source(&clean(acm).1).contains("\\documentclass[anonymous]{acmart}"));
    let nips = tex("\\usepackage[final,nonatbib]{neurips_2023}\\iclrfinalcopy", "x");
    let copy = source(&clean(&nips).1);
    assert!(
        copy.contains("\\usepackage[nonatbib]{neurips_2023}\n") && !copy.contains("iclr"),
        "{copy}"
    );
}

#[test]
fn paths_and_links() {
    let body = r"\includegraphics[width=2cm]{/home/quillfeather/figs/fig1.pdf}\input{C:\Users\quillfeather\tab1.tex}
\includegraphics{figs/quillfeather-plot}\bibliography{/home/me/refs,other}
See \href{mailto:t.quillfeather@northmoor.example.org}{this mail} and \url{http://northmoor.example.org/~tquill} or \url{https://gulls.example/x_y}.";
    let (text, blind) = clean(&tex("\\graphicspath{{/home/quillfeather/figs/}{img/}}", body));
    assert_eq!(text, "See this mail and […] or https://gulls.example/x_y.\n");
    let copy = source(&blind);
    for kept in [
        "{fig1.pdf}",
        "{tab1.tex}",
        "{figs/file1}",
        "{refs,other}",
        "\\graphicspath{{./}{img/}}",
    ] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
    assert_eq!(
        (counted(&blind, What::Paths), counted(&blind, What::Links)),
        (5, 2)
    );
}

#[test]
fn old_encodings_become_utf8() {
    let gb = encoding_rs::GB18030
        .encode("\\documentclass{article}\n\\usepackage{CJK}\n\\begin{document}\\begin{CJK}{GBK}{song}\n作者沈玉兰研究了海鸥对潮汐的记忆，并且观察了我国沿海地区的海鸥。\n\\end{CJK}\\end{document}\n")
        .0
        .into_owned();
    let (text, blind) = clean(&gb);
    assert!(
        text.starts_with("作者［略］研究了海鸥") && source(&blind).contains("\\begin{CJK}{UTF8}{song}"),
        "{text}"
    );
    let latin = encoding_rs::WINDOWS_1252
        .encode("\\documentclass{article}\n\\usepackage[latin1]{inputenc}\n\\begin{document}\nMöwen und Quillfeather über Müll, größer als schön.\n\\end{document}\n")
        .0
        .into_owned();
    let (text, blind) = clean(&latin);
    assert_eq!(text, "Möwen und […] über Müll, größer als schön.\n");
    assert!(source(&blind).contains("[utf8]{inputenc}"));
}

fn project() -> Vec<(&'static str, Vec<u8>)> {
    let main = tex(
        "\\usepackage{gulls}\\input{authors}",
        "\\title{Gulls}\\maketitle\n\\input{sections/methods}\n\\includegraphics{figs/tides}\\includegraphics{figs/quillfeather_photo.jpg}\n% \\input{old_notes}\n\\bibliography{refs}",
    );
    let bib = "% Quillfeather's library\n@article{quillfeather2020gulls,\n author = {Quillfeather, Tamsin R. and Oakes, Bea},\n title = {Gulls at dusk},\n file = {:/home/quillfeather/a.pdf:PDF},\n owner = {quillfeather},\n timestamp = {2020-01-01}\n}\n@comment{jabref-meta: quillfeather}\n";
    let mut pdf = Pdf::new();
    pdf.page("BT /F1 10 Tf 10 10 Td (Tide chart by Tamsin Quillfeather of gulls) Tj ET");
    let pdf = pdf.finish(|doc, _| {
        let mut info = lopdf::Dictionary::new();
        info.set("Author", lopdf::Object::string_literal("Tamsin Quillfeather"));
        let info = doc.add_object(info);
        doc.trailer.set("Info", info);
    });
    vec![
        ("quillfeather-paper/main.tex", main),
        ("quillfeather-paper/authors.tex", b"\\author{Tamsin Quillfeather}\n".to_vec()),
        ("quillfeather-paper/sections/methods.tex", b"\\section{Methods}\nQuillfeather counted, see \\cite{quillfeather2020gulls}.\n\n\\section*{Funding}\nGrant NMX-4471-20.\n".to_vec()),
        ("quillfeather-paper/old_notes.tex", b"Quillfeather\n".to_vec()),
        ("quillfeather-paper/main_old.tex", tex("", "Quillfeather")),
        ("quillfeather-paper/coverletter.tex", tex("", "Dear editor, Quillfeather")),
        ("quillfeather-paper/refs.bib", bib.as_bytes().to_vec()),
        ("quillfeather-paper/gulls.sty", b"\\ProvidesPackage{gulls}\n\\newcommand{\\lab}{the lab of Tamsin Quillfeather}\n".to_vec()),
        ("quillfeather-paper/figs/tides.pdf", pdf),
        ("quillfeather-paper/figs/quillfeather_photo.jpg", jpeg(&[(0xFE, b"Tamsin Quillfeather")], b"")),
        ("quillfeather-paper/figs/unused.png", png_with_comment("Tamsin Quillfeather")),
        ("quillfeather-paper/main.pdf", b"%PDF-1.4 Quillfeather".to_vec()),
        ("quillfeather-paper/main.aux", b"/home/quillfeather".to_vec()),
        ("quillfeather-paper/main.synctex.gz", b"/home/quillfeather".to_vec()),
        ("quillfeather-paper/.git/config", b"quillfeather".to_vec()),
        ("quillfeather-paper/.DS_Store", b"quillfeather".to_vec()),
        ("__MACOSX/quillfeather-paper/._main.tex", b"quillfeather".to_vec()),
        ("quillfeather-paper/Makefile", b"ssh quillfeather@northmoor".to_vec()),
        ("quillfeather-paper/response.docx", b"PK quillfeather".to_vec()),
    ]
}

#[test]
fn an_archive_keeps_what_belongs_to_the_paper() {
    let files = project();
    let (text, blind) = clean(&zip(&files));
    assert_eq!(blind.format, Format::TexArchive);
    let parts = unzip(&blind.bytes);
    let names: Vec<&str> = parts.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "authors.tex",
            "figs/file1.jpg",
            "figs/tides.pdf",
            "gulls.sty",
            "main.tex",
            "refs.bib",
            "sections/methods.tex"
        ]
    );
    assert!(
        text.contains("[…] counted, see [1].") && !text.contains("Funding") && text.contains("Gulls at dusk"),
        "{text}"
    );
    let main = String::from_utf8(parts["main.tex"].clone()).unwrap();
    assert!(
        main.contains("{figs/file1.jpg}")
            && main.contains("\\bibliography{refs}")
            && !main.contains("old_notes"),
        "{main}"
    );
    let bib = String::from_utf8(parts["refs.bib"].clone()).unwrap();
    assert!(
        bib.contains("@article{ref1,")
            && bib.contains("author = {{[…]} and Oakes, Bea}")
            && !bib.contains("timestamp"),
        "{bib}"
    );
    assert!(holds(&parts["sections/methods.tex"], "\\cite{ref1}"));
    assert!(counted(&blind, What::HiddenParts) >= 11 && counted(&blind, What::PictureMetadata) == 1);
    // Nothing of the packer's machine and clock.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&blind.bytes)).unwrap();
    assert_eq!(archive.by_index(0).unwrap().last_modified().unwrap().year(), 1980);
}

#[test]
fn a_tarball_becomes_a_zip() {
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(
        Vec::new(),
        flate2::Compression::fast(),
    ));
    for (name, data) in project() {
        let mut head = tar::Header::new_gnu();
        head.set_size(data.len() as u64);
        head.set_username("quillfeather").unwrap();
        head.set_cksum();
        tar.append_data(&mut head, name, data.as_slice()).unwrap();
    }
    let packed = tar.into_inner().unwrap().finish().unwrap();
    assert_eq!(recognise(&packed), Ok(Format::TexArchive));
    let blind = strip(&packed, &identity()).unwrap();
    assert_eq!(blind.bytes, strip(&zip(&project()), &identity()).unwrap().bytes);
}

#[test]
fn the_reading_view_has_headings_lists_tables_and_pictures() {
    let body = "\\section{Methods}\nWe \\textbf{counted} $n=3$ gulls.\n\\begin{itemize}\\item one\\item two\\end{itemize}\n\\begin{tabular}{ll}a & b\\\\\\hline 1 & \\\\\\end{tabular}\n\\begin{figure}\\includegraphics{figs/a}\\caption{A gull}\\end{figure}";
    let blocks = reading_view(&zip(&[
        ("main.tex", tex("", body)),
        ("figs/a.png", png_with_comment("x")),
    ]))
    .unwrap();
    assert_eq!(
        blocks[0],
        Block::Heading {
            level: 2,
            text: "Methods".into()
        }
    );
    assert_eq!(blocks[1], Block::Paragraph("We counted $n=3$ gulls.".into()));
    assert_eq!(
        blocks[2..4],
        [Block::ListItem("one".into()), Block::ListItem("two".into())]
    );
    assert_eq!(
        blocks[4],
        Block::Table(vec![
            vec!["a".into(), "b".into()],
            vec!["1".into(), String::new()]
        ])
    );
    assert!(matches!(&blocks[5], Block::Picture { media_type, .. } if media_type == "image/png"));
    assert_eq!(blocks[6], Block::Paragraph("A gull".into()));
}

#[test]
fn refusals() {
    let main = tex("", "\\includegraphics{a}");
    assert_eq!(
        recognise(&zip(&[("notes.txt", b"x".to_vec())])),
        Err(Refusal::ArchiveFormat)
    );
    assert_eq!(
        recognise(&zip(&[("part.tex", b"words".to_vec())])),
        Err(Refusal::NoMainFile)
    );
    let figure = |name: &str, data: &[u8]| {
        strip(
            &zip(&[("main.tex", main.clone()), (name, data.to_vec())]),
            &identity(),
        )
    };
    assert_eq!(
        figure("a.png", b"no picture").unwrap_err(),
        Refusal::PictureFormat
    );
    assert_eq!(figure("a.pdf", b"%PDF-1.4 broken").unwrap_err(), Refusal::Broken);
    // A figure that PostScript draws: its comments go.
    let eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n%%For: Tamsin Quillfeather\n%%Title: /home/quillfeather/a.eps\n0 0 moveto\n%%EOF\n";
    let blind = figure("a.eps", eps).unwrap();
    let copy = unzip(&blind.bytes).remove("a.eps").unwrap();
    assert_eq!(
        copy,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n0 0 moveto\n%%EOF\n"
    );
    let drawn = [&eps[..], b"(Tamsin Quillfeather) show\n"].concat();
    assert_eq!(figure("a.eps", &drawn).unwrap_err(), Refusal::IdentityRemains);
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(
        Vec::new(),
        flate2::Compression::fast(),
    ));
    let mut head = tar::Header::new_gnu();
    head.set_size(1);
    head.as_gnu_mut().unwrap().name[..8].copy_from_slice(b"../a.tex");
    head.set_cksum();
    tar.append(&head, &b"x"[..]).unwrap();
    assert_eq!(
        recognise(&tar.into_inner().unwrap().finish().unwrap()),
        Err(Refusal::Broken)
    );
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let mut head = tar::Header::new_gnu();
    head.set_path("a.tex").unwrap();
    head.set_size(600 << 20);
    head.set_cksum();
    std::io::Write::write_all(&mut gz, head.as_bytes()).unwrap();
    assert_eq!(recognise(&gz.finish().unwrap()), Err(Refusal::Bomb));
}
