//! Kinds of macros and environments, by what their arguments are: no text, a heading, a paragraph of their own.

/// Macros whose arguments are no text: how many.
pub(super) fn silent(name: &str) -> Option<usize> {
    Some(match name {
        "label" | "ref" | "eqref" | "cref" | "Cref" | "autoref" | "pageref" | "nameref" | "vref"
        | "usepackage" | "documentclass" | "RequirePackage" | "bibliographystyle" | "vspace" | "hspace"
        | "pagestyle" | "thispagestyle" | "pagenumbering" | "input" | "include" | "includegraphics"
        | "bibliography" | "addbibresource" | "graphicspath" | "usetikzlibrary" | "hypersetup" | "lstset"
        | "captionsetup" | "geometry" | "linespread" | "selectlanguage" | "textcolor" | "color"
        | "colorbox" | "newcounter" | "stepcounter" | "refstepcounter" | "pgfplotsset" | "tikzset"
        | "sisetup" | "theoremstyle" | "setmainfont" | "setCJKmainfont" | "setsansfont" | "setmonofont"
        | "newif" | "href" | "includepdf" | "includesvg" | "ccsdesc" | "definecolor@" | "hyphenation"
        | "lstinputlisting" | "verbatiminput" | "subfile" | "cline" | "cmidrule" | "nocite"
        | "counterwithin" | "urlstyle" | "setcitestyle" | "bibpunct" | "hangindent" | "resizebox@"
        | "externaldocument" | "acmConference@" | "acmDOI" | "acmISBN" | "documentstyle" => 1,
        "setlength" | "addtolength" | "setcounter" | "addtocounter" | "newlength@" | "rule" | "resizebox"
        | "fontsize" | "multirow" | "multicolumn" | "scalebox@" | "pagecolor@" | "numberwithin"
        | "rowcolors@" | "raisebox@" | "addcontentsline@" => 2,
        "definecolor" => 3,
        "scalebox" | "raisebox" | "rotatebox" | "parbox" | "cellcolor" | "rowcolor" | "pagecolor"
        | "hspace*" => 1,
        name if is_cite(name) => 1,
        _ => return None,
    })
}

pub(super) fn is_cite(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with("cite")
        || lower.ends_with("cite")
        || lower.ends_with("cites")
        || lower.starts_with("citep")
        || lower.starts_with("citet")
}

/// Environments whose first arguments are no text.
pub(super) fn silent_begin(name: &str) -> usize {
    match name.trim_end_matches('*') {
        "tabular" | "array" | "minipage" | "thebibliography" | "multicols" | "longtable" | "adjustbox"
        | "spacing" | "subfigure" | "subtable" | "supertabular" | "minted" | "tabbing" => 1,
        "tabularx" | "tabulary" | "CJK" | "wrapfigure" | "list" => 2,
        _ => 0,
    }
}

pub(super) fn is_table(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "tabular"
            | "tabularx"
            | "tabulary"
            | "longtable"
            | "supertabular"
            | "tblr"
            | "xltabular"
            | "longtblr"
    )
}

pub(super) fn heading(name: &str) -> Option<u8> {
    Some(match name {
        "part" | "chapter" | "title" | "Title" => 1,
        "section" | "bmhead" | "section*" => 2,
        "subsection" => 3,
        "subsubsection" => 4,
        "paragraph" => 5,
        "subparagraph" => 6,
        _ => return None,
    })
}

/// Macros whose argument is a paragraph of its own.
pub(super) fn apart(name: &str) -> bool {
    matches!(
        name,
        "caption"
            | "abstract"
            | "keywords"
            | "keyword"
            | "subtitle"
            | "Abstract"
            | "captionof"
            | "subcaption"
            | "newcommand"
            | "renewcommand"
            | "providecommand"
            | "def"
            | "gdef"
            | "DeclareMathOperator"
            | "newtheorem"
            | "highlights"
            | "dataavailability"
            | "institutionalreview"
            | "informedconsent"
            | "titlerunning"
            | "shorttitle"
            | "runningtitle"
            | "markright"
    )
}

pub(super) fn running(name: &str) -> bool {
    matches!(
        name,
        "lhead"
            | "rhead"
            | "chead"
            | "lfoot"
            | "cfoot"
            | "rfoot"
            | "fancyhead"
            | "fancyfoot"
            | "ihead"
            | "ohead"
            | "ifoot"
            | "ofoot"
            | "markright"
            | "lehead"
            | "cehead"
            | "rehead"
            | "lohead"
            | "cohead"
            | "rohead"
            | "lefoot"
            | "cefoot"
            | "refoot"
            | "lofoot"
            | "cofoot"
            | "rofoot"
            | "lefthead"
            | "righthead"
    )
}
