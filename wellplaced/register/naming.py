"""Names as they are compared and searched: Ofsted spells one owner in several ways."""

import re
import unicodedata
from collections.abc import Iterable

FORM = re.compile(r"\b(limited|ltd|llp|plc|cic|community interest company)\b\.?")
COMPANY_NUMBER = re.compile(r"\(?\b[0-9]{7,8}\b\)?,?")


def matched_name(name: str) -> str:
    """The name of an organisation as compared: lower case, plain letters and figures, no 'ltd', no company number."""
    level = searchable(name).replace("&", " and ")
    bare = re.sub(r"[^a-z0-9]", "", FORM.sub("", COMPANY_NUMBER.sub("", level)))
    return (bare or re.sub(r"\s", "", level) or name)[:255]


def searchable(*words: str) -> str:
    """Words as they are searched: lower case, without accents, single spaces."""
    level = unicodedata.normalize("NFKD", " ".join(words))
    return " ".join("".join(letter for letter in level if not unicodedata.combining(letter)).lower().split())


def one_line(lines: Iterable[str | None], between: str = "\n") -> str:
    """The lines of an address that say something, without one that repeats the line before."""
    said: list[str] = []
    for line in lines:
        if line and (not said or said[-1].lower() != line.lower()):
            said.append(line)
    return between.join(said)
