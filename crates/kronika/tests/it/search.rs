//! The same queries find the same on both databases.

use std::collections::BTreeMap;

use kronika::access::Scope;
use kronika::archive::id::InteractionKey;
use kronika::interaction::prepare;
use kronika::interaction::record::Outcome;
use kronika::on_db;
use kronika::search::index;
use kronika::search::run::Order;

use crate::on_each_database;
use crate::support::{Mail, TestArchive, mail};

/// Messages in four languages, by a name for each.
fn letters() -> Vec<(&'static str, Mail)> {
    let ours = "Ewa Zielińska <ewa@ours.example>";
    vec![
        (
            "lease",
            mail("Umowa najmu lokalu")
                .on_day(1)
                .body("W załączeniu przesyłam umowę. Cena netto to 4 500 zł."),
        ),
        (
            "invoice",
            mail("Faktura za marzec")
                .on_day(2)
                .body("Proszę o zapłatę faktury do końca miesiąca."),
        ),
        (
            "reply",
            mail("Re: Lease")
                .from(ours)
                .to("Anna Nowak <anna@client.example>")
                .on_day(3)
                .body("We signed the lease agreement yesterday."),
        ),
        (
            "slovak",
            mail("Zmluva o dielo")
                .from("Ján Kováč <jan@klient.example>")
                .on_day(4)
                .body("Posielam vám podpísanú zmluvu a cenovú ponuku."),
        ),
        (
            "russian",
            mail("Договор поставки")
                .from("Иван Петров <ivan@client-ru.example>")
                .on_day(5)
                .body("Высылаю подписанный договор и счёт на оплату."),
        ),
        (
            "bank",
            mail("Re: Faktura 12/2026")
                .from("Bank <biuro@bank.example>")
                .on_day(6)
                .body("Netto cena nie obejmuje faktur korygujących.")
                .attach("zestawienie-faktur.pdf", b"%PDF-1.4 none"),
        ),
        (
            "newest",
            mail("Krótko")
                .on_day(7)
                .body("Umowa, umowa i jeszcze raz umowa. O'Brien's 10:30 -- \"quoted\" \\ end"),
        ),
    ]
}

/// A query and the names of what it finds, newest first.
const FINDS: &[(&str, &[&str])] = &[
    // Words in any form, with or without diacritics.
    ("umowa", &["newest", "lease"]),
    ("umowie", &["newest", "lease"]),
    ("UMOWĄ", &["newest", "lease"]),
    ("najem", &["lease"]),
    ("zapłacić", &[]),
    ("faktura", &["bank", "invoice"]),
    ("fakturom", &["bank", "invoice"]),
    ("zalaczenie", &["lease"]),
    ("zmluvy", &["slovak"]),
    ("ponuka", &["slovak"]),
    ("договора", &["russian"]),
    ("счет", &["russian"]),
    ("sign", &["reply"]),
    ("agreements", &["reply"]),
    ("nothing-of-the-kind", &[]),
    // All words must occur, anywhere.
    ("umowa cena", &["lease"]),
    ("faktura marzec", &["invoice"]),
    // Phrases.
    ("\"cena netto\"", &["lease"]),
    ("\"netto cena\"", &["bank"]),
    ("cena netto", &["bank", "lease"]),
    ("\"lease agreement\"", &["reply"]),
    ("\"lease yesterday\"", &[]),
    // People.
    ("from:anna", &["newest", "invoice", "lease"]),
    ("to:anna", &["reply"]),
    ("from:ewa@ours.example", &["reply"]),
    ("from:\"jan kovac\"", &["slovak"]),
    ("from:bank.example", &["bank"]),
    ("anna", &["newest", "reply", "invoice", "lease"]),
    ("Иван", &["russian"]),
    // Exclusion.
    ("umowa -najmu", &["newest"]),
    ("cena -\"cena netto\"", &["bank"]),
    ("faktura -from:bank", &["invoice"]),
    ("-umowa", &[]),
    ("-umowa after:2026-03-05", &["bank", "russian"]),
    (
        "-faktura -umowa after:2026-03-01",
        &["russian", "slovak", "reply"],
    ),
    // Filters.
    ("after:2026-03-05", &["newest", "bank", "russian"]),
    ("before:2026-03-03", &["invoice", "lease"]),
    ("umowa before:2026-03-03", &["lease"]),
    ("after:2026-03-02 before:2026-03-04", &["reply", "invoice"]),
    ("direction:outbound", &["reply"]),
    ("lease direction:outbound", &["reply"]),
    ("faktura has:attachment", &["bank"]),
    ("has:attachment", &["bank"]),
    ("client:bank", &["bank"]),
    ("faktura client:bank", &["bank"]),
    ("client:nobody", &[]),
    ("channel:email slovak", &[]),
    // Names of attachments.
    ("zestawienie", &["bank"]),
    // What looks like syntax and is not.
    ("O'Brien", &["newest"]),
    ("o'brien's", &["newest"]),
    ("10:30", &["newest"]),
    ("\"", &[]),
    ("'", &[]),
    ("\\", &[]),
    ("* & | ! ( ) <->", &[]),
    ("umowa:*", &["newest", "lease"]),
    ("NOT umowa", &[]),
    ("", &[]),
];

/// While the last word is being typed, what starts like it is found too.
const TYPING: &[(&str, &[&str])] = &[
    ("umo", &["newest", "lease"]),
    ("fakt", &["bank", "invoice"]),
    ("cena net", &["bank", "lease"]),
    ("zestaw", &["bank"]),
    ("from:ann", &["newest", "invoice", "lease"]),
    ("догов", &["russian"]),
    ("zmlu", &["slovak"]),
    ("\"cena netto\"", &["lease"]),
    ("umowa -najm", &["newest"]),
    ("'", &[]),
    ("o'br", &["newest"]),
];

async fn recorded(archive: &TestArchive) -> BTreeMap<&'static str, InteractionKey> {
    archive.own("ours.example").await;
    archive.client("Bank", &[], &["bank.example"]).await;
    let mut keys = BTreeMap::new();
    for (name, letter) in letters() {
        keys.insert(name, archive.record(&letter.id(&format!("{name}@x"))).await);
    }
    keys
}

fn names(keys: &BTreeMap<&'static str, InteractionKey>, found: &[InteractionKey]) -> Vec<&'static str> {
    let name = |key: &InteractionKey| {
        *keys
            .iter()
            .find(|(_, known)| *known == key)
            .expect("it was recorded")
            .0
    };
    found.iter().map(name).collect()
}

on_each_database! {
    async fn words_phrases_people_filters_and_exclusions_find_what_they_say(archive: TestArchive) {
        let keys = recorded(&archive).await;
        let mut wrong = Vec::new();

        for (query, expected) in FINDS {
            let found = names(&keys, &archive.search(query).await);
            if found != *expected {
                wrong.push(format!("{query:?} found {found:?} and not {expected:?}"));
            }
        }
        for (query, expected) in TYPING {
            let found = names(&keys, &archive.find(query, Order::Newest).await);
            if found != *expected {
                wrong.push(format!("typing {query:?} found {found:?} and not {expected:?}"));
            }
        }

        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn the_best_match_comes_first_when_asked_for(archive: TestArchive) {
        let keys = recorded(&archive).await;

        let best = archive.find("faktura ", Order::Best).await;
        let none = archive.find("nothing-of-the-kind ", Order::Best).await;
        let by_filter = archive.find("has:attachment ", Order::Best).await;

        assert_eq!(best.len(), 2);
        assert!(none.is_empty());
        assert_eq!(names(&keys, &by_filter), ["bank"]);
        let subject = archive.record(&mail("Kaucja").id("a@x").on_day(1).body("Bez słowa.")).await;
        let body = archive.record(&mail("Inne").id("b@x").on_day(9).body("Kaucja wspomniana raz w długim tekście.")).await;
        assert_eq!(archive.find("kaucja ", Order::Best).await, [subject, body], "a subject weighs more than a body");
        assert_eq!(archive.find("kaucja ", Order::Newest).await, [body, subject]);
    }

    async fn pages_of_hits_follow_each_other_without_gap(archive: TestArchive) {
        let mails: Vec<_> = (1..=25).map(|n| mail("Umowa").id(&format!("{n}@x")).on_day(n)).collect();
        let mut keys: Vec<InteractionKey> = archive.record_batch(&mails).await.into_iter().map(|outcome| match outcome {
            Outcome::Recorded(key) => key,
            other => panic!("{other:?}"),
        }).collect();
        keys.reverse();
        let query = kronika::search::query::Query::parse("umowa ", &jiff::tz::TimeZone::UTC);
        let mut conn = archive.db.read().await.unwrap();

        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let page = kronika::search::run::Page { order: Order::Newest, before, limit: 10 };
            let hits = kronika::search::run::find(&mut conn, Scope::everything(), &query, page).await.unwrap();
            let Some(last) = hits.last() else { break };
            before = Some(*last);
            found.extend(hits);
        }

        assert_eq!(found, keys);
        assert_eq!(kronika::search::run::count(&mut conn, Scope::everything(), &query).await.unwrap(), 25);
    }

    /// Index rows go with the same words they were made of, and leave nothing.
    async fn what_is_erased_from_the_index_is_found_by_nothing(archive: TestArchive) {
        let keys = recorded(&archive).await;
        for (name, letter) in letters() {
            let words = prepare::read(&letter.id(&format!("{name}@x")).bytes()).words;
            let mut tx = archive.db.begin().await.unwrap();
            index::remove(&mut tx, keys[name], &words).await.unwrap();
            tx.commit().await.unwrap();
        }

        for (query, _) in FINDS.iter().filter(|(query, _)| !query.contains(':') && !query.contains('-')) {
            assert!(archive.search(query).await.is_empty(), "{query:?} still finds something");
        }
        let mut conn = archive.db.read().await.unwrap();
        let conn = &mut conn;
        let left: Vec<u8> = match conn {
            kronika::storage::Conn::Sqlite(_) => {
                // FTS5 keeps words in the blocks of its data table; of emptied ones the four bytes of a header stay.
                const SQL: &str = "SELECT block FROM search_data WHERE id > 10";
                let blocks: Vec<Vec<u8>> = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await).unwrap();
                blocks.concat().into_iter().filter(u8::is_ascii_graphic).collect()
            }
            kronika::storage::Conn::Postgres(_) => {
                const SQL: &str = "SELECT words::text FROM search";
                let rows: Vec<String> = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await).unwrap();
                rows.concat().into_bytes()
            }
        };
        assert_eq!(String::from_utf8_lossy(&left), "", "no word is left in the index");
    }

    async fn a_very_long_text_is_recorded_and_found(archive: TestArchive) {
        let words: String = (0..200_000).map(|n| format!("słowo{n} ")).collect();
        let long = mail("Długi").id("1@x").body(&words);
        let one_word = mail("Jedno").id("2@x").body(&"x".repeat(300_000));
        let long = archive.record(&long).await;
        let one_word = archive.record(&one_word).await;

        assert_eq!(archive.search("słowo7").await, [long]);
        assert_eq!(archive.search("długi").await, [long]);
        assert_eq!(archive.search("jedno").await, [one_word]);
    }
}
