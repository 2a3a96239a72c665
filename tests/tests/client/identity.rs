//! Tests identity verification with hashes and tokens that another program made.

use intercom_client::Timestamp;
use intercom_client::identity::{User, user_hash, user_jwt};

const SECRET: &str = "tea-kettle-17";

#[test]
fn hashes_are_those_of_another_program() {
    // Python made the hashes with `hmac.new(SECRET, ID, hashlib.sha256).hexdigest()`.
    for (id, hash) in [
        ("u-17", "856c3542ceedccc0a49cf8169eaf4f0b038500ab7cc18c2567c678fecb3f8125"),
        ("ann@example.com", "a453e52afb9e9d0c5dbae671e8ded9bad602864aed5a45fff99e958d9c840c8c"),
        ("zoë ☕", "5985dd2fa55cfe1e1f1ee9d6c40c909fc93aa62f65d38eeab993c3bc128a11df"),
        ("", "b556a35701d962da74a28a0d53dfefe5de769de344b3a896341363c374d9c2f6"),
    ] {
        assert_eq!(user_hash(SECRET, id), hash, "{id}");
    }
}

#[test]
fn a_token_is_that_of_another_program() {
    let expires = Timestamp::from_unix_seconds(1_800_000_000).expect("seconds");
    // The token is the header, and the claims in the order of their names, signed by Python's `hmac` and `base64`.
    let token = user_jwt(SECRET, &User::new("u-17").email("zoë@example.com").attribute("seats", 5), expires);
    assert_eq!(
        token,
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJlbWFpbCI6Inpvw6tAZXhhbXBsZS5jb20iLCJleHAiOjE4MDAwMDAwMDAsInNlYXRzIjo1LCJ1c2VyX2lkIjoidS0xNyJ9.oaZRb91D1YySrLPPNTOXHMhfUogpOMFVnIK6Eo02ZmQ"
    );
    let again = User::new("u-17").attribute("exp", 1).email("zoë@example.com").attribute("seats", 5);
    assert_eq!(user_jwt(SECRET, &again, expires), token, "an attribute cannot put off the end");
    let other = User::new("u-18").email("zoë@example.com").attribute("seats", 5);
    assert_ne!(user_jwt(SECRET, &other, expires), token);
    assert_ne!(user_jwt("tea-kettle-18", &again, expires), token);
}
