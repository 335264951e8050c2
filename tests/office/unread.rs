//! What nobody can read in a file: said page by page, the author's to look at or to replace, and the editor sees that.

use bauta::domain::person::Lang;
use bauta::store::files::FileRole;
use rocket::http::Status;

use crate::formats::add;
use crate::support::Town;

/// A PDF whose first page has text, and whose second is a picture.
fn half_scanned() -> Vec<u8> {
    let stream =
        |dict: &str, data: &str| format!("<<{dict}/Length {}>>\nstream\n{data}\nendstream", data.len());
    let page = |content: u8, resources: &str| {
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<<{resources}>>>>"
        )
    };
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>".to_owned(),
        page(4, "/Font<</F1 5 0 R>>"),
        stream(
            "",
            "BT /F1 12 Tf 50 700 Td (Walking in the hills was walked by many.) Tj ET",
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        page(7, "/XObject<</I 8 0 R>>"),
        stream("", "q 595 0 0 842 0 0 cm /I Do Q"),
        stream(
            "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8",
            "abcd",
        ),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let table = out.len();
    out.push_str("xref\n0 9\n0000000000 65535 f \n");
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!(
        "trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"
    ));
    out.into_bytes()
}

/// The author of the returned manuscript, and the one who handles it.
const AUTHOR: &str = "author2";
const EDITOR: &str = "editor";

#[rocket::async_test]
async fn a_page_without_letters_is_looked_at_or_replaced() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (number, token) = (town.number("returned"), town.token(AUTHOR).await);
    let id = add(&town, AUTHOR, &number, FileRole::Manuscript, &half_scanned()).await;
    let at = format!("/author/manuscripts/{number}/blind/{id}");
    let pages = [
        (Lang::Zh, "第 2 页", "我已看过"),
        (Lang::En, "page 2", "I have looked at it"),
    ];
    let author = town.who(AUTHOR).await;
    for (lang, page, looked) in pages {
        town.store.set_lang(&author, lang).await.unwrap();
        let html = browser.page(&at, Some(&token), lang).await;
        let asked = html.split("<fieldset").nth(1).unwrap();
        assert!(asked.contains(page) && asked.contains(looked), "{asked}");
        // Nothing of it can be cut, and no words of it are shown.
        assert!(
            !asked.contains("value=\"remove\"") && !asked.contains("<mark>"),
            "{asked}"
        );
    }
    let html = browser.page(&at, Some(&token), Lang::En).await;
    let keys = regex::Regex::new(r#"name="findings\[0\]\.key" value="([^"]*)""#).unwrap();
    let key = keys.captures(&html).unwrap()[1].to_owned();
    let settle = format!("{at}/findings");
    let send = async |choice: &str| {
        let body = format!("findings[0].key={key}&findings[0].choice={choice}");
        let response = browser.post(&settle, Some(&token), &body).await;
        assert_eq!(response.status(), Status::SeeOther);
        response.headers().get_one("Location").unwrap().to_owned()
    };
    // Who asks for its removal all the same is refused, and nothing changes.
    assert!(send("remove").await.contains("problem="));
    let html = browser.page(&at, Some(&token), Lang::En).await;
    assert!(html.contains("finding-open"), "{html}");
    // A better file is the other way.
    assert!(send("other").await.contains("/files"));
    assert!(!send("keep").await.contains("problem="));
    let html = browser.page(&at, Some(&token), Lang::En).await;
    assert!(
        !html.contains("finding-open") && html.contains("page 2"),
        "{html}"
    );

    let editor = town.who(EDITOR).await;
    let seen = format!("/office/manuscripts/{number}/files/{id}");
    let token = town.token(EDITOR).await;
    for (lang, page, confirmed) in [
        (Lang::Zh, "第 2 页", "作者已目视确认"),
        (Lang::En, "page 2", "looked at by the author"),
    ] {
        town.store.set_lang(&editor, lang).await.unwrap();
        let html = browser.page(&seen, Some(&token), lang).await;
        assert!(html.contains(page) && html.contains(confirmed), "{html}");
    }
}
