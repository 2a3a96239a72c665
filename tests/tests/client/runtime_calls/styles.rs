//! Tests the specification's table of styles, cell by cell: style, `explode`, and an empty text, a text, a list and an
//! object.
//!
//! An object has its properties in the order of their names.

use intercom_client::runtime::{Client, Piece, Request, Style, Value};
use serde_json::json;

use super::{ShowThing, start};

/// A style and the expected text for each of [`values`]; `None` if the table has no such cell.
type Row = (Style, [Option<&'static str>; 4]);

fn values() -> [Value; 4] {
    [json!(""), json!("blue"), json!(["blue", "black", "brown"]), json!({"R": 100, "G": 200, "B": 150})]
}

const PATH: [Row; 6] = [
    (Style::Simple { explode: false }, [None, Some("blue"), Some("blue,black,brown"), Some("B,150,G,200,R,100")]),
    (Style::Simple { explode: true }, [None, Some("blue"), Some("blue,black,brown"), Some("B=150,G=200,R=100")]),
    // The segment `.` would reach another endpoint.
    (Style::Label { explode: false }, [None, Some(".blue"), Some(".blue,black,brown"), Some(".B,150,G,200,R,100")]),
    (Style::Label { explode: true }, [None, Some(".blue"), Some(".blue.black.brown"), Some(".B=150.G=200.R=100")]),
    (
        Style::Matrix { explode: false },
        [Some(";color"), Some(";color=blue"), Some(";color=blue,black,brown"), Some(";color=B,150,G,200,R,100")],
    ),
    (
        Style::Matrix { explode: true },
        [Some(";color"), Some(";color=blue"), Some(";color=blue;color=black;color=brown"), Some(";B=150;G=200;R=100")],
    ),
];

const FORM: [Row; 2] = [
    (
        Style::Form { explode: false },
        [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=B,150,G,200,R,100")],
    ),
    (
        Style::Form { explode: true },
        [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("B=150&G=200&R=100")],
    ),
];

const QUERY: [Row; 3] = [
    (
        Style::SpaceDelimited,
        [None, None, Some("color=blue%20black%20brown"), Some("color=B%20150%20G%20200%20R%20100")],
    ),
    (Style::PipeDelimited, [None, None, Some("color=blue%7Cblack%7Cbrown"), Some("color=B%7C150%7CG%7C200%7CR%7C100")]),
    (Style::DeepObject, [None, None, None, Some("color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100")]),
];

const HEADER: [Row; 2] = [
    (Style::Simple { explode: false }, [Some(""), Some("blue"), Some("blue,black,brown"), Some("B,150,G,200,R,100")]),
    (Style::Simple { explode: true }, [Some(""), Some("blue"), Some("blue,black,brown"), Some("B=150,G=200,R=100")]),
];

/// Compares each cell of `rows` with the result of `write`.
fn hold(rows: &[Row], write: impl Fn(Style, &Value) -> Option<String>) {
    for (style, cells) in rows {
        for (value, expected) in values().iter().zip(cells) {
            if let Some(expected) = expected {
                assert_eq!(write(*style, value).as_deref(), Some(*expected), "{style:?} {value}");
            }
        }
    }
}

#[tokio::test]
async fn every_cell_of_a_path() {
    let (_server, client) = start(Vec::new()).await;
    let path = |style, value: &Value| {
        let request = Request::<ShowThing>::new(&client, &[Piece::Text("/"), Piece::styled("color", style, value)]);
        Some(request.url().ok()?.path().trim_start_matches('/').to_owned())
    };
    hold(&PATH, path);
    for style in [Style::Simple { explode: false }, Style::Label { explode: false }] {
        for nothing in [json!(""), json!(null), json!([]), json!({})] {
            assert_eq!(path(style, &nothing), None, "{style:?} {nothing}");
        }
    }
    assert_eq!(path(Style::Label { explode: false }, &json!(".")), None);
    assert_eq!(path(Style::Matrix { explode: false }, &json!("a/b;c=d")).as_deref(), Some(";color=a%2Fb%3Bc%3Dd"));
    // RFC 6570 defines a pair without a value. Nothing defines a list in an object.
    let odd = json!({"B": [1, 2], "G": "", "R": null});
    assert_eq!(path(Style::Matrix { explode: true }, &odd).as_deref(), Some(";B=1;B=2;G"));
    assert_eq!(path(Style::Simple { explode: true }, &odd).as_deref(), Some("B=1,B=2,G="));
    assert_eq!(path(Style::Simple { explode: false }, &odd).as_deref(), Some("B,%5B1%2C2%5D,G,"));
}

fn call(client: &Client) -> Request<ShowThing> {
    Request::new(client, &[Piece::Text("/things")])
}

#[tokio::test]
async fn every_cell_of_a_query() {
    let (_server, client) = start(Vec::new()).await;
    let query = |style, value: &Value| {
        Some(call(&client).query("color", style, value).url().ok()?.query().unwrap_or_default().to_owned())
    };
    hold(&FORM, query);
    hold(&QUERY, query);
    let reserved = call(&client).query_reserved("color", Style::Form { explode: true }, &":/?@!$'()*,;=#[]&+ %");
    let expected = "color=:/?@!$%27()*,;=%23%5B%5D%26%2B%20%25";
    assert_eq!(reserved.url().expect("valid").query(), Some(expected));
}

#[tokio::test]
async fn every_cell_of_a_header() {
    let (_server, client) = start(Vec::new()).await;
    hold(&HEADER, |style, value| {
        let headers = call(&client).header_parameter("color", style, value).headers().ok()?;
        Some(headers.get("color")?.to_str().ok()?.to_owned())
    });
}

#[tokio::test]
async fn every_cell_of_a_cookie() {
    let (_server, client) = start(Vec::new()).await;
    hold(&FORM, |style, value| {
        let headers = call(&client).cookie("color", style, value).headers().ok()?;
        Some(headers.get("cookie")?.to_str().ok()?.to_owned())
    });
}
