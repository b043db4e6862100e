"""The contrast of two colours, as WCAG 2.2 defines it."""

from __future__ import annotations


def luminance(red: float, green: float, blue: float) -> float:
    """How light a colour is, from 0 (black) to 1; its parts in sRGB from 0 to 1.

    https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    """
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in (red, green, blue)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """The contrast of two luminances, from 1 (the same) to 21 (black and white)."""
    dark, light = sorted((one, other))
    return (light + 0.05) / (dark + 0.05)
