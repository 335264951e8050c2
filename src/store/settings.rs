//! What the office sets: the journal's figures, its pages and letters. Kept as rows, held in memory as one value that is
//! swapped when a row changes, in this process or another.

use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};

use super::access::{AsChief, Denied, Who};
use super::entity::{office_event, setting};
use super::{Fault, Journal, Store};
use crate::domain::figures;
use crate::domain::journal::{About, Both, Entry, List, Pages};
use crate::domain::person::Lang;
use crate::domain::rules::Rules;
use crate::letters::{ALL_KINDS, Mail, StoodIn};
use crate::seal::Cell;

/// The row that counts the changes.
const COUNTER: &str = "version";

/// Everything that is set, as it stands now. A transaction keeps the one it began with.
#[derive(Debug)]
pub(crate) struct Current {
    pub version: i64,
    pub rules: Arc<Rules>,
    pub journal: Arc<Journal>,
    pub pages: Arc<Pages>,
    pub mail: Arc<Mail>,
    rows: BTreeMap<String, setting::Model>,
}

/// What can be set; each is one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The journal's figures and its calendar.
    Rules,
    /// Name and ISSN.
    About,
    /// One of the lists.
    List(List),
    /// A text of the journal in one language.
    Text(Lang, String),
    /// A letter's template in one language.
    Letter(Lang, String),
}

impl Subject {
    /// The row's key.
    pub fn key(&self) -> String {
        match self {
            Subject::Rules => "rules".to_owned(),
            Subject::About => "about".to_owned(),
            Subject::List(list) => format!("list/{}", list.key()),
            Subject::Text(lang, page) => format!("text/{}/{page}", lang.tag()),
            Subject::Letter(lang, kind) => format!("letter/{}/{kind}", lang.tag()),
        }
    }

    /// What a row's key stands for.
    pub fn from_key(key: &str) -> Option<Subject> {
        let mut parts = key.splitn(3, '/');
        match (parts.next()?, parts.next(), parts.next()) {
            ("rules", None, None) => Some(Subject::Rules),
            ("about", None, None) => Some(Subject::About),
            ("list", Some(list), None) => List::from_key(list).map(Subject::List),
            ("text", Some(lang), Some(page)) => Some(Subject::Text(Lang::from_tag(lang)?, page.to_owned())),
            ("letter", Some(lang), Some(kind)) => {
                Some(Subject::Letter(Lang::from_tag(lang)?, kind.to_owned()))
            }
            _ => None,
        }
    }
}

/// What the log of the office keeps of an event, sealed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OfficeEventBody {
    pub actor: Option<i64>,
    /// The account that it was done to.
    pub about: Option<i64>,
    pub before: String,
    pub after: String,
}

/// A line of the log of changes.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    /// When (microseconds).
    pub at: jiff::Timestamp,
    /// Who, by name in both languages.
    pub who: [String; 2],
    /// What was set.
    pub subject: Subject,
    /// The row's body before; empty for the default.
    pub before: String,
    /// After; empty for the default.
    pub after: String,
}

impl Current {
    pub(super) fn build(initial: &(Rules, Journal), rows: Vec<setting::Model>) -> Current {
        let rows: BTreeMap<String, setting::Model> = rows.into_iter().map(|r| (r.key.clone(), r)).collect();
        let version = rows.get(COUNTER).map_or(0, |row| row.version);
        let (mut rules, mut journal) = initial.clone();
        let mut pages = crate::words::journal::first_pages();
        pages.about.name = Both {
            zh: journal.name_zh.clone(),
            en: journal.name_en.clone(),
        };
        let mut letters = Vec::new();
        for row in rows.values().filter(|row| !row.body.is_empty()) {
            match Subject::from_key(&row.key) {
                Some(Subject::Rules) => rules = figures::over(&rules, &row.body),
                Some(Subject::About) => {
                    pages.about =
                        serde_json::from_str::<About>(&row.body).unwrap_or_else(|_| pages.about.clone());
                }
                Some(Subject::List(list)) => {
                    if let Ok(entries) = serde_json::from_str::<Vec<Entry>>(&row.body) {
                        pages.set_list(list, entries);
                    }
                }
                Some(Subject::Text(lang, page)) => pages.set_text(lang, &page, row.body.clone()),
                Some(Subject::Letter(lang, kind)) => letters.push(((lang, kind), row.body.clone())),
                None => {}
            }
        }
        journal.name_zh.clone_from(&pages.about.name.zh);
        journal.name_en.clone_from(&pages.about.name.en);
        Current {
            version,
            rules: Arc::new(rules),
            journal: Arc::new(journal),
            pages: Arc::new(pages),
            mail: Arc::new(Mail::with(letters)),
            rows,
        }
    }
}

impl Store {
    pub(crate) fn current(&self) -> Arc<Current> {
        let current = self.current.read();
        current.unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The journal's figures as they stand now.
    pub fn rules(&self) -> Arc<Rules> {
        self.current().rules.clone()
    }

    /// The journal's names and the site's address as they stand now.
    pub fn journal(&self) -> Arc<Journal> {
        self.current().journal.clone()
    }

    /// The journal's name in a language, as it stands now.
    pub fn journal_name(&self, lang: Lang) -> String {
        let journal = self.journal();
        match lang {
            Lang::Zh => journal.name_zh.clone(),
            Lang::En => journal.name_en.clone(),
        }
    }

    /// The journal's lists and texts as they stand now.
    pub fn pages(&self) -> Arc<Pages> {
        self.current().pages.clone()
    }

    /// The letters' templates as they stand now.
    pub fn mail(&self) -> Arc<Mail> {
        self.current().mail.clone()
    }

    /// Reads the settings again if somebody, perhaps another process, has changed them.
    pub async fn refresh_settings(&self) -> Result<(), Fault> {
        let version: Option<i64> = setting::Entity::find_by_id(COUNTER)
            .select_only()
            .column(setting::Column::Version)
            .into_tuple()
            .one(&self.db.read)
            .await?;
        if version != Some(self.current().version) {
            self.load_settings().await?;
        }
        Ok(())
    }

    pub(super) async fn load_settings(&self) -> Result<(), Fault> {
        let rows = setting::Entity::find().all(&self.db.read).await?;
        let fresh = Arc::new(Current::build(&self.initial, rows));
        let mut current = self
            .current
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // Two reads may cross; the later state stays.
        if fresh.version >= current.version {
            *current = fresh;
        }
        Ok(())
    }

    /// The version of one setting; forms carry it.
    pub fn setting_version(&self, subject: &Subject) -> i64 {
        let current = self.current();
        current.rows.get(&subject.key()).map_or(0, |row| row.version)
    }

    /// What is stored for a setting; empty while the default stands.
    pub fn setting_body(&self, subject: &Subject) -> String {
        let current = self.current();
        current
            .rows
            .get(&subject.key())
            .map(|row| row.body.clone())
            .unwrap_or_default()
    }

    /// Puts the journal's figures; only what differs from the program's settings is stored.
    pub async fn set_rules(&self, proof: &AsChief, version: i64, rules: &Rules) -> Result<bool, Denied> {
        let body = figures::difference(&self.initial.0, rules).to_string();
        let body = if body == "{}" { String::new() } else { body };
        self.set(proof, &Subject::Rules, version, &body).await
    }

    /// Puts a setting, by somebody who is still the editor-in-chief; an empty body is the default. False if somebody else
    /// changed it meanwhile. What changed, and by whom, is in the log.
    pub async fn set(
        &self,
        proof: &AsChief,
        subject: &Subject,
        version: i64,
        body: &str,
    ) -> Result<bool, Denied> {
        let txn = self.db.begin().await?;
        let who = self
            .who_of(&txn, proof.who().account())
            .await?
            .ok_or(Denied::NotFound)?;
        if !who.roles().chief() {
            return Err(Denied::NotFound);
        }
        let key = subject.key();
        let counter = setting::Entity::find_by_id(COUNTER)
            .lock_exclusive()
            .one(&txn)
            .await?
            .ok_or_else(|| Fault::Value("the settings' counter is missing".into()))?;
        let old = setting::Entity::find_by_id(key.clone()).one(&txn).await?;
        if old.as_ref().map_or(0, |row| row.version) != version {
            return Ok(false);
        }
        let before = old.map(|row| row.body).unwrap_or_default();
        if before == body {
            return Ok(true);
        }
        put(&txn, &key, body, counter.version + 1).await?;
        put(&txn, COUNTER, "", counter.version + 1).await?;
        if let Subject::Letter(lang, kind) = subject {
            put(&txn, &fault_key(*lang, kind), "", counter.version + 1).await?;
        }
        let event = OfficeEventBody {
            actor: Some(who.account()),
            about: None,
            before,
            after: body.to_owned(),
        };
        self.note(&txn, "setting", &key, &event).await?;
        txn.commit().await?;
        self.load_settings().await?;
        self.bell.notify_one();
        Ok(true)
    }

    pub(super) async fn note(
        &self,
        conn: &impl ConnectionTrait,
        kind: &str,
        subject: &str,
        body: &OfficeEventBody,
    ) -> Result<(), Fault> {
        let id = self.vault.id("office_event");
        let row = office_event::ActiveModel {
            id: Set(id),
            at: Set(self.clock.now().as_microsecond()),
            kind: Set(kind.to_owned()),
            subject: Set(subject.to_owned()),
            sealed: Set(self.vault.seal(Cell::new("office_event", "sealed", id), body)?),
        };
        office_event::Entity::insert(row)
            .exec_without_returning(conn)
            .await?;
        Ok(())
    }

    /// The log of changes, the latest first; of one subject, if given.
    pub async fn changes(
        &self,
        proof: &AsChief,
        subject: Option<&Subject>,
        limit: u64,
    ) -> Result<Vec<ChangeLine>, Fault> {
        let mut find = office_event::Entity::find().filter(office_event::Column::Kind.eq("setting"));
        if let Some(subject) = subject {
            find = find.filter(office_event::Column::Subject.eq(subject.key()));
        }
        let rows = find
            .order_by_desc(office_event::Column::At)
            .order_by_desc(office_event::Column::Id)
            .limit(limit)
            .all(&self.db.read)
            .await?;
        let mut found = Vec::new();
        for row in rows {
            let cell = Cell::new("office_event", "sealed", row.id);
            let body: OfficeEventBody = self.vault.open_for(proof, cell, &row.sealed)?;
            if let Some(subject) = Subject::from_key(&row.subject) {
                found.push((row.at, subject, body));
            }
        }
        let actors: Vec<i64> = found.iter().filter_map(|(_, _, body)| body.actor).collect();
        let names = self.names_of(&actors).await?;
        let line = |(at, subject, body): (i64, Subject, OfficeEventBody)| {
            let who = body.actor.and_then(|id| names.get(&id));
            ChangeLine {
                at: super::rows::instant(at),
                who: who.map(|n| [n.zh.clone(), n.en.clone()]).unwrap_or_default(),
                subject,
                before: body.before,
                after: body.after,
            }
        };
        Ok(found.into_iter().map(line).collect())
    }

    /// The rules that a stored body of the log stood for.
    pub fn rules_of(&self, body: &str) -> Rules {
        figures::over(&self.initial.0, body)
    }

    /// Who looked for an author and when, the latest first. For whom they looked is not kept.
    pub async fn author_searches(
        &self,
        proof: &AsChief,
        limit: u64,
    ) -> Result<Vec<(jiff::Timestamp, [String; 2])>, Fault> {
        let rows = office_event::Entity::find()
            .filter(office_event::Column::Kind.eq("author-search"))
            .order_by_desc(office_event::Column::At)
            .limit(limit)
            .all(&self.db.read)
            .await?;
        let mut found = Vec::new();
        for row in rows {
            let cell = Cell::new("office_event", "sealed", row.id);
            let body: OfficeEventBody = self.vault.open_for(proof, cell, &row.sealed)?;
            found.push((row.at, body.actor.unwrap_or_default()));
        }
        let names = self
            .names_of(&found.iter().map(|(_, actor)| *actor).collect::<Vec<_>>())
            .await?;
        let line = |(at, actor): (i64, i64)| {
            let who = names.get(&actor).map(|n| [n.zh.clone(), n.en.clone()]);
            (super::rows::instant(at), who.unwrap_or_default())
        };
        Ok(found.into_iter().map(line).collect())
    }

    /// Remembers that the program's own template stood in for an edited one. Written down by the next pass of the worker,
    /// since a transaction may be open here.
    pub(super) fn stood_in(&self, found: StoodIn) {
        tracing::error!(letter = found.kind, lang = found.lang.tag(), why = %found.why, "an edited letter could not be rendered");
        let mut faults = self
            .faults
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        faults.insert((found.lang, found.kind.to_owned()), found.why);
    }

    /// Writes down which edited templates failed, for the office to see.
    pub(crate) async fn keep_faults(&self) -> Result<(), Fault> {
        let faults = {
            let mut faults = self
                .faults
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            std::mem::take(&mut *faults)
        };
        if faults.is_empty() {
            return Ok(());
        }
        let txn = self.db.begin().await?;
        let counter = setting::Entity::find_by_id(COUNTER)
            .lock_exclusive()
            .one(&txn)
            .await?;
        let version = counter.map_or(0, |row| row.version) + 1;
        for ((lang, kind), why) in faults {
            put(&txn, &fault_key(lang, &kind), &why, version).await?;
        }
        put(&txn, COUNTER, "", version).await?;
        txn.commit().await?;
        self.load_settings().await
    }

    /// The letters whose edited template failed since it was saved, for the office.
    pub fn broken_letters(&self) -> Vec<(Lang, &'static str)> {
        let current = self.current();
        let mut out = Vec::new();
        for (kind, _) in ALL_KINDS {
            for lang in Lang::ALL {
                let row = current.rows.get(&fault_key(lang, kind));
                if row.is_some_and(|row| !row.body.is_empty()) {
                    out.push((lang, *kind));
                }
            }
        }
        out
    }

    /// The proof of the editor-in-chief.
    pub fn chief(&self, who: &Who) -> Result<AsChief, Denied> {
        AsChief::of(who)
    }
}

fn fault_key(lang: Lang, kind: &str) -> String {
    format!("fault/{}/{kind}", lang.tag())
}

async fn put(conn: &impl ConnectionTrait, key: &str, body: &str, version: i64) -> Result<(), Fault> {
    let row = setting::ActiveModel {
        key: Set(key.to_owned()),
        body: Set(body.to_owned()),
        version: Set(version),
    };
    let upsert = sea_orm::sea_query::OnConflict::column(setting::Column::Key)
        .update_columns([setting::Column::Body, setting::Column::Version])
        .to_owned();
    setting::Entity::insert(row)
        .on_conflict(upsert)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_reads_its_own_key() {
        let mut all = vec![Subject::Rules, Subject::About];
        all.extend(List::ALL.map(Subject::List));
        for lang in Lang::ALL {
            all.push(Subject::Text(lang, "notice".into()));
            all.push(Subject::Letter(lang, "receipt".into()));
        }
        for subject in all {
            assert_eq!(Subject::from_key(&subject.key()), Some(subject));
        }
        assert_eq!(Subject::from_key("version"), None);
        assert_eq!(Subject::from_key("fault/en/receipt"), None);
    }
}
