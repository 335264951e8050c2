//! Which addresses may say for whom they speak: trusted proxies, and the address of who really asks.

use std::net::{IpAddr, Ipv6Addr};

/// A range of addresses such as `10.0.0.0/8`, `::1` or `192.0.2.7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

/// All bits of an address from the highest on; an IPv4 address inside IPv6 is what it stands for.
fn bits_of(ip: IpAddr) -> (u128, u8) {
    match ip.to_canonical() {
        IpAddr::V4(ip) => (u128::from(u32::from(ip)) << 96, 32),
        IpAddr::V6(ip) => (u128::from(ip), 128),
    }
}

fn mask(bits: u8) -> u128 {
    u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0)
}

impl Network {
    /// Reads one range.
    pub fn parse(text: &str) -> Option<Network> {
        let (ip, bits) = match text.trim().split_once('/') {
            Some((ip, bits)) => (ip.parse::<IpAddr>().ok()?, Some(bits.parse::<u8>().ok()?)),
            None => (text.trim().parse::<IpAddr>().ok()?, None),
        };
        let (all, width) = bits_of(ip);
        let bits = bits.unwrap_or(width);
        // A range whose own bits go on behind its length is a slip of the pen.
        (bits <= width && all & !mask(bits) == 0).then_some(Network { first: ip, bits })
    }

    /// Reads a list with commas or spaces between; None if one of them cannot be read.
    pub fn list(text: &str) -> Option<Vec<Network>> {
        let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
        parts.map(Network::parse).collect()
    }

    /// Whether an address lies in the range.
    pub fn holds(&self, ip: IpAddr) -> bool {
        let ((first, width), (all, other)) = (bits_of(self.first), bits_of(ip));
        width == other && (first ^ all) & mask(self.bits) == 0
    }
}

/// The address of who asks. `Forwarded` (RFC 7239) and `X-Forwarded-For` are believed from trusted peers alone, from the right
/// to the left as far as each hop is trusted. If both stand there one of them may be the stranger's own word, since a proxy
/// sets only the one it knows: then the peer is taken.
pub fn client(peer: IpAddr, trusted: &[Network], forwarded: &[&str], x_forwarded_for: &[&str]) -> IpAddr {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|network| network.holds(ip));
    let hops: Vec<Option<IpAddr>> = match (forwarded.is_empty(), x_forwarded_for.is_empty()) {
        (false, true) => forwarded
            .iter()
            .flat_map(|line| line.split(','))
            .map(hop)
            .collect(),
        (true, false) => {
            let each = x_forwarded_for.iter().flat_map(|line| line.split(','));
            each.map(address).collect()
        }
        _ => Vec::new(),
    };
    let mut client = peer;
    for hop in hops.into_iter().rev() {
        if !is_trusted(client) {
            break;
        }
        match hop {
            Some(ip) => client = ip,
            None => break,
        }
    }
    client.to_canonical()
}

/// The `for=` of one hop.
fn hop(text: &str) -> Option<IpAddr> {
    let pair = text.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        name.eq_ignore_ascii_case("for").then_some(value)
    })?;
    address(pair.trim_matches('"'))
}

/// An address with or without brackets and port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split_once(']')?.0.parse().ok();
    }
    let bare = text.parse().ok();
    bare.or_else(|| text.rsplit_once(':').and_then(|(ip, _)| ip.parse().ok()))
}

/// What stands for a place in counts: the address, or the half of an IPv6 address that belongs to one line.
pub fn place(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("{}/64", Ipv6Addr::from(u128::from(ip) & mask(64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn ranges() {
        let list = Network::list("10.0.0.0/8, 192.0.2.7 2001:db8::/32,::1").unwrap();
        let holds = |text: &str| list.iter().any(|n| n.holds(ip(text)));
        for inside in ["10.1.2.3", "192.0.2.7", "2001:db8:1::5", "::1", "::ffff:10.1.2.3"] {
            assert!(holds(inside), "{inside}");
        }
        for outside in ["11.0.0.1", "192.0.2.8", "2001:db9::1", "::2", "0.0.0.1"] {
            assert!(!holds(outside), "{outside}");
        }
        assert!(Network::parse("0.0.0.0/0").unwrap().holds(ip("203.0.113.9")));
        assert!(!Network::parse("0.0.0.0/0").unwrap().holds(ip("2001:db8::1")));
        for bad in ["", "proxy", "10.0.0.1/8", "10.0.0.0/33", "10.0.0/8", "::/129"] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
        assert_eq!(Network::list("10.0.0.0/8,proxy"), None);
    }

    #[test]
    fn only_a_trusted_peer_is_believed() {
        let trusted = Network::list("10.0.0.0/8").unwrap();
        let stranger = ip("203.0.113.9");
        assert_eq!(client(stranger, &trusted, &[], &["198.51.100.1"]), stranger);
        assert_eq!(
            client(ip("10.0.0.1"), &[], &[], &["198.51.100.1"]),
            ip("10.0.0.1")
        );
        assert_eq!(
            client(ip("10.0.0.1"), &trusted, &[], &["198.51.100.1"]),
            ip("198.51.100.1")
        );
        // Whatever the stranger wrote in front stands farther to the left.
        let line = ["1.2.3.4, 198.51.100.1, 10.0.0.2"];
        assert_eq!(client(ip("10.0.0.1"), &trusted, &[], &line), ip("198.51.100.1"));
        let lines = ["1.2.3.4", "198.51.100.1:4711"];
        assert_eq!(client(ip("10.0.0.1"), &trusted, &[], &lines), ip("198.51.100.1"));
        let forwarded = ["for=1.2.3.4, For=\"[2001:db8::7]:4711\";proto=https;by=10.0.0.1"];
        assert_eq!(
            client(ip("10.0.0.1"), &trusted, &forwarded, &[]),
            ip("2001:db8::7")
        );
    }

    #[test]
    fn what_cannot_be_read_or_is_said_twice_is_not_believed() {
        let trusted = Network::list("10.0.0.0/8").unwrap();
        let peer = ip("10.0.0.1");
        for bad in ["unknown", "", "for", "_hidden", "198.51.100.1, nonsense"] {
            assert_eq!(client(peer, &trusted, &[], &[bad]), peer, "{bad}");
        }
        assert_eq!(client(peer, &trusted, &["for=1.2.3.4"], &["198.51.100.1"]), peer);
    }

    #[test]
    fn one_line_is_one_place() {
        assert_eq!(place(ip("2001:db8:1:2:3:4:5:6")), place(ip("2001:db8:1:2::9")));
        assert_ne!(place(ip("2001:db8:1:2::9")), place(ip("2001:db8:1:3::9")));
        assert_eq!(place(ip("::ffff:192.0.2.7")), "192.0.2.7");
    }

    proptest::proptest! {
        #[test]
        fn no_header_makes_a_stranger_somebody_else(header in "[ -~]{0,80}") {
            let trusted = Network::list("10.0.0.0/8").unwrap();
            let stranger = ip("203.0.113.9");
            proptest::prop_assert_eq!(client(stranger, &trusted, &[&header], &[]), stranger);
            proptest::prop_assert_eq!(client(stranger, &trusted, &[], &[&header]), stranger);
        }
    }
}
