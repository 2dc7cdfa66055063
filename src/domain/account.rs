//! Accounts: e-mail addresses, passwords, names.

use super::fault::Faults;

/// Longest e-mail address, RFC 5321.
const LONGEST_EMAIL: usize = 254;
/// Shortest and longest password, in characters.
pub const PASSWORD_LENGTH: (usize, usize) = (12, 128);

/// Passwords (or stems of them) that guessing programs try first; only those
/// of twelve characters and more matter, shorter ones are refused anyway.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456123456",
    "password1234",
    "passwordpassword",
    "qwertyuiop12",
    "qwertyuiop123",
    "1q2w3e4r5t6y",
    "q1w2e3r4t5y6",
    "iloveyou1234",
    "administrator",
    "letmeinletmein",
    "welcome12345",
    "changemechangeme",
    "unbelievable",
    "abcdefghijkl",
    "111111111111",
    "000000000000",
    "abcd1234abcd",
    "qwertyqwerty",
    "zxcvbnm12345",
    "asdfghjkl123",
    "correcthorsebatterystaple",
];

/// An e-mail address, lower-cased, with one `@` and something on both sides.
///
/// Strict enough that no header can be injected and nothing but one mailbox
/// named; whether it exists only mail can tell.
#[must_use]
pub fn parse_email(raw: &str) -> Option<String> {
    let email = raw.trim().to_lowercase();
    let (local, host) = email.split_once('@')?;
    let fine = |c: char| !c.is_control() && !c.is_whitespace() && !"<>()[],;:\\\"".contains(c);
    let host_fine = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    let valid = !local.is_empty()
        && local.chars().all(fine)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !host.contains("..")
        && host.chars().all(host_fine)
        && host.contains('.')
        && !host.starts_with(['.', '-'])
        && !host.ends_with(['.', '-'])
        && email.len() <= LONGEST_EMAIL;
    valid.then_some(email)
}

/// Refuses a password that is too short or long, common, or made of the
/// person's own name or address.
pub fn check_password(faults: &mut Faults, field: &str, password: &str, about: &[&str]) {
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let same = |c: char| password.chars().all(|other| other == c);
    if length < PASSWORD_LENGTH.0 {
        faults.add_n(field, "fault-password-short", PASSWORD_LENGTH.0);
    } else if length > PASSWORD_LENGTH.1 {
        faults.add_n(field, "fault-password-long", PASSWORD_LENGTH.1);
    } else if COMMON.contains(&lower.as_str()) || password.chars().next().is_some_and(same) {
        faults.add(field, "fault-password-common");
    } else if names_itself(&lower, about) {
        faults.add(field, "fault-password-personal");
    }
}

/// Whether the password contains the name, the address or the site's name.
fn names_itself(lower: &str, about: &[&str]) -> bool {
    about
        .iter()
        .flat_map(|text| text.split(|c: char| c.is_whitespace() || c == '@'))
        .chain(["primum"])
        .map(str::to_lowercase)
        .any(|word| word.chars().count() >= 4 && lower.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_one_mailbox() {
        assert_eq!(parse_email(" Ana@Example.ORG "), Some("ana@example.org".into()));
        for bad in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "a@b@c.d",
            "a b@c.org",
            "a@c.org\r\nBcc: x@y.z",
            "a@localhost",
            "<a@c.org>",
            "a,b@c.org",
            "a@.org",
        ] {
            assert_eq!(parse_email(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn weak_passwords_are_refused() {
        let refused = |password: &str| {
            let mut faults = Faults::default();
            check_password(
                &mut faults,
                "password",
                password,
                &["Ana Kovář", "ana.kovar@example.org"],
            );
            faults.0.first().map(|fault| fault.key)
        };
        assert_eq!(refused("short"), Some("fault-password-short"));
        assert_eq!(refused(&"x1".repeat(65)), Some("fault-password-long"));
        assert_eq!(refused("PasswordPassword"), Some("fault-password-common"));
        assert_eq!(refused("aaaaaaaaaaaaaa"), Some("fault-password-common"));
        assert_eq!(refused("my kovář is a dog"), Some("fault-password-personal"));
        assert_eq!(refused("primum 2026 rocks"), Some("fault-password-personal"));
        assert_eq!(refused("four ships at dawn"), None);
    }
}
