//! The table of rules: which test holds which of the journal's rules (`RULES.md` 1 to 7), in our own short words. `r` is a
//! row of a table there, `b` a bullet, `p` a paragraph. A test that is named here must be there; and where the rules stand
//! beside the repository, none of them may be missing here.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// Number, what it says in short, and the tests that hold it: `file/test`.
type Rule = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const RULES: &[Rule] = &[
    // 1. People
    ("1.r1", "an author submits, revises, withdraws", &["author/a_submission_is_written_in_steps_and_sent", "author/a_revision_goes_back_whole_and_nothing_typed_is_lost", "author/withdrawing_reaffirming_and_confirming_the_proof"]),
    ("1.r2", "a reviewer reviews what was accepted", &["reviewer/an_invitation_is_accepted_and_the_review_written_sent_and_amended"]),
    ("1.r3", "an assistant returns for completion and decides nothing", &["decision/the_table_of_who_may_decide_what_and_where", "entry/who_does_not_decide_or_is_an_author_enters_nothing", "ways_out/an_assistant_decides_nothing"]),
    ("1.r4", "an editor decides, except what is reserved", &["decision/the_table_of_who_may_decide_what_and_where"]),
    ("1.r5", "the editor-in-chief signs acceptance, makes exceptions, holds", &["decision/the_table_of_who_may_decide_what_and_where", "exits/the_chief_alone_accepts_at_screening_and_rescinds_with_a_reason", "law/on_hold_everything_but_screening_stands_still"]),
    ("1.r6", "an administrator sees people and no manuscript", &["canary/the_administrator_sees_no_manuscript"]),
    ("1.p1", "the tie to a manuscript comes before any role", &["relation/all_thirty_two_combinations", "editor/an_editors_own_manuscript_is_in_no_list_count_or_search"]),
    // 2. Arrows
    ("2.r1", "draft to screening", &["author/a_submission_is_written_in_steps_and_sent", "manuscript/an_empty_submission_misses_something_in_every_step_it_must", "exits/papers_that_the_journal_wants_are_required_at_check_and_send", "ways_out/letters_reach_a_corresponding_author_before_anything_is_sent"]),
    ("2.r2", "screening to returned", &["stage/the_table_of_all_arrows", "life/every_plot_ends_where_its_name_says"]),
    ("2.r3", "returned to screening, with a new window", &["arrows/a_returned_submission_comes_back_with_a_new_month", "ways_out/a_completed_submission_asks_its_new_authors_and_keeps_those_who_confirmed"]),
    ("2.r4", "screening to review", &["editor/from_screening_to_the_reviewers_through_the_pages", "decision/the_table_of_who_may_decide_what_and_where"]),
    ("2.r5", "declined at screening, with a reason", &["editor/from_screening_to_the_reviewers_through_the_pages", "life/every_plot_ends_where_its_name_says"]),
    ("2.r6", "accepted at screening by the editor-in-chief alone, with a reason", &["exits/the_chief_alone_accepts_at_screening_and_rescinds_with_a_reason"]),
    ("2.r7", "released when no notice was received in a month", &["clocks/without_a_notice_in_the_month_the_author_is_free", "clocks/a_decision_whose_letter_did_not_go_in_time_is_void"]),
    ("2.r8", "reaffirmed: a new month; asked by one letter", &["clocks/without_a_notice_in_the_month_the_author_is_free", "exits/a_released_manuscript_is_asked_about_once_and_closed_after_two_months_of_silence"]),
    ("2.r9", "a release ends in withdrawal or two months of silence", &["exits/a_released_manuscript_is_asked_about_once_and_closed_after_two_months_of_silence"]),
    ("2.r10", "decisions on reviews, two of them or a reason for fewer, a point for a revision", &["decision/fewer_reviews_need_a_recorded_reason", "decision_form/points_are_chosen_edited_and_numbered"]),
    ("2.r11", "a revision: every point answered, rebuttal and originals together", &["author/a_revision_goes_back_whole_and_nothing_typed_is_lost", "ways_out/the_page_of_details_keeps_what_is_wrong_and_saves_what_is_right"]),
    ("2.r12", "lapsed after two calendar months", &["clocks/the_revision_window_lapses_after_two_calendar_months"]),
    ("2.r13", "after a revision: decided, or the same reviewers again", &["editor/a_revision_goes_to_the_reviewers_again_or_is_judged", "reviewer/a_second_round_shows_own_points_with_answers_and_the_earlier_files"]),
    ("2.r14", "published: proof settled, trial rules, copyright form if wanted", &["exits/silence_on_the_proof_is_consent_and_nothing_is_published_before", "exits/the_copyright_form_is_wanted_before_publication_if_the_journal_says_so", "editor/an_accepted_manuscript_is_proofed_and_published", "ways_out/a_wrong_proof_is_corrected_and_shown_anew_before_anything_is_published"]),
    ("2.r15", "an acceptance is rescinded by the editor-in-chief", &["exits/the_chief_alone_accepts_at_screening_and_rescinds_with_a_reason"]),
    ("2.r16", "an appeal, once, within thirty days, judged by somebody else", &["law/an_appeal_is_judged_once_by_somebody_without_a_part_in_it", "law/after_thirty_days_there_is_no_appeal", "request/who_judges_an_appeal_had_no_part_in_the_decision", "ways_out/reviewers_who_never_wrote_are_let_go_and_an_appeal_asks_the_others_again"]),
    ("2.r17", "withdrawn before acceptance; reviewers told with the batch", &["exits/a_withdrawal_reaches_office_at_once_and_reviewers_with_the_next_batch"]),
    ("2.r18", "withdrawn after acceptance: asked, and granted by the editor-in-chief", &["law/an_accepted_manuscript_is_let_go_by_the_chief_alone"]),
    ("2.r19", "corrections, concerns, retractions: dated, linked, the page stays", &["cases/a_notice_stands_on_the_article_and_the_page_stays"]),
    ("2.p1", "a decision can be taken back until its letter goes, and counts when received", &["clocks/an_undone_decision_sends_nothing", "author/a_decision_shows_nothing_before_its_letter_and_takes_effect_when_opened", "mail/a_letter_in_the_folder_is_no_notice_until_the_author_opens_it", "ways_out/a_decision_whose_letter_cannot_be_sent_is_taken_back"]),
    // 3. Windows
    ("3.r1", "screening: a month, never extended", &["window/both_edges_of_the_last_day", "clocks/without_a_notice_in_the_month_the_author_is_free", "arrows/more_time_is_given_with_a_reason_but_never_for_screening"]),
    ("3.r2", "completion: fourteen days, then closed", &["exits/a_completion_that_does_not_come_closes_the_manuscript"]),
    ("3.r3", "finding reviewers: fourteen days, then overdue", &["exits/the_offices_own_windows_run_out_into_the_list_of_what_is_overdue", "ways_out/a_search_that_ran_out_is_overdue_only_while_somebody_is_wanted"]),
    ("3.r4", "an invitation: seven days, then the next alternate", &["exits/an_invitation_that_expires_is_declined_or_called_off_goes_to_the_next_alternate"]),
    ("3.r5", "a review: twenty-one days and fourteen more; late ones still count", &["exits/a_late_reviewer_is_released_with_thanks_and_a_late_form_still_comes_in"]),
    ("3.r6", "the decision: fourteen days, then overdue", &["exits/the_offices_own_windows_run_out_into_the_list_of_what_is_overdue"]),
    ("3.r7", "a revision: two calendar months; a broken blind copy is mended afterwards", &["clocks/the_revision_window_lapses_after_two_calendar_months", "copies/a_broken_blind_copy_of_a_revision_costs_no_deadline"]),
    ("3.r8", "the re-review: a calendar month, then overdue", &["exits/the_offices_own_windows_run_out_into_the_list_of_what_is_overdue"]),
    ("3.r9", "an appeal: thirty days", &["law/after_thirty_days_there_is_no_appeal"]),
    ("3.b1", "more time is asked once; unanswered it changes nothing; editors give it with a reason", &["law/more_time_is_asked_once_and_given_by_an_editor", "law/an_unanswered_request_ends_with_its_window", "law/a_refusal_needs_words_and_the_window_runs_on", "arrows/more_time_is_given_with_a_reason_but_never_for_screening", "ways_out/what_was_asked_ends_with_what_it_was_about"]),
    ("3.b2", "days end on working days, months never shift", &["window/days_end_on_working_days_and_months_do_not_shift", "window/months_of_every_length_in_beijing", "settings/the_calendar_is_added_to_pasted_and_taken_from"]),
    ("3.b3", "reminders inside the window; after an outage the latest alone", &["window/reminders_lie_inside_the_window_in_order", "exits/after_an_outage_only_the_latest_reminder_goes", "clocks/three_weeks_of_downtime_close_each_window_once", "ways_out/the_author_is_reminded_of_the_proof_and_of_a_release"]),
    ("3.b4", "a hold stops all but screening, and the author is told", &["law/on_hold_everything_but_screening_stands_still", "law/screening_runs_on_while_on_hold", "window/a_hold_gives_back_whole_days"]),
    // 4. Reviews
    ("4.b1", "three verdicts that advise; a split asks for a third reviewer", &["verdict/only_unsuitable_against_the_others_is_a_split"]),
    ("4.b2", "the form, its criteria, suggestions for class two; before accepting only title and abstract", &["review/class_two_needs_suggestions_and_the_others_do_not", "settings/reviews_keep_the_criteria_that_they_had", "reviewer/an_invitation_is_accepted_and_the_review_written_sent_and_amended"]),
    ("4.b3", "the author gets chosen points under labels, never verdict or scores", &["author/every_page_of_every_manuscript_in_both_languages_names_no_reviewer_and_no_editor", "decision_form/points_are_chosen_edited_and_numbered", "copies/a_decision_that_names_a_reviewer_is_refused", "cases/an_attachment_loses_its_reviewers_name_and_only_the_office_gets_it"]),
    ("4.b4", "after a revision the reviewer sees own points, answers, what changed", &["reviewer/a_second_round_shows_own_points_with_answers_and_the_earlier_files", "ways_out/reviewers_and_editors_see_what_a_revision_changed"]),
    ("4.b5", "the outcome if the journal wishes; certificates count and name nothing", &["reviewer/a_pending_decision_closes_the_form_and_the_outcome_is_told_the_day_after", "exits/reviewers_are_not_told_the_outcome_if_the_journal_does_not_wish_it", "cases/a_certificate_counts_reviews_by_year_and_names_no_manuscript"]),
    ("4.b6", "a review that came another way is entered and marked", &["cases/a_review_that_came_another_way_is_entered_and_marked_so", "cases/the_office_enters_a_review_on_its_page"]),
    ("4.b7", "who opened the names or handles it cannot review it", &["exits/who_may_not_review_is_refused_and_who_perhaps_should_not_needs_a_reason", "ways_out/an_alternate_who_has_opened_the_names_since_is_not_asked"]),
    // 5. Conflicts
    ("5.b1", "refused, or warned and overridden with a reason; opposed and suggested reviewers", &["exits/who_may_not_review_is_refused_and_who_perhaps_should_not_needs_a_reason", "exits/who_has_lately_published_with_an_author_is_warned_of", "conflict/institutions", "conflict/mail_domains", "reviewer/a_refusal_for_a_conflict_leaves_nothing_to_see"]),
    ("5.b2", "the warning never says which author", &["arrows/a_warning_never_says_which_author", "editor/the_authors_are_shown_only_on_the_record"]),
    ("5.b3", "a change of authors: all agree, the editor too, files are stripped again; a dispute is a hold", &["coauthors/authors_change_when_all_concerned_and_the_editor_agree", "coauthors/one_who_does_not_agree_ends_the_change", "request/everybody_old_and_new_must_agree", "ways_out/a_change_of_authors_ends_also_if_somebody_is_silent"]),
    ("5.b4", "an editor who leaves or is an author; a chief who is one appoints a guest", &["cases/an_editor_who_leaves_handles_nothing_and_the_last_chief_stays", "cases/a_chief_who_is_an_author_appoints_a_guest_and_is_then_only_an_author", "ways_out/where_the_only_chief_becomes_an_author_whoever_agrees_takes_that_place"]),
    // 6. Trials
    ("6.b1", "no number, no acceptance; retrospective by the chief's printed exception; each number once; looked up again before publication", &["exits/a_registration_is_looked_up_again_before_it_is_published", "dates/the_gate_follows_its_precedence", "tests/several_numbers_in_prose_are_found_once_each_and_in_order", "arrows/no_registration_no_acceptance_and_an_exception_is_the_chiefs", "ways_out/a_trials_number_that_comes_late_opens_the_way_to_acceptance"]),
    ("6.b2", "reviewers see a verdict and no number", &["canary/no_reviewer_learns_an_author_or_another_reviewer", "data/the_verdict_is_the_recorded_one"]),
    ("6.b3", "published with registry, link and date; declined or withdrawn never shown", &["public/an_article_is_found_by_title_author_and_trial_and_has_its_tags", "public/what_is_not_published_is_not_there"]),
    // 7. Other cases
    ("7.b1", "the same file or title warns the office; after a decline a tie that the office sees", &["cases/the_same_file_and_nearly_the_same_title_are_told_to_the_office_alone", "cases/a_new_submission_after_a_decline_is_tied_to_the_old_one_for_the_office_alone"]),
    ("7.b2", "joint first authors; several corresponding authors, one letter each", &["public/joint_first_and_corresponding_authors_are_marked_on_the_article", "manuscript/joint_first_authors_are_the_head_of_the_list", "arrows/every_corresponding_author_gets_a_letter_of_their_own", "mail/a_server_takes_one_recipient_a_letter"]),
    ("7.b3", "co-authors confirm before acceptance; a denial is a hold", &["coauthors/acceptance_waits_for_every_coauthor", "reviewer/a_coauthor_confirms_by_link_and_becomes_an_author", "reviewer/whoever_denies_an_authorship_becomes_nothing", "ways_out/whether_acceptance_waits_for_coauthors_is_the_journals_but_who_denies_stops_it"]),
    ("7.b4", "manuscripts entered with true dates; reviewers from a list", &["entry/each_stage_is_entered_with_its_true_dates_and_every_page_of_it_is_there", "entering/windows_keep_their_true_dates", "entry/a_former_number_is_entered_once_also_by_two_at_once", "roster/a_list_is_looked_through_and_taken_in_once"]),
];

fn sources(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Every test of the program as `file/test`; a module's tests under the name of its file, or of its folder.
fn tests() -> HashSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    sources(&root.join("tests/office"), &mut files);
    let marked = regex::Regex::new(
        r"#\[(?:test|rocket::async_test|tokio::test)[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:async )?fn (\w+)",
    )
    .unwrap();
    let mut out = HashSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        for found in marked.captures_iter(&text) {
            out.insert(format!("{stem}/{}", &found[1]));
        }
    }
    out
}

#[test]
fn every_rule_is_held_by_a_test_that_is_there() {
    let tests = tests();
    assert!(tests.len() > 200, "{}", tests.len());
    let mut seen = HashSet::new();
    let mut missing = Vec::new();
    for (rule, short, held) in RULES {
        assert!(seen.insert(rule), "{rule} stands twice");
        assert!(!short.is_empty() && !held.is_empty(), "{rule}: {short}");
        missing.extend(
            held.iter()
                .filter(|t| !tests.contains(**t))
                .map(|t| format!("{rule} {t}")),
        );
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// The numbers of the rules of a text: rows without headings, bullets and paragraphs of sections 1 to 7.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let (mut section, mut rows, mut bullets, mut paragraphs) = (0, 0, 0, 0);
    let mut heading = true;
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
            (rows, bullets, paragraphs, heading) = (0, 0, 0, true);
            continue;
        }
        let kind = match line {
            _ if section == 0 || line.trim().is_empty() || line.starts_with(' ') => continue,
            l if l.starts_with("| ---") => {
                heading = false;
                continue;
            }
            l if l.starts_with('|') && heading => continue,
            l if l.starts_with('|') => {
                rows += 1;
                format!("r{rows}")
            }
            l if l.starts_with("- ") => {
                bullets += 1;
                format!("b{bullets}")
            }
            _ => {
                paragraphs += 1;
                format!("p{paragraphs}")
            }
        };
        out.insert(format!("{section}.{kind}"));
    }
    out
}

#[test]
fn no_rule_is_missing_in_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/RULES.md");
    let here: BTreeSet<String> = RULES.iter().map(|(rule, _, _)| (*rule).to_owned()).collect();
    for section in 1..=7 {
        let own = format!("{section}.");
        assert!(
            here.iter().any(|rule| rule.starts_with(&own)),
            "section {section}"
        );
    }
    // The rules are kept beside the repository, not in it.
    let Ok(text) = std::fs::read_to_string(path) else {
        return;
    };
    let there = numbers(&text);
    let missing: Vec<_> = there.difference(&here).collect();
    let gone: Vec<_> = here.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "missing {missing:?}, gone {gone:?}"
    );
}

#[test]
fn rules_are_counted_by_row_bullet_and_paragraph() {
    let text = "# Rules\n\nBefore.\n\n## 1. A\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n\nWords.\n\n\
        ## 2. B\n\n- one\n  and more\n- two\n";
    let found: Vec<String> = numbers(text).into_iter().collect();
    assert_eq!(found, ["1.p1", "1.r1", "1.r2", "2.b1", "2.b2"]);
}
