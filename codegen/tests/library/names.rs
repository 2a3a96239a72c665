//! Names are pure functions of what the wire says.

use codegen::names::*;

#[test]
fn names_follow_the_wire() {
    for (wire, expected) in [
        ("pt-BR", "pt_br"),
        ("+1", "plus_1"),
        ("-1", "minus_1"),
        ("type", "type"),
        ("self", "self_"),
        ("2fa", "_2fa"),
        ("OAuth2Token", "o_auth2_token"),
        ("a.b", "a_b"),
        ("", "empty"),
        ("…", "u2026"),
        ("user's", "users"),
    ] {
        assert_eq!(value_name(wire), expected, "{wire}");
    }
    for (wire, expected) in [
        ("2.10", "V2_10"),
        ("21.0", "V21_0"),
        ("!=", "NotEqual"),
        ("3rd_party_error", "V3rdPartyError"),
        ("self", "Self_"),
        ("", "Empty"),
        ("utf-8", "Utf8"),
        ("Back-office", "BackOffice"),
        ("contact.list", "ContactList"),
    ] {
        assert_eq!(variant_name(wire), expected, "{wire}");
    }
}

#[test]
fn a_title_becomes_a_crate() {
    for (title, name) in [("Intercom API", "intercom-api"), ("3D \"Things\"\n[x]", "api-3d-things-x")] {
        assert_eq!(crate_name(title), name);
    }
}

#[test]
fn no_name_leaves_its_place() {
    for wire in ["../../etc/passwd", "a\"b", "*/", "r#fn", "a b\nc", "\u{202e}x", "{}", "é", "名", "٣", "\u{301}a"] {
        for name in [type_name(wire), variant_name(wire), value_name(wire), module_name(wire)] {
            assert!(syn::parse_str::<syn::Ident>(&name).is_ok() || is_keyword(&name), "{wire:?} became {name:?}");
        }
    }
}

#[test]
fn a_file_is_called_as_every_file_system_takes_it() {
    for (wire, name) in [
        ("con", "con_"),
        ("COM1", "com1_"),
        ("com10", "com10"),
        ("auxiliary", "auxiliary"),
        ("type", "type_"),
        ("Größe", "grosse"),
    ] {
        assert_eq!(module_name(wire), name);
    }
}
