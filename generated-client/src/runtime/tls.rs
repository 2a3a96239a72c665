//! The HTTP client that is used where the caller brings none.

use std::time::Duration;

use super::error::Error;

/// A server that does not take a connection within this time will not take it at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// An HTTP client that follows no redirects, and shows a proxy nothing but where a connection goes.
///
/// # Errors
/// The certificates of the platform cannot be read and are needed, or the environment names a proxy that is none.
pub(super) fn http_client(encrypted: bool) -> Result<reqwest::Client, Error> {
    let builder =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(CONNECT_TIMEOUT);
    with_tls(with_proxy(builder)?, encrypted)?.build().map_err(|error| Error::transport("", error))
}

/// The proxy of the environment for `https`, which it is asked to connect and then sees encrypted. By plain `http` it would
/// read the token, and to this machine there is nothing between.
fn with_proxy(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    let set = |name: &'static str| Some((name, std::env::var(name).ok().filter(|value| !value.is_empty())?));
    let builder = builder.no_proxy();
    let Some((name, address)) = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].into_iter().find_map(set)
    else {
        return Ok(builder);
    };
    // The address may hold a password: the error does not repeat it.
    let proxy = reqwest::Proxy::https(address).map_err(|error| {
        let message = format!("the environment variable {name} holds no address of a proxy");
        Error::invalid("", message).caused_by(error.without_url())
    })?;
    let others = ["NO_PROXY", "no_proxy"].into_iter().find_map(set).map(|(_, hosts)| hosts).unwrap_or_default();
    let straight = reqwest::NoProxy::from_string(&format!("localhost,127.0.0.0/8,::1,{others}"));
    Ok(builder.proxy(proxy.no_proxy(straight)))
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
