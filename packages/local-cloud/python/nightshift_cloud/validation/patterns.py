"""The regular expressions of the service models, which are Java's, in Python's syntax.
https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html"""

from __future__ import annotations

import functools
import re
import unicodedata

# The characters after it are tags, variation selectors and private characters.
LAST_ASSIGNED = 0x323AF
ABOVE_BMP = r"\uD800\uDC00-\uDBFF\uDFFF"
# The ASCII classes of Java: https://www.unicode.org/reports/tr18/#Compatibility_Properties
POSIX = {
    "Alnum": "A-Za-z0-9",
    "Alpha": "A-Za-z",
    "ASCII": r"\x00-\x7F",
    "Digit": "0-9",
    "Graph": r"\x21-\x7E",
    "Lower": "a-z",
    "Print": r"\x20-\x7E",
    "Punct": r"!-/:-@\[-`{-~",
    "Space": r" \t\n\x0B\f\r",
    "Upper": "A-Z",
    "XDigit": "0-9A-Fa-f",
}


@functools.cache
def categories() -> dict[str, list[list[int]]]:
    """The ranges of each Unicode category, such as `Lu`."""
    found: dict[str, list[list[int]]] = {}
    for code in range(LAST_ASSIGNED + 1):
        ranges = found.setdefault(unicodedata.category(chr(code)), [])
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return found


@functools.cache
def category(name: str) -> str:
    """The characters of a category, such as `L` or `Lu`, as ranges for a character class."""
    ranges = [each for full, found in categories().items() if full.startswith(name) for each in found]
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def class_of(name: str) -> str:
    return POSIX.get(name) or category(name.removeprefix("Is"))


def translate(pattern: str) -> str:
    pattern = pattern.replace(ABOVE_BMP, "\\U00010000-\\U0010FFFF")
    pattern = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda found: f"\\U{int(found[1], 16):08x}", pattern)
    # Java has no POSIX brackets, but some models use them for the POSIX classes.
    pattern = re.sub(r"\[:(\w+):\]", lambda found: POSIX[found[1].capitalize()], pattern)
    pattern = re.sub(r"(?<!\\)((?:\\\\)*)\\p\{(\w+)\}", lambda found: f"{found[1]}\0{class_of(found[2])}\1", pattern)
    # In Java, `[\w-_]` contains a hyphen; in Python, it is an invalid range.
    return re.sub(r"(\\[wds])-(?!\])", r"\1\\-", bracketed(pattern))


def bracketed(pattern: str) -> str:
    """Puts brackets around the classes (between \\0 and \\1) that are not in brackets yet."""
    inside, escaped, result = False, False, []
    for character in pattern:
        if character in "\0\1":
            result.append("" if inside else "[" if character == "\0" else "]")
            continue
        if not escaped and character in "[]":
            inside = character == "["
        escaped = character == "\\" and not escaped
        result.append(character)
    return "".join(result)


@functools.cache
def compiled(pattern: str) -> re.Pattern[str] | None:
    """Returns None for a pattern that Python cannot compile. The pattern is then not enforced."""
    try:
        return re.compile(translate(pattern))
    except (re.error, KeyError):
        return None


def matches(pattern: str, value: str) -> bool:
    expression = compiled(pattern)
    return expression is None or expression.fullmatch(value) is not None
