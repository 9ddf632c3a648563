"""NewsML-G2, the IPTC's news in XML: the items of a document or of a news message to reports, one by one.

XML is read without entities and without document types (defusedxml), and item by item, so that a message of any size
takes the memory of its largest item. https://iptc.org/standards/newsml-g2/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, tostring

from lagebild.errors import Fault, ShapeError
from lagebild.intake.columns import day
from lagebild.intake.html import plain
from lagebild.intake.streams import BROKEN_GZIP, LARGEST_RECORD
from lagebild.model import Report

#: Items beside news items: what packages, concepts and plans hold is no report.
_OTHER = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class _Bounded:
    """Hands the parser a file in chunks and counts them: an item that never ends is no item."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._since = file, 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, 65536) if size > 0 else 65536)
        self._since += len(data)
        if self._since > LARGEST_RECORD:
            raise OverflowError
        return data

    def item_done(self) -> None:
        self._since = 0


def reports(file: BinaryIO, source: str, name: str) -> Iterator[Report | Fault]:
    """The news items of a NewsML-G2 document."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    bounded, number, path = _Bounded(file), 0, list[Element]()
    advice = "what stands before it is read"
    try:
        for event, element in iterparse(bounded, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                path.append(element)
                continue
            path.pop()
            tag = _tag(element)
            if tag == "newsItem":
                number += 1
                try:
                    yield _item(element, source, f"item {number}", name if not path else f"{name}-{number}")
                except RecursionError:
                    yield Fault(source, f"item {number}", "elements nested too deeply", "the other items are read")
            elif tag in _OTHER:
                number += 1
                yield Fault(source, f"item {number}", f"a {tag} holds no report", note=True)
            else:
                continue
            bounded.item_done()
            if path:  # what is read is let go, or a message of a million items would be in memory at the end
                path[-1].remove(element)
    except ParseError as error:
        yield Fault(
            source, f"after item {number}" if number else "", f"no well-formed XML ({error})", advice if number else ""
        )
    except DefusedXmlException:
        yield Fault(
            source, "", "XML with a document type or entities is not read", "NewsML-G2 has neither; take them out"
        )
    except OverflowError:
        yield Fault(source, f"item {number + 1}", f"larger than {LARGEST_RECORD >> 20} MB", advice)
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        yield Fault(source, "", f"this XML cannot be read ({error})", "save it as UTF-8")
    except BROKEN_GZIP as error:
        yield Fault(source, "", f"the gzip file is broken ({error})", advice)
    else:
        if not number:
            yield Fault(source, "", "no news item in this NewsML-G2 document")


def _item(item: Element, source: str, where: str, name: str) -> Report | Fault:
    guid = item.get("guid")
    where = f"{where} ({guid:.80})" if guid else where
    kind = _qcode(item, "itemMeta/itemClass")
    if kind not in ("", "text", "composite"):
        return Fault(source, where, f"an item of class {kind!r} holds no report", note=True)
    status = _qcode(item, "itemMeta/pubStatus")
    if status in ("canceled", "withheld"):
        return Fault(source, where, f"its publisher has withdrawn this item (pubStatus {status!r})", note=True)
    text = _text(item)
    if not text:
        return Fault(source, where, "a news item without text", "only inline content is read (inlineXML, inlineData)")
    try:
        published = next(
            (
                found
                for at in ("contentMeta/contentCreated", "itemMeta/firstCreated", "itemMeta/versionCreated")
                if (found := day(_words(item, at)))
            ),
            None,
        )
    except ShapeError as error:
        return Fault(source, where, str(error).replace("'published'", "its date"), "dates in NewsML-G2 are ISO 8601")
    language = _find(item, "contentMeta/language")
    content = _find(item, "contentSet/inlineXML")
    said = (language.get("tag") if language is not None else None) or (
        (content.get(_LANGUAGE) if content is not None else None) or item.get(_LANGUAGE)
    )
    address = next(
        (a for a in (_words(item, "itemMeta/link"), guid) if a and a.startswith(("http://", "https://"))), None
    )
    return Report(
        id=guid or name,
        text=text,
        title=_words(item, "contentMeta/headline") or _words(item, "itemMeta/title"),
        url=address,
        publisher=_publisher(item),
        published=published,
        language=said.lower()[:2] if said else None,
    )


def _text(item: Element) -> str | None:
    """The first content that has words: renditions of one text follow each other."""
    contents = _find(item, "contentSet")
    for content in contents if contents is not None else ():
        tag = _tag(content)
        if tag == "inlineXML":
            bodies = [e for e in content.iter() if _tag(e) in ("body.content", "body")]  # of NITF and of XHTML
            inner = min(bodies, key=lambda e: _tag(e) == "body") if bodies else content
            # ElementTree writes prefixes before the names; an HTML parser wants the names.
            markup = re.sub(r"(</?)ns\d+:", r"\1", tostring(inner, "unicode"))
            text = plain(markup)
        elif tag == "inlineData":
            text = "".join(content.itertext())
            if "html" in (content.get("contenttype") or ""):
                text = plain(text)
        else:
            continue
        if text := text.replace("\r\n", "\n").strip():
            return text
    return None


def _publisher(item: Element) -> str | None:
    for at in ("itemMeta/provider", "contentMeta/infoSource", "rightsInfo/copyrightHolder"):
        found = _find(item, at)
        if found is None:
            continue
        for name in found:
            if _tag(name) == "name" and name.text and name.text.strip():
                return name.text.strip()
        literal = found.get("literal") or (found.get("qcode") or "").rpartition(":")[2]
        if literal:
            return literal
    return None


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _find(item: Element, path: str) -> Element | None:
    """The first element at a path of local names: documents are found with and without the namespace."""
    here: Element | None = item
    for name in path.split("/"):
        here = next((e for e in here if _tag(e) == name), None) if here is not None else None
    return here


def _words(item: Element, path: str) -> str | None:
    found = _find(item, path)
    return " ".join("".join(found.itertext()).split()) or None if found is not None else None


def _qcode(item: Element, path: str) -> str:
    """The last part of a qcode or URI («ninat:text», «http://cv.iptc.org/newscodes/ninature/text»)."""
    found = _find(item, path)
    if found is None:
        return ""
    return re.split(r"[:/]", found.get("qcode") or found.get("uri") or "")[-1]
