//! `bauta strip`: blind copies on the command line.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use bauta_strip::{Blind, Identity, Person};
use clap::Args as ClapArgs;
use serde::Serialize;

use super::CommandResult;
use super::serve::say;

/// Exits with 0 if every file was cleaned, with 3 if at least one was refused (the others are written).
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

pub fn run(args: &Args) -> CommandResult {
    let identity = identity(args)?;
    if let Some(out) = &args.out {
        std::fs::create_dir_all(out)?;
    }
    let mut files = Vec::new();
    for input in &args.inputs {
        let report = one(args, input, &identity)?;
        let what = report.reason.clone().unwrap_or_else(|| {
            format!(
                "{} removed, {} findings",
                total(&report.removed),
                report.findings.len()
            )
        });
        say(&format!("{}: {} ({what})", input.display(), report.status));
        files.push(report);
    }
    let refused = files.iter().any(|f| f.status == "refused");
    if let Some(path) = &args.report {
        std::fs::write(
            path,
            serde_json::to_string_pretty(&serde_json::json!({ "files": files }))?,
        )?;
    }
    Ok(if refused {
        ExitCode::from(3)
    } else {
        ExitCode::SUCCESS
    })
}

fn total(removed: &[bauta_strip::Removed]) -> u32 {
    removed.iter().map(|r| r.count).sum()
}

fn identity(args: &Args) -> Result<Identity, Box<dyn std::error::Error + Send + Sync>> {
    let mut identity = match &args.identity {
        Some(path) => serde_json::from_str(&std::fs::read_to_string(path)?)
            .map_err(|e| format!("{}: {e}", path.display()))?,
        None => Identity::default(),
    };
    for name in &args.name {
        let native = !name.is_ascii();
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

fn one(args: &Args, input: &std::path::Path, identity: &Identity) -> Result<FileReport, std::io::Error> {
    let clock = crate::clock::Clock::system();
    let begun = clock.now();
    let bytes = std::fs::read(input)?;
    let mut report = FileReport {
        input: input.display().to_string(),
        output: None,
        format: bauta_strip::recognise(&bytes).ok(),
        status: "refused",
        reason: None,
        removed: Vec::new(),
        findings: Vec::new(),
        seconds: 0.0,
    };
    match bauta_strip::strip(&bytes, identity) {
        Err(refusal) => report.reason = Some(crate::actions::strip::reason(refusal)),
        Ok(Blind {
            format,
            bytes,
            report: found,
        }) => {
            if let Some(out) = args.out.as_ref().filter(|_| !args.check) {
                let stem = input.file_stem().and_then(|s| s.to_str()).unwrap_or("file");
                let path = out.join(format!("{stem}.blind.{}", format.extension()));
                std::fs::write(&path, bytes)?;
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
    }
    let spent: Duration = clock.now().duration_since(begun).unsigned_abs();
    report.seconds = spent.as_secs_f64();
    Ok(report)
}
