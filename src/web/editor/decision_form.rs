//! What is typed at the desk of decisions, kept through all its steps.

use rocket::FromForm;
use serde::Serialize;

use crate::actions::Refusal;
use crate::domain::decision::{Circumstances, DecisionKind, DecisionRefusal, DecisionText, Point, check};
use crate::domain::label::Label;
use crate::domain::person::Roles;
use crate::domain::rules::Rules;
use crate::domain::stage::{Stage, next};
use crate::store::read::editor::{Head, SuggestionView};
use crate::web::error::refusal_key;

/// A reviewer's suggestion as it was chosen and edited.
#[derive(FromForm, Serialize, Clone, Default)]
pub struct PointField {
    /// The reviewer's letter.
    #[field(default = String::new())]
    pub latin: String,
    /// Whether the author gets it.
    #[field(default = false)]
    pub chosen: bool,
    /// Its words.
    #[field(default = String::new())]
    pub text: String,
    /// The label in Chinese, for the page.
    #[field(default = String::new())]
    pub chinese: String,
}

/// The form of a decision.
#[derive(FromForm, Serialize, Clone, Default)]
pub struct DecisionForm {
    #[field(default = 0)]
    pub version: i64,
    /// `preview`, `confirm` or `decide`; anything else is the form again.
    #[field(default = String::new())]
    pub step: String,
    #[field(default = String::new())]
    pub kind: String,
    #[field(default = String::new())]
    pub message: String,
    /// What is missing, one item a line.
    #[field(default = String::new())]
    pub items: String,
    /// The editors' own points, one a paragraph.
    #[field(default = String::new())]
    pub own: String,
    /// For the record.
    #[field(default = String::new())]
    pub reason: String,
    pub points: Vec<PointField>,
}

impl DecisionForm {
    /// The form as it is before anything is typed: all suggestions chosen.
    pub fn fresh(version: i64, suggestions: Vec<SuggestionView>) -> Self {
        DecisionForm {
            version,
            points: suggestions
                .into_iter()
                .map(|s| PointField {
                    latin: s.label.latin.to_string(),
                    chosen: true,
                    text: s.text,
                    chinese: s.label.chinese.to_string(),
                })
                .collect(),
            ..DecisionForm::default()
        }
    }

    /// What was decided.
    pub fn kind(&self) -> Option<DecisionKind> {
        DecisionKind::from_key(&self.kind)
    }

    /// The id of the field that holds the words.
    fn place_of(&self, words: &str) -> String {
        let fields = [
            ("message", &self.message),
            ("items", &self.items),
            ("own", &self.own),
        ];
        let one_line = |text: &str| text.replace("\r\n", "\n");
        if let Some((id, _)) = fields.iter().find(|(_, text)| one_line(text).contains(words)) {
            return (*id).to_owned();
        }
        let point = self
            .points
            .iter()
            .position(|p| p.chosen && one_line(&p.text).contains(words));
        point.map_or_else(|| "kinds".to_owned(), |at| format!("point-{at}"))
    }

    /// The content of the decision; what its kind has no place for is left out.
    pub fn text(&self, kind: DecisionKind) -> DecisionText {
        let label = |latin: &str| {
            (0..Label::COUNT)
                .filter_map(Label::from_index)
                .find(|l| latin == l.latin().to_string())
        };
        let mut points: Vec<Point> = Vec::new();
        if matches!(kind, DecisionKind::AskRevision | DecisionKind::Decline) {
            let chosen = self.points.iter().filter(|p| p.chosen);
            points.extend(chosen.map(|p| (label(&p.latin), p.text.trim())).map(point));
            points.extend(paragraphs(&self.own).map(|text| (None, text)).map(point));
            points.retain(|p| !p.text.is_empty());
        }
        for (i, point) in points.iter_mut().enumerate() {
            point.number = i as u32 + 1;
        }
        let wants_items = kind == DecisionKind::ReturnForCompletion;
        let items = self.items.lines().filter(|_| wants_items);
        DecisionText {
            message: self.message.trim().replace("\r\n", "\n"),
            items: items
                .map(|l| l.trim().to_owned())
                .filter(|l| !l.is_empty())
                .collect(),
            points,
            internal_reason: self.reason.trim().to_owned(),
        }
    }
}

fn point((label, text): (Option<Label>, &str)) -> Point {
    Point {
        number: 0,
        label,
        text: text.replace("\r\n", "\n"),
    }
}

/// Paragraphs: separated by an empty line.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .match_indices('\n')
            .find(|(at, _)| rest[at + 1..].lines().next().is_none_or(|l| l.trim().is_empty()))
            .map_or(rest.len(), |(at, _)| at);
        let (first, after) = rest.split_at(end);
        rest = after.trim();
        Some(first.trim())
    })
}

/// A kind of decision that exists at this stage.
#[derive(Serialize)]
pub struct Offer {
    /// Its key.
    pub kind: &'static str,
    /// Whether this reader can make it now.
    pub possible: bool,
    /// Why not: a key of translations.
    pub why: String,
}

/// What can be decided here, and why the rest cannot.
pub fn offers(
    head: &Head,
    roles: &Roles,
    (trial_allows, authors_agree): (bool, bool),
    rules: &Rules,
) -> Vec<Offer> {
    let Some(stage) = Stage::from_key(&head.stage) else {
        return Vec::new();
    };
    let now = Circumstances {
        stage,
        handled: head.handler.is_some(),
        reviews: head.reviews_now,
        trial_allows,
        authors_agree,
        held: head.held,
    };
    // What is only a matter of typing is asked for in the form.
    let full = DecisionText {
        message: "…".into(),
        items: vec!["…".into()],
        points: vec![point((None, "…"))],
        internal_reason: "…".into(),
    };
    DecisionKind::ALL
        .into_iter()
        .filter(|kind| next(stage, kind.step()).is_some())
        .map(|kind| match check(kind, roles, now, &full, rules) {
            Ok(()) => Offer {
                kind: kind.key(),
                possible: true,
                why: String::new(),
            },
            Err(refusal) => Offer {
                kind: kind.key(),
                possible: false,
                why: format!("problem-{}", refusal_key(&Refusal::Decision(refusal))),
            },
        })
        .collect()
}

/// The field that a refusal is about: its id.
pub fn field(refusal: &Refusal, typed: &DecisionForm) -> String {
    let fixed = match refusal {
        Refusal::NamesSomebody(words) => return typed.place_of(words),
        Refusal::Decision(DecisionRefusal::NeedsMessage) => "message",
        Refusal::Decision(DecisionRefusal::NeedsItems) => "items",
        Refusal::Decision(DecisionRefusal::NeedsPoints) => "own",
        Refusal::Decision(DecisionRefusal::NeedsReviews) => "reason",
        _ => "kinds",
    };
    fixed.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_chosen_edited_and_numbered() {
        let field = |latin: &str, chosen, text: &str| PointField {
            latin: latin.into(),
            chosen,
            text: text.into(),
            chinese: String::new(),
        };
        let form = DecisionForm {
            own: "Shorten it.\r\n\r\nSay who\r\nmeasured.\r\n".into(),
            items: "Letter\n\nApproval".into(),
            points: vec![
                field("D", true, "One"),
                field("G", false, "Two"),
                field("", true, "  "),
            ],
            ..DecisionForm::default()
        };
        let text = form.text(DecisionKind::AskRevision);
        let points: Vec<_> = text
            .points
            .iter()
            .map(|p| (p.number, p.label.map(Label::latin), p.text.as_str()))
            .collect();
        assert_eq!(
            points,
            [
                (1, Some('D'), "One"),
                (2, None, "Shorten it."),
                (3, None, "Say who\nmeasured.")
            ]
        );
        assert!(text.items.is_empty());
        assert_eq!(
            form.text(DecisionKind::ReturnForCompletion).items,
            ["Letter", "Approval"]
        );
    }
}
