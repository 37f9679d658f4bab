//! A few weeks in the life of an accounting office.

use kronika::access::Right;
use kronika::web::dates::Clock;
use kronika::web::locale::Locale;
use kronika::web::view::client::{ClientCard, ClientRow, LastContact};
use kronika::web::view::interaction::{
    Act, Assignment, Attachment, Block, Change, HtmlBody, Inclusion, InteractionPage, Learnable, Original,
    Part, Participant, Preview, Proof, Sighting, Stamped, Standing, Why, Witnessed,
};
use kronika::web::view::kinds::{
    Address, AddressKind, Channel, ClientName, Direction, Instant, Person, SealState,
};
use kronika::web::view::page::{Page, Place, Theme};
use kronika::web::view::row::Row;
use kronika::web::view::timeline::Counts;

/// 22 November 2026, 14:20 in Warsaw.
pub const NOW: Instant = 1_795_353_600_000_000;
pub const MINUTE: Instant = 60_000_000;
pub const HOUR: Instant = 60 * MINUTE;
pub const DAY: Instant = 24 * HOUR;

pub const HASH: &str = "5d6b0a8e3f1c94d27b60e8a1c35f924e07d8b6a1f3c2957e4b8d0f6a2c913e57";

pub fn page(locale: Locale, theme: Theme, place: Place) -> Page {
    let clock = Clock {
        locale,
        zone: Clock::zone_of("Europe/Warsaw"),
        now: NOW,
    };
    Page {
        clock,
        theme,
        person: Some("Anna Wiśniewska".into()),
        rights: Right::ALL.to_vec(),
        inbox: 14,
        guidelines: 0,
        archives: None,
        outside: None,
        place,
    }
}

pub fn person(name: &str, address: &str) -> Person {
    Person {
        name: name.into(),
        address: address.into(),
    }
}

pub fn us() -> Person {
    person("Anna Wiśniewska", "anna@biuro-kalkulus.pl")
}

pub const CLIENTS: [(&str, &str); 14] = [
    ("Piekarnia Złoty Kłos sp. z o.o.", "zlotyklos.pl"),
    ("Kováčová – účtovníctvo a dane", "kovacova@dane-ke.sk"),
    ("ООО «Северный ветер»", "sever-veter.ru"),
    ("Stolárstvo Ďurica, s. r. o.", "durica.sk"),
    ("Brightwater Logistics Ltd", "brightwater.example"),
    ("Żabińska & Wspólnicy Kancelaria", "zabinska-legal.pl"),
    ("ИП Щукина Наталья Павловна", "shchukina.np@mail.example"),
    (
        "Przedsiębiorstwo Budowlano-Remontowe Święcicki i Synowie spółka komandytowa",
        "swiecicki-budowa.pl",
    ),
    ("Pracownia Łucznik", "lucznik@poczta.example"),
    ("Hotel Štrbské Pleso", "hotel-strba.sk"),
    ("Kwiaciarnia Róża", "roza@kwiaty.example"),
    ("Mlekovita-Trans", "mt-transport.pl"),
    ("Ľubomír Šťastný", "lubo.stastny@post.example"),
    ("Drukarnia Ćma", "druk-cma.pl"),
];

pub fn clients() -> Vec<ClientRow> {
    let counts = [1284, 412, 96, 58, 2340, 31, 7, 18_204, 3, 640, 12, 88, 1, 0];
    let ages = [
        40 * MINUTE,
        5 * HOUR,
        26 * HOUR,
        3 * DAY,
        5 * DAY,
        9 * DAY,
        31 * DAY,
        64 * DAY,
        200 * DAY,
    ];
    let named = CLIENTS.iter().zip(counts).enumerate();
    named
        .map(|(index, ((name, address), interactions))| ClientRow {
            id: format!("c{index}"),
            name: (*name).into(),
            address: (*address).into(),
            interactions,
            last: (interactions > 0).then(|| last(NOW - ages[index.min(8)] - index as i64 * DAY / 3, index)),
        })
        .collect()
}

pub fn last(at: Instant, index: usize) -> LastContact {
    LastContact {
        at,
        channel: Channel::Email,
        direction: Direction::ALL[index % 2],
    }
}

pub fn card() -> ClientCard {
    ClientCard {
        city: "Piaseczno".to_owned(),
        tax_id: "PL9991203417".to_owned(),
        id: "c0".into(),
        name: CLIENTS[0].0.into(),
        language: Some(Locale::Pl),
        addresses: vec![
            Address {
                kind: AddressKind::Domain,
                value: "zlotyklos.pl".into(),
            },
            Address {
                kind: AddressKind::Email,
                value: "jan.nowak.piekarz@poczta.example".into(),
            },
            Address {
                kind: AddressKind::Email,
                value: "biuro@zlotyklos-sklep.example".into(),
            },
        ],
        interactions: 1284,
        first_at: Some(NOW - 1210 * DAY),
        last: Some(last(NOW - 40 * MINUTE, 0)),
    }
}

pub fn counts() -> Counts {
    Counts {
        channels: vec![(Channel::Email, 1241), (Channel::Sms, 31), (Channel::Chat, 12)],
        inbound: 702,
        outbound: 561,
        internal: 21,
        attachments: 388,
    }
}

/// What was said, a line each: channel, direction, attachments, earlier messages, subject, first words.
const SAID: &str = include_str!("said.txt");

/// So many lines from `from` on.
pub fn rows(from: usize, count: usize) -> Vec<Row> {
    SAID.lines()
        .cycle()
        .enumerate()
        .skip(from)
        .take(count)
        .filter_map(|(index, said)| row(index, said))
        .collect()
}

fn row(index: usize, said: &str) -> Option<Row> {
    let parts: Vec<_> = said.split('|').collect();
    let [channel, direction, attachments, earlier, headline, snippet] = parts.try_into().ok()?;
    let direction = Direction::ALL.into_iter().find(|each| each.name() == direction)?;
    let client = person("Jan Nowak", "jan.nowak@zlotyklos.pl");
    let colleague = person("Marek Zieliński", "marek@biuro-kalkulus.pl");
    let (from, to) = match direction {
        Direction::Inbound => (client, vec![us(), colleague]),
        Direction::Outbound => (us(), vec![client]),
        Direction::Internal => (us(), vec![colleague]),
    };
    let claimed_at = NOW - 40 * MINUTE - index as i64 * 9 * HOUR;
    Some(Row {
        id: format!("m{index}"),
        claimed_at,
        recorded_at: if index == 5 { NOW } else { claimed_at + MINUTE },
        channel: Channel::ALL.into_iter().find(|each| each.name() == channel)?,
        direction,
        from,
        to,
        headline: headline.into(),
        snippet: snippet.into(),
        attachments: attachments.parse().ok()?,
        earlier: earlier.parse().ok()?,
        sightings: if index % 4 == 1 { 3 } else { 1 },
        seal: if index == 0 {
            SealState::Pending
        } else {
            SealState::Sealed
        },
    })
}

const BODY: &str = "Dzień dobry, Pani Aniu,\n\ndziękuję, kwota się zgadza. Przelew wyślę jutro rano, proszę tylko o \
potwierdzenie numeru rachunku, bo na fakturze z września był inny.\n\nUstalenia z rozmowy rozumiem tak:\n  1. od \
stycznia 1 350 zł netto miesięcznie,\n  2. korekta za październik jest po Państwa stronie,\n  3. inwentaryzacja do 15 \
stycznia.\n\nJeżeli coś pomyliłem, proszę o odpowiedź do piątku.\n";

pub fn body() -> Vec<Block> {
    vec![
        Block::Text(BODY.into()),
        Block::Signature("Jan Nowak\nPiekarnia Złoty Kłos sp. z o.o.\nul. Chlebowa 7, 40-001 Katowice\nNIP 954-000-00-00".into()),
        Block::Quote("W dniu 21.11.2026 o 16:12 Anna Wiśniewska pisze:\n\nSzanowny Panie,\nw załączeniu korekta 11/2026. Proszę o potwierdzenie kwoty.\n\nAnna Wiśniewska".into()),
    ]
}

pub fn attachments() -> Vec<Attachment> {
    let file = |number: &str, name: &str, mime: &str, bytes, preview| Attachment {
        number: number.to_owned(),
        name: name.into(),
        mime: mime.into(),
        bytes,
        preview,
    };
    vec![
        file(
            "2",
            "FV-kor-11-2026.pdf",
            "application/pdf",
            184_220,
            Preview::Document,
        ),
        file("3", "skan_paragonu.png", "image/png", 2_418_000, Preview::Picture),
        file(
            "4",
            "zestawienie kosztów październik 2026 (wersja ostateczna poprawiona).xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            48_112,
            Preview::None,
        ),
    ]
}

pub fn interaction(page: Page, standing: Standing) -> InteractionPage {
    let unreadable = matches!(standing, Standing::Unreadable { .. });
    InteractionPage {
        page,
        id: "m0".into(),
        channel: Channel::Email,
        direction: Direction::Inbound,
        headline: if unreadable {
            String::new()
        } else {
            "Re: Faktura korygująca 11/2026".into()
        },
        claimed_at: NOW - 40 * MINUTE,
        recorded_at: NOW - 39 * MINUTE,
        participants: participants(),
        body: if unreadable { Vec::new() } else { body() },
        html: (!unreadable).then_some(HtmlBody { remote: 3 }),
        attachments: if unreadable { Vec::new() } else { attachments() },
        headers: headers(),
        original: Original {
            bytes: 2_731_904,
            hash: HASH.chars().rev().collect(),
        },
        proof: proof(),
        sightings: [
            "anna@biuro-kalkulus.pl",
            "marek@biuro-kalkulus.pl",
            "archiwum-2026.mbox",
        ]
        .map(|source| Sighting {
            source: source.into(),
            at: NOW - 30 * MINUTE,
        })
        .into(),
        thread: rows(1, 3),
        standing,
        changes: changes(),
        learnable: Learnable {
            address: "jan.nowak@zlotyklos.pl".into(),
            domain: "zlotyklos.pl".into(),
        },
        sight: super::gate::interaction_sight(),
    }
}

pub fn bakery() -> ClientName {
    ClientName {
        id: "c0".into(),
        name: CLIENTS[0].0.into(),
    }
}

fn participants() -> Vec<Participant> {
    let of_client = |part, person| Participant {
        part,
        person,
        ours: false,
        client: Some(bakery()),
    };
    vec![
        of_client(Part::From, person("Jan Nowak", "jan.nowak@zlotyklos.pl")),
        Participant {
            part: Part::To,
            person: us(),
            ours: true,
            client: None,
        },
        of_client(Part::Cc, person("", "ksiegowosc@zlotyklos.pl")),
    ]
}

fn changes() -> Vec<Change> {
    let carpenter = ClientName {
        id: "c3".into(),
        name: CLIENTS[3].0.into(),
    };
    let marek = Why::Person {
        name: "Marek Zieliński".into(),
        reason: String::new(),
    };
    let address = Why::Address("jan.nowak@zlotyklos.pl".into());
    vec![
        Change {
            at: NOW - 20 * MINUTE,
            act: Act::Assigned(bakery()),
            why: address,
        },
        Change {
            at: NOW - 30 * MINUTE,
            act: Act::Removed(carpenter),
            why: marek,
        },
    ]
}

pub fn assigned() -> Standing {
    Standing::Assigned(vec![Assignment {
        client: ClientName {
            id: "c0".into(),
            name: CLIENTS[0].0.into(),
        },
        why: Why::Address("jan.nowak@zlotyklos.pl".into()),
        at: NOW - 20 * MINUTE,
    }])
}

fn proof() -> Proof {
    let inclusion = Inclusion {
        index: 48_211,
        size: 61_204,
        root: HASH.replace('5', "c"),
        path: (0..6)
            .map(|step| HASH.chars().cycle().skip(step * 7).take(64).collect())
            .collect(),
        signed_at: NOW - 38 * MINUTE,
        origin: "kronika.biuro-kalkulus.pl/archive".into(),
        key: "kronika.biuro-kalkulus.pl/archive+1f3a9c07+AbQ2n0fSx1l0uJ5mVvQ".into(),
        holds: true,
    };
    Proof {
        leaf: HASH.into(),
        inclusion: Some(inclusion),
        stamped: Some(Stamped {
            at: NOW - 10 * MINUTE,
            authority: "Certum QTSA".into(),
        }),
        absent_at: Some(NOW - HOUR),
        witnessed: Some(Witnessed {
            since: NOW - 28 * MINUTE,
            by: vec![
                "kancelaria-nowak.example/witness".into(),
                "audit.example/kronika".into(),
            ],
        }),
    }
}

fn headers() -> Vec<(String, String)> {
    [
        ("Message-ID", "<20261122124001.7781@zlotyklos.pl>"),
        ("In-Reply-To", "<b0f2c4@biuro-kalkulus.pl>"),
        ("Date", "Sun, 22 Nov 2026 13:40:01 +0100"),
        ("From", "Jan Nowak <jan.nowak@zlotyklos.pl>"),
        ("To", "Anna Wiśniewska <anna@biuro-kalkulus.pl>"),
        ("Received", "from mail.zlotyklos.pl (mail.zlotyklos.pl [192.0.2.25])\n by mx.biuro-kalkulus.pl with ESMTPS id 4Xk; Sun, 22 Nov 2026 13:40:04 +0100"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}
