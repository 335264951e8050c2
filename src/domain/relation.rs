//! What a person is to one manuscript: decided once, strongest first.

use serde::Serialize;

/// A person's relation to a manuscript, strongest first: whoever is an author is nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Submitted it or confirmed to be an author of it.
    Author,
    /// Was typed in as an author, or declared a conflict: sees nothing.
    Conflicted,
    /// Handles it as its editor.
    HandlingEditor,
    /// Was invited or reviews it.
    Reviewer,
    /// Is of the office, without a part in this one.
    Editor,
    /// None of these.
    Stranger,
}

/// What the database says of a person and a manuscript.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ties {
    /// There is an authorship of this person.
    pub author: bool,
    /// The person's address was typed among the authors, or a conflict was declared.
    pub conflicted: bool,
    /// The person handles it.
    pub handling: bool,
    /// There is an assignment of this person that is not over.
    pub reviewer: bool,
    /// The person is of the office.
    pub office: bool,
}

impl Relation {
    /// The strongest relation that the ties give.
    pub const fn of(ties: Ties) -> Relation {
        if ties.author {
            Relation::Author
        } else if ties.conflicted {
            Relation::Conflicted
        } else if ties.handling && ties.office {
            Relation::HandlingEditor
        } else if ties.reviewer {
            Relation::Reviewer
        } else if ties.office {
            Relation::Editor
        } else {
            Relation::Stranger
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_thirty_two_combinations() {
        let mut table = String::new();
        for bits in 0..32u8 {
            let bit = |i: u8| bits & (1 << i) != 0;
            let ties = Ties {
                author: bit(4),
                conflicted: bit(3),
                handling: bit(2),
                reviewer: bit(1),
                office: bit(0),
            };
            table += &format!(
                "{bits:05b} (author conflicted handling reviewer office) {:?}\n",
                Relation::of(ties)
            );
        }
        insta::assert_snapshot!(table);
    }
}
