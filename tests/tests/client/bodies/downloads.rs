//! Tests downloads: their metadata, their destinations, and their ends.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use intercom_client::resources::data_export::DownloadDataExport;
use intercom_client::{Client, Request};
use tests::server::Reply;
use tokio::io::AsyncWrite;

use super::{TOKEN, chain, empty_folder, start};

const CSV: &str = "name,opened\nann@example.com,1\n";

fn export(client: &Client) -> Request<DownloadDataExport> {
    client.data_export().download_data_export("job-17")
}

#[tokio::test]
async fn a_download_goes_to_any_writer_and_says_how_much_it_was() {
    let headers =
        [("content-type", "text/csv"), ("content-disposition", "attachment; filename=\"../../export 1.csv\"")];
    let (server, client) = start(vec![Reply::new("200 OK", &headers, CSV)]).await;
    let mut download = export(&client).await.expect("a download");
    assert_eq!((download.content_type(), download.content_length()), (Some("text/csv"), Some(CSV.len() as u64)));
    assert_eq!((download.offset(), download.received()), (0, 0));
    let name = download.file_name().expect("a name");
    assert_eq!(name, "export 1.csv");

    let mut memory = Vec::new();
    assert_eq!(download.write_to(&mut memory).await.expect("all"), CSV.len() as u64);
    assert_eq!((memory.as_slice(), download.received()), (CSV.as_bytes(), CSV.len() as u64));
    assert_eq!(download.write_to(&mut memory).await.expect("nothing is left"), 0);

    let file = empty_folder("save").join(name);
    let written = export(&client).await.expect("a download").save(&file).await.expect("all");
    assert_eq!((written, std::fs::read_to_string(&file).expect("a file")), (CSV.len() as u64, CSV.to_owned()));
    assert!(server.requests().iter().all(|request| request.header("accept") == Some("application/octet-stream")));
}

#[tokio::test]
async fn a_file_name_is_one_that_every_system_takes() {
    for (given, name) in
        [("con", "_con"), ("a%E2%80%AEvsc.exe", "avsc.exe"), ("%2E%2E%5Caux.csv", "_aux.csv"), ("a%3Ab.%20", "a_b")]
    {
        let disposition = format!("attachment; filename*=UTF-8''{given}");
        let (_server, client) = start(vec![Reply::new("200 OK", &[("content-disposition", &disposition)], CSV)]).await;
        let download = export(&client).await.expect("a download");
        assert_eq!(download.file_name().as_deref(), Some(name), "{given}");
    }
}

/// Returns the names of a download that comes with each of these headers.
async fn names(dispositions: &[String]) -> Vec<Option<String>> {
    let reply = |disposition: &String| Reply::new("200 OK", &[("content-disposition", disposition)], CSV);
    let (_server, client) = start(dispositions.iter().map(reply).collect()).await;
    let mut names = Vec::new();
    for _ in dispositions {
        names.push(export(&client).await.expect("a download").file_name());
    }
    names
}

/// Returns the header that proposes a name, whatever its characters.
fn proposing(name: &str) -> String {
    let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}

#[tokio::test]
async fn file_names_are_read_and_lead_nowhere() {
    let cases = [
        ("attachment; filename=calls.csv", Some("calls.csv")),
        ("attachment; FileName = \"a; b.csv\" ; size=3", Some("a; b.csv")),
        (r#"attachment; filename="a \"b\".csv""#, Some("a _b_.csv")),
        ("attachment; filename=\"plain\"; filename*=UTF-8''r%C3%A9sum%C3%A9.gz", Some("résumé.gz")),
        ("attachment; filename*=UTF-8'en'x.gz; filename=y", Some("x.gz")),
        ("attachment; filename*=KOI8-R''%C1; filename=y", Some("y")),
        ("attachment; filename*=UTF-8''%FF; filename=y", Some("y")),
        ("attachment; filename=../../etc/passwd", Some("passwd")),
        (r#"attachment; filename="C:\\temp\\x.csv""#, Some("x.csv")),
        ("attachment; filename=\"..\"", None),
        ("attachment; filename=", None),
        ("attachment; filename=\"open", Some("open")),
        ("inline", None),
        ("", None),
        (";;=;\"", None),
    ];
    let headers = cases.map(|(header, _)| header.to_owned());
    assert_eq!(names(&headers).await, cases.map(|(_, name)| name.map(str::to_owned)));
}

#[tokio::test]
async fn file_names_are_safe_on_every_system() {
    let cases = [
        ("con", Some("_con")),
        ("Aux .tar.gz", Some("_Aux .tar.gz")),
        ("COM1.csv", Some("_COM1.csv")),
        ("lpt².csv", Some("_lpt².csv")),
        ("nul", Some("_nul")),
        ("conin$", Some("_conin$")),
        ("contacts.csv", Some("contacts.csv")),
        ("com10", Some("com10")),
        ("com", Some("com")),
        ("a.csv:hidden", Some("a.csv_hidden")),
        ("c:x.csv", Some("c_x.csv")),
        ("what?<*>|.csv", Some("what_____.csv")),
        ("a\u{202e}vsc.exe", Some("avsc.exe")),
        ("\u{200f}\u{2066}a\u{2069}\u{feff}.csv\u{e0041}", Some("a.csv")),
        ("a\u{0}\u{85}\u{2028}b.csv", Some("ab.csv")),
        ("co\u{200b}n", Some("_con")),
        ("a.csv. . .", Some("a.csv")),
        ("a.csv \u{a0}\u{3000}", Some("a.csv")),
        (".bashrc", Some("_.bashrc")),
        ("..a", Some("_..a")),
        ("résumé 天气 🫖.pdf", Some("résumé 天气 🫖.pdf")),
        ("...", None),
        (" . ", None),
        ("\u{202e}", None),
        ("/", None),
    ];
    let proposed = names(&cases.map(|(name, _)| proposing(name))).await;
    assert_eq!(proposed, cases.map(|(_, safe)| safe.map(str::to_owned)));
    // A safe name stays as it is.
    let safe: Vec<&str> = cases.iter().filter_map(|(_, safe)| *safe).collect();
    let again: Vec<String> = safe.iter().map(|name| proposing(name)).collect();
    assert_eq!(names(&again).await, safe.iter().map(|name| Some((*name).to_owned())).collect::<Vec<_>>());
}

#[tokio::test]
async fn file_names_have_a_length() {
    let cases = [
        (format!("{}.csv.gz", "é".repeat(400)), format!("{}.gz", "é".repeat(118))),
        ("x".repeat(300), "x".repeat(240)),
        (format!("a.{}", "x".repeat(300)), format!("a.{}", "x".repeat(238))),
        (format!("{}. {}", "x".repeat(239), "y".repeat(300)), "x".repeat(239)),
    ];
    let proposed = names(&cases.clone().map(|(name, _)| proposing(&name))).await;
    assert_eq!(proposed, cases.map(|(_, name)| Some(name)));
}

#[tokio::test]
async fn headers_that_are_missing_or_odd_are_none() {
    let (_server, client) =
        start(vec![Reply::new("200 OK", &[("content-range", "lines 1-2"), ("content-disposition", "\u{fffd};=")], "")])
            .await;
    let download = export(&client).await.expect("a download");
    assert_eq!((download.content_type(), download.file_name(), download.offset()), (None, None, 0));
    assert_eq!(download.bytes_up_to(0).await.expect("nothing"), "");
}

#[tokio::test]
async fn a_limit_keeps_a_download_out_of_memory() {
    let open = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{CSV}");
    let (_server, client) = start(vec![Reply::new("200 OK", &[], CSV), Reply::Raw(open.into_bytes())]).await;
    for told in [Some(CSV.len() as u64), None] {
        let download = export(&client).await.expect("a download");
        assert_eq!(download.content_length(), told);
        let error = download.bytes_up_to(CSV.len() - 1).await.expect_err("one byte too many");
        assert!(error.is_body_too_large(), "{error}");
    }
    let download = export(&client).await.expect("a download");
    assert_eq!(download.bytes_up_to(CSV.len()).await.expect("just fits"), CSV);
    let begin = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", CSV.len() + 1);
    let (_server, client) = start(vec![Reply::Raw([begin.as_bytes(), CSV.as_bytes(), b"!"].concat())]).await;
    let mut download = export(&client).await.expect("a download");
    let first = download.chunk().await.expect("a chunk").map_or(0, |chunk| chunk.len());
    assert_eq!(download.bytes_up_to(CSV.len() + 1 - first).await.expect("the rest fits").len(), CSV.len() + 1 - first);
}

/// A writer that takes a few bytes and is then full.
struct Full(usize);

impl AsyncWrite for Full {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        let count = bytes.len().min(self.0).min(3);
        self.0 -= count;
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_writer_that_fails_is_told_apart_from_the_server() {
    let (_server, client) = start(vec![Reply::new("200 OK", &[], CSV)]).await;
    let error = export(&client).await.expect("a download").write_to(&mut Full(10)).await.expect_err("full");
    assert!(error.is_write() && !error.is_timeout() && !error.is_invalid());
    assert!(chain(&error).starts_with("downloadDataExport: could not write the download: "), "{}", chain(&error));
    let missing = empty_folder("nowhere").join("folder").join("file");
    assert!(export(&client).await.expect("a download").save(missing).await.expect_err("no folder").is_write());
    let written = export(&client).await.expect("a download").write_to(&mut Full(CSV.len())).await;
    assert_eq!(written.expect("just fits"), CSV.len() as u64);
}

#[tokio::test]
async fn only_the_silence_of_the_server_ends_a_download() {
    let begin = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nname,".to_vec();
    let (server, _) = start(vec![Reply::Stall(begin)]).await;
    let silence = Duration::from_secs(5);
    let client = Client::builder(TOKEN).base_url(server.url()).timeout(silence).build().expect("a client");
    let mut download = export(&client).await.expect("a download");
    assert_eq!(download.chunk().await.expect("a chunk").as_deref(), Some(b"name,".as_slice()));

    tokio::time::pause();
    // The caller is busy for longer than the idle timeout.
    tokio::time::advance(2 * silence).await;
    {
        let mut next = pin!(download.chunk());
        assert!(next.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    tokio::time::advance(silence).await;
    let error = download.chunk().await.expect_err("silent for as long as it may be");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(download.chunk().await.expect("ended"), None);
}
