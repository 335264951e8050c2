//! What an author asks of the office and the office answers: more time, an appeal, leave to withdraw after acceptance,
//! another list of authors (`RULES.md` 2, 3 and 5).

use serde::{Deserialize, Serialize};

use super::manuscript::AuthorEntry;
use super::person::Roles;
use super::stage::Stage;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    /// More time for the revision; once, before it runs out.
    Extension,
    /// 申诉: that a decline be judged again, by somebody who had no part in it; once.
    Appeal,
    /// Leave to withdraw an accepted manuscript; the editor-in-chief grants it.
    Withdrawal,
    /// A change of the authors, of their order or of the corresponding author.
    Authors,
}

impl RequestKind {
    /// All kinds.
    pub const ALL: [RequestKind; 4] = [
        RequestKind::Extension,
        RequestKind::Appeal,
        RequestKind::Withdrawal,
        RequestKind::Authors,
    ];

    /// The name that is stored and that translations are looked up by.
    pub const fn key(self) -> &'static str {
        match self {
            RequestKind::Extension => "extension",
            RequestKind::Appeal => "appeal",
            RequestKind::Withdrawal => "withdrawal",
            RequestKind::Authors => "authors",
        }
    }

    /// The kind of a stored or posted name.
    pub fn from_key(key: &str) -> Option<RequestKind> {
        RequestKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What is known when an author wants to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Where the manuscript stands.
    pub stage: Stage,
    /// Whether the window that the request is about is open: of the revision, or of the appeal.
    pub window: bool,
    /// Whether the same was asked before, in this stage for more time, ever for an appeal.
    pub before: bool,
    /// Whether the same waits for its answer.
    pub waits: bool,
}

/// Whether `kind` can be asked now.
pub const fn may_ask(kind: RequestKind, now: Asking) -> bool {
    if now.waits {
        return false;
    }
    match kind {
        RequestKind::Extension => matches!(now.stage, Stage::Revising) && now.window && !now.before,
        RequestKind::Appeal => matches!(now.stage, Stage::Declined) && now.window && !now.before,
        RequestKind::Withdrawal => matches!(now.stage, Stage::Accepted),
        RequestKind::Authors => now.stage.is_with_office(),
    }
}

/// Whether somebody of the office may answer: an appeal is judged by an editor-in-chief, or by the editor to whom the
/// manuscript was handed for it, who had no part in the decision; leave to withdraw is the editor-in-chief's to give.
pub fn may_answer(kind: RequestKind, roles: &Roles, handles: bool, decided: bool) -> bool {
    match kind {
        RequestKind::Extension | RequestKind::Authors => roles.decides(),
        RequestKind::Withdrawal => roles.chief(),
        RequestKind::Appeal => !decided && (roles.chief() || handles && roles.decides()),
    }
}

/// What a request says, and what became of it. Sealed wherever it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestBody {
    /// The account that asked.
    pub actor: i64,
    /// Why.
    pub text: String,
    /// Days that are asked for.
    pub days: u32,
    /// The authors as they are to be.
    pub authors: Vec<AuthorEntry>,
    /// The addresses whose holders agreed to the change of authors.
    pub agreed: Vec<String>,
    /// The address of whoever did not agree, which ended it.
    pub disagreed: String,
    /// The account that answered.
    pub answered_by: Option<i64>,
    /// The answer's words.
    pub answer: String,
    /// Days that were granted.
    pub granted: u32,
}

impl RequestBody {
    /// Every old and new author's address, once each, in lower case: all of them must agree.
    pub fn concerned(&self, before: &[AuthorEntry]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for author in before.iter().chain(&self.authors) {
            let email = author.email.trim().to_lowercase();
            if !email.is_empty() && !out.contains(&email) {
                out.push(email);
            }
        }
        out
    }

    /// Who of `before` and of the new authors has not agreed yet.
    pub fn waiting(&self, before: &[AuthorEntry]) -> Vec<String> {
        let mut out = self.concerned(before);
        out.retain(|email| !self.agreed.contains(email));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_what_can_be_asked() {
        let mut table = String::new();
        for kind in RequestKind::ALL {
            for stage in Stage::ALL {
                for bits in 0..8u8 {
                    let now = Asking {
                        stage,
                        window: bits & 1 != 0,
                        before: bits & 2 != 0,
                        waits: bits & 4 != 0,
                    };
                    if may_ask(kind, now) {
                        table += &format!("{kind:?} {now:?}\n");
                    }
                }
            }
            assert_eq!(RequestKind::from_key(kind.key()), Some(kind));
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn who_judges_an_appeal_had_no_part_in_the_decision() {
        use crate::domain::person::Role;
        let chief = Roles(vec![Role::EditorInChief]);
        let editor = Roles(vec![Role::Editor]);
        assert!(may_answer(RequestKind::Appeal, &chief, false, false));
        assert!(!may_answer(RequestKind::Appeal, &chief, true, true));
        assert!(may_answer(RequestKind::Appeal, &editor, true, false));
        assert!(!may_answer(RequestKind::Appeal, &editor, false, false));
        assert!(!may_answer(RequestKind::Withdrawal, &editor, true, false));
        assert!(may_answer(RequestKind::Extension, &editor, false, true));
        let assistant = Roles(vec![Role::Assistant]);
        assert!(
            RequestKind::ALL
                .iter()
                .all(|kind| !may_answer(*kind, &assistant, true, false))
        );
    }

    #[test]
    fn everybody_old_and_new_must_agree() {
        let author = |email: &str| AuthorEntry {
            email: email.into(),
            ..AuthorEntry::default()
        };
        let before = [author("a@x.example"), author("B@x.example")];
        let body = RequestBody {
            authors: vec![author("b@x.example"), author("c@x.example")],
            agreed: vec!["a@x.example".into()],
            ..RequestBody::default()
        };
        assert_eq!(body.waiting(&before), ["b@x.example", "c@x.example"]);
    }
}
