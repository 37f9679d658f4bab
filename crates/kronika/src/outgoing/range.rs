//! Which addresses of the internet protocols are somebody else's public server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// What is not globally reachable, or is nobody's server: the special-purpose registries of IANA (RFC 6890 and those
/// after it), multicast and reserved space.
const REFUSED: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    // Link-local, where clouds answer with their machines' credentials (169.254.169.254).
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    // A cloud's platform answers there as on the local wire.
    "168.63.129.16/32",
    "2001::/23",
    "2001:db8::/32",
    "2620:4f:8000::/48",
    "3fff::/20",
];

/// Whether an address is a public one. IPv6 addresses that stand for one of IPv4 are as public as that one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => !is_refused(address),
        IpAddr::V6(six) => match embedded(six) {
            Some(four) => is_public(IpAddr::V4(four)),
            None => !is_refused(address),
        },
    }
}

/// All that is given out of IPv6 for servers of the world; the rest is local, reserved or multicast.
const GIVEN_OUT: u16 = 0x2000;

fn is_refused(address: IpAddr) -> bool {
    if let IpAddr::V6(six) = address
        && six.segments()[0] & 0xe000 != GIVEN_OUT
    {
        return true;
    }
    let mut nets = REFUSED.iter().filter_map(|net| net.parse::<IpNet>().ok());
    nets.any(|net| net.contains(&address))
}

/// The IPv4 address that an IPv6 address leads to: mapped (RFC 4291), translated (RFC 2765), by NAT64 (RFC 6052), by
/// 6to4 (RFC 3056), and the client of Teredo (RFC 4380), whose server is refused with its prefix anyway.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let four = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match s {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => Some(four(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(four(high, low)),
        [0x2002, high, low, ..] => Some(four(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(address: &str) -> bool {
        is_public(address.parse().unwrap())
    }

    #[test]
    fn every_range_can_be_read() {
        for net in REFUSED {
            assert!(net.parse::<IpNet>().is_ok(), "{net}");
        }
    }

    #[test]
    fn what_is_on_this_machine_or_this_network_is_not_public() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::808:808",
            "64:ff9b:1::a00:1",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:db8::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
            "f800::1",
        ] {
            assert!(!public(address), "{address}");
        }
    }

    #[test]
    fn an_address_within_an_address_is_seen_through() {
        for inner in [
            "127.0.0.1",
            "10.0.0.1",
            "169.254.169.254",
            "192.168.0.1",
            "100.64.1.1",
        ] {
            let four: Ipv4Addr = inner.parse().unwrap();
            let [a, b, c, d] = four.octets();
            let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            for outer in [
                format!("::ffff:{inner}"),
                format!("::ffff:0:{high:x}:{low:x}"),
                format!("::{high:x}:{low:x}"),
                format!("64:ff9b::{high:x}:{low:x}"),
                format!("2002:{high:x}:{low:x}::1"),
                format!("2001:0:{high:x}:{low:x}::"),
            ] {
                assert!(!public(&outer), "{outer}");
            }
        }
        assert!(public("::ffff:8.8.8.8") && public("64:ff9b::808:808") && public("2002:808:808::1"));
    }

    #[test]
    fn the_rest_of_the_world_is_public() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2606:4700:4700::1111",
            "2a00:1450::1",
        ] {
            assert!(public(address), "{address}");
        }
    }
}
