//! A server on loopback that sends scripted responses and records the requests.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

/// A running server. It ends with the runtime of its test.
#[derive(Debug)]
pub struct Server {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    replies: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<Received>>,
    opened: AtomicUsize,
    ended: watch::Sender<usize>,
}

/// A received request.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The path and the query, as they stand in the request line.
    pub target: String,
    /// The headers: names in lower case, values unchanged.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// The reaction of the server to a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Bytes to send before the connection is closed.
    Raw(Vec<u8>),
    /// No response; the connection stays open.
    Silence,
    /// Bytes to send before silence on an open connection.
    Stall(Vec<u8>),
    /// Bytes to send before the next request on the same connection.
    Open(Vec<u8>),
    /// Bytes to send once, bytes to repeat so many times, then a closed connection.
    Flood(Vec<u8>, Vec<u8>, usize),
}

impl Received {
    /// Returns the value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Returns the body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Reply {
    /// Creates a complete response with a content length.
    #[must_use]
    pub fn new(status: &str, headers: &[(&str, &str)], body: &str) -> Self {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n");
        Self::Raw(format!("{head}{body}").into_bytes())
    }

    /// Creates a JSON response with status 200 that leaves the connection open for the next request.
    #[must_use]
    pub fn open_json(body: &str) -> Self {
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        Self::Open(format!("{head}{body}").into_bytes())
    }

    /// Creates a response whose content is compressed already.
    #[must_use]
    pub fn gzip(status: &str, packed: &[u8]) -> Self {
        let length = packed.len();
        let head = format!(
            "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"
        );
        Self::Raw([head.as_bytes(), packed].concat())
    }

    /// Creates a JSON response with status 200.
    #[must_use]
    pub fn json(body: &str) -> Self {
        Self::new("200 OK", &[("content-type", "application/json")], body)
    }
}

impl Server {
    /// Starts a server that sends these replies in turn, and repeats the last one.
    ///
    /// # Errors
    /// Fails if no port is free.
    pub async fn start(replies: Vec<Reply>) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared {
            replies: Mutex::new(replies.into()),
            requests: Mutex::default(),
            opened: AtomicUsize::new(0),
            ended: watch::Sender::new(0),
        });
        let served = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                served.opened.fetch_add(1, Ordering::Relaxed);
                let shared = Arc::clone(&served);
                tokio::spawn(async move {
                    // An error of the connection does not matter.
                    let _ = serve(stream, &shared).await;
                    shared.ended.send_modify(|ended| *ended += 1);
                });
            }
        });
        Ok(Self { port, shared })
    }

    /// Returns the base URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Returns the requests received so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        lock(&self.shared.requests).clone()
    }

    /// Returns the number of connections opened so far.
    #[must_use]
    pub fn opened(&self) -> usize {
        self.shared.opened.load(Ordering::Relaxed)
    }

    /// Waits until this number of connections has ended.
    pub async fn ended(&self, connections: usize) {
        let mut ended = self.shared.ended.subscribe();
        // The sender lives as long as this server.
        let _ = ended.wait_for(|ended| *ended >= connections).await;
    }

    /// Waits until this number of requests has arrived.
    pub async fn received(&self, requests: usize) {
        while lock(&self.shared.requests).len() < requests {
            tokio::task::yield_now().await;
        }
    }
}

/// Returns a socket and a URL that refuses every connection while the socket lives: the port is taken, and nobody
/// listens.
///
/// # Errors
/// Fails if no port is free.
pub fn refusing() -> std::io::Result<(TcpSocket, String)> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    let url = format!("http://{}", socket.local_addr()?);
    Ok((socket, url))
}

/// Locks the list; a panic of another thread does not damage it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Records a request and returns its reply.
    fn reply(&self, request: Received) -> Option<Reply> {
        lock(&self.requests).push(request);
        let mut replies = lock(&self.replies);
        if replies.len() > 1 { replies.pop_front() } else { replies.front().cloned() }
    }
}

async fn serve(mut stream: TcpStream, shared: &Shared) -> Option<()> {
    loop {
        let request = receive(&mut stream).await?;
        match shared.reply(request)? {
            Reply::Open(bytes) => stream.write_all(&bytes).await.ok()?,
            Reply::Raw(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                return stream.shutdown().await.ok();
            }
            Reply::Flood(head, bytes, times) => {
                stream.write_all(&head).await.ok()?;
                for _ in 0..times {
                    stream.write_all(&bytes).await.ok()?;
                }
                return stream.shutdown().await.ok();
            }
            Reply::Silence => return until_closed(&mut stream).await,
            Reply::Stall(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                return until_closed(&mut stream).await;
            }
        }
    }
}

async fn until_closed(stream: &mut TcpStream) -> Option<()> {
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.ok().map(|_| ())
}

async fn receive(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        read_more(stream, &mut bytes).await?;
    };
    let text = String::from_utf8_lossy(bytes.get(..head)?).into_owned();
    let mut lines = text.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let mut request = Received { method, target, headers: lines.filter_map(header).collect(), body: Vec::new() };
    let mut body = bytes.split_off(head + 4);
    if let Some(length) = request.header("content-length").and_then(|length| length.parse().ok()) {
        while body.len() < length {
            read_more(stream, &mut body).await?;
        }
    }
    if request.header("transfer-encoding") == Some("chunked") {
        body = joined(stream, body).await?;
    }
    request.body = body;
    Some(request)
}

/// Decodes a chunked body.
async fn joined(stream: &mut TcpStream, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let Some(line) = bytes.windows(2).position(|window| window == b"\r\n") else {
            read_more(stream, &mut bytes).await?;
            continue;
        };
        let size = usize::from_str_radix(std::str::from_utf8(bytes.get(..line)?).ok()?, 16).ok()?;
        let (start, end) = (line + 2, line + 2 + size);
        while bytes.len() < end + 2 {
            read_more(stream, &mut bytes).await?;
        }
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(bytes.get(start..end)?);
        bytes.drain(..end + 2);
    }
}

async fn read_more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut buffer = [0; 4096];
    let read = stream.read(&mut buffer).await.ok()?;
    bytes.extend_from_slice(buffer.get(..read)?);
    (read > 0).then_some(())
}
