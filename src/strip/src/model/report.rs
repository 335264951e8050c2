//! What was removed from a file, and what is left to settle.

use serde::{Deserialize, Serialize};

/// What kind of thing was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// An author's name in any spelling.
    Name,
    /// An e-mail address.
    Email,
    /// An ORCID.
    Orcid,
    /// An institution an author works at.
    Affiliation,
    /// A funding, ethics, trial or telephone number, or an account.
    Number,
    /// A word the author asked to remove.
    Term,
    /// The lines between title and abstract that say who wrote it.
    AuthorBlock,
    /// A section that can only be identity and is none of those below: correspondence, dates of receipt, a server's stamp.
    Section,
    /// Who paid.
    Funding,
    /// Who did what.
    Contributions,
    /// Conflicts of interest.
    Conflicts,
    /// Thanks.
    Acknowledgements,
    /// Who the authors are.
    Biography,
    /// A running head that names an author.
    RunningHead,
    /// Document properties and other metadata.
    Properties,
    /// Comments.
    Comments,
    /// Tracked changes, now resolved.
    TrackedChanges,
    /// Revision and paragraph ids that tie files of one author together.
    RevisionIds,
    /// Parts of the file that are not shown.
    HiddenParts,
    /// Files inside the file.
    Attachments,
    /// Scripts and actions.
    Scripts,
    /// Metadata inside pictures.
    PictureMetadata,
    /// Earlier states of the file kept inside it.
    EarlierRevisions,
    /// Links that lead to a person or a private place.
    Links,
    /// Field codes, replaced by what they show.
    Fields,
    /// Paths and file names.
    Paths,
}

/// Something taken out, how often, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The kind.
    pub what: What,
    /// A neutral key: `page:3`, `document`, `body`, `header`, `footer`, `footnotes`, `properties`, `pictures`.
    #[serde(rename = "where", alias = "place")]
    pub place: String,
    /// How many times.
    pub count: u32,
}

/// What kind of thing the author should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Own work cited in the first person.
    SelfCitation,
    /// An entry of the reference list that shares an author.
    OwnReference,
    /// Own work in press or unpublished.
    InPress,
    /// A named hospital, university or committee.
    Institution,
    /// An author's initials.
    Initials,
    /// A code or data address, a web page.
    Address,
    /// A picture, whose pixels nobody has read.
    Picture,
    /// Text whose letters the file does not tell.
    UndecodableText,
    /// A page that is only a picture.
    ScannedPage,
    /// A name that the form does not list.
    PossibleName,
    /// A sentence that says who paid, in the midst of the text.
    Funding,
    /// A sentence that says who of the authors did what.
    Contributions,
    /// A sentence about the authors' interests.
    Conflicts,
    /// A statement of ethics or consent, which names a committee, a hospital or a number.
    Ethics,
    /// How many places beyond those that are listed there are: a list of hundreds would not be read.
    More,
}

impl FindingKind {
    /// Whether its words can be taken out. What no words say, a picture or letters without a meaning, can only be looked at, or
    /// sent anew.
    pub fn can_go(self) -> bool {
        !matches!(
            self,
            FindingKind::Picture
                | FindingKind::UndecodableText
                | FindingKind::ScannedPage
                | FindingKind::More
        )
    }
}

/// Something that might betray an author and is the author's to settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable: the same input and identity give the same key. Put it into [`Identity::keep`](super::Identity::keep) to keep the words.
    pub key: String,
    /// The kind.
    pub kind: FindingKind,
    /// Where, as in [`Removed::place`].
    #[serde(rename = "where", alias = "place")]
    pub place: String,
    /// The words with what stands around them, at most 160 characters.
    pub excerpt: String,
    /// The very words; adding them to [`Identity::terms`](super::Identity::terms) removes them.
    pub matched: String,
}

/// What was done to a file and what is left to settle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was taken out, sorted by place and kind.
    pub removed: Vec<Removed>,
    /// What the author should look at.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Counts something taken out, adding to an entry of the same kind and place.
    pub(crate) fn add(&mut self, what: What, place: &str, count: usize) {
        if count == 0 {
            return;
        }
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        match self
            .removed
            .iter_mut()
            .find(|r| r.what == what && r.place == place)
        {
            Some(entry) => entry.count = entry.count.saturating_add(count),
            None => self.removed.push(Removed {
                what,
                place: place.to_owned(),
                count,
            }),
        }
    }
}
