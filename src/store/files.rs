//! Files of a manuscript: the sealed original, and the blind copy that reviewers get.

use bauta_strip::Report;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use serde::{Deserialize, Serialize};

use super::access::{AsOffice, Purpose};
use super::blobs::Taken;
use super::case::Case;
use super::entity::{file, job};
use super::{Fault, Store};
use crate::seal::Cell;

const TERMS: AsOffice = AsOffice(Purpose::Terms);

/// What a file is to its manuscript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileRole {
    /// The manuscript itself.
    Manuscript,
    /// A figure.
    Figure,
    /// A supplement.
    Supplement,
    /// An office paper: of any format, sealed, never stripped, never shown to a reviewer.
    Office,
    /// A reviewer's attachment.
    Attachment,
}

impl FileRole {
    /// The roles an author uploads.
    pub const AUTHORS: [FileRole; 4] = [
        FileRole::Manuscript,
        FileRole::Figure,
        FileRole::Supplement,
        FileRole::Office,
    ];

    /// The name that is stored, posted and that translations are looked up by.
    pub const fn key(self) -> &'static str {
        match self {
            FileRole::Manuscript => "manuscript",
            FileRole::Figure => "figure",
            FileRole::Supplement => "supplement",
            FileRole::Office => "office",
            FileRole::Attachment => "attachment",
        }
    }

    /// The role of a name.
    pub fn from_key(key: &str) -> Option<FileRole> {
        [FileRole::Attachment]
            .into_iter()
            .chain(FileRole::AUTHORS)
            .find(|role| role.key() == key)
    }

    /// Whether reviewers get a blind copy of it.
    pub const fn is_blinded(self) -> bool {
        !matches!(self, FileRole::Office)
    }
}

/// A file's report with what the author said about its findings. Sealed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FileReport {
    /// What was removed and what is suspicious.
    pub report: Report,
    /// Keys of findings that the author says are no identity.
    pub kept: Vec<String>,
    /// Words that the author wants removed.
    pub removed: Vec<String>,
}

impl FileReport {
    fn open(&self) -> i32 {
        self.report
            .findings
            .iter()
            .filter(|f| !self.kept.contains(&f.key) && !self.removed.contains(&f.matched))
            .count() as i32
    }

    /// Keeps what the author kept as no identity in the file beside this one. Words say the same in each of them; what
    /// nobody has read does not.
    fn keep_as(&mut self, beside: &FileReport) {
        let known = beside.kept.iter();
        let same = known.filter(|key| {
            let found = self.report.findings.iter().find(|f| f.key == **key);
            found.is_some_and(|f| f.kind.can_go())
        });
        let new: Vec<String> = same.filter(|key| !self.kept.contains(key)).cloned().collect();
        self.kept.extend(new);
    }
}

/// A file as the rules need it; no name that a person chose.
#[derive(Clone, Debug, Serialize)]
pub struct FileFacts {
    /// The row.
    pub id: i64,
    /// What it is.
    pub role: String,
    /// Which of the journal's papers it is, for an office paper; empty for another one.
    pub paper: String,
    /// The round it belongs to.
    pub round: i32,
    /// The neutral name, such as `figure-2.png`.
    pub name: String,
    /// The recognised format, or empty.
    pub format: String,
    /// Size of the original in bytes.
    pub size: i64,
    /// `waiting`, `blind`, `refused` or `sealed` (an office paper).
    pub state: String,
    /// Why there is no blind copy: a key of translations.
    pub refusal: String,
    /// Findings that wait for the author.
    pub open_findings: i32,
}

/// A blind copy's bytes with how to serve them.
#[derive(Clone, Debug)]
pub struct BlindFile {
    /// The neutral name.
    pub name: String,
    /// The blob.
    pub(crate) blob: String,
    /// The format.
    pub format: String,
    /// Size in bytes.
    pub size: u64,
}

fn file_cell(id: i64) -> Cell {
    Cell::new("file", "sealed", id)
}

fn report_cell(id: i64) -> Cell {
    Cell::new("file", "report", id)
}

pub(super) fn facts(row: &file::Model) -> FileFacts {
    FileFacts {
        id: row.id,
        role: row.role.clone(),
        paper: row.paper.clone(),
        round: row.round,
        name: row.name.clone(),
        format: row.format.clone(),
        size: row.size,
        state: row.state.clone(),
        refusal: row.refusal.clone(),
        open_findings: row.open_findings,
    }
}

impl Store {
    pub(super) async fn file_rows(
        &self,
        conn: &impl ConnectionTrait,
        manuscript: i64,
    ) -> Result<Vec<file::Model>, Fault> {
        Ok(file::Entity::find()
            .filter(file::Column::ManuscriptId.eq(manuscript))
            .order_by_asc(file::Column::Round)
            .order_by_asc(file::Column::Position)
            .all(conn)
            .await?)
    }

    pub(super) fn file_report(&self, row: &file::Model) -> Result<FileReport, Fault> {
        if row.report.is_empty() {
            return Ok(FileReport::default());
        }
        self.vault.open_for(&TERMS, report_cell(row.id), &row.report)
    }

    /// The keys of the findings of a file that wait for the author.
    pub async fn open_findings(
        &self,
        proof: &super::access::AsAuthor,
        file: i64,
    ) -> Result<Vec<String>, Fault> {
        let row = file::Entity::find_by_id(file)
            .filter(file::Column::ManuscriptId.eq(proof.manuscript()))
            .one(&self.db.read)
            .await?;
        let Some(row) = row else { return Ok(Vec::new()) };
        let report = self.file_report(&row)?;
        let open = report
            .report
            .findings
            .iter()
            .filter(|f| !report.kept.contains(&f.key));
        Ok(open.map(|f| f.key.clone()).collect())
    }
}

/// An uploaded file on its way into a manuscript.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// What it is.
    pub role: FileRole,
    /// The round it belongs to.
    pub round: i32,
    /// The sealed bytes.
    pub taken: &'a Taken,
    /// The recognised format's extension, or empty.
    pub format: &'a str,
    /// Why there can be no blind copy, or empty.
    pub refusal: &'a str,
    /// The name it had with its owner; sealed.
    pub original: &'a str,
    /// The reviewer's assignment, for an attachment.
    pub assignment: Option<i64>,
    /// Which of the journal's papers it is, for an office paper, or empty.
    pub paper: &'a str,
}

impl Case<'_> {
    /// The files of the manuscript.
    pub async fn files(&self) -> Result<Vec<FileFacts>, Fault> {
        Ok(self
            .store
            .file_rows(&self.txn, self.row.id)
            .await?
            .iter()
            .map(facts)
            .collect())
    }

    /// The attachments of a reviewer to the review of this round.
    pub async fn attachments(&self, assignment: i64) -> Result<Vec<FileFacts>, Fault> {
        let rows = self.store.file_rows(&self.txn, self.row.id).await?;
        Ok(rows
            .iter()
            .filter(|r| r.assignment_id == Some(assignment) && r.round == self.row.round)
            .map(facts)
            .collect())
    }

    /// Adds an uploaded file to a round; a blinded one waits for the stripper. Returns its row.
    pub async fn add_file(&self, new: &NewFile<'_>) -> Result<i64, Fault> {
        let NewFile {
            role,
            round,
            taken,
            format,
            refusal,
            original,
            assignment,
            paper,
        } = *new;
        let id = self.store.vault.id("file");
        let rows = self.store.file_rows(&self.txn, self.row.id).await?;
        let same = rows
            .iter()
            // A reviewer's are counted alone: the number of one must not tell of another's.
            .filter(|r| r.role == role.key() && r.round == round && r.assignment_id == assignment)
            .map(|r| r.position)
            .max()
            .unwrap_or(0);
        let position = same + 1;
        let name = match role {
            FileRole::Manuscript => "manuscript".to_owned(),
            other => format!("{}-{position}", other.key()),
        };
        let name = if format.is_empty() {
            name
        } else {
            format!("{name}.{format}")
        };
        let state = if !role.is_blinded() {
            "sealed"
        } else if refusal.is_empty() {
            "waiting"
        } else {
            "refused"
        };
        let row = file::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            assignment_id: Set(assignment),
            round: Set(round),
            role: Set(role.key().to_owned()),
            paper: Set(paper.to_owned()),
            position: Set(position),
            name: Set(name),
            format: Set(format.to_owned()),
            size: Set(taken.size as i64),
            state: Set(state.to_owned()),
            refusal: Set(refusal.to_owned()),
            blob: Set(taken.name.clone()),
            blind_blob: Set(String::new()),
            blind_size: Set(0),
            content_tag: Set(self.store.vault.content_tag(&taken.digest)),
            open_findings: Set(0),
            sealed: Set(self.store.vault.seal(file_cell(id), &original)?),
            report: Set(Vec::new()),
        };
        file::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        if state == "waiting" {
            self.queue_strip(id).await?;
        }
        Ok(id)
    }

    async fn queue_strip(&self, file: i64) -> Result<(), Fault> {
        job::Entity::delete_many()
            .filter(job::Column::FileId.eq(file))
            .exec(&self.txn)
            .await?;
        let row = job::ActiveModel {
            id: Set(self.store.vault.id("job")),
            file_id: Set(file),
            state: Set("queued".to_owned()),
            attempts: Set(0),
            run_at: Set(self.now.as_microsecond()),
            lease_until: Set(0),
            error: Set(String::new()),
        };
        job::Entity::insert(row).exec_without_returning(&self.txn).await?;
        Ok(())
    }

    /// Takes a file of a round away that is the authors', or one reviewer's; returns the names of its blobs, to be removed after
    /// the commit.
    pub async fn remove_file(
        &self,
        id: i64,
        round: i32,
        assignment: Option<i64>,
    ) -> Result<Option<[String; 2]>, Fault> {
        let row = file::Entity::find_by_id(id)
            .filter(file::Column::ManuscriptId.eq(self.row.id))
            .filter(file::Column::Round.eq(round))
            .one(&self.txn)
            .await?
            .filter(|row| row.assignment_id == assignment);
        let Some(row) = row else { return Ok(None) };
        job::Entity::delete_many()
            .filter(job::Column::FileId.eq(id))
            .exec(&self.txn)
            .await?;
        file::Entity::delete_by_id(id).exec(&self.txn).await?;
        Ok(Some([row.blob, row.blind_blob]))
    }

    /// Strips the authors' files of a round again: what must go out has changed.
    pub async fn strip_again(&self, round: i32) -> Result<(), Fault> {
        self.strip_again_of(round, None).await
    }

    /// Strips the files of a round again that are the authors', or one reviewer's.
    async fn strip_again_of(&self, round: i32, assignment: Option<i64>) -> Result<(), Fault> {
        for row in self.store.file_rows(&self.txn, self.row.id).await? {
            if row.assignment_id != assignment {
                continue;
            }
            let again = row.round == round && matches!(row.state.as_str(), "waiting" | "blind")
                || row.refusal == "identity-remains";
            if again {
                file::Entity::update_many()
                    .col_expr(file::Column::State, Expr::value("waiting"))
                    .filter(file::Column::Id.eq(row.id))
                    .exec(&self.txn)
                    .await?;
                self.queue_strip(row.id).await?;
            }
        }
        Ok(())
    }

    /// Settles a finding in a file of a round that is the authors', or one reviewer's: kept as no identity, or its words removed
    /// (the file is stripped again). False if there is no such finding.
    pub async fn settle_finding(
        &self,
        id: i64,
        (round, assignment): (i32, Option<i64>),
        key: &str,
        keep: bool,
    ) -> Result<bool, Fault> {
        let row = file::Entity::find_by_id(id)
            .filter(file::Column::ManuscriptId.eq(self.row.id))
            .one(&self.txn)
            .await?
            .filter(|row| row.round == round && row.assignment_id == assignment);
        let Some(row) = row else { return Ok(false) };
        let mut report = self.store.file_report(&row)?;
        let Some(finding) = report.report.findings.iter().find(|f| f.key == key).cloned() else {
            return Ok(false);
        };
        // What nobody has read cannot be cut: its words here only say where it is.
        if !keep && !finding.kind.can_go() {
            return Ok(false);
        }
        if keep {
            report.kept.push(finding.key);
        } else {
            report.removed.push(finding.matched);
        }
        self.keep_report(id, &report).await?;
        if keep {
            for beside in self.store.file_rows(&self.txn, self.row.id).await? {
                if beside.id != id && beside.assignment_id == row.assignment_id {
                    let mut other = self.store.file_report(&beside)?;
                    let before = other.kept.len();
                    other.keep_as(&report);
                    if other.kept.len() > before {
                        self.keep_report(beside.id, &other).await?;
                    }
                }
            }
        } else {
            self.strip_again_of(row.round, row.assignment_id).await?;
        }
        Ok(true)
    }

    async fn keep_report(&self, id: i64, report: &FileReport) -> Result<(), Fault> {
        file::Entity::update_many()
            .col_expr(
                file::Column::Report,
                Expr::value(self.store.vault.seal(report_cell(id), report)?),
            )
            .col_expr(file::Column::OpenFindings, Expr::value(report.open()))
            .filter(file::Column::Id.eq(id))
            .exec(&self.txn)
            .await?;
        Ok(())
    }

    /// Whether the same bytes were submitted in another manuscript.
    pub async fn seen_elsewhere(&self, taken: &Taken) -> Result<bool, Fault> {
        let tag = self.store.vault.content_tag(&taken.digest);
        let found = file::Entity::find()
            .filter(file::Column::ContentTag.eq(tag))
            .filter(file::Column::ManuscriptId.ne(self.row.id))
            .one(&self.txn)
            .await?;
        Ok(found.is_some())
    }
}

/// What the stripper made of a file.
pub(crate) enum Stripped {
    /// A blind copy, whose blob is complete, with its report.
    Blind { blob: String, size: u64, report: Report },
    /// There is none, for a named reason.
    Refused(String),
}

impl Store {
    /// Keeps what the stripper made of a file, unless the file was taken away or queued again meanwhile.
    pub(crate) async fn keep_stripped(&self, job: i64, file: i64, result: Stripped) -> Result<(), Fault> {
        let txn = self.db.begin().await?;
        let mine = job::Entity::delete_many()
            .filter(job::Column::Id.eq(job))
            .exec(&txn)
            .await?
            .rows_affected
            == 1;
        let row = file::Entity::find_by_id(file).one(&txn).await?;
        let (Some(row), true) = (row, mine) else {
            txn.rollback().await?;
            if let Stripped::Blind { blob, .. } = &result {
                self.blobs.remove(blob);
            }
            return Ok(());
        };
        let update = file::Entity::update_many().filter(file::Column::Id.eq(file));
        let update = match result {
            Stripped::Blind { blob, size, report } => {
                let mut report = FileReport {
                    report,
                    ..self.file_report(&row)?
                };
                for beside in self.file_rows(&txn, row.manuscript_id).await? {
                    if beside.id != file && beside.assignment_id == row.assignment_id {
                        report.keep_as(&self.file_report(&beside)?);
                    }
                }
                update
                    .col_expr(file::Column::State, Expr::value("blind"))
                    .col_expr(file::Column::Refusal, Expr::value(""))
                    .col_expr(file::Column::BlindBlob, Expr::value(blob))
                    .col_expr(file::Column::BlindSize, Expr::value(size as i64))
                    .col_expr(file::Column::OpenFindings, Expr::value(report.open()))
                    .col_expr(
                        file::Column::Report,
                        Expr::value(self.vault.seal(report_cell(file), &report)?),
                    )
            }
            Stripped::Refused(reason) => update
                .col_expr(file::Column::State, Expr::value("refused"))
                .col_expr(file::Column::Refusal, Expr::value(reason))
                .col_expr(file::Column::BlindBlob, Expr::value("")),
        };
        update.exec(&txn).await?;
        txn.commit().await?;
        self.blobs.remove(&row.blind_blob);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{FileReport, Report};
    use bauta_strip::{Finding, FindingKind};

    #[test]
    fn words_kept_in_one_file_are_kept_in_the_other_and_pages_that_nobody_reads_are_not() {
        let report = |findings: &[(&str, FindingKind)]| FileReport {
            report: Report {
                findings: findings
                    .iter()
                    .map(|(key, kind)| Finding {
                        key: (*key).to_owned(),
                        kind: *kind,
                        place: "body".to_owned(),
                        excerpt: (*key).to_owned(),
                        matched: (*key).to_owned(),
                    })
                    .collect(),
                ..Report::default()
            },
            ..FileReport::default()
        };
        let both = [
            ("hospital", FindingKind::Institution),
            ("page-3", FindingKind::ScannedPage),
        ];
        let mut one = report(&both);
        one.kept = vec!["hospital".to_owned(), "page-3".to_owned()];
        let mut other = report(&[both[0], both[1], ("city", FindingKind::Institution)]);
        assert_eq!(other.open(), 3);
        other.keep_as(&one);
        assert_eq!(
            (other.kept.as_slice(), other.open()),
            (&["hospital".to_owned()][..], 2)
        );
        // Once more changes nothing, and what is not in the file is not kept there.
        other.keep_as(&one);
        assert_eq!(other.kept.len(), 1);
        let mut without = report(&[]);
        without.keep_as(&one);
        assert!(without.kept.is_empty());
    }
}
