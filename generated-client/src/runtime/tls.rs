//! The HTTP client that is used where the caller brings none.

use std::time::Duration;

use super::error::Error;

/// A server that does not take a connection within this time will not take it at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// An HTTP client that follows no redirects.
///
/// # Errors
/// The certificates of the platform cannot be read and are needed.
pub(super) fn http_client(encrypted: bool) -> Result<reqwest::Client, Error> {
    let builder =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(CONNECT_TIMEOUT);
    with_tls(builder, encrypted)?.build().map_err(|error| Error::transport("", error))
}

/// rustls with the ring provider, which needs no more than a C compiler.
#[cfg(feature = "rustls")]
fn with_tls(builder: reqwest::ClientBuilder, encrypted: bool) -> Result<reqwest::ClientBuilder, Error> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let invalid = |error: rustls::Error| Error::invalid("", "TLS cannot be set up").caused_by(error);
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(invalid)?;
    let config = if encrypted {
        config.with_platform_verifier().map_err(invalid)?
    } else {
        // Nothing is encrypted, so a machine without certificates will do.
        config.with_root_certificates(rustls::RootCertStore::empty())
    };
    let mut config = config.with_no_client_auth();
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(builder.tls_backend_preconfigured(config))
}

/// The library of the platform, or none.
#[cfg(not(feature = "rustls"))]
fn with_tls(builder: reqwest::ClientBuilder, _: bool) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder)
}
