//! Connections: how many there may be, how long they may take, and TLS when the server speaks it itself.

use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use super::tls::Certificate;
use super::whence::network;

/// Connections at once; a page needs a handful, an open progress one.
const CONNECTIONS: usize = 2_000;
/// Connections at once from one address, unless it is a proxy's.
const FROM_ONE_ADDRESS: usize = 200;
/// A greeting in TLS takes no longer.
const GREETING: Duration = Duration::from_secs(10);
/// The head of a request takes no longer, and an idle connection waits no longer for the next.
const HEAD: Duration = Duration::from_secs(30);

/// How connections are taken.
#[derive(Default)]
pub struct Manner {
    pub tls: Option<Arc<Certificate>>,
    /// All connections come from a proxy, so that its address says nothing.
    pub behind_proxy: bool,
}

/// Answers requests until `end`; what is being answered then is still given a moment.
pub async fn serve(listener: TcpListener, router: Router, manner: Manner, end: impl Future<Output = ()>) {
    let (all, seats) = (Arc::new(Semaphore::new(CONNECTIONS)), Seats::default());
    let open = GracefulShutdown::new();
    tokio::pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Too many open files, mostly: what was accepted has to end first.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        // Whoever comes when all is full is not answered, for an answer would be work as well.
        let Ok(place) = all.clone().try_acquire_owned() else {
            continue;
        };
        let Some(seat) = seats.take(peer.ip(), manner.behind_proxy) else {
            continue;
        };
        let tls = manner.tls.as_ref().map(|certificate| certificate.acceptor());
        let (router, watcher) = (router.clone(), open.watcher());
        tokio::spawn(async move {
            let _held = (place, seat);
            if let Some(greeted) = greet(stream, tls).await {
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD)
                    .serve_connection(TokioIo::new(greeted), answers(router, peer));
                // That a browser went away is no news.
                let _ = watcher.watch(connection).await;
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// What a connection's requests are answered by: the pages, told who asks.
fn answers(
    router: Router,
    peer: SocketAddr,
) -> impl Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = std::convert::Infallible,
    Future: Send,
> {
    let pages = TowerToHyperService::new(router);
    service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        pages.call(request)
    })
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

async fn greet(stream: TcpStream, tls: Option<TlsAcceptor>) -> Option<Box<dyn Stream>> {
    let _ = stream.set_nodelay(true);
    match tls {
        None => Some(Box::new(stream)),
        Some(tls) => {
            let greeted = tokio::time::timeout(GREETING, tls.accept(stream))
                .await
                .ok()?
                .ok()?;
            Some(Box::new(greeted))
        }
    }
}

/// Connections by the address they come from.
#[derive(Clone, Default)]
struct Seats(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection, for as long as it lasts.
struct Seat(Option<(Seats, IpAddr)>);

impl Seats {
    fn take(&self, address: IpAddr, behind_proxy: bool) -> Option<Seat> {
        if behind_proxy {
            return Some(Seat(None));
        }
        let address = network(address);
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_insert(0);
        if *count >= FROM_ONE_ADDRESS {
            return None;
        }
        *count += 1;
        Some(Seat(Some((self.clone(), address))))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some((seats, address)) = self.0.take() else {
            return;
        };
        let mut taken = seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_takes_only_so_many_connections_and_gives_them_back() {
        let seats = Seats::default();
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let taken: Vec<Seat> = std::iter::from_fn(|| seats.take(one, false)).collect();

        assert_eq!(taken.len(), FROM_ONE_ADDRESS);
        assert!(seats.take(other, false).is_some());
        assert!(seats.take(one, true).is_some(), "a proxy speaks for many");
        drop(taken);
        assert!(seats.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty());
        assert!(seats.take(one, false).is_some());
    }
}
