//! Tests a caller that resumes an interrupted download.

use intercom_client::{Client, Error};
use tests::server::Reply;
use tokio::fs::File;
use tokio::io::AsyncSeekExt;

use super::{empty_folder, start};

/// Downloads as a caller does who keeps the bytes received so far. Returns the number of requests.
async fn fetch(client: &Client, file: &mut File) -> Result<usize, Error> {
    let mut there = 0;
    for request in 1.. {
        let mut download = client
            .data_export()
            .download_data_export("job-17")
            .header("accept-encoding", "identity")
            .header("range", format!("bytes={there}-"))
            .await?;
        there = download.offset();
        file.seek(std::io::SeekFrom::Start(there)).await.expect("a place in the file");
        match download.write_to(file).await {
            Ok(_) => return Ok(request),
            Err(error) if error.is_write() || request == 5 => return Err(error),
            Err(_) => there += download.received(),
        }
    }
    unreachable!("the fifth request is the last")
}

#[tokio::test]
async fn a_broken_download_goes_on_where_it_ended() {
    let broken =
        b"HTTP/1.1 206 Partial Content\r\ncontent-length: 10\r\ncontent-range: bytes 0-9/10\r\n\r\n0123".to_vec();
    let again = b"HTTP/1.1 206 Partial Content\r\ncontent-length: 6\r\ncontent-range: bytes 4-9/10\r\n\r\n45".to_vec();
    let rest = Reply::new("206 Partial Content", &[("content-range", "bytes 6-9/10")], "6789");
    let (server, client) = start(vec![Reply::Raw(broken), Reply::Raw(again), rest]).await;
    let path = empty_folder("resume").join("export.csv.gz");
    let mut file = File::create(&path).await.expect("a file");
    assert_eq!(fetch(&client, &mut file).await.expect("all in the end"), 3);
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "0123456789");
    let ranges: Vec<_> = server.requests().iter().map(|request| request.header("range").map(str::to_owned)).collect();
    assert_eq!(ranges, ["bytes=0-", "bytes=4-", "bytes=6-"].map(|range| Some(range.to_owned())));
    assert!(server.requests().iter().all(|request| request.header("accept-encoding") == Some("identity")));
}

#[tokio::test]
async fn a_server_that_knows_no_ranges_begins_again() {
    let broken = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123".to_vec();
    let (_server, client) = start(vec![Reply::Raw(broken), Reply::new("200 OK", &[], "0123456789")]).await;
    let path = empty_folder("again").join("export.csv.gz");
    let mut file = File::create(&path).await.expect("a file");
    assert_eq!(fetch(&client, &mut file).await.expect("all in the end"), 2);
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "0123456789");
}
