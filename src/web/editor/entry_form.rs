//! What the form posts by which a manuscript under way is entered: its own fields, and those of the author's steps.

use rocket::form::{self, DataField, FromForm, Options, ValueField};
use serde::Serialize;

use crate::domain::calendar;
use crate::domain::entering::{Entry, Lack, points};
use crate::domain::manuscript::Submission;
use crate::domain::stage::Stage;
use crate::web::author::step_form::{StepForm, tidy};

/// The fields that only the office has, as they were typed.
#[derive(Clone, Debug, Default, FromForm, Serialize)]
pub struct Typed {
    /// The number that it had.
    #[field(default = String::new())]
    pub former: String,
    /// Where it stands.
    #[field(default = String::new())]
    pub stage: String,
    /// When it was received.
    #[field(default = String::new())]
    pub received: String,
    /// When its window began.
    #[field(default = String::new())]
    pub since: String,
    /// The last day of its window.
    #[field(default = String::new())]
    pub until: String,
    /// What the author was asked, point by point.
    #[field(default = String::new())]
    pub points: String,
    /// The words above the points.
    #[field(default = String::new())]
    pub message: String,
}

/// The whole form.
pub struct EntryForm {
    /// The office's own fields.
    pub typed: Typed,
    /// The author's.
    pub step: StepForm,
}

/// Both halves read every field, each takes its own.
#[rocket::async_trait]
impl<'r> FromForm<'r> for EntryForm {
    type Context = (
        <Typed as FromForm<'r>>::Context,
        <StepForm as FromForm<'r>>::Context,
    );

    fn init(options: Options) -> Self::Context {
        (Typed::init(options), StepForm::init(options))
    }

    fn push_value(context: &mut Self::Context, field: ValueField<'r>) {
        Typed::push_value(&mut context.0, field.clone());
        StepForm::push_value(&mut context.1, field);
    }

    async fn push_data(_: &mut Self::Context, _: DataField<'r, '_>) {}

    fn finalize(context: Self::Context) -> form::Result<'r, Self> {
        Ok(EntryForm {
            typed: Typed::finalize(context.0)?,
            step: StepForm::finalize(context.1)?,
        })
    }
}

impl EntryForm {
    /// What was typed as an entry, and the dates that are none.
    pub fn read(&self) -> (Entry, Vec<Lack>) {
        let mut submission = Submission::default();
        for step in ["type", "text", "authors", "statements", "trial"] {
            self.step.apply(step, &mut submission);
        }
        let typed = &self.typed;
        let mut wrong = Vec::new();
        let mut date = |field, text: &str| {
            let day = calendar::one(text);
            if day.is_none() && !text.trim().is_empty() {
                let what = "date";
                wrong.push(Lack {
                    field,
                    what,
                    day: None,
                });
            }
            day
        };
        let entry = Entry {
            former: tidy(&typed.former.replace(['\r', '\n'], " ")),
            stage: Stage::from_key(&typed.stage),
            received: date("received", &typed.received),
            since: date("since", &typed.since),
            until: date("until", &typed.until),
            points: points(&tidy(&typed.points)),
            message: tidy(&typed.message),
            submission,
        };
        (entry, wrong)
    }
}
