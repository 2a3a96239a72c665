//! Makes one call to the URL that it is given and says how that went: for tests whose subject is the environment of a program.

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
