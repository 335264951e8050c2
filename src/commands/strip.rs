//! `bauta strip`: blind copies on the command line.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bauta_strip::{Blind, Identity, Person};
use clap::Args as ClapArgs;
use serde::Serialize;

use super::CommandResult;
use super::serve::say;

/// Exits with 0 if every file was cleaned, with 3 if at least one was refused (the others are written), with 2 if it was
/// called wrongly.
#[derive(ClapArgs)]
pub struct Args {
    /// The files
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// The folder for the blind copies: `paper.docx` becomes `paper.blind.docx`
    #[arg(long, required_unless_present = "check")]
    out: Option<PathBuf>,
    /// Who must not be found: {"people":[{"name","native_name","email","orcid","affiliations":[]}],"terms":[]}
    #[arg(long)]
    identity: Option<PathBuf>,
    /// A further name
    #[arg(long)]
    name: Vec<String>,
    /// Write the report as JSON
    #[arg(long)]
    report: Option<PathBuf>,
    /// Write nothing, only say what is seen
    #[arg(long)]
    check: bool,
}

#[derive(Serialize)]
struct FileReport {
    input: String,
    output: Option<String>,
    format: Option<bauta_strip::Format>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    removed: Vec<bauta_strip::Removed>,
    findings: Vec<bauta_strip::Finding>,
    seconds: f64,
}

/// A mistake in how the command was called: said in one line, with the exit code for it.
struct Misuse(String);

pub fn run(args: &Args) -> CommandResult {
    let prepared = identity(args).and_then(|identity| Ok((identity, outputs(args)?)));
    let (identity, outputs) = match prepared {
        Ok(prepared) => prepared,
        Err(Misuse(line)) => {
            complain(&line);
            return Ok(ExitCode::from(2));
        }
    };
    let files = strip_all(args, &outputs, &identity);
    for file in &files {
        let what = file.reason.clone().unwrap_or_else(|| {
            let removed: u32 = file.removed.iter().map(|r| r.count).sum();
            format!("{removed} removed, {} findings", file.findings.len())
        });
        say(&format!("{}: {} ({what})", file.input, file.status));
    }
    let refused = files.iter().any(|f| f.status == "refused");
    if let Some(path) = &args.report {
        let json = serde_json::to_string_pretty(&serde_json::json!({ "files": files }))?;
        if let Err(e) = std::fs::write(path, json) {
            complain(&format!(
                "the report cannot be written to {}: {e}",
                path.display()
            ));
            return Ok(ExitCode::from(2));
        }
    }
    Ok(if refused {
        ExitCode::from(3)
    } else {
        ExitCode::SUCCESS
    })
}

impl Args {
    /// Nobody wants a manuscript overwritten by a report about it.
    fn is_report_an_input(&self) -> bool {
        let same = |a: &Path, b: &Path| {
            a.canonicalize()
                .ok()
                .zip(b.canonicalize().ok())
                .is_some_and(|(a, b)| a == b)
        };
        self.report
            .as_ref()
            .is_some_and(|r| self.inputs.iter().any(|i| same(r, i)))
    }
}

/// One line on standard error.
#[allow(clippy::print_stderr)]
fn complain(line: &str) {
    eprintln!("bauta strip: {line}");
}

fn identity(args: &Args) -> Result<Identity, Misuse> {
    let mut identity = match &args.identity {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|e| {
                Misuse(format!(
                    "the identity file {} cannot be read: {e}",
                    path.display()
                ))
            })?;
            serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map_err(|e| {
                Misuse(format!(
                    "the identity file {} is not as it should be: {e}",
                    path.display()
                ))
            })?
        }
        None => Identity::default(),
    };
    for name in &args.name {
        let native = name.chars().any(|c| u32::from(c) >= 0x2E80);
        let (native_name, name) = if native {
            (name.clone(), String::new())
        } else {
            (String::new(), name.clone())
        };
        identity.people.push(Person {
            name,
            native_name,
            ..Person::default()
        });
    }
    Ok(identity)
}

/// Where each copy goes, without its extension: two inputs of the same name get two copies. Makes the folder.
fn outputs(args: &Args) -> Result<Vec<Option<PathBuf>>, Misuse> {
    if args.is_report_an_input() {
        return Err(Misuse("the report would overwrite an input".into()));
    }
    let Some(out) = args.out.as_ref().filter(|_| !args.check) else {
        return Ok(args.inputs.iter().map(|_| None).collect());
    };
    std::fs::create_dir_all(out)
        .map_err(|e| Misuse(format!("the folder {} cannot be made: {e}", out.display())))?;
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let place = |input: &PathBuf| {
        let stem = input
            .file_stem()
            .map_or_else(|| "file".into(), |s| s.to_string_lossy().into_owned());
        let mut name = format!("{stem}.blind");
        let mut number = 2;
        // File systems may take names that differ in case only for the same.
        while !taken.insert(name.to_lowercase()) {
            name = format!("{stem}-{number}.blind");
            number += 1;
        }
        Some(out.join(name))
    };
    Ok(args.inputs.iter().map(place).collect())
}

/// Strips all files, on every core there is; the reports come in the order of the inputs.
fn strip_all(args: &Args, outputs: &[Option<PathBuf>], identity: &Identity) -> Vec<FileReport> {
    let cores = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(args.inputs.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, FileReport)>> = Mutex::new(Vec::new());
    let terminal = std::io::stderr().is_terminal() && args.inputs.len() > 1;
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(input) = args.inputs.get(index) else {
                        return;
                    };
                    let report = one(input, outputs[index].as_deref(), identity);
                    let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    done.push((index, report));
                    if terminal {
                        progress(done.len(), args.inputs.len());
                    }
                }
            });
        }
    });
    let mut done = done
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, report)| report).collect()
}

/// How far it is, on one line that is written over and cleared at the end.
#[allow(clippy::print_stderr)]
fn progress(done: usize, of: usize) {
    if done == of {
        eprint!("\r\x1b[K");
    } else {
        eprint!("\r{done}/{of}");
    }
}

fn one(input: &Path, output: Option<&Path>, identity: &Identity) -> FileReport {
    let clock = crate::clock::Clock::system();
    let begun = clock.now();
    let mut report = FileReport {
        input: input.display().to_string(),
        output: None,
        format: None,
        status: "refused",
        reason: None,
        removed: Vec::new(),
        findings: Vec::new(),
        seconds: 0.0,
    };
    match std::fs::read(input) {
        Err(e) => report.reason = Some(format!("unreadable: {e}")),
        Ok(bytes) => {
            report.format = bauta_strip::recognise(&bytes).ok();
            clean(&bytes, output, identity, &mut report);
        }
    }
    report.seconds = clock.now().duration_since(begun).unsigned_abs().as_secs_f64();
    report
}

fn clean(bytes: &[u8], output: Option<&Path>, identity: &Identity, report: &mut FileReport) {
    let blind = match bauta_strip::strip(bytes, identity) {
        Ok(blind) => blind,
        Err(refusal) => {
            report.reason = Some(crate::actions::strip::reason(refusal));
            return;
        }
    };
    let Blind {
        format,
        bytes,
        report: found,
    } = blind;
    if let Some(stem) = output {
        let path = PathBuf::from(format!("{}.{}", stem.display(), format.extension()));
        if let Err(e) = std::fs::write(&path, bytes) {
            report.reason = Some(format!("{} cannot be written: {e}", path.display()));
            return;
        }
        report.output = Some(path.display().to_string());
    }
    report.status = if found.findings.is_empty() {
        "clean"
    } else {
        "findings"
    };
    report.removed = found.removed;
    report.findings = found.findings;
}
