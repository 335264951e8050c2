//! What a LaTeX paper hides in formulas and drawings, in the files beside its text, and in the names it gives to things.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{Blind, FindingKind, What};
use common::formats::{clean, counted};
use common::{png_with_comment, unzip, zip};

fn tex(preamble: &str, body: &str) -> Vec<u8> {
    format!("\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n")
        .into_bytes()
}

fn copy(blind: &Blind, name: &str) -> String {
    String::from_utf8(unzip(&blind.bytes).remove(name).unwrap_or_default()).unwrap()
}

#[test]
fn comments_in_formulas_and_drawings_go() {
    let body = "\\begin{align}\na &= 5\\% % of Northmoor\n% as the reviewer wants\n+ b\n\\end{align}\nand $x % secret\n+ y$.\n\\begin{tikzpicture}\n% drawn in the lab\n\\draw (0,0) -- (1,1); % by hand\n\\node at (1,1) {\\includegraphics[width=1cm]{/home/tq/logo.png}};\n\\end{tikzpicture}";
    let (_, blind) = clean(&tex("", body));
    let copy = String::from_utf8(blind.bytes.clone()).unwrap();
    for gone in [
        "of Northmoor",
        "reviewer",
        "secret",
        "the lab",
        "by hand",
        "/home",
    ] {
        assert!(!copy.contains(gone), "{gone}: {copy}");
    }
    for kept in [
        "a &= 5\\% %\n+ b",
        "$x %\n+ y$",
        "\\draw (0,0) -- (1,1); %\n",
        "{\\includegraphics[width=1cm]{logo.png}}",
    ] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
    assert_eq!(
        (counted(&blind, What::Comments), counted(&blind, What::Paths)),
        (5, 1)
    );
}

#[test]
fn a_bibliography_inside_the_source_is_cleaned_as_one() {
    let bib = "\\begin{filecontents*}[overwrite]{refs.bib}\nby me\n@article{marsh19,\n author = {Marsh, P.},\n file = {:/home/tq/a.pdf:PDF},\n owner = {tq}\n}\n\\end{filecontents*}";
    let (_, blind) = clean(&tex(bib, "Gulls \\cite{marsh19}."));
    let copy = String::from_utf8(blind.bytes).unwrap();
    assert!(
        copy.contains("{refs.bib}\n@article{marsh19,\n author = {Marsh, P.}}\n\\end{filecontents*}"),
        "{copy}"
    );
}

#[test]
fn files_beside_the_text_lose_their_makers() {
    let main = tex(
        "\\usepackage{tides}\\bibliographystyle{gulls}",
        "\\lstinputlisting{code/run.py}\\lstinputlisting{code/fit.R}",
    );
    let files = [
        ("main.tex", main),
        (
            "tides.sty",
            b"% Copyright 2020 the Northmoor lab\n\\ProvidesPackage{tides} % written at home\n\\newcommand{\\site}{https://tides-lab.example.org/x}\n".to_vec(),
        ),
        (
            "gulls.bst",
            b"% by the lab\nFUNCTION {a} { \"% kept\" write$ }\n".to_vec(),
        ),
        (
            "code/run.py",
            b"#!/usr/bin/env python\n# Author: T. Q. of the lab\n__author__ = \"tq\"\n# counts the gulls\nx = 1  # y\n# for Tamsin Quillfeather\n".to_vec(),
        ),
        ("code/fit.R", b"# (c) 2020 the lab\n#' counts\nf <- 1\n".to_vec()),
    ];
    let (_, blind) = clean(&zip(&files));
    assert_eq!(
        copy(&blind, "tides.sty"),
        "\\ProvidesPackage{tides} %\n\\newcommand{\\site}{https://tides-lab.example.org/x}\n"
    );
    assert_eq!(copy(&blind, "gulls.bst"), "FUNCTION {a} { \"% kept\" write$ }\n");
    assert_eq!(
        copy(&blind, "code/run.py"),
        "#!/usr/bin/env python\n# counts the gulls\nx = 1  # y\n"
    );
    assert_eq!(copy(&blind, "code/fit.R"), "#' counts\nf <- 1\n");
    let asked = |kind| blind.report.findings.iter().any(|f| f.kind == kind);
    assert!(asked(FindingKind::Address), "{:?}", blind.report.findings);
}

#[test]
fn files_are_used_where_a_path_names_them() {
    let body = "All results, notes and data are below; see the photo.\n\\includegraphics{figs/tides}\\includegraphics[width=2cm]{plot-1}\\mygraph{big}{chart}\n\\pgfplotstableread{run.dat}\\table and gulls.csv.";
    let mut files = vec![("main.tex", tex("", body))];
    for name in [
        "figs/tides.png",
        "plot-1.png",
        "chart.png",
        "photo.png",
        "results.png",
        "1.png",
    ] {
        files.push((name, png_with_comment("x")));
    }
    for name in ["run.dat", "gulls.csv", "notes.txt", "data.csv"] {
        files.push((name, b"a b\n".to_vec()));
    }
    let (_, blind) = clean(&zip(&files));
    let names: Vec<String> = unzip(&blind.bytes).into_keys().collect();
    assert_eq!(
        names,
        [
            "chart.png",
            "figs/tides.png",
            "gulls.csv",
            "main.tex",
            "plot-1.png",
            "run.dat"
        ]
    );
}

#[test]
fn macros_named_after_somebody_get_other_names() {
    let preamble =
        "\\newcommand{\\quillfeather}[1]{\\textbf{#1}}\\def\\byQuillfeather{x}\\newcommand*\\gull{y}";
    let (text, blind) = clean(&tex(
        preamble,
        "By \\quillfeather{hand} \\byQuillfeather{} \\gull{}.",
    ));
    let copy = String::from_utf8(blind.bytes).unwrap();
    assert!(
        copy.contains("\\newcommand{\\macroab}[1]{\\textbf{#1}}\\def\\macroaa{x}\\newcommand*\\gull{y}")
            && copy.contains("By \\macroab{hand} \\macroaa{} \\gull{}."),
        "{copy}"
    );
    assert!(text.starts_with("By hand"), "{text}");
}
