"""The contrast of two colours, as WCAG 2.2 defines it. A colour is red, green and blue, from 0 to 1."""

from __future__ import annotations

Colour = tuple[float, float, float]


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (black and white).

    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """The relative luminance of a colour in sRGB, from 0 (black) to 1 (white).

    https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    """
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
