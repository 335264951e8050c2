//! For whom a route is: each declares it where it is mounted, and the permission table of the tests is made from that.

use rocket::Route;

/// For whom a route is. Whoever is not among them gets the page of what does not exist, or of signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Anyone,
    /// Whoever holds a one-time link.
    Link,
    /// Everybody who has signed in: their own account, their own lists.
    Account,
    /// Authors of the manuscript.
    Author,
    /// Somebody who was typed in as an author and has not confirmed it.
    Coauthor,
    /// Reviewers of the manuscript.
    Reviewer,
    /// The office, for a manuscript in which they have no part.
    Editor,
    /// The office, before any one manuscript.
    Staff,
    /// The editor-in-chief.
    Chief,
    /// Administrators and the editor-in-chief.
    Administrator,
}

impl Audience {
    /// All audiences.
    pub const ALL: [Audience; 10] = [
        Audience::Anyone,
        Audience::Link,
        Audience::Account,
        Audience::Author,
        Audience::Coauthor,
        Audience::Reviewer,
        Audience::Editor,
        Audience::Staff,
        Audience::Chief,
        Audience::Administrator,
    ];

    /// The name under which a route declares it.
    pub const fn key(self) -> &'static str {
        match self {
            Audience::Anyone => "anyone",
            Audience::Link => "link",
            Audience::Account => "account",
            Audience::Author => "author",
            Audience::Coauthor => "coauthor",
            Audience::Reviewer => "reviewer",
            Audience::Editor => "editor",
            Audience::Staff => "staff",
            Audience::Chief => "chief",
            Audience::Administrator => "administrator",
        }
    }

    /// What a route has declared; None if nothing.
    pub fn of(route: &Route) -> Option<Audience> {
        let (key, _) = route.name.as_deref()?.split_once(": ")?;
        Audience::ALL.into_iter().find(|audience| audience.key() == key)
    }

    /// Declares routes to be for this audience.
    pub(crate) fn only(self, routes: Vec<Route>) -> Vec<Route> {
        let declare = |mut route: Route| {
            let name = route.name.take().unwrap_or_default();
            route.name = Some(format!("{}: {name}", self.key()).into());
            route
        };
        routes.into_iter().map(declare).collect()
    }
}
