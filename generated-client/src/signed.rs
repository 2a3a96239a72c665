//! HMAC with SHA-256, for the signatures that Intercom makes or expects, and their hexadecimal digits.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Returns the HMAC of a text under a secret, to be finalized or compared.
pub(crate) fn sha256(secret: &[u8], text: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length (RFC 2104).
    Hmac::new_from_slice(secret).unwrap_or_else(|_| unreachable!("a key of any length")).chain_update(text)
}

/// Returns whether two texts are equal, in a time that does not depend on where they differ.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let other = sha256(b"compare", other.as_bytes()).finalize().into_bytes();
    sha256(b"compare", one.as_bytes()).verify_slice(&other).is_ok()
}

/// Returns the hexadecimal digits in lower case, two for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the bytes of hexadecimal digits, which may be capitals, or `None` if they are not exactly `LENGTH` bytes.
pub(crate) fn unhex<const LENGTH: usize>(digits: &[u8]) -> Option<[u8; LENGTH]> {
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes: Option<Vec<u8>> = pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mac(secret: &[u8], text: &[u8]) -> String {
        hex(&sha256(secret, text).finalize().into_bytes())
    }

    /// The vectors of RFC 4231 for SHA-256. The fifth vector is truncated.
    #[test]
    fn it_is_that_of_rfc_4231() {
        for (secret, text, expected) in [
            (
                &[0x0b; 20][..],
                &b"Hi There"[..],
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (&[0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            (
                &(0x01..=0x19).collect::<Vec<u8>>(),
                &[0xcd; 50],
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &[0xaa; 131],
                b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ] {
            assert_eq!(mac(secret, text), expected);
        }
        assert!(mac(&[0x0c; 20], b"Test With Truncation").starts_with("a3b6167473100ee06e0c796c2955552b"));
    }

    #[test]
    fn digits_are_read_as_they_are_written() {
        assert_eq!(unhex::<3>(hex(&[0, 0xa1, 0xff]).as_bytes()), Some([0, 0xa1, 0xff]));
        assert_eq!(unhex::<2>(b"A1fF"), Some([0xa1, 0xff]));
        for odd in ["", "a1", "a1f", "a1f+", "a1ffa1", "a1ﬀ"] {
            assert_eq!(unhex::<2>(odd.as_bytes()), None, "{odd}");
        }
    }

    #[test]
    fn texts_are_the_same_as_a_whole() {
        assert!(is_same("", "") && is_same("état", "état"));
        for (one, other) in [("a", ""), ("a", "b"), ("a", "a "), ("a\0", "a")] {
            assert!(!is_same(one, other));
        }
    }
}
