//! Domains where anyone can have a mailbox: knowing one says nothing of a client.

/// Providers common where Kronika's users work. A name covers its subdomains.
const PUBLIC: &[&str] = &[
    "126.com",
    "163.com",
    "abv.bg",
    "aol.com",
    "atlas.cz",
    "atlas.sk",
    "azet.sk",
    "bk.ru",
    "buziaczek.pl",
    "centrum.cz",
    "centrum.sk",
    "email.cz",
    "fastmail.com",
    "freemail.hu",
    "gazeta.pl",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "go2.pl",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "hushmail.com",
    "i.ua",
    "icloud.com",
    "inbox.lv",
    "inbox.ru",
    "int.pl",
    "interia.com",
    "interia.eu",
    "interia.pl",
    "internet.ru",
    "list.ru",
    "live.com",
    "live.co.uk",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "o2.pl",
    "onet.eu",
    "onet.pl",
    "op.pl",
    "orangemail.sk",
    "outlook.com",
    "outlook.de",
    "outlook.sk",
    "pobox.sk",
    "poczta.fm",
    "poczta.onet.eu",
    "poczta.onet.pl",
    "poczta.pl",
    "post.cz",
    "post.sk",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rambler.ru",
    "seznam.cz",
    "spoko.pl",
    "stonline.sk",
    "szm.sk",
    "t-online.de",
    "tlen.pl",
    "tutanota.com",
    "tuta.io",
    "ukr.net",
    "vk.com",
    "volny.cz",
    "vp.pl",
    "web.de",
    "wp.eu",
    "wp.pl",
    "ya.ru",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yahoo.pl",
    "yandex.by",
    "yandex.com",
    "yandex.kz",
    "yandex.ru",
    "yandex.ua",
    "zoho.com",
    "zoho.eu",
    "zoznam.sk",
];

/// Whether mailboxes at `domain` (lower case) belong to unrelated people.
pub fn is_public(domain: &str) -> bool {
    self::with_parents(domain).any(|domain| PUBLIC.contains(&domain))
}

/// Whether unrelated firms register their domains under `domain` (lower case), as under `com.pl`, by the Public Suffix
/// List.
pub fn is_suffix(domain: &str) -> bool {
    psl::suffix_str(domain) == Some(domain)
}

/// The domain itself and every domain above it that has at least two labels.
pub fn with_parents(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| {
        domain.split_once('.').map(|(_, parent)| parent)
    })
    .filter(|domain| domain.contains('.'))
}

/// The part of an address behind its last `@`.
pub fn domain_of(address: &str) -> Option<&str> {
    address
        .rsplit_once('@')
        .map(|(_, domain)| domain)
        .filter(|domain| !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_mailbox_says_nothing_of_a_firm() {
        assert!(is_public("gmail.com") && is_public("poczta.wp.pl") && is_public("mail.ru"));
        assert!(!is_public("lipowa7.example") && !is_public("com") && !is_public("notgmail.com"));
        assert!(PUBLIC.iter().all(|domain| domain.to_lowercase() == **domain));
    }

    #[test]
    fn what_is_above_many_firms_is_nobodys_domain() {
        assert!(is_suffix("com.pl") && is_suffix("msk.ru") && is_suffix("co.uk"));
        assert!(!is_suffix("firma.com.pl") && !is_suffix("lipowa7.example"));
    }

    #[test]
    fn a_domain_is_found_with_what_is_above_it() {
        let domains: Vec<&str> = with_parents("mail.firma.com.pl").collect();
        assert_eq!(domains, ["mail.firma.com.pl", "firma.com.pl", "com.pl"]);
        assert_eq!(domain_of("jan@firma.pl"), Some("firma.pl"));
        assert_eq!(domain_of("nobody"), None);
    }
}
