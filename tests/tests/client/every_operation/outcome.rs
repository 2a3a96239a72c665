//! The result of a call, whatever its type.

use std::fmt::Debug;

use intercom_client::{Download, Location, Operation, Request, Response, ResponseKind, Value};
use serde::Serialize;

/// The result of a call.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) status: u16,
    pub(super) content: Content,
    /// The content that the type of the response does not name.
    pub(super) unnamed: Option<String>,
}

/// The content of a response.
#[derive(Debug)]
pub(super) enum Content {
    /// A typed value, encoded as JSON again.
    Json(Value),
    Text(String),
    Bytes(Vec<u8>),
    Location(String),
    Nothing,
}

type Output<Op> = <<Op as Operation>::Response as ResponseKind>::Output;

/// A function that returns the status of a variant and its content.
type ByStatus<T> = fn(T) -> (u16, Result<Value, String>);

async fn send<Op: Operation>(request: Request<Op>) -> Result<Response<Output<Op>>, String> {
    request.send().await.map_err(|error| format!("{error} {error:?}"))
}

pub(super) async fn json<Op: Operation>(request: Request<Op>) -> Result<Outcome, String>
where
    Output<Op>: Serialize + Debug,
{
    let response = send(request).await?;
    let mismatched = response.mismatches().first().map(|mismatch| format!("{mismatch:?} does not match the type"));
    let unnamed = mismatched.or_else(|| unnamed(response.value()));
    let content = Content::Json(encode(response.value())?);
    Ok(Outcome { status: response.status_code().as_u16(), content, unnamed })
}

pub(super) async fn several<Op: Operation>(
    request: Request<Op>,
    by_status: ByStatus<Output<Op>>,
) -> Result<Outcome, String>
where
    Output<Op>: Debug,
{
    let response = send(request).await?.into_inner();
    let unnamed = unnamed(&response);
    let (status, value) = by_status(response);
    Ok(Outcome { status, content: Content::Json(value?), unnamed })
}

pub(super) async fn text<Op: Operation<Response: ResponseKind<Output = String>>>(
    request: Request<Op>,
) -> Result<Outcome, String> {
    send(request).await.map(|response| plain(response, Content::Text))
}

pub(super) async fn bytes<Op: Operation<Response: ResponseKind<Output = Download>>>(
    request: Request<Op>,
) -> Result<Outcome, String> {
    let response = send(request).await?;
    let status = response.status_code().as_u16();
    let bytes = response.into_inner().bytes().await.map_err(|error| error.to_string())?;
    Ok(Outcome { status, content: Content::Bytes(bytes.to_vec()), unnamed: None })
}

pub(super) async fn redirect<Op: Operation<Response: ResponseKind<Output = Location>>>(
    request: Request<Op>,
) -> Result<Outcome, String> {
    send(request).await.map(|response| plain(response, |location| Content::Location(location.to_string())))
}

pub(super) async fn empty<Op: Operation<Response: ResponseKind<Output = ()>>>(
    request: Request<Op>,
) -> Result<Outcome, String> {
    send(request).await.map(|response| plain(response, |()| Content::Nothing))
}

fn plain<T>(response: Response<T>, content: impl FnOnce(T) -> Content) -> Outcome {
    Outcome { status: response.status_code().as_u16(), content: content(response.into_inner()), unnamed: None }
}

/// Returns a value as JSON, encoded like a request body.
pub(super) fn encode(value: &impl Serialize) -> Result<Value, String> {
    let text = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    serde_json::from_slice(&text).map_err(|error| error.to_string())
}

/// Returns the first place of `value` with JSON that none of its types names. Such JSON would come back unchanged and
/// hide the gap.
pub(super) fn unnamed(value: &impl Debug) -> Option<String> {
    let text = format!("{value:?}");
    let field = text.match_indices("extra: {").find(|(at, found)| !text[at + found.len()..].starts_with('}'));
    let (at, _) = field.or_else(|| text.match_indices("Unknown(").next())?;
    let excerpt: String = text[at..].chars().take(200).collect();
    Some(format!("the document names it, its type does not: {excerpt}"))
}
