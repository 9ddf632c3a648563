"""Addresses of the pages; ids of reports may hold anything, so they go as parameters."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote_plus

from lagebild.render import clean

#: Servers and browsers take addresses of some thousand characters.
LONGEST = 2000


def url(path: str, **values: str | int | None) -> str:
    """A path with its parameters; those that are None or empty are left out."""
    given = "&".join(f"{key}={_quoted(str(value))}" for key, value in values.items() if value not in (None, ""))
    return f"{path}?{given}" if given else path


def finding(ref: str, at: str | None = None) -> str:
    """The address of a finding `report#e5`: its report, at the place of the finding."""
    report, _, name = ref.rpartition("#")
    return url("/report", id=report, at=at) + f"#{_quoted(name)}"


def dossier(id: str, at: str | None = None, since: str | None = None, part: str = "") -> str:
    return url(f"/dossier/{_quoted(id)}", at=at, since=since) + (f"#{part}" if part else "")


def case(dossier_id: str, id: str, at: str | None = None) -> str:
    return url(f"/dossier/{_quoted(dossier_id)}/case", id=id, at=at)


def party(dossier_id: str, id: str, at: str | None = None) -> str:
    return url(f"/dossier/{_quoted(dossier_id)}/party", id=id, at=at)


def parameters(query: bytes) -> dict[str, str]:
    """The parameters of an address, the first of each name; lone surrogates survive, other broken bytes do not."""
    text = query.decode("latin-1")
    try:
        pairs = parse_qsl(text, keep_blank_values=False, errors="surrogatepass", max_num_fields=50)
    except UnicodeDecodeError:
        pairs = parse_qsl(text, keep_blank_values=False, errors="replace", max_num_fields=50)
    except ValueError:  # more parameters than any page has
        pairs = []
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def clipped(words: str, most: int = 600) -> str:
    """Words of a report on one line without control characters; endless ones end with an ellipsis."""
    words = clean(words[: 4 * most])
    return words if len(words) <= most else words[:most] + "…"


def safe_link(address: str | None) -> str | None:
    """A report's own address if a browser may follow it: http or https, nothing that runs."""
    address = (address or "").strip()
    return address if address.lower().startswith(("http://", "https://")) and address.isprintable() else None


def _quoted(text: str) -> str:
    return quote_plus(text, safe="", errors="surrogatepass")
