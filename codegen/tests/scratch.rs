//! x
use codegen::document::Document;
use std::time::Instant;
#[test]
fn scratch() {
    let text = std::fs::read_to_string("../../shared/spec/intercom-unstable.yaml").unwrap();
    let v: serde_json::Value = serde_yaml::from_str(&text).unwrap();
    let j = serde_json::to_string_pretty(&v).unwrap();
    for _ in 0..4 {
        let t = Instant::now();
        let d = Document::parse("x.json", j.clone()).unwrap();
        println!("json {:?}", t.elapsed());
        let t = Instant::now();
        let typed = d.into_typed().unwrap_or_else(|e| panic!("{e}"));
        println!("typed {:?}", t.elapsed());
        let t = Instant::now();
        println!("{}", typed.sources.location("/components/schemas/visitor/properties/name"));
        println!("locate {:?}", t.elapsed());
        let t = Instant::now();
        drop(typed);
        println!("drop {:?}", t.elapsed());
    }
}
fn deep(levels: usize, open: &str, close: &str) -> String {
    format!("openapi: 3.0.0\ninfo: {{title: a, version: a}}\npaths: {{}}\ncomponents: {{schemas: {{a: {}{}}}}}\n", open.repeat(levels), close.replacen("{}", "", 1).repeat(levels).replacen("", "{}", 1))
}
#[test]
fn nest() {
    for (o, c, n) in [("{items: ", "}", 96), ("{additionalProperties: ", "}", 96), ("{properties: {a: ", "}}", 48), ("{oneOf: [", "]}", 48),("{allOf: [{properties: {a: ", "}}]}", 24), ("{x-a: ", "}", 96)] {
        for n in [n-3, n-2, n-1, n, n+1, n+2, 200, 2000, 100000] {
            let t = Instant::now();
            let r = Document::parse("x", deep(n, o, c)).map_err(|e| e.to_string().lines().take(3).collect::<Vec<_>>().join("|"));
            let r = r.and_then(|d| d.into_typed().map(|_| ()).map_err(|e| e.to_string().lines().take(3).collect::<Vec<_>>().join("|")));
            println!("{o} {n} {r:?} {:?}", t.elapsed());
        }
    }
}
