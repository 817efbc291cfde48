"""C4 on the page of a visit that cannot be made in time: whom to ask, or whose answer is waited for."""

from collections.abc import Sequence

from wellplaced.design.words import day
from wellplaced.monitoring.models import OtherAuthorityCheck

ASK = (
    "Ask the provider which other local authorities have, or lately had, a young person there, and ask them what they "
    "think of it (C4). The visit stays owed."
)


def awaited(checks: Sequence[OtherAuthorityCheck]) -> list[OtherAuthorityCheck]:
    """Those that the provider named and that have not answered."""
    return [each for each in checks if each.named and each.answered_on is None and not each.taken_back_because]


def next_of_check(checks: Sequence[OtherAuthorityCheck]) -> str:
    """What C4 asks for next, where no authority has answered yet."""
    waiting = [_waiting(each) for each in awaited(checks)]
    return " ".join([*waiting, "Record the answer when it comes (C4). The visit stays owed."]) if waiting else ASK


def _waiting(check: OtherAuthorityCheck) -> str:
    if check.asked_on:
        return f"{check.named} was asked on {day(check.asked_on)} and has not answered yet."
    return f"The provider named {check.named}: ask it what it thinks of the provision."
