//! A server on loopback that answers as it is told and remembers what it was asked.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A running server. It ends with the runtime of its test.
#[derive(Debug)]
pub struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Received>>>,
}

/// A request as it arrived.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// The method.
    pub method: String,
    /// Path and query, as they stand in the request line.
    pub target: String,
    /// Names in lower case, values as they stand.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Sends these bytes and closes the connection.
    Raw(Vec<u8>),
    /// Says nothing and keeps the connection.
    Silence,
    /// Sends these bytes, then says nothing and keeps the connection.
    Stall(Vec<u8>),
}

impl Received {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Reply {
    /// A whole answer; the length is told.
    #[must_use]
    pub fn new(status: &str, headers: &[(&str, &str)], body: &str) -> Self {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n");
        Self::Raw(format!("{head}{body}").into_bytes())
    }

    /// A JSON answer with status 200.
    #[must_use]
    pub fn json(body: &str) -> Self {
        Self::new("200 OK", &[("content-type", "application/json")], body)
    }
}

impl Server {
    /// Starts a server that gives these replies in turn, the last of them for ever.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start(replies: Vec<Reply>) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut kept = Vec::new();
            let mut replies = replies.into_iter().peekable();
            while let Ok((stream, _)) = listener.accept().await {
                let Some(reply) = replies.next() else { return };
                if replies.peek().is_none() {
                    replies = vec![reply.clone()].into_iter().peekable();
                }
                kept.extend(serve(stream, reply, &log).await);
            }
        });
        Ok(Self { port, requests })
    }

    /// The base URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What arrived so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Serves one request; gives back a connection that is to stay open.
async fn serve(mut stream: TcpStream, reply: Reply, log: &Mutex<Vec<Received>>) -> Option<TcpStream> {
    let request = receive(&mut stream).await?;
    log.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    match reply {
        Reply::Silence => Some(stream),
        Reply::Stall(bytes) => {
            stream.write_all(&bytes).await.ok()?;
            Some(stream)
        }
        Reply::Raw(bytes) => {
            stream.write_all(&bytes).await.ok()?;
            stream.shutdown().await.ok()?;
            None
        }
    }
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

/// A body of chunks as one.
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
