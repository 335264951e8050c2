//! The whole life of a journal, looked at from outside at its end.

use crate::support::Town;
use bauta::domain::stage::Stage;

#[rocket::async_test]
async fn every_plot_ends_where_its_name_says() {
    let town = Town::life().await;
    let chief = town.who("chief").await;
    let mut table = Vec::new();
    for (plot, number) in &town.life.numbers {
        if plot == "draft" {
            continue;
        }
        let proof = town.store.editor(&chief, number).await.unwrap();
        let case = town.store.case_as_editor(&proof).await.unwrap();
        let windows: Vec<_> = case
            .open_windows()
            .await
            .unwrap()
            .iter()
            .map(|w| w.kind.key())
            .collect();
        table.push(format!(
            "{plot}: {:?}, round {}, open {}",
            case.stage(),
            case.round(),
            windows.join(" ")
        ));
        case.abandon().await.unwrap();
    }
    table.sort();
    insta::assert_snapshot!(table.join("\n"));
}

#[rocket::async_test]
async fn what_is_kept_holds_and_a_changed_event_is_found() {
    let town = Town::life().await;
    let found = town.store.verify().await.unwrap();
    assert_eq!(found.broken, Vec::<String>::new());
    assert!(
        found.manuscripts >= 20 && found.events > 150 && found.files > 40,
        "{found:?}"
    );
}

#[rocket::async_test]
async fn a_draft_does_not_exist_for_the_office() {
    let town = Town::life().await;
    let chief = town.who("chief").await;
    assert!(town.store.editor(&chief, &town.number("draft")).await.is_err());
    let author = town.who("author").await;
    let proof = town.store.author(&author, &town.number("draft")).await.unwrap();
    let case = town.store.case_as_author(&proof).await.unwrap();
    assert_eq!(case.stage(), Stage::Draft);
}
