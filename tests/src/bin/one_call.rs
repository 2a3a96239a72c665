//! Makes one call to the given URL and reports its result, for tests of the environment variables of a program.

use std::process::ExitCode;

use intercom_client::{Client, Error, Method, Retry};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match call(std::env::args().nth(1).unwrap_or_default()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}

async fn call(url: String) -> Result<(), Error> {
    let client = Client::builder("sesame-open").base_url(url).allow_plain_http().retry(Retry::none()).build()?;
    client.request(Method::GET, "/me").await.map(drop)
}
