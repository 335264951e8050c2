//! Ten thousand requests, hidden and absent by turns of chance: how well does their time tell which is which?

use std::time::Instant;

use bauta::chance::Chance;
use bauta::domain::person::Lang;

use crate::auc;
use crate::support::Town;

const REQUESTS: usize = 10_000;

/// Who asks where, for manuscripts that are hidden from that person there.
const SCENES: &[(&str, &str)] = &[
    ("author", "/reviews/{}"),
    ("reviewer9", "/reviews/{}"),
    ("reviewer9", "/author/manuscripts/{}"),
    ("admin", "/office/manuscripts/{}"),
];

pub async fn run() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let chance = Chance::system();
    // What is public or a draft is told apart by right, or belongs to nobody's place.
    let hidden: Vec<String> = town
        .life
        .numbers
        .iter()
        .filter(|(plot, _)| !plot.starts_with("published") && *plot != "draft")
        .map(|(_, number)| number.clone())
        .collect();
    println!("timing: {REQUESTS} requests a scene, in the program itself, without a network's noise");
    for (key, path) in SCENES {
        let token = town.token(key).await;
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for n in 0..REQUESTS + 500 {
            let is_hidden = chance.below("which", 2) == 0;
            let number = if is_hidden {
                hidden[chance.below("number", hidden.len())].clone()
            } else {
                chance.number()
            };
            let path = path.replace("{}", &number);
            let begun = Instant::now();
            let response = browser.get(&path, Some(&token), Lang::En).await;
            assert_eq!(response.status().code, 404, "{path}");
            response.into_bytes().await.unwrap();
            let took = begun.elapsed().as_secs_f64();
            // The first few warm up what is kept in memory.
            if n >= 500 {
                if is_hidden {
                    first.push(took)
                } else {
                    second.push(took)
                }
            }
        }
        let found = auc(&first, &second);
        let median = |values: &[f64]| {
            let mut sorted = values.to_vec();
            sorted.sort_by(f64::total_cmp);
            sorted[sorted.len() / 2] * 1e6
        };
        println!(
            "  {key} at {path}: AUC {:.3} (medians {:.0} and {:.0} µs; aim: at most 0.55)",
            found.max(1.0 - found),
            median(&first),
            median(&second)
        );
    }
}
