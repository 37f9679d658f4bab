//! The pages of an archive, asked as a browser asks, without a network between.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use jiff::tz::TimeZone;
use kronika::instance::Public;
use kronika::outgoing::Outgoing;
use kronika::user::passkey::Passkeys;
use kronika::web::app::{App, router};
use kronika::web::hall::{Hall, Seat};
use kronika::web::limit::Limits;
use kronika::web::packages::Packages;
use kronika::web::upload::Uploads;
use kronika::web::work::Work;
use kronika::webhook::courier::Courier;
use tower::ServiceExt;

use super::TestArchive;

/// The server's pages and what a test needs of its state.
pub struct Office {
    pub app: App,
    pub router: Router,
    host: &'static str,
}

/// A browser: where it is, and its cookies.
#[derive(Clone)]
pub struct Browser {
    pub address: IpAddr,
    pub cookies: Vec<(String, String)>,
    /// Sent along with every request.
    pub headers: Vec<(&'static str, String)>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub text: String,
}

impl Browser {
    pub fn at(last: u8) -> Browser {
        Browser {
            address: IpAddr::from([10, 0, 0, last]),
            cookies: Vec::new(),
            headers: Vec::new(),
        }
    }

    pub fn forget(&mut self, cookie: &str) {
        self.cookies.retain(|(name, _)| name != cookie);
    }

    fn keep(&mut self, set: &str) {
        let pair = set.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').unwrap();
        self.forget(name);
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

impl Office {
    pub fn of(archive: &TestArchive) -> Office {
        Office::with(archive, |_| {})
    }

    pub fn with(archive: &TestArchive, change: impl FnOnce(&mut App)) -> Office {
        let public = Public::parse("https://kronika.example").unwrap();
        let outgoing = Arc::new(Outgoing::new(&archive.config.outgoing).unwrap());
        let mut app = App {
            archive: archive.archive.clone(),
            zone: TimeZone::UTC,
            work: Work::default(),
            watch: Arc::default(),
            gate: Arc::default(),
            // Tests ask more in a second than a person in an hour.
            limits: Arc::new(Limits::a_minute(10_000_000)),
            packages: Packages::default(),
            uploads: Uploads::default(),
            steps: Arc::default(),
            providers: Arc::default(),
            passkeys: Arc::new(Passkeys::at(public.url())),
            courier: Arc::new(Courier::new(
                archive.archive.clone(),
                outgoing.clone(),
                public.origin(),
            )),
            outgoing,
            public,
            seat: None,
            closed: Arc::default(),
            behind_tls: false,
            behind_proxy: false,
        };
        change(&mut app);
        Office {
            router: router(app.clone()),
            app,
            host: "kronika.example",
        }
    }

    /// One archive among those of an instance, whose pages are asked for through the common door.
    pub fn in_hall(archive: &TestArchive, hall: &Arc<Hall>, host: &'static str) -> Office {
        let name = host.split('.').next().unwrap();
        let public = Public::parse(&format!("https://{host}")).unwrap();
        let mut office = Office::with(archive, |app| {
            app.passkeys = Arc::new(Passkeys::at(public.url()));
            app.public = public;
            app.seat = Some(Seat {
                hall: hall.clone(),
                name: name.to_owned(),
                title: format!("Office {name}"),
            });
        });
        hall.open(name, office.app.clone());
        office.router = hall.router();
        office.host = host;
        office
    }

    pub async fn get(&self, browser: &mut Browser, path: &str) -> Answer {
        self.ask(browser, Request::get(path), String::new()).await
    }

    pub async fn post(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.ask(browser, Request::post(path), body).await
    }

    /// Sends what a page's script sends.
    pub async fn send(&self, browser: &mut Browser, path: &str, body: String) -> Answer {
        self.ask(browser, Request::post(path), body).await
    }

    async fn ask(
        &self,
        browser: &mut Browser,
        request: axum::http::request::Builder,
        body: String,
    ) -> Answer {
        let answer = self.answer(browser, request, body).await;
        let (answer, set) = read(answer).await;
        set.iter().for_each(|set| browser.keep(set));
        answer
    }

    /// Sends a request as it is.
    pub async fn raw(&self, request: Request<Body>) -> Answer {
        read(self.router.clone().oneshot(request).await.unwrap()).await.0
    }
    /// The response itself, whose body may never end.
    pub async fn answer(
        &self,
        browser: &Browser,
        request: axum::http::request::Builder,
        body: String,
    ) -> axum::response::Response {
        let cookies: Vec<String> = browser
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = request
            .header("sec-fetch-site", "same-origin")
            .header("host", self.host)
            .header("cookie", cookies.join("; "));
        for (name, value) in &browser.headers {
            request = request.header(*name, value);
        }
        let mut request = request.body(Body::from(body)).unwrap();
        let peer = ConnectInfo(SocketAddr::new(browser.address, 4711));
        request.extensions_mut().insert(peer);
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Signs in with a password alone.
    pub async fn sign_in(&self, browser: &mut Browser, user: &str, password: &str) -> Answer {
        let fields = [("user", user), ("password", password)];
        self.post(browser, "/sign-in", &fields).await
    }
}

/// An answer, and the cookies it sets.
async fn read(response: axum::response::Response) -> (Answer, Vec<String>) {
    let text = |name| {
        let all = response.headers().get_all(name).iter();
        all.map(|value| value.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let (status, set) = (response.status(), text("set-cookie"));
    let location = text("location").pop().unwrap_or_default();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let answer = Answer {
        status,
        location,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    };
    (answer, set)
}

impl Answer {
    /// What stands between two marks of the page.
    pub fn between(&self, before: &str, after: &str) -> String {
        let (_, rest) = self
            .text
            .split_once(before)
            .unwrap_or_else(|| panic!("{}", self.text));
        rest.split_once(after).unwrap().0.to_owned()
    }
}
