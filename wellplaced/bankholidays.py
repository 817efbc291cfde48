"""England's bank holidays as data for the guidance, from a package that bundles them; nothing is asked of the network."""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from wellplaced.guidance import ClosedDays


@cache
def england() -> ClosedDays:
    """Bank holidays of England and Wales, and the whole years in which they are known."""
    holidays = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    days = frozenset(holiday["date"] for holiday in holidays)
    return ClosedDays(days, date(min(days).year, 1, 1), date(max(days).year, 12, 31))
