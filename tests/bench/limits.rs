//! Memory for 50 MB, and how soon a bomb is refused. Each is measured in a child process, whose peak the system tells.

use crate::{Bench, Row, common};
use bauta_strip::{Identity, Refusal, strip};
use std::process::Command;
use std::time::Instant;

pub fn run(bench: &Bench) -> Vec<Row> {
    let mut rows = Vec::new();
    for (kind, bytes) in [
        ("docx with pictures", docx_of_pictures()),
        ("docx of text", docx_of_text(50 << 20)),
        ("pdf with pictures", pdf_of_pictures()),
        ("text", words(50 << 20).into_bytes()),
    ] {
        let path = bench.work.join("large.bin");
        std::fs::write(&path, &bytes).unwrap();
        #[allow(clippy::cast_precision_loss)]
        let size = bytes.len() as f64 / 1048576.0;
        drop(bytes);
        let told = Command::new(std::env::current_exe().unwrap())
            .arg("--child")
            .arg(&path)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&told.stdout).trim().to_owned();
        rows.push(Row::new(
            format!("memory, {kind} of {size:.0} MB"),
            "< 512 MiB",
            told,
        ));
    }
    for (kind, bomb) in bombs() {
        let begun = Instant::now();
        let answer = strip(&bomb, &Identity::default()).err();
        let seconds = begun.elapsed().as_secs_f64();
        let told = format!(
            "{} in {seconds:.2} s",
            answer.map_or("NOT REFUSED".into(), |r: Refusal| format!("{r:?}"))
        );
        rows.push(Row::new(format!("bomb, {kind}"), "refused in < 1 s", told));
    }
    rows
}

/// Strips one file and prints the peak of this process.
pub fn child(args: &[String]) {
    let bytes = std::fs::read(&args[0]).unwrap();
    let identity = common::identity();
    let begun = Instant::now();
    let result = strip(&bytes, &identity);
    let seconds = begun.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak: u64 = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .and_then(|l| l.split_whitespace().next()?.parse().ok())
        .unwrap_or_default();
    let told = result.err().map_or(String::new(), |r| format!(", REFUSED {r:?}"));
    println!("{} MiB in {seconds:.1} s{told}", peak / 1024);
}

/// Numbers that look random and are the same every time.
fn noise(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

fn words(size: usize) -> String {
    let mut seed = 0x9E37_79B9_7F4A_7C15;
    let mut out = String::with_capacity(size + 64);
    while out.len() < size {
        for _ in 0..12 {
            let n = noise(&mut seed);
            for shift in 0..(n % 7 + 2) {
                out.push(char::from(
                    b'a' + u8::try_from((n >> (shift * 5 + 8)) % 26).unwrap(),
                ));
            }
            out.push(' ');
        }
        out.push_str("end.\n");
    }
    out
}

fn random(size: usize) -> Vec<u8> {
    let mut seed = 77;
    (0..size / 8)
        .flat_map(|_| noise(&mut seed).to_le_bytes())
        .collect()
}

/// A JPEG of so many bytes of (senseless) scan.
fn jpeg(size: usize) -> Vec<u8> {
    let scan = random(size).into_iter().map(|b| if b == 0xFF { 0xFE } else { b });
    [0xFF, 0xD8, 0xFF, 0xDA, 0, 2]
        .into_iter()
        .chain(scan)
        .chain([0xFF, 0xD9])
        .collect()
}

fn docx_of_pictures() -> Vec<u8> {
    let body: String = (0..5)
        .map(|n| format!("<w:p><w:r><w:drawing><a:blip r:embed=\"i{n}\"/></w:drawing></w:r></w:p>"))
        .collect();
    let names: Vec<(String, String, String)> = (0..5)
        .map(|n| {
            (
                format!("i{n}"),
                format!("media/p{n}.jpg"),
                format!("word/media/p{n}.jpg"),
            )
        })
        .collect();
    let more: Vec<(&str, Vec<u8>)> = names.iter().map(|n| (n.2.as_str(), jpeg(10 << 20))).collect();
    let rels: Vec<(&str, &str, &str, bool)> = names
        .iter()
        .map(|n| (n.0.as_str(), "image", n.1.as_str(), false))
        .collect();
    common::docx(&body, &more, &rels)
}

/// A document of text that packs to about half.
fn docx_of_text(size: usize) -> Vec<u8> {
    let body: String = words(size + size / 2).lines().map(common::p).collect();
    common::docx(&body, &[], &[])
}

fn pdf_of_pictures() -> Vec<u8> {
    let mut pdf = common::Pdf::new();
    let mut dict = lopdf::Dictionary::new();
    dict.set("Type", lopdf::Object::Name(b"XObject".to_vec()));
    dict.set("Subtype", lopdf::Object::Name(b"Image".to_vec()));
    for (key, value) in [("Width", 100), ("Height", 100), ("BitsPerComponent", 8)] {
        dict.set(key, lopdf::Object::Integer(value));
    }
    dict.set("ColorSpace", lopdf::Object::Name(b"DeviceRGB".to_vec()));
    for n in 0..5 {
        let id = pdf
            .doc
            .add_object(lopdf::Stream::new(dict.clone(), random(10 << 20)));
        pdf.xobjects.set(format!("I{n}"), lopdf::Object::Reference(id));
        pdf.page(&format!("BT /F1 12 Tf 50 700 Td (Gulls) Tj ET /I{n} Do"));
    }
    pdf.finish(|_, _| {})
}

fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let zip = common::zip(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("word/document.xml", vec![b' '; 400 << 20]),
    ]);
    let deep = common::docx(&"<w:sdt>".repeat(2_000_000), &[], &[]);
    let mut pdf = common::Pdf::new();
    pdf.page("q Q");
    let mut stream = lopdf::Stream::new(lopdf::Dictionary::new(), vec![b' '; 600 << 20]);
    stream.compress().unwrap();
    let content = pdf.doc.add_object(stream);
    let page = pdf.page("q Q");
    pdf.doc
        .get_dictionary_mut(page)
        .unwrap()
        .set("Contents", lopdf::Object::Reference(content));
    vec![
        ("zip of 400 MB of spaces", zip),
        ("two million elements deep", deep),
        ("page of 600 MB of spaces", pdf.finish(|_, _| {})),
    ]
}
