//! The address under which people reach the archive. It is what the operator says, never what a request says: links
//! are made from it, and passkeys are bound to it.

use std::net::{IpAddr, SocketAddr};

use webauthn_rs::prelude::Url;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    url: Url,
    /// The operator said so; else it is a guess, and other names may lead here as well.
    said: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no address of a website; give one like https://kronika.example")]
pub struct NotAnAddress(String);

impl Public {
    /// What the operator says, such as `https://kronika.example`.
    pub fn parse(text: &str) -> Result<Public, NotAnAddress> {
        let wrong = || NotAnAddress(text.to_owned());
        let url = Url::parse(text).map_err(|_| wrong())?;
        let fine = matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/";
        if fine {
            Ok(Public { url, said: true })
        } else {
            Err(wrong())
        }
    }

    /// Where a server that was told nothing is reached: on its own machine by name, for passkeys need one.
    pub fn of(listening: SocketAddr, scheme: &str) -> Public {
        let ip = listening.ip();
        let host = match ip {
            _ if ip.is_loopback() || ip.is_unspecified() => "localhost".to_owned(),
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        let url = Url::parse(&format!("{scheme}://{host}:{}", listening.port()));
        Public {
            url: url.expect("an address of a socket makes an address of a website"),
            said: false,
        }
    }

    /// The address of a page.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// Scheme, host and port, as browsers write them.
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Whether a request for this host can be meant for us. A proxy may leave the port out, but none says another one.
    pub fn answers_to(&self, host: &str) -> bool {
        let asked = Url::parse(&format!("{}://{host}", self.url.scheme()));
        let same = |asked: Url| {
            let port_left_out = !host.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(':');
            asked.host() == self.url.host()
                && asked.path() == "/"
                && asked.username().is_empty()
                && (port_left_out || asked.port_or_known_default() == self.url.port_or_known_default())
        };
        !self.said || asked.is_ok_and(same)
    }

    /// The host alone, without scheme and port.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The name that passkeys are bound to; a bare number is none.
    pub fn domain(&self) -> Option<&str> {
        self.url.domain()
    }

    pub fn url(&self) -> &Url {
        &self.url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_carry_the_address_that_the_operator_gave() {
        let public = Public::parse("https://Kronika.example/").unwrap();
        assert_eq!(
            public.link("/invitations/x"),
            "https://kronika.example/invitations/x"
        );
        assert_eq!(public.domain(), Some("kronika.example"));
        for wrong in [
            "kronika.example",
            "ftp://kronika.example",
            "https://kronika.example/sub",
            "",
        ] {
            assert!(Public::parse(wrong).is_err(), "{wrong}");
        }

        let local = |text: &str| Public::of(text.parse().unwrap(), "http").origin();
        assert_eq!(local("127.0.0.1:7700"), "http://localhost:7700");
        assert_eq!(local("0.0.0.0:80"), "http://localhost");
        assert_eq!(local("192.168.1.5:7700"), "http://192.168.1.5:7700");
        assert_eq!(local("[2001:db8::5]:7700"), "http://[2001:db8::5]:7700");
    }
    #[test]
    fn only_the_name_that_the_operator_gave_is_answered_to() {
        let public = Public::parse("https://kronika.example:8443").unwrap();
        for ours in ["kronika.example:8443", "kronika.example", "KRONIKA.example:8443"] {
            assert!(public.answers_to(ours), "{ours}");
        }
        for forged in [
            "evil.example",
            "kronika.example:443",
            "kronika.example.evil.example",
            "evil.example/kronika.example",
            "kronika.example@evil.example",
            "x@kronika.example",
            "kronika.example/x",
            "127.0.0.1:8443",
            "",
        ] {
            assert!(!public.answers_to(forged), "{forged}");
        }

        assert!(Public::of("127.0.0.1:7700".parse().unwrap(), "http").answers_to("any.example"));
    }
}
