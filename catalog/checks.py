"""Rules over more than one answer: one function a rule, its docstring states it.

A new rule is a function and its name in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from catalog.answers.wording import tight
from catalog.diagnostics import Location, Report
from catalog.model import Disclosure, Role, Scope
from catalog.records import dated

Check = Callable[[Sequence[Disclosure], date, Report], None]


def run_checks(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """Every rule over all disclosures."""
    for check in CHECKS:
        check(disclosures, today, report)


def check_data_center_counts(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """The number of data centres that a service answers equals those it names (third parties are not asked)."""
    for disclosure in disclosures:
        slot = disclosure.guideline.by_role.get(Role.DATA_CENTER_COUNT)
        if slot is None or disclosure.by_third_party:
            continue
        for service in disclosure.services:
            answer = service.answers.get(slot.field.id)
            if answer is None or answer.compare is None or answer.location is None:
                continue
            if answer.compare.number != len(service.data_centers) and not service.no_data_center:
                found, expected = answer.text, str(len(service.data_centers))
                report.add("data-center-count", answer.location, slot.subject, found=found, expected=expected)


def check_unused_data_centers(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """Every data centre is used by a service."""
    for disclosure in disclosures:
        used = {name for service in disclosure.services for name in service.data_centers}
        for center in disclosure.data_centers:
            if center.id not in used:
                report.add("data-center-unused", center.location, found=center.id)


def check_as_of(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """No answer is as of a day after the disclosure date (today, where there is none)."""
    for disclosure in disclosures:
        last = (disclosure.disclosed_on or today).isoformat()
        code = "as-of-after-disclosure" if disclosure.disclosed_on else "as-of-in-future"
        of_all = [
            disclosure.answers,
            *(s.answers for s in disclosure.services),
            *(d.answers for d in disclosure.data_centers),
        ]
        for answers in of_all:
            for field, day in dated(answers):
                if day > last[: len(day)] and (where := answers[field].location):
                    subject = disclosure.guideline.by_field[field].subject
                    report.add(code, where, subject, found=day, expected=last)


def check_future(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """Nothing was disclosed, transcribed or withdrawn after today."""
    for disclosure in disclosures:
        slot = disclosure.guideline.by_role.get(Role.DISCLOSURE_DATE)
        answer = disclosure.answers.get(slot.field.id) if slot else None
        at_answer = answer.location if answer else None
        withdrawn = disclosure.withdrawn.on if disclosure.withdrawn else ""
        for code, day, where in (
            ("disclosed-in-future", disclosure.disclosed_on, at_answer or _place(disclosure, "disclosed_on")),
            ("transcribed-in-future", disclosure.transcribed_on, _place(disclosure, "transcribed_on")),
            (
                "withdrawn-in-future",
                date.fromisoformat(withdrawn) if withdrawn else None,
                _place(disclosure, "withdrawn"),
            ),
        ):
            if day and day > today:
                report.add(code, where, found=day.isoformat(), expected=today.isoformat())


def _place(disclosure: Disclosure, key: str) -> Location:
    return disclosure.places.get(key, Location(disclosure.path))


def check_ids(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """A provider answers a guideline in one file, and no two of its services share an id."""
    guidelines: dict[tuple[str, str], Disclosure] = {}
    services: dict[tuple[str, str], Disclosure] = {}
    for disclosure in disclosures:
        guideline = disclosure.guideline.id
        first = guidelines.setdefault((disclosure.provider_id, guideline), disclosure)
        if first is not disclosure:
            report.add("guideline-twice", _place(disclosure, "guideline"), found=guideline, other=first.path)
            continue
        for service in disclosure.services:
            first = services.setdefault((disclosure.provider_id, service.id), disclosure)
            if first is not disclosure:
                report.add("id-twice", service.location, found=service.id, other=first.path)


def check_former_ids(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """A former id is in use neither as an id nor as somebody else's former id."""
    current = {disclosure.provider_id: disclosure.path for disclosure in disclosures}
    former: dict[str, str] = {}
    by_provider: dict[str, list[Disclosure]] = {}
    for disclosure in disclosures:
        by_provider.setdefault(disclosure.provider_id, []).append(disclosure)
        for old in disclosure.formerly:
            taken = current.get(old) or former.get(old)
            if taken:
                report.add("formerly-in-use", _place(disclosure, "formerly"), found=old, other=taken)
            former[old] = disclosure.path
    for of_one in by_provider.values():
        _check_former_services(of_one, report)


def _check_former_services(disclosures: Sequence[Disclosure], report: Report) -> None:
    """Of one provider, in all of its files."""
    current = {service.id: disclosure.path for disclosure in disclosures for service in disclosure.services}
    former: dict[str, str] = {}
    for disclosure in disclosures:
        for service in disclosure.services:
            for old in service.formerly:
                if taken := current.get(old) or former.get(old):
                    report.add("formerly-in-use", service.location, found=old, other=taken)
                former[old] = disclosure.path


def check_names(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """No two providers share a name or an alias, be they written in whatever width and case."""
    first: dict[str, Disclosure] = {}
    for disclosure in disclosures:
        names = {tight(name).casefold(): name for name in (*disclosure.aliases, disclosure.name_en, disclosure.name)}
        for folded, name in names.items():
            known = first.setdefault(folded, disclosure) if name else disclosure
            if known.provider_id != disclosure.provider_id:
                report.add("name-twice", _place_of_name(disclosure, name), found=name, other=known.path)


def _place_of_name(disclosure: Disclosure, name: str) -> Location:
    slot = disclosure.guideline.by_role.get(Role.PROVIDER_NAME)
    answer = disclosure.answers.get(slot.field.id) if slot else None
    if name == disclosure.name and answer and answer.location:
        return answer.location
    key = "name" if name == disclosure.name else "name_en" if name == disclosure.name_en else "aliases"
    return _place(disclosure, key)


def check_corporate_numbers(disclosures: Sequence[Disclosure], today: date, report: Report) -> None:
    """No two providers have the same 法人番号."""
    first: dict[str, Disclosure] = {}
    for disclosure in disclosures:
        for slot in disclosure.guideline.scopes[Scope.PROVIDER]:
            if slot.field.asks.type != "corporate_number":
                continue
            answer = disclosure.answers.get(slot.field.id)
            if not answer or not isinstance(answer.value, str):
                continue
            known = first.setdefault(answer.value, disclosure)
            if known.provider_id != disclosure.provider_id and answer.location:
                found, other = answer.value, known.path
                report.add("corporate-number-twice", answer.location, slot.subject, found=found, other=other)


CHECKS: Iterable[Check] = (
    check_data_center_counts,
    check_unused_data_centers,
    check_as_of,
    check_future,
    check_ids,
    check_former_ids,
    check_names,
    check_corporate_numbers,
)
