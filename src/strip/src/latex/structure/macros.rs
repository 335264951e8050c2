//! Macros and environments that can only say who wrote it or who paid, by name.

use crate::model::What;

/// What becomes of a macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It goes with its arguments.
    Drop(usize, What),
    /// It stays with empty arguments, since classes ask for it.
    Empty(usize, What),
    /// Only its nth argument stays.
    Only(usize, usize, What),
}

pub(super) fn fate(name: &str) -> Option<Fate> {
    use What::{AuthorBlock, Comments, Properties, RunningHead, Section, TrackedChanges};
    Some(match name {
        "author" | "institute" | "name" | "names" | "authors" | "affiliations" => Fate::Empty(1, AuthorBlock),
        "date" => Fate::Empty(1, Properties),
        "thanks"
        | "email"
        | "emails"
        | "ead"
        | "corref"
        | "cortext"
        | "fntext"
        | "fnref"
        | "tnotetext"
        | "tnoteref"
        | "orcid"
        | "orcidlink"
        | "orcidID"
        | "orcidicon"
        | "correspondence"
        | "corresp"
        | "corrauth"
        | "corres"
        | "correspondingauthor"
        | "authornote"
        | "affil"
        | "affiliation"
        | "address"
        | "institution"
        | "additionalaffiliation"
        | "homepage"
        | "altaffiliation"
        | "collaboration"
        | "dedicatory"
        | "dedication"
        | "titlenote"
        | "subtitlenote"
        | "presentaddress"
        | "equalcont"
        | "firstnote"
        | "secondnote"
        | "thirdnote"
        | "fourthnote"
        | "authorinfo"
        | "authornames"
        | "AuthorNames"
        | "AuthorCitation"
        | "firstauthor"
        | "cormark"
        | "credit"
        | "advisor"
        | "supervisor"
        | "department"
        | "university"
        | "streetaddress"
        | "postcode"
        | "IEEEauthorblockN"
        | "IEEEauthorblockA"
        | "aistatsauthor"
        | "aistatsaddress"
        | "twitter"
        | "linkedin"
        | "speaker"
        | "phone"
        | "fax"
        | "authorfootnote"
        | "reprint"
        | "urladdr"
        | "curraddr"
        | "fnm"
        | "sur"
        | "orgdiv"
        | "orgname"
        | "orgaddress"
        | "affaddr"
        | "subauthor" => Fate::Drop(1, AuthorBlock),
        "icmlauthor" | "icmlaffiliation" | "icmlcorrespondingauthor" => Fate::Drop(2, AuthorBlock),
        "authorrunning" | "runauthor" | "shortauthor" | "shortauthors" | "leftauthor" | "AuthorRunning"
        | "authorhead" | "headauthor" | "runningauthor" | "runningauthors" | "runninghead" => {
            Fate::Drop(1, RunningHead)
        }
        "authormark" => Fate::Empty(1, RunningHead),
        "markboth" | "ShortHeadings" | "runningheads" => Fate::Empty(2, RunningHead),
        "authorcontributions"
        | "authorcontribution"
        | "funding"
        | "acks"
        | "conflictsofinterest"
        | "competinginterests"
        | "grantsponsor"
        | "grantnum"
        | "sponsor"
        | "biography"
        | "authorbiography"
        | "fundinginfo"
        | "fundingagency" => Fate::Drop(1, Section),
        "pdfinfo"
        | "gitAuthorName"
        | "gitAuthorEmail"
        | "gitCommitterName"
        | "definechangesauthor"
        | "svnauthor"
        | "svnid"
        | "RCS"
        | "pdfcatalog"
        | "hypersetupauthor" => Fate::Drop(1, Properties),
        "todo" | "listoftodos" | "missingfigure" | "todoi" | "fixme" | "fxnote" | "fxwarning" | "fxerror"
        | "pdfcomment" | "marginnote" | "pdfmargincomment" | "pdfmarkupcomment" => Fate::Drop(1, Comments),
        "deleted" => Fate::Drop(1, TrackedChanges),
        "added" | "highlight" => Fate::Only(1, 0, TrackedChanges),
        "replaced" => Fate::Only(2, 0, TrackedChanges),
        "iclrfinalcopy" | "cvprfinalcopy" | "iccvfinalcopy" | "eccvfinalcopy" | "aclfinalcopy"
        | "naaclfinalcopy" | "cameraready" | "noaffiliation" => Fate::Drop(0, Properties),
        _ => return None,
    })
}

/// Environments that can only say who wrote it or who paid.
pub(super) fn is_identity_environment(name: &str) -> Option<What> {
    Some(match name.trim_end_matches('*').to_lowercase().as_str() {
        "acknowledgement"
        | "acknowledgements"
        | "acknowledgment"
        | "acknowledgments"
        | "acks"
        | "ack"
        | "funding"
        | "authorcontributions"
        | "contributions"
        | "contributors"
        | "credits"
        | "dedication"
        | "conflictofinterest"
        | "fundinginformation" => What::Section,
        "biography"
        | "ieeebiography"
        | "ieeebiographynophoto"
        | "authorbio"
        | "icmlauthorlist"
        | "authorinfo"
        | "authorlist"
        | "authorgroup" => What::AuthorBlock,
        _ => return None,
    })
}

/// Whether a macro without argument begins a section of thanks.
pub(crate) fn is_thanks(name: &str) -> bool {
    matches!(
        name,
        "acknowledgments" | "acknowledgements" | "acknowledgment" | "acknowledgement" | "ack"
    )
}
