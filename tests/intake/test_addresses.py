"""Addresses that are refused, in every form in which they have been smuggled past checks, and addresses that are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.intake.addresses import Refused, host_name, parse, refusal_of

#: Refused as they stand, without any look-up.
REFUSED = (
    # loopback, private, link-local and other networks that are not public
    "http://127.0.0.1/", "http://127.8.9.10/", "http://10.1.2.3/", "http://172.16.0.1/", "http://172.31.255.254/",
    "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://100.100.100.200/",
    "http://0.0.0.0/", "http://192.0.0.192/", "http://198.18.0.1/", "http://203.0.113.7/", "http://224.0.0.1/",
    "http://240.0.0.1/", "http://255.255.255.255/", "http://168.63.129.16/", "http://192.88.99.1/",
    # numbers in unusual forms: decimal, octal, hexadecimal, short, mixed, overlong
    "http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/",
    "http://0177.0.0.01/", "http://127.1/", "http://127.0.1/", "http://0/", "http://0x0/", "http://127.0.0.01/",
    "http://4294967297/", "http://8.8.8.8.8/", "http://0x08080808/", "http://134744072/", "http://1.1.1.1.0x7f/",
    # letters that are digits or dots after normalisation
    "http://１２７.0.0.1/", "http://127。0。0。1/", "http://①②⑦.0.0.1/", "http://127.0.0.1./",
    # IPv6: loopback, unspecified, private, link-local, multicast, mapped, compatible, NAT64, 6to4, Teredo, ISATAP
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/",
    "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::ffff:8.8.8.8]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::8.8.8.8]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/",
    "http://[2001:db8::1]/", "http://[2a00::5efe:127.0.0.1]/", "http://[4000::1]/", "http://[fec0::1]/",
    # other schemes, credentials, odd ports, characters that programs read differently
    "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:text/html,x", "javascript:alert(1)",
    "//example.org/", "example.org/a", "http:///a", "http://", "http://user@127.0.0.1/", "http://example.org@127.0.0.1/",
    "http://user:word@example.org/", "http://example.org:22/", "http://example.org:25/", "http://example.org:0/",
    "http://example.org:99999/", "http://example.org:x/", "http://example.org\\@127.0.0.1/", "http://exa mple.org/",
    "http://example.org/a\r\nHost: b", "http://127.0.0.1%2f.example.org/", "http://[::1/", "http://ex%61mple.org/",
    "http://-a.org/", "http://a..b/", "http://" + "a" * 5000 + "/",
)  # fmt: skip
FETCHED = {
    "http://example.org": "http://example.org/",
    "HTTPS://Example.ORG./A?b=C#d": "https://example.org/A?b=C",
    "https://bücher.example/straße?q=ä": "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4",
    "https://straße.example/": "https://xn--strae-oqa.example/",
    "http://example.org:8080/": "http://example.org:8080/",
    "http://8.8.8.8/": "http://8.8.8.8/",
    "http://[2606:4700::1111]/": "http://[2606:4700::1111]/",
    "http://1und1.example/": "http://1und1.example/",
}


@pytest.mark.parametrize("url", REFUSED)
def test_refused(url: str) -> None:
    with pytest.raises(Refused):
        parse(url)


@pytest.mark.parametrize("url", FETCHED)
def test_fetched(url: str) -> None:
    assert str(parse(url)) == FETCHED[url]


def test_a_host_is_allowed_by_its_own_name_only() -> None:
    allowed = {host_name(name) for name in ("127.0.0.1", "Intranet.example")}
    assert str(parse("http://127.0.0.1:9/x", allowed)) == "http://127.0.0.1:9/x"
    assert parse("http://intranet.example:22/", allowed).port == 22
    for url in (
        "http://127.0.0.2/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://a.intranet.example:22/",
    ):
        with pytest.raises(Refused):
            parse(url, allowed)


def test_what_a_look_up_gives_is_judged() -> None:
    assert refusal_of("8.8.8.8") is None and refusal_of("2606:4700::1111") is None
    assert refusal_of("fe80::1%eth0") == "link-local"
    assert refusal_of("::ffff:10.0.0.1") == "an IPv4 address mapped to IPv6"
    assert refusal_of("nonsense") == "not an IP address"


@given(st.text(max_size=60) | st.from_regex(r"https?://[^\s]{0,30}", fullmatch=True))
def test_anything_is_an_address_or_refused(url: str) -> None:
    try:
        found = parse(url)
    except Refused:
        return
    assert found.scheme in ("http", "https") and str(found).isascii() and " " not in str(found)
    assert parse(str(found)) == found
