"""Reads a finished page back from its HTML, so that checks judge the published bytes."""

from diptych.html.judge import ADDRESS, ATTRIBUTE, BLOCKED, ELEMENT, OTHERWISE
from diptych.html.page import (
    PageFacts,
    XmlFacts,
    ends_with_tag,
    joined_facts,
    links_of_part,
    read_light,
    read_page,
    read_piece,
    read_without,
    read_xml,
    reading_lines,
    with_absolute_addresses,
)
from diptych.html.places import WantedMarkup, written_in
from diptych.html.sheets import Addresses, LightPage, Sheets
from diptych.html.styles import StyleAddress, StyleSheet, read_style, style_addresses

__all__ = [
    "ADDRESS",
    "ATTRIBUTE",
    "BLOCKED",
    "ELEMENT",
    "OTHERWISE",
    "Addresses",
    "LightPage",
    "PageFacts",
    "Sheets",
    "StyleAddress",
    "StyleSheet",
    "WantedMarkup",
    "XmlFacts",
    "ends_with_tag",
    "joined_facts",
    "links_of_part",
    "read_light",
    "read_page",
    "read_piece",
    "read_style",
    "read_without",
    "read_xml",
    "reading_lines",
    "style_addresses",
    "with_absolute_addresses",
    "written_in",
]
