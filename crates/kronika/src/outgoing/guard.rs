//! Which addresses may be asked, and names resolved so that nothing else is.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures::future::BoxFuture;
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::range::is_public;
use super::{OutgoingError, Settings};

/// Asks for the addresses of a name.
pub trait Lookup: Send + Sync + 'static {
    fn addresses(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// Asks as every program of the machine does.
pub struct System;

impl Lookup for System {
    fn addresses(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Decides what may be asked.
#[derive(Clone)]
pub struct Guard {
    allowed: Arc<Allowed>,
    lookup: Arc<dyn Lookup>,
}

/// What the operator allows beside public addresses.
#[derive(Debug, Default)]
struct Allowed {
    nets: Vec<IpNet>,
    /// In lower case, without a dot at the end.
    names: Vec<String>,
}

impl Allowed {
    fn read(settings: &Settings) -> Result<Allowed, OutgoingError> {
        let mut allowed = Allowed::default();
        for given in &settings.allow {
            let given = given.trim();
            if let Ok(net) = given.parse::<IpNet>() {
                allowed.nets.push(net);
                continue;
            }
            let bare = given.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            match Host::parse(given) {
                _ if given.contains('/') => return Err(OutgoingError::Settings(given.to_owned())),
                Ok(Host::Domain(name)) => allowed.names.push(plain(&name)),
                Ok(Host::Ipv4(four)) => allowed.nets.push(IpNet::from(IpAddr::V4(four))),
                Ok(Host::Ipv6(six)) => allowed.nets.push(IpNet::from(IpAddr::V6(six))),
                Err(_) => match bare.unwrap_or(given).parse::<IpAddr>() {
                    Ok(address) => allowed.nets.push(IpNet::from(address)),
                    Err(_) => return Err(OutgoingError::Settings(given.to_owned())),
                },
            }
        }
        Ok(allowed)
    }

    fn has_address(&self, address: IpAddr) -> bool {
        // What a mapped address leads to is what counts, and what a person would write.
        let address = address.to_canonical();
        self.nets.iter().any(|net| net.contains(&address))
    }

    fn has_name(&self, name: &str) -> bool {
        let name = plain(name);
        self.names.contains(&name)
    }
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

impl Guard {
    pub fn new(settings: &Settings, lookup: Arc<dyn Lookup>) -> Result<Guard, OutgoingError> {
        let allowed = Arc::new(Allowed::read(settings)?);
        Ok(Guard { allowed, lookup })
    }

    /// Reads a URL and refuses what can be refused without asking anybody.
    pub fn read(&self, url: &str) -> Result<Url, OutgoingError> {
        let url = Url::parse(url).map_err(|_| OutgoingError::Malformed)?;
        let host = url.host().ok_or(OutgoingError::Malformed)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(OutgoingError::Credentials);
        }
        let named = match &host {
            Host::Domain(name) => match name.parse::<IpAddr>() {
                Ok(address) => self.check(address)?,
                Err(_) => self.allowed.has_name(name),
            },
            Host::Ipv4(four) => self.check(IpAddr::V4(*four))?,
            Host::Ipv6(six) => self.check(IpAddr::V6(*six))?,
        };
        match url.scheme() {
            "https" => Ok(url),
            "http" if named => Ok(url),
            _ => Err(OutgoingError::Scheme),
        }
    }

    /// Refuses an address that is neither public nor allowed; whether it is allowed.
    fn check(&self, address: IpAddr) -> Result<bool, OutgoingError> {
        match self.allowed.has_address(address) {
            true => Ok(true),
            false if is_public(address) => Ok(false),
            false => Err(OutgoingError::Refused),
        }
    }

    /// The addresses of a host, every one of them checked: a name that leads anywhere it must not is refused whole.
    pub async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, OutgoingError> {
        let found = self.lookup.addresses(name.to_owned()).await;
        let found = found.map_err(|_| OutgoingError::Unknown)?;
        if found.is_empty() {
            return Err(OutgoingError::Unknown);
        }
        if !self.allowed.has_name(name) {
            for address in &found {
                self.check(*address)?;
            }
        }
        Ok(found)
    }
}

/// The client asks this for every name it connects to, and connects to what it is given.
impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found = guard.addresses(name.as_str()).await?;
            // The port is put in by the client.
            let found = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}
