"""The one error of the guidance: something is refused, and the path says where it stands."""


class Refusal(ValueError):
    """Facts, timeframes or a count that are refused. `path` names the place, such as `placements[0].ends_on`; `-`: all."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def within(self, prefix: str) -> "Refusal":
        """The same refusal, seen from further out: `[3]` before `placements[0]` gives `[3].placements[0]`."""
        return Refusal(prefix if self.path == "-" else f"{prefix}.{self.path}", self.reason)
