"""When two addresses mean one article: tracking parameters, mobile and AMP forms, the canonical link of a page."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit

from lagebild.intake.addresses import Refused, host_name

#: Query parameters that say where a reader came from, never which article it is. Whole names: `cid` or `ref` alone may be an id.
_TRACKING = re.compile(
    r"(utm_\w+|at_(medium|campaign|custom\d?|link_\w+|ptr_name|bbc_team|format)|pk_\w+|mtm_\w+|piwik_\w+|matomo_\w+|itm_\w+|"
    r"wt[_.]?(mc|zmc)\w*|(fb|g|m|y|tw|tt)clid|dclid|gbraid|wbraid|msclkid|igshid|fb_(action_ids|action_types|source|ref)|mc_[ce]id|"
    r"xtor|ns_(campaign|mchannel|source|linkname|fee)|cmpid|ocid|icid|smid|smtyp|partner_id|ref_src|ref_url|"
    r"sfmc_\w+|_ga|_gl|_hsenc|_hsmi|mkt_tok|vero_\w+|oly_\w+|source=rss|rss)",
    re.IGNORECASE,
)
_VIEWS = ("www.", "m.", "mobil.", "mobile.", "amp.")


def plain(url: str) -> str:
    """An address without fragment and tracking parameters; scheme, host and path stay."""
    parts = urlsplit(urldefrag(url.strip()).url)
    query = "&".join(part for part in parts.query.split("&") if part and not _tracks(part))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def key(url: str) -> bytes:
    """SHA-256 of what addresses of one article have in common: http and https, with and without www, final slash, order of
    parameters and tracking ones make no difference."""
    parts = urlsplit(plain(url))
    path = re.sub(r"/+", "/", unquote(parts.path)).rstrip("/")
    query = "&".join(sorted(unquote(parts.query).split("&")))
    return hashlib.sha256(f"{_host(url)}{path}?{query}".encode("utf-8", "surrogatepass")).digest()


def site(host: str) -> str:
    """A host without the label that names one of its views (www, m, amp)."""
    host = host.lower()
    for view in _VIEWS:
        if host.startswith(view) and host.count(".") >= 2:
            return host.removeprefix(view)
    return host


def stated(url: str, canonical: str | None) -> str:
    """The address of an article at `url` whose page states `canonical`; `url` itself where that cannot be right.

    A page speaks for its own site only: else any page could put itself in the place of another paper's report. A link to
    the front page is a mistake of the site's template.
    """
    if not canonical:
        return plain(url)
    try:
        found = urlsplit(urljoin(url, canonical.strip()))
        here = urlsplit(url)
        if found.scheme not in ("http", "https") or "@" in found.netloc or found.port != here.port:
            return plain(url)
        same = site(host_name(found.hostname or "")) == site(host_name(here.hostname or ""))
    except (Refused, ValueError):
        return plain(url)
    if not same or (not found.path.strip("/") and not found.query and here.path.strip("/")):
        return plain(url)
    return plain(urlunsplit(found))


def report_id(url: str) -> str:
    """The id of a report that was fetched: its site and ten hex digits of `key`, for example `bote.example-3fa9c1b2e4`."""
    return f"{_host(url)}-{key(url).hex()[:10]}"


def _host(url: str) -> str:
    """The site of an address, with its port if that is not the scheme's own."""
    parts = urlsplit(url)
    return site(parts.netloc.removesuffix(":80" if parts.scheme.lower() == "http" else ":443"))


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0]
    return bool(_TRACKING.fullmatch(name) or _TRACKING.fullmatch(parameter))
