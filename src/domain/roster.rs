//! A list of reviewers as a CSV file (`RULES.md` 7): read from whatever a spreadsheet or another system wrote, each line
//! with what is wrong with it.

use serde::Serialize;

use super::person::{Email, Lang, Orcid, Profile};

/// The most reviewers that one list may have.
pub const MOST: usize = 2000;
/// The largest list, in bytes.
pub const LARGEST: usize = 1_000_000;
/// The longest value of a field, in characters.
const LONGEST: usize = 300;

/// Why a list cannot be read at all: keys of translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// Neither UTF-8, UTF-16 nor GB18030: perhaps a spreadsheet's own file.
    Encoding,
    /// A spreadsheet's or another program's own file.
    NotText,
    /// The first line names no column for the address.
    NoAddress,
    /// The first line names no column for a name.
    NoName,
    /// More lines than a list may have.
    TooMany,
    /// Larger than a list may be.
    TooLarge,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where it stands in the file, from 1, the heading counted.
    pub line: u64,
    /// The address as typed.
    pub typed_email: String,
    /// Name, affiliation, expertise, ORCID.
    pub profile: Profile,
    /// Language of letters.
    pub lang: Lang,
    /// What is wrong with it: keys of translations.
    pub wrong: Vec<&'static str>,
}

impl Line {
    /// The address, if it is one.
    pub fn email(&self) -> Option<Email> {
        Email::parse(&self.typed_email)
    }
}

/// The bytes of a file as text: UTF-8 with or without a mark, UTF-16 with one, else GB18030.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    // Zip (xlsx, ods), the old Excel's container, PDF.
    let foreign: [&[u8]; 3] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"];
    if foreign.iter().any(|head| bytes.starts_with(head)) {
        return Err(Unreadable::NotText);
    }
    let (text, _, broken) = encoding_rs::UTF_8.decode(bytes);
    let text = if broken {
        let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
        if broken {
            return Err(Unreadable::Encoding);
        }
        text
    } else {
        text
    };
    if text.contains('\0') {
        return Err(Unreadable::NotText);
    }
    Ok(text.into_owned())
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Email,
    Name,
    Native,
    Latin,
    Affiliation,
    Expertise,
    Orcid,
    Language,
}

/// Headings as journals and other systems write them, without spaces and in small letters.
const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "邮箱",
            "电子邮箱",
            "电子邮件",
            "邮件",
            "邮箱地址",
            "邮件地址",
        ],
    ),
    (
        Column::Name,
        &[
            "name",
            "fullname",
            "reviewer",
            "姓名",
            "名字",
            "专家",
            "专家姓名",
            "审稿人",
            "审稿专家",
        ],
    ),
    (
        Column::Native,
        &["nativename", "chinesename", "nameinchinese", "中文名", "中文姓名"],
    ),
    (
        Column::Latin,
        &[
            "latinname",
            "englishname",
            "nameinenglish",
            "nameinlatinletters",
            "pinyin",
            "英文名",
            "英文姓名",
            "拼音",
            "姓名拼音",
            "外文名",
            "外文姓名",
        ],
    ),
    (
        Column::Affiliation,
        &[
            "affiliation",
            "affiliations",
            "institution",
            "organisation",
            "organization",
            "单位",
            "工作单位",
            "所在单位",
            "机构",
            "单位名称",
        ],
    ),
    (
        Column::Expertise,
        &[
            "expertise",
            "keywords",
            "keyword",
            "field",
            "fields",
            "researchinterests",
            "interests",
            "专长",
            "研究方向",
            "研究领域",
            "关键词",
            "擅长领域",
            "专业",
            "学科",
        ],
    ),
    (Column::Orcid, &["orcid", "orcidid", "orcidnumber"]),
    (
        Column::Language,
        &["language", "lang", "语言", "信函语言", "通信语言"],
    ),
];

fn column(heading: &str) -> Option<Column> {
    let plain: String = heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let fits = |(_, names): &&(Column, &[&str])| names.contains(&plain.as_str());
    HEADINGS.iter().find(fits).map(|(column, _)| *column)
}

/// The sign between fields: the one that the heading has most of.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let count = |sign: u8| heading.bytes().filter(|b| *b == sign).count();
    // Of equals the last wins: a comma where there is none of them.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}

/// Line ends of one kind, and no mark in front.
fn plain(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// Where a record stands: the reader counts the empty lines before it to it.
fn line_of(record: &csv::StringRecord, text: &str) -> u64 {
    let Some(at) = record.position() else { return 0 };
    let from = usize::try_from(at.byte()).unwrap_or_default();
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    at.line() + rest.iter().take_while(|b| **b == b'\n').count() as u64
}

/// Reads the list. A line that is wrong says so and stops none of the others.
pub fn read(text: &str) -> Result<Vec<Line>, Unreadable> {
    let text = &plain(text);
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| Unreadable::NoAddress)?;
    let columns: Vec<Option<Column>> = headings.iter().map(column).collect();
    let has = |wanted: &[Column]| columns.iter().flatten().any(|c| wanted.contains(c));
    if !has(&[Column::Email]) {
        return Err(Unreadable::NoAddress);
    }
    if !has(&[Column::Name, Column::Native, Column::Latin]) {
        return Err(Unreadable::NoName);
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for record in reader.records().map_while(Result::ok) {
        if record.iter().all(str::is_empty) {
            continue;
        }
        let mut line = Line {
            line: line_of(&record, text),
            ..line(&record, &columns)
        };
        let twice = line.email().is_some_and(|email| !seen.insert(email));
        if twice {
            line.wrong.push("twice");
        }
        lines.push(line);
        if lines.len() > MOST {
            return Err(Unreadable::TooMany);
        }
    }
    match lines.is_empty() {
        true => Err(Unreadable::Empty),
        false => Ok(lines),
    }
}

/// The heading and the lines that are wrong, to be mended: what is left of a list when the others were taken in.
pub fn left(text: &str, lines: &[Line]) -> String {
    let text = &plain(text);
    let delimiter = delimiter(text);
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).flexible(true).has_headers(false);
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_writer(Vec::new());
    let wrong = |at: u64| lines.iter().any(|l| l.line == at && !l.wrong.is_empty());
    for (i, record) in builder
        .from_reader(text.as_bytes())
        .records()
        .map_while(Result::ok)
        .enumerate()
    {
        let at = line_of(&record, text);
        if i == 0 || wrong(at) {
            // A buffer in memory takes everything.
            let _ = writer.write_record(&record);
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn line(record: &csv::StringRecord, columns: &[Option<Column>]) -> Line {
    let of = |wanted: Column| {
        let at = columns.iter().position(|c| *c == Some(wanted));
        at.and_then(|at| record.get(at)).unwrap_or_default()
    };
    let mut wrong = Vec::new();
    // An address as other systems write it: a name around it, or "mailto:".
    let email = of(Column::Email);
    let email = email
        .rsplit_once('<')
        .map_or(email, |(_, rest)| rest.trim_end_matches('>'));
    let email = email.trim_start_matches("mailto:").trim();
    if Email::parse(email).is_none() {
        wrong.push(if email.is_empty() { "no-email" } else { "email" });
    }
    let (mut native, mut latin) = (of(Column::Native).to_owned(), of(Column::Latin).to_owned());
    let name = of(Column::Name);
    let place = if name.is_ascii() { &mut latin } else { &mut native };
    if place.is_empty() {
        name.clone_into(place);
    }
    if native.is_empty() && latin.is_empty() {
        wrong.push("no-name");
    }
    let orcid = of(Column::Orcid);
    let parsed = Orcid::parse(orcid);
    if !orcid.is_empty() && parsed.is_none() {
        wrong.push("orcid");
    }
    let lang = language(of(Column::Language), !native.is_empty());
    if lang.is_none() {
        wrong.push("language");
    }
    if columns.len() < record.len() && record.iter().skip(columns.len()).any(|f| !f.is_empty()) {
        wrong.push("columns");
    }
    let texts = [
        native.as_str(),
        &latin,
        of(Column::Affiliation),
        of(Column::Expertise),
    ];
    if texts.iter().any(|t| t.chars().count() > LONGEST) {
        wrong.push("long");
    }
    Line {
        line: 0,
        typed_email: email.to_owned(),
        profile: Profile {
            affiliation: of(Column::Affiliation).to_owned(),
            expertise: of(Column::Expertise).to_owned(),
            orcid: parsed.map(|o| o.as_str().to_owned()).unwrap_or_default(),
            native_name: native,
            latin_name: latin,
        },
        lang: lang.unwrap_or_default(),
        wrong,
    }
}

/// The language that a cell names; without one, the one that the name is in. None for one that we do not write.
fn language(cell: &str, native: bool) -> Option<Lang> {
    let cell = cell.to_lowercase();
    match cell.as_str() {
        "" => Some(if native { Lang::Zh } else { Lang::En }),
        "zh" | "zh-cn" | "cn" | "chinese" | "中文" | "汉语" | "中" | "简体中文" => Some(Lang::Zh),
        "en" | "en-us" | "en-gb" | "english" | "英文" | "英语" | "英" => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Line {
        read(text).unwrap().remove(0)
    }

    #[test]
    fn headings_in_both_languages_and_all_signs() {
        for text in [
            "姓名,邮箱,单位,研究方向\n史慕白,mubai@pool.example,北岭大学,流行病学；营养\n",
            "\u{feff}审稿专家;E-mail;工作单位;专长\n史慕白;mubai@pool.example;北岭大学;流行病学；营养\n",
            "Name\tEmail address\tInstitution\tKeywords\r\n史慕白\tmubai@pool.example\t北岭大学\t流行病学；营养\r\n",
            "电子邮件,关键词,中文姓名,所在单位\n<mubai@pool.example>,流行病学；营养,史慕白,\"北岭大学\"\n",
        ] {
            let line = one(text);
            assert_eq!(line.wrong, Vec::<&str>::new(), "{text}");
            assert_eq!(line.typed_email, "mubai@pool.example");
            assert_eq!(line.profile.native_name, "史慕白");
            assert_eq!(line.profile.affiliation, "北岭大学");
            assert_eq!(line.profile.expertise, "流行病学；营养");
            assert_eq!((line.line, line.lang), (2, Lang::Zh));
        }
        let both = one("姓名,英文姓名,邮箱,语言\n史慕白,Shi Mubai,m@pool.example,英文\n");
        assert_eq!(
            (both.profile.latin_name.as_str(), both.lang),
            ("Shi Mubai", Lang::En)
        );
    }

    #[test]
    fn each_bad_line_says_what_is_wrong_with_it() {
        let text = "name,email,orcid,language\n\
            Ann Bee,ann@pool.example,,\n\
            Cas Dee,cas at pool.example,,\n\
            ,eve@pool.example,,\n\
            \n\
            Fay Gil,ANN@pool.example,,\n\
            Hal Ira,hal@pool.example,1234,\n\
            Jon Kim,jon@pool.example,,Klingon\n\
            Lea Mol,lea@pool.example,,en,more,and more\n\
            Ned Oak,,,\n";
        let lines = read(text).unwrap();
        let said: Vec<(u64, &[&str])> = lines.iter().map(|l| (l.line, l.wrong.as_slice())).collect();
        let expected: [(u64, &[&str]); 8] = [
            (2, &[]),
            (3, &["email"]),
            (4, &["no-name"]),
            (6, &["twice"]),
            (7, &["orcid"]),
            (8, &["language"]),
            (9, &["columns"]),
            (10, &["no-email"]),
        ];
        assert_eq!(said, expected);
        let left = left(text, &lines);
        assert!(!left.contains("Ann Bee") && left.starts_with("name,email,orcid,language\n"));
        let again = read(&left).unwrap();
        // Alone, the one that stood twice is right.
        assert_eq!(again.iter().filter(|l| !l.wrong.is_empty()).count(), 6);
        assert_eq!(again[5].profile.latin_name, "Lea Mol");
    }

    #[test]
    fn files_of_every_encoding_and_none() {
        let text = "姓名,邮箱\n龚若兰,ruolan@pool.example\n";
        let gb = encoding_rs::GB18030.encode(text).0.into_owned();
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let marked = format!("\u{feff}{text}");
        for bytes in [text.as_bytes(), marked.as_bytes(), &gb, &utf16] {
            let line = one(&decode(bytes).unwrap());
            assert_eq!(line.profile.native_name, "龚若兰");
        }
        assert_eq!(decode(b"PK\x03\x04rest"), Err(Unreadable::NotText));
        assert_eq!(decode(b"name\0,email"), Err(Unreadable::NotText));
        assert_eq!(decode(&[0xff, 0xff, 0x00, 0x80]), Err(Unreadable::Encoding));
        assert_eq!(decode(&vec![b'a'; LARGEST + 1]), Err(Unreadable::TooLarge));
        assert_eq!(read(" \n"), Err(Unreadable::Empty));
        assert_eq!(read("姓名,邮箱\n"), Err(Unreadable::Empty));
        assert_eq!(read("姓名,电话\n甲,1\n"), Err(Unreadable::NoAddress));
        assert_eq!(read("邮箱,电话\na@b.example,1\n"), Err(Unreadable::NoName));
        let many = "name,email\n".to_owned() + &"A,a@b.example\n".repeat(MOST + 1);
        assert_eq!(read(&many), Err(Unreadable::TooMany));
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_is_answered(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            if let Ok(text) = decode(&bytes) {
                let _ = read(&text);
                let _ = read(&format!("name,email\n{text}"));
            }
        }

        #[test]
        fn what_was_quoted_comes_back(name in "[A-Z][a-z\",; ]{0,20}[a-z]", affiliation in "[a-z北岭\",;\n]{0,20}") {
            let quote = |t: &str| format!("\"{}\"", t.replace('"', "\"\""));
            let text = format!("name,email,affiliation\n{},a@b.example,{}\n", quote(&name), quote(&affiliation));
            let line = one(&text);
            proptest::prop_assert_eq!(&line.profile.latin_name, name.trim());
            proptest::prop_assert_eq!(&line.profile.affiliation, affiliation.trim());
        }
    }
}
