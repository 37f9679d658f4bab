//! What the log of looks costs: first pages of timelines, asked for by many people at once, with the log and without.
//!
//! `KRONIKA_BENCH_ARCHIVE` names an archive of `bench/corpus.py synthetic`. Fifty people open the pages of twenty clients,
//! so that looks differ, get gathered and are written into the journal meanwhile. Both ways take turns. Prints a line for
//! each: `on` or `off`, pages a second, median and 99th percentile in milliseconds, looks that were written, with tabs
//! between.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use jiff::tz::TimeZone;
use kronika::access::log::Watch;
use kronika::access::{Role, Scope};
use kronika::archive::Archive;
use kronika::client::list::{self, Asked, Sort};
use kronika::instance::Public;
use kronika::on_db;
use kronika::outgoing::Outgoing;
use kronika::secrecy::Unlock;
use kronika::storage::StorageError;
use kronika::user::By;
use kronika::user::act::{NewAccount, add_as};
use kronika::user::event::Proof;
use kronika::user::passkey::Passkeys;
use kronika::user::session::{self, From};
use kronika::user::store;
use kronika::web::app::{App, router};
use kronika::web::limit::Limits;
use kronika::web::packages::Packages;
use kronika::web::upload::Uploads;
use kronika::web::work::Work;
use kronika::webhook::courier::Courier;
use tower::ServiceExt;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const PEOPLE: usize = 50;
const CLIENTS: i64 = 20;
/// Requests at once.
const AT_ONCE: usize = 16;
const ROUND: Duration = Duration::from_secs(6);
/// Of each way.
const ROUNDS: usize = 7;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let Ok(folder) = std::env::var("KRONIKA_BENCH_ARCHIVE") else {
        eprintln!("SKIPPED: KRONIKA_BENCH_ARCHIVE names no archive");
        return Ok(());
    };
    let archive = Archive::open(Path::new(&folder), &Unlock::default()).await?;
    let cookies = cookies(&archive).await?;
    let paths = paths(&archive).await?;
    let asked: Arc<Vec<(String, String)>> = Arc::new(
        (0..cookies.len() * paths.len())
            .map(|n| {
                (
                    cookies[n % cookies.len()].clone(),
                    paths[n / cookies.len()].clone(),
                )
            })
            .collect(),
    );
    let sealing = archive.clone();
    tokio::spawn(async move { sealing.sealer.run(&sealing).await });
    round(&archive, &asked, Watch::deaf()).await?;
    let mut found = [Vec::new(), Vec::new()];
    for turn in 0..2 * ROUNDS {
        let watch = if turn % 2 == 0 {
            Watch::deaf()
        } else {
            Watch::default()
        };
        found[turn % 2].push(round(&archive, &asked, watch).await?);
    }
    for (name, rounds) in ["off", "on"].into_iter().zip(&mut found) {
        let middle = |of: fn(&Found) -> f64| {
            let mut all: Vec<f64> = rounds.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        let looks: i64 = rounds.iter().map(|round| round.looks).sum();
        println!(
            "{name}\t{}\t{}\t{}\t{looks}",
            middle(|f| f.rate),
            middle(|f| f.p50),
            middle(|f| f.p99)
        );
    }
    Ok(())
}

struct Found {
    rate: f64,
    p50: f64,
    p99: f64,
    looks: i64,
}

/// Asks for a while, by as many at once as there are.
async fn round(
    archive: &Arc<Archive>,
    asked: &Arc<Vec<(String, String)>>,
    watch: Watch,
) -> Result<Found, Failure> {
    let app = app(archive, watch)?;
    let before = looks(archive).await?;
    let writing = app.clone();
    let writer = tokio::spawn(async move { writing.watch.run(&writing.archive).await });
    let (pages, begun) = (router(app.clone()), Instant::now());
    let readers: Vec<_> = (0..AT_ONCE)
        .map(|n| tokio::spawn(read(pages.clone(), asked.clone(), (n * 61, begun))))
        .collect();
    let mut taken = Vec::new();
    for reader in readers {
        taken.extend(reader.await??);
    }
    let seconds = begun.elapsed().as_secs_f64();
    writer.abort();
    app.watch.write(archive).await?;
    taken.sort_unstable();
    let at = |share: usize| taken[(taken.len() * share / 100).min(taken.len() - 1)].as_secs_f64() * 1e3;
    Ok(Found {
        rate: taken.len() as f64 / seconds,
        p50: at(50),
        p99: at(99),
        looks: looks(archive).await? - before,
    })
}

async fn read(
    pages: Router,
    asked: Arc<Vec<(String, String)>>,
    (first, begun): (usize, Instant),
) -> Result<Vec<Duration>, Failure> {
    let mut taken = Vec::new();
    for (cookie, path) in asked.iter().cycle().skip(first) {
        if begun.elapsed() > ROUND {
            break;
        }
        let request = Request::get(path)
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))))
            .header("cookie", cookie)
            .header("host", "kronika.example")
            .body(Body::empty())?;
        let start = Instant::now();
        let response = pages.clone().oneshot(request).await?;
        if response.status() != StatusCode::OK {
            return Err(format!("{path} was answered with {}", response.status()).into());
        }
        to_bytes(response.into_body(), usize::MAX).await?;
        taken.push(start.elapsed());
    }
    Ok(taken)
}

fn app(archive: &Arc<Archive>, watch: Watch) -> Result<App, Failure> {
    let public = Public::parse("http://kronika.example")?;
    let outgoing = Arc::new(Outgoing::new(&archive.config.outgoing)?);
    Ok(App {
        archive: archive.clone(),
        zone: TimeZone::UTC,
        work: Work::default(),
        watch: Arc::new(watch),
        gate: Arc::default(),
        limits: Arc::new(Limits::a_minute(u32::MAX)),
        packages: Packages::default(),
        uploads: Uploads::default(),
        steps: Arc::default(),
        providers: Arc::default(),
        passkeys: Arc::new(Passkeys::at(public.url())),
        courier: Arc::new(Courier::new(archive.clone(), outgoing.clone(), public.origin())),
        outgoing,
        public,
        seat: None,
        closed: Arc::default(),
        behind_tls: false,
        behind_proxy: false,
    })
}

async fn looks(archive: &Archive) -> Result<i64, StorageError> {
    let conn = &mut archive.db.read().await?;
    on_db!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM log_entry WHERE kind = 'opened'").fetch_one(c).await)
}

/// A session of each of the people, who are made when they are not there.
async fn cookies(archive: &Arc<Archive>) -> Result<Vec<String>, Failure> {
    let mut cookies = Vec::new();
    for n in 0..PEOPLE {
        let name = format!("reader-{n}");
        let known = store::by_name(&mut archive.db.read().await?, &name).await?;
        if known.is_none() {
            let new = NewAccount {
                name: &name,
                role: Role::Member,
                password: "a long sentence for measuring",
                language: "en",
            };
            add_as(archive, new, By::Console).await?;
        }
        let found = store::by_name(&mut archive.db.read().await?, &name).await?;
        let (account, _) = found.ok_or("the account is gone")?;
        let from = From {
            address: "127.0.0.1".to_owned(),
            browser: "a benchmark".to_owned(),
        };
        let token = session::begin(archive, &account, from, Proof::Password).await?;
        cookies.push(format!("kronika={token}"));
    }
    Ok(cookies)
}

/// The pages of the clients with the most interactions.
async fn paths(archive: &Archive) -> Result<Vec<String>, StorageError> {
    let asked = Asked {
        text: String::new(),
        sort: Sort::Count,
        offset: 0,
        limit: CLIENTS,
    };
    let clients = list::list(&mut archive.db.read().await?, Scope::everything(), &asked).await?;
    Ok(clients
        .iter()
        .map(|client| format!("/clients/{}", client.id))
        .collect())
}
