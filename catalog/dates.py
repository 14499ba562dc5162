"""How long a disclosure is valid, and where it stands on a day. Nothing here reads the clock."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from catalog.model import Disclosure, State


def months_later(day: date, months: int) -> date:
    """The same day some months on (or back), clamped to the month and to the calendar's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def state_of(disclosure: Disclosure, today: date) -> State:
    """Where a disclosure stands in its life on a day. It is still valid on the day it expires."""
    if disclosure.withdrawn:
        return State.WITHDRAWN
    if disclosure.by_third_party:
        return State.TRANSCRIBED
    if disclosure.disclosed_on is None:
        return State.UNDATED
    if disclosure.expires_on is None:
        return State.VALID
    if today > disclosure.expires_on:
        return State.EXPIRED
    return State.EXPIRING if today >= notice_begins(disclosure.expires_on, disclosure) else State.VALID


def notice_begins(expires_on: date, disclosure: Disclosure) -> date:
    """The day on which a disclosure's state turns to expiring."""
    return months_later(expires_on, -disclosure.guideline.expiry_notice_months)


def turning_days(disclosure: Disclosure) -> tuple[date, ...]:
    """The days on which the state changes: first day of the notice, first day after expiry."""
    if disclosure.expires_on is None or disclosure.expires_on == date.max:
        return ()
    return notice_begins(disclosure.expires_on, disclosure), disclosure.expires_on + timedelta(days=1)
