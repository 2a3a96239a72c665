//! The default HTTP client, with its proxy and its TLS.

use std::time::Duration;

use super::client::variable;
use super::error::Error;

/// The time limit for connecting: a server that has accepted no connection by then is treated as unreachable.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Builds an HTTP client that follows no redirects, and shows a proxy only the destination of a connection. `encrypted`
/// is true if the base URL is `https`.
///
/// # Errors
/// Fails if the base URL is `https` and the platform's certificates cannot be read, or if the environment names an
/// invalid proxy.
pub(super) fn http_client(encrypted: bool) -> Result<reqwest::Client, Error> {
    let builder =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(CONNECT_TIMEOUT);
    with_tls(with_proxy(builder)?, encrypted)?.build().map_err(|error| Error::transport("", error))
}

/// Sets the proxy of the environment for `https` only: the proxy then sees the destination and encrypted data. Over
/// plain `http` the proxy would read the token, and connections to this machine need no proxy.
fn with_proxy(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    let set = |name: &&'static str| Some((*name, variable(name)?));
    let builder = builder.no_proxy();
    let Some((name, address)) = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].iter().find_map(set) else {
        return Ok(builder);
    };
    // The address may hold a password, so the error does not repeat it.
    let proxy = reqwest::Proxy::https(address).map_err(|error| {
        let message = format!("the environment variable {name} holds no address of a proxy");
        Error::invalid("", message).caused_by(error.without_url())
    })?;
    let others = ["NO_PROXY", "no_proxy"].iter().find_map(set).map(|(_, hosts)| hosts).unwrap_or_default();
    let straight = reqwest::NoProxy::from_string(&format!("localhost,127.0.0.0/8,::1,{others}"));
    Ok(builder.proxy(proxy.no_proxy(straight)))
}

/// Sets up rustls with the ring provider, which needs only a C compiler to build.
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
        // The base URL is `http`, so no certificates are loaded. A redirect or another URL that is `https` fails.
        config.with_root_certificates(rustls::RootCertStore::empty())
    };
    let mut config = config.with_no_client_auth();
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(builder.tls_backend_preconfigured(config))
}

/// Keeps reqwest's default: the TLS library of the platform, or none.
#[cfg(not(feature = "rustls"))]
fn with_tls(builder: reqwest::ClientBuilder, _: bool) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder)
}
