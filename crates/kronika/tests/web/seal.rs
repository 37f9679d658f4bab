use kronika::web::view::seal::Seal;

#[test]
fn the_same_record_always_has_the_same_seal() {
    assert_eq!(Seal::of(&[7; 32]), Seal::of_hex(&"07".repeat(32)).unwrap());
}

#[test]
fn any_other_byte_makes_another_seal() {
    let seal = Seal::of(&[0x55; 32]);

    for index in 0..32 {
        let mut hash = [0x55; 32];
        hash[index] = 0xd5;
        assert_ne!(Seal::of(&hash), seal, "byte {index}");
    }
}

#[test]
fn a_seal_stays_within_its_box() {
    for byte in [0x00, 0x7f, 0xff] {
        let Seal { edge, ticks, figure } = Seal::of(&[byte; 32]);
        let all = [edge, ticks, figure].concat();
        let numbers = all.split(|letter: char| letter != '.' && letter != '-' && !letter.is_ascii_digit());
        assert!(
            numbers
                .filter_map(|number| number.parse::<f64>().ok())
                .all(|number| (0.0..=100.0).contains(&number))
        );
    }
}

#[test]
fn what_is_not_a_hash_has_no_seal() {
    assert_eq!(Seal::of_hex("07"), None);
    assert_eq!(Seal::of_hex(&"zz".repeat(32)), None);
    assert_eq!(Seal::of_hex(&"é".repeat(32)), None);
}
