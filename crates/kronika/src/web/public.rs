//! The address under which people reach the archive. It is what the operator says, never what a request says: links
//! are made from it, and passkeys are bound to it.

use std::net::{IpAddr, SocketAddr};

use webauthn_rs::prelude::Url;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    url: Url,
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
        if fine { Ok(Public { url }) } else { Err(wrong()) }
    }

    /// Where a server that was told nothing is reached: on its own machine by name, for passkeys need one.
    pub fn of(listening: SocketAddr) -> Public {
        let ip = listening.ip();
        let host = match ip {
            _ if ip.is_loopback() || ip.is_unspecified() => "localhost".to_owned(),
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        let url = Url::parse(&format!("http://{host}:{}", listening.port()));
        Public {
            url: url.expect("an address of a socket makes an address of a website"),
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

        let local = |text: &str| Public::of(text.parse().unwrap()).origin();
        assert_eq!(local("127.0.0.1:7700"), "http://localhost:7700");
        assert_eq!(local("0.0.0.0:80"), "http://localhost");
        assert_eq!(local("192.168.1.5:7700"), "http://192.168.1.5:7700");
        assert_eq!(local("[2001:db8::5]:7700"), "http://[2001:db8::5]:7700");
    }
}
