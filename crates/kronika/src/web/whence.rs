//! Where a request comes from, as far as it can be believed.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{COOKIE, HOST, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use super::app::App;
use crate::archive::id::AccountId;
use crate::instance::Public;
use crate::user::browser;
use crate::user::session::From;

/// Who knocks: an address, what the browser says it is, and whether we have met it.
#[derive(Clone)]
pub struct Whence {
    pub address: IpAddr,
    browser: String,
    /// Where the browser believes to be.
    host: String,
    /// The cookie of a browser from which somebody signed in before.
    known: Option<String>,
}

/// The proxy's header that lists whom it speaks for.
const FORWARDED: &str = "x-forwarded-for";

impl FromRequestParts<App> for Whence {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Whence, Self::Rejection> {
        let text = |name| {
            let value = parts.headers.get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        Ok(Whence {
            address: whoever_asks(app, &parts.extensions, &parts.headers),
            browser: text(USER_AGENT),
            host: text(HOST),
            known: cookie(&parts.headers, known_cookie(app)).map(str::to_owned),
        })
    }
}

impl Whence {
    /// As it is written down.
    pub fn from(&self) -> From {
        From {
            address: self.address.to_string(),
            browser: self.browser.clone(),
        }
    }

    /// Whether the browser is at the archive's own address, where its passkeys work. Only what a page offers hangs on it.
    pub fn is_at(&self, public: &Public) -> bool {
        public
            .origin()
            .split_once("://")
            .is_some_and(|(_, host)| host == self.host)
    }

    /// The cookie of this browser, if it is one from which this account has signed in before.
    pub fn known_to(&self, app: &App, account: Option<AccountId>) -> Option<&str> {
        let known = self.known.as_deref()?;
        (browser::account_of(&app.archive, known) == Some(account?)).then_some(known)
    }
}

/// The address a request comes from.
pub fn whoever_asks(app: &App, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(peer)| peer.ip());
    address(peer, app.behind_proxy, headers)
}

/// Whoever has one IPv6 address has 2^64 of them.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// The name of the cookie by which a browser is met again. With TLS the browser gives it to nobody else (`__Host-`).
pub fn known_cookie(app: &App) -> &'static str {
    if app.behind_tls {
        "__Host-kronika-known"
    } else {
        "kronika-known"
    }
}

/// The name of the cookie that ties the way to a provider and back to one browser.
pub fn openid_cookie(app: &App) -> &'static str {
    if app.behind_tls {
        "__Host-kronika-openid"
    } else {
        "kronika-openid"
    }
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Anybody may send the header, so it counts only when a proxy is known to be in front, and then only its last entry,
/// which that proxy wrote.
fn address(peer: IpAddr, behind_proxy: bool, headers: &HeaderMap) -> IpAddr {
    if !behind_proxy {
        return peer;
    }
    let last = headers.get_all(FORWARDED).iter().next_back();
    last.and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|address| address.trim().parse().ok())
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_address_is_believed_of_nobody_but_the_proxy() {
        let peer = IpAddr::from([10, 0, 0, 1]);
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED, "1.1.1.1".parse().unwrap());
        headers.append(FORWARDED, "2.2.2.2, 3.3.3.3".parse().unwrap());

        assert_eq!(address(peer, false, &headers), peer);
        assert_eq!(address(peer, true, &headers), IpAddr::from([3, 3, 3, 3]));
        headers.append(FORWARDED, "nonsense".parse().unwrap());
        assert_eq!(address(peer, true, &headers), peer);
        assert_eq!(address(peer, true, &HeaderMap::new()), peer);
    }
    #[test]
    fn neighbours_in_one_network_are_one_place() {
        let v6 = |text: &str| network(text.parse().unwrap());

        assert_eq!(v6("2001:db8::1"), v6("2001:db8::ffff:1"));
        assert_ne!(v6("2001:db8::1"), v6("2001:db8:0:1::1"));
        assert_eq!(v6("::ffff:10.0.0.1"), IpAddr::from([10, 0, 0, 1]));
    }
}
