//! The script: one life of a journal, played through the actions alone. The demo, the tests and the benchmarks use it.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::cast::{self, Member};
use super::papers;
use crate::actions::answer_invitation::{Answer, answer};
use crate::actions::decide::decide;
use crate::actions::invite::{Asking, Whom, invite};
use crate::actions::{
    Done, Failure, coauthor, draft, enter, files, handle, notice, publish, review, revise, strip, submit,
    withdraw,
};
use crate::domain::decision::{DecisionKind, DecisionText, Point};
use crate::domain::entering::Entry;
use crate::domain::manuscript::Submission;
use crate::domain::person::{Lang, Profile};
use crate::domain::review::Review;
use crate::domain::stage::Stage;
use crate::domain::verdict::Verdict;
use crate::store::access::{AsAuthor, AsEditor, AsReviewer, Who};
use crate::store::files::FileRole;
use crate::store::revisions::Answers;
use crate::worker::Worker;

/// One thing that happens to a manuscript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A draft is written, with its file.
    Draft,
    /// It is sent.
    Submit,
    /// An editor takes the handling.
    Handle,
    /// An editor decides; the letter goes when its delay is over.
    Decide(DecisionKind),
    /// An editor decides, and the letter still waits.
    DecideAndWait(DecisionKind),
    /// The reviewers of these keys are asked (the last as an alternate, if there are three).
    Invite(&'static [&'static str]),
    /// A reviewer accepts.
    Accept(&'static str),
    /// A reviewer declines.
    Refuse(&'static str),
    /// A reviewer sends a review.
    Review(&'static str, Verdict),
    /// The author sends the revision.
    Revise,
    /// The reviewers are asked again.
    ReviewAgain,
    /// The proof goes to the author.
    Proof,
    /// The author confirms it.
    ConfirmProof,
    /// The article is published.
    Publish,
    /// The author withdraws.
    Withdraw,
    /// The editor-in-chief publishes a correction to the article.
    Correct,
    /// In the place of a draft: the office enters a manuscript that is in review elsewhere, with its file.
    Enter,
}

/// A manuscript's life: whose it is, and what happens how many days before the end.
pub struct Plot {
    /// What the manuscript is an example of.
    pub name: &'static str,
    /// The author's key.
    pub author: &'static str,
    /// Days before the end, and what happens then.
    pub acts: Vec<(i64, Act)>,
}

/// A life that was played.
#[derive(Clone, Debug, Default)]
pub struct Life {
    /// Manuscripts' numbers by the plot's name.
    pub numbers: HashMap<String, String>,
}

/// Who plays. The same plots can be played by others: what the other side sees of them must not tell.
#[derive(Clone)]
pub struct Casting {
    /// Everybody, in the order in which they sign up.
    pub people: Vec<Member>,
    /// What the papers of an author (by key) say differently from the usual ones.
    pub dress: fn(&str, &mut Submission),
}

impl Casting {
    /// The invented journal's own people.
    pub fn usual() -> Self {
        Casting {
            people: cast::people(),
            dress: |_, _| (),
        }
    }
}

/// The players: everybody has an account.
pub struct Players<'w> {
    worker: &'w Worker,
    who: HashMap<&'static str, Who>,
    casting: Casting,
}

/// Why a play stopped: the plot, the act, and what went wrong.
#[derive(Debug, thiserror::Error)]
#[error("{plot}: {act}: {why}")]
pub struct PlayError {
    plot: String,
    act: String,
    why: Failure,
}

impl<'w> Players<'w> {
    /// Gives everybody of the usual cast an account.
    pub async fn enter(worker: &'w Worker) -> Done<Players<'w>> {
        Self::enter_as(worker, Casting::usual()).await
    }

    /// Gives everybody of a cast an account.
    pub async fn enter_as(worker: &'w Worker, casting: Casting) -> Done<Players<'w>> {
        let mut who = HashMap::new();
        for member in &casting.people {
            who.insert(member.key, Self::account(worker, member).await?);
        }
        Ok(Players { worker, who, casting })
    }

    async fn account(worker: &Worker, member: &Member) -> Done<Who> {
        let store = &worker.store;
        let (account, _) = store
            .ensure_account(&member.email, member.profile.clone(), member.lang, true)
            .await?;
        for role in &member.roles {
            store.give_role(account, *role, None).await?;
        }
        let token = store.begin_session(account, "script").await?;
        let who = store.who(&token).await?.ok_or(Failure::NotFound)?;
        // This office has been set up long ago.
        store.close_guide(&who).await?;
        store.end_session(&who, who.session()).await?;
        Ok(who)
    }

    /// The person of a key.
    pub fn who(&self, key: &str) -> &Who {
        &self.who[key]
    }

    /// Plays all plots so that they end at `end`; the worker's clock must be one that can be put.
    pub async fn play(&self, plots: &[Plot], end: Timestamp) -> Result<Life, PlayError> {
        let mut life = Life::default();
        let mut acts: Vec<(i64, usize, usize)> = Vec::new();
        for (p, plot) in plots.iter().enumerate() {
            acts.extend(plot.acts.iter().enumerate().map(|(a, (ago, _))| (*ago, p, a)));
        }
        // The longest ago first; acts of one plot in their order.
        acts.sort_by_key(|(ago, p, a)| (-ago, *p, *a));
        for (ago, p, a) in acts {
            let plot = &plots[p];
            let act = plot.acts[a].1;
            // Acts of a day follow one another by minutes, as they do in life.
            let at = end - SignedDuration::from_hours(24 * ago) + SignedDuration::from_mins(12 * a as i64);
            // Apart, so that the whole play needs no more of the stack than its deepest act.
            let result = Box::pin(self.at(at.min(end), plot, p, act, &mut life)).await;
            result.map_err(|why| PlayError {
                plot: plot.name.to_owned(),
                act: format!("{act:?}"),
                why,
            })?;
        }
        let stop = |why| PlayError {
            plot: "the end".into(),
            act: String::new(),
            why,
        };
        self.live_until(end).await.map_err(stop)?;
        Ok(life)
    }

    /// Lets time go by until `at`. What falls due in between is done at the next of two hours of each day, at which
    /// windows close and batches of letters go: that is near enough to life, and a third of the work.
    async fn live_until(&self, at: Timestamp) -> Done {
        let store = &self.worker.store;
        let zone = store.rules().zone();
        while let Some(next) = store.next_event(store.clock.now()).await? {
            let hour = office_hour(next, &zone);
            if hour >= at {
                break;
            }
            store.clock.put(hour);
            self.worker.pass().await?;
        }
        store.clock.put(at.max(store.clock.now()));
        self.worker.pass().await
    }

    async fn at(&self, at: Timestamp, plot: &Plot, index: usize, act: Act, life: &mut Life) -> Done {
        self.live_until(at).await?;
        if matches!(act, Act::Draft | Act::Enter) {
            let number = match act {
                Act::Draft => Box::pin(self.draft(plot.author, index)).await?,
                _ => Box::pin(self.enter_under_way(plot.author, index)).await?,
            };
            life.numbers.insert(plot.name.to_owned(), number);
            return Ok(());
        }
        let number = life.numbers.get(plot.name).cloned().ok_or(Failure::NotFound)?;
        Box::pin(self.act(plot.author, &number, act)).await
    }

    /// Writes a whole draft with its file and settles what the stripper found.
    pub async fn draft(&self, author: &str, n: usize) -> Done<String> {
        let store = &self.worker.store;
        let submission = self.paper(author, n)?;
        let number = draft::start(store, self.who(author)).await?;
        let proof = store.author(self.who(author), &number).await?;
        let text = submission.clone();
        Box::pin(draft::save(store, &proof, move |s| *s = text)).await?;
        self.upload(&proof, &papers::file(&submission, false)).await?;
        Ok(number)
    }

    fn paper(&self, author: &str, n: usize) -> Done<Submission> {
        let member = self.casting.people.iter().find(|m| m.key == author);
        let mut submission = cast::paper(member.ok_or(Failure::NotFound)?, n);
        (self.casting.dress)(author, &mut submission);
        Ok(submission)
    }

    /// The office enters a manuscript for which reviewers are to be found, received elsewhere three weeks ago.
    async fn enter_under_way(&self, author: &str, n: usize) -> Done<String> {
        let store = &self.worker.store;
        let today = store.clock.now().to_zoned(store.rules().zone()).date();
        let ago = |days: i64| today.checked_sub(days.days()).ok();
        let entry = Entry {
            former: "BL-2026-0173".to_owned(),
            stage: Some(Stage::InReview),
            received: ago(21),
            since: ago(4),
            submission: self.paper(author, n)?,
            ..Entry::default()
        };
        let decider = store.decider(self.who("editor"))?;
        let number = enter::enter(store, &decider, &entry).await?;
        let proof = self.editor("editor", &number).await?;
        let (name, bytes) = papers::file(&entry.submission, false);
        let taken = files::take(store, bytes.as_slice(), 50).await?;
        let file = enter::add_file(store, &proof, &FileRole::Manuscript.into(), &taken, &name).await?;
        self.strip_all().await?;
        let view = store.editor_files(&proof).await?;
        for finding in view.values().flatten().flat_map(|f| &f.findings) {
            enter::settle_finding(store, &proof, file, &finding.key, true).await?;
        }
        Ok(number)
    }

    async fn strip_all(&self) -> Done {
        let store = &self.worker.store;
        while strip::next(store, &self.worker.limits, store.clock.now()).await? {}
        Ok(())
    }

    async fn upload(&self, proof: &AsAuthor, (name, bytes): &(String, Vec<u8>)) -> Done {
        let store = &self.worker.store;
        let taken = files::take(store, bytes.as_slice(), 50).await?;
        let file = files::add(store, proof, FileRole::Manuscript, &taken, name).await?;
        self.strip_all().await?;
        for key in store.open_findings(proof, file).await? {
            files::settle_finding(store, proof, file, &key, true).await?;
        }
        Ok(())
    }

    async fn editor(&self, key: &str, number: &str) -> Done<AsEditor> {
        Ok(self.worker.store.editor(self.who(key), number).await?)
    }

    async fn reviewer(&self, key: &str, number: &str) -> Done<AsReviewer> {
        Ok(self.worker.store.reviewer(self.who(key), number).await?)
    }

    async fn version(&self, number: &str) -> Done<i64> {
        let proof = self.editor("chief", number).await?;
        let case = self.worker.store.case_as_editor(&proof).await?;
        let version = case.version();
        case.abandon().await?;
        Ok(version)
    }

    /// Does one act to a manuscript.
    pub async fn act(&self, author: &str, number: &str, act: Act) -> Done {
        let store = &self.worker.store;
        if matches!(act, Act::Submit | Act::Revise | Act::ConfirmProof | Act::Withdraw) {
            return Box::pin(self.author_acts(author, number, act)).await;
        }
        let version = self.version(number).await?;
        match act {
            Act::Handle => {
                let account = self.who("editor").account();
                handle::give(store, &self.editor("editor", number).await?, version, account).await
            }
            Act::Decide(kind) => {
                self.decide(number, version, kind).await?;
                store.clock.advance(SignedDuration::from_mins(11));
                self.worker.pass().await
            }
            Act::DecideAndWait(kind) => self.decide(number, version, kind).await,
            Act::Invite(keys) => self.invite(number, keys).await,
            Act::Accept(key) => {
                answer(
                    store,
                    &self.reviewer(key, number).await?,
                    Answer::Accept { no_conflict: true },
                )
                .await
            }
            Act::Refuse(key) => {
                let no = Answer::Decline {
                    reason: "近期出差".into(),
                    suggestion: String::new(),
                    conflict: false,
                };
                answer(store, &self.reviewer(key, number).await?, no).await
            }
            Act::Review(key, verdict) => {
                review::send(
                    store,
                    &self.reviewer(key, number).await?,
                    &review_of(self.who(key).lang(), verdict),
                    None,
                )
                .await
            }
            Act::ReviewAgain => {
                revise::review_again(store, &self.editor("editor", number).await?, version).await
            }
            Act::Proof => publish::send_proof(store, &self.editor("editor", number).await?, version).await,
            Act::Publish => {
                publish::publish(store, &self.editor("editor", number).await?, version, true).await
            }
            Act::Correct => {
                let text = [
                    "表 2 第三行的样本量应为 164。结论不受影响。".to_owned(),
                    "In Table 2, third row, the number of patients should read 164. The conclusions stand."
                        .to_owned(),
                ];
                notice::publish(
                    store,
                    &self.editor("chief", number).await?,
                    version,
                    "correct",
                    text,
                )
                .await
            }
            Act::Draft | Act::Enter | Act::Submit | Act::Revise | Act::ConfirmProof | Act::Withdraw => Ok(()),
        }
    }

    async fn author_acts(&self, author: &str, number: &str, act: Act) -> Done {
        let store = &self.worker.store;
        let proof = store.author(self.who(author), number).await?;
        let case = store.case_as_author(&proof).await?;
        let (version, submission) = (case.version(), case.submission()?);
        case.abandon().await?;
        match act {
            Act::Submit => submit::submit(store, &proof, version).await,
            Act::ConfirmProof => publish::confirm_proof(store, &proof, version).await,
            Act::Withdraw => withdraw::withdraw(store, &proof, version, "另有安排").await,
            _ => {
                self.upload(&proof, &papers::file(&submission, true)).await?;
                let case = store.case_as_author(&proof).await?;
                let (version, points) = (
                    case.version(),
                    case.last_received().await?.map_or(0, |d| d.text.points.len()),
                );
                case.abandon().await?;
                let zh = submission.language != "en";
                let answer = if zh {
                    "已按意见修改，见方法部分。"
                } else {
                    "Done as suggested; see Methods."
                };
                let rebuttal = if zh {
                    "感谢审稿人的意见，逐条答复如上。"
                } else {
                    "We thank the reviewers; each point is answered above."
                };
                let answers = Answers {
                    answers: vec![answer.to_owned(); points],
                    rebuttal: rebuttal.to_owned(),
                };
                revise::send(store, &proof, version, &answers).await
            }
        }
    }

    /// The co-authors who have not answered yet confirm, each with an account of their own.
    pub async fn coauthors_confirm(&self, number: &str) -> Done {
        let store = &self.worker.store;
        let proof = self.editor("chief", number).await?;
        let case = store.case_as_editor(&proof).await?;
        let (silent, lang) = (case.silent_coauthors().await?, case.lang());
        case.abandon().await?;
        for email in silent {
            let (account, _) = store
                .ensure_account(&email, Profile::default(), lang, true)
                .await?;
            let token = store.begin_session(account, "script").await?;
            let who = store.who(&token).await?.ok_or(Failure::NotFound)?;
            coauthor::confirm(store, &store.coauthor(&who, number).await?, lang).await?;
            store.end_session(&who, who.session()).await?;
        }
        Ok(())
    }

    async fn decide(&self, number: &str, version: i64, kind: DecisionKind) -> Done {
        let version = match kind {
            DecisionKind::Accept => {
                self.coauthors_confirm(number).await?;
                self.version(number).await?
            }
            _ => version,
        };
        let by = if kind == DecisionKind::Accept {
            "chief"
        } else {
            "editor"
        };
        let proof = self.editor(by, number).await?;
        let case = self.worker.store.case_as_editor(&proof).await?;
        let zh = case.lang() == Lang::Zh;
        let labels: Vec<_> = case
            .assignments()
            .await?
            .into_iter()
            .filter(|a| a.state == "accepted")
            .map(|a| a.label)
            .collect();
        case.abandon().await?;
        let say = |a: &str, b: &str| if zh { a.to_owned() } else { b.to_owned() };
        let mut text = DecisionText {
            message: say("感谢您投稿本刊。", "Thank you for sending us your work."),
            ..DecisionText::default()
        };
        match kind {
            DecisionKind::ReturnForCompletion => {
                text.items = vec![
                    say("请补充伦理审批文件", "The ethics approval is missing"),
                    say("图 1 分辨率不足", "Figure 1 is too coarse"),
                ];
            }
            DecisionKind::AskRevision => {
                let points = [
                    say("请说明样本量如何估算。", "Say how the sample size was chosen."),
                    say("请补充敏感性分析。", "Add a sensitivity analysis."),
                ];
                text.points = points
                    .into_iter()
                    .enumerate()
                    .map(|(i, text)| Point {
                        number: i as u32 + 1,
                        label: labels.get(i).copied(),
                        text,
                    })
                    .collect();
                text.points.push(Point {
                    number: 3,
                    label: None,
                    text: say(
                        "请按本刊体例修改参考文献。",
                        "Set the references in the journal's style.",
                    ),
                });
            }
            DecisionKind::Decline => {
                text.message = say(
                    "与本刊的选题方向不合，恕难采用。",
                    "The topic lies outside of what this journal prints.",
                )
            }
            _ => {}
        }
        decide(&self.worker.store, &proof, version, kind, text).await
    }

    async fn invite(&self, number: &str, keys: &[&str]) -> Done {
        for (i, key) in keys.iter().enumerate() {
            let proof = self.editor("editor", number).await?;
            let asking = Asking {
                alternate: i >= 2,
                override_reason: String::new(),
            };
            let version = self.version(number).await?;
            invite(
                &self.worker.store,
                &proof,
                version,
                Whom::Account(self.who(key).account()),
                asking,
            )
            .await?;
        }
        Ok(())
    }
}

/// The first 08:00 or 24:00 at or after an instant.
fn office_hour(at: Timestamp, zone: &TimeZone) -> Timestamp {
    let local = at.to_zoned(zone.clone());
    let midnight = local.start_of_day().ok();
    let hours = [0, 8, 24]
        .into_iter()
        .filter_map(|h| midnight.as_ref()?.checked_add(h.hours()).ok());
    hours.map(|h| h.timestamp()).find(|h| *h >= at).unwrap_or(at)
}

fn review_of(lang: Lang, verdict: Verdict) -> Review {
    let say = |a: &str, b: &str| {
        if lang == Lang::Zh {
            a.to_owned()
        } else {
            b.to_owned()
        }
    };
    Review {
        verdict: Some(verdict),
        scores: crate::domain::review::in_order([3, 4, 3, 4, 4]),
        assessment: say(
            "选题有意义，设计基本合理，统计方法需要补充。",
            "The question matters and the design is sound; the statistics need more.",
        ),
        suggestions: vec![
            say("请说明样本量如何估算。", "Say how the sample size was chosen."),
            say("请补充敏感性分析。", "Add a sensitivity analysis."),
        ],
        confidential: say(
            "如能补充数据，可以考虑采用。",
            "With the added data it could be printed.",
        ),
    }
}
