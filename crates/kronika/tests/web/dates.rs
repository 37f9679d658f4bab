use kronika::web::dates::Clock;
use kronika::web::locale::Locale;

use super::sample::{DAY, HOUR, MINUTE, NOW};

fn clock(locale: Locale) -> Clock {
    Clock {
        locale,
        zone: Clock::zone_of("Europe/Warsaw"),
        now: NOW,
    }
}

/// What stands between the tags of `<time>`.
fn words(moment: impl ToString) -> String {
    let html = moment.to_string();
    html.split(['<', '>']).nth(2).unwrap().to_owned()
}

#[test]
fn a_date_reads_as_its_language_writes_it() {
    let day = |locale| words(clock(locale).day(NOW));

    assert_eq!(day(Locale::En), "22 November 2026");
    assert_eq!(day(Locale::Pl), "22 listopada 2026");
    assert_eq!(day(Locale::Sk), "22. novembra 2026");
    assert_eq!(day(Locale::Ru), "22 ноября 2026 г.");
}

#[test]
fn time_is_relative_up_to_a_week_and_a_date_after_that() {
    let ago = |locale, past| words(clock(locale).ago(NOW - past));

    assert_eq!(ago(Locale::En, 20_000_000), "just now");
    assert_eq!(ago(Locale::En, 59 * MINUTE), "59 min ago");
    assert_eq!(ago(Locale::Pl, 3 * HOUR), "3 godz. temu");
    assert_eq!(ago(Locale::Sk, 15 * HOUR), "včera");
    assert_eq!(ago(Locale::Sk, 3 * DAY), "pred 3 dňami");
    assert_eq!(ago(Locale::Ru, 5 * DAY), "5 дней назад");
    assert_eq!(ago(Locale::Ru, 7 * DAY), "15 нояб.");
    assert_eq!(ago(Locale::Sk, 9 * DAY), "13. 11.");
    assert_eq!(ago(Locale::Pl, 400 * DAY), "18 paź 2025");
}

#[test]
fn a_time_in_the_future_is_a_date_and_never_just_now() {
    assert_eq!(words(clock(Locale::En).ago(NOW + HOUR)), "22 Nov");
}

#[test]
fn days_begin_at_midnight_in_the_archives_zone() {
    let clock = clock(Locale::En);
    // 23:30 in Warsaw is 22:30 UTC; an hour later it is another day in Warsaw and the same in London.
    let evening = NOW + 9 * HOUR + 10 * MINUTE;

    assert_eq!(clock.heading(evening).to_string(), "Today, 22 November");
    assert_ne!(clock.date(evening), clock.date(evening + HOUR));
    assert_eq!(clock.heading(NOW - DAY).to_string(), "Yesterday, 21 November");
    assert_eq!(
        clock.heading(NOW - 2 * DAY).to_string(),
        "Friday, 20 November 2026"
    );
}

#[test]
fn the_exact_time_names_its_zone() {
    let html = clock(Locale::En).ago(NOW).to_string();

    assert!(
        html.contains(r#"title="22 November 2026, 14:20, 14:20:00 CET""#),
        "{html}"
    );
    assert!(html.contains(r#"datetime="2026-11-22T13:20:00Z""#), "{html}");
}

#[test]
fn an_impossible_claim_is_shown_and_does_not_fail() {
    assert_eq!(words(clock(Locale::En).day(i64::MAX)), "1 January 1970");
    assert_eq!(words(clock(Locale::En).ago(i64::MIN)), "1 Jan 1970");
}
