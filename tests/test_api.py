"""`/api/v1/` is what the contract says: keys, rows and their order, values by type, figures."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import jsonschema
import pytest
from site_checker import Site
from sites import BASE_URL, ROOT, VARIETY, read, rendered

from catalog import dump
from catalog.exports import schema_json

STATUSES = ["disclosed", "partial", "on_request", "withheld", "unanswered"]
STATES = ["valid", "expiring", "expired", "undated", "transcribed", "withdrawn"]

Schema = dict[str, Any]


def closed(properties: Schema, *optional: str) -> Schema:
    """An object with exactly these keys, `optional` ones aside."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def one_or_none(schema: Schema) -> Schema:
    return {"anyOf": [{"type": "null"}, schema]}


def listed(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


ID: Schema = {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}
FIELD: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
WORDS: Schema = {"type": "string", "minLength": 1}
TEXT: Schema = {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[a-z]{2,3}"}} | {
    "additionalProperties": WORDS
}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
DATE: Schema = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
NUMBER: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
COUNT: Schema = {"type": "integer", "minimum": 0}
URL: Schema = {"type": "string", "pattern": "^https?://"}
LEVEL: Schema = {"enum": ["required", "optional"]}
SCOPE: Schema = {"enum": ["provider", "service", "data_center"]}
TALLY = closed({"owed": COUNT, **dict.fromkeys(STATUSES, COUNT)})
COMPLETENESS = one_or_none(closed({"required": TALLY, "optional": TALLY}))
CENTERS = listed(closed({"id": ID, "name": WORDS}))
COMPARE = one_or_none(
    {"oneOf": [closed({"key": WORDS}), closed({"number": {"type": "number"}, "unit": {"type": "string"}})]}
)
HEAD: Schema = {
    "provider": ID,
    "provider_name": WORDS,
    "provider_name_en": one_or_none(WORDS),
    "service": ID,
    "service_name": WORDS,
    "guideline": ID,
    "guideline_version": WORDS,
    "submitted_by": {"enum": ["provider", "third_party"]},
    "sample": {"type": "boolean"},
    "state": {"enum": STATES},
    "disclosed_on": one_or_none(DAY),
    "transcribed_on": one_or_none(DAY),
    "expires_on": one_or_none(DAY),
    "completeness": COMPLETENESS,
    "withdrawn": closed({"on": DAY, "reason": WORDS}),
}
ANSWER = closed(
    {
        "field": FIELD,
        "item": WORDS,
        "level": LEVEL,
        "scope": SCOPE,
        "data_center": one_or_none(ID),
        "status": {"enum": STATUSES},
        "kind": {"enum": ["value", "text", "yes", "no", "not_applicable", None]},
        "value": {},
        "compare": COMPARE,
        "text": one_or_none(WORDS),
        "detail": one_or_none(WORDS),
        "note": one_or_none(WORDS),
        "source": one_or_none(URL),
        "as_of": one_or_none(DATE),
        "overridden": {"type": "boolean"},
        "missing": listed(TEXT),
    },
    "missing",
)
SERVICE = closed(
    {**HEAD, "data_centers": CENTERS, "no_data_center": one_or_none(WORDS), "answers": listed(ANSWER)}, "withdrawn"
)
FIELD_ANSWERS = closed(
    {
        "guideline": ID,
        "field": FIELD,
        "services": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z0-9-]{1,40}/[a-z0-9-]{1,40}$"},
            "additionalProperties": {
                "oneOf": [
                    closed(
                        {
                            "rows": listed(
                                closed(
                                    {
                                        "data_center": ID,
                                        "status": {"enum": STATUSES},
                                        "kind": {"enum": ["value", "text", "yes", "no", "not_applicable"]},
                                        "compare": COMPARE,
                                        "text": WORDS,
                                        "detail": WORDS,
                                    },
                                    *("data_center", "kind", "compare", "text", "detail"),
                                )
                            )
                        }
                    ),
                    closed({"no_data_center": WORDS}),
                ]
            },
        },
    }
)
CATALOG = closed(
    {
        "title": TEXT,
        "base_url": one_or_none(URL),
        "licence": one_or_none(WORDS),
        "operator": one_or_none(WORDS),
        "contact": one_or_none(WORDS),
        "guidelines": listed(
            closed(
                {
                    **{"id": ID, "version": WORDS, "title": TEXT, "items": COUNT, "fields": COUNT},
                    **{"address": WORDS, "json": WORDS},
                }
            )
        ),
        "providers": listed(
            closed(
                {
                    "provider": ID,
                    "name": WORDS,
                    "reading": one_or_none(WORDS),
                    "name_en": one_or_none(WORDS),
                    "aliases": listed(WORDS),
                    "formerly": listed(ID),
                    "submitted_by": {"enum": ["provider", "third_party"]},
                    "sample": {"type": "boolean"},
                    "address": WORDS,
                    "badge": WORDS,
                    "completeness": {"type": "object", "additionalProperties": COMPLETENESS},
                    "services": listed(ID),
                }
            )
        ),
        "services": listed(
            closed(
                {
                    **HEAD,
                    "formerly": listed(ID),
                    "data_centers": CENTERS,
                    "address": WORDS,
                    "json": WORDS,
                    "badge": WORDS,
                },
                "withdrawn",
            )
        ),
    }
)

OPTIONS: Schema = {
    "choices": listed(closed({"id": ID, "label": TEXT, "exclusive": {"type": "boolean"}})),
    "units": listed(WORDS),
    "unit": WORDS,
    "precision": {"enum": ["day", "month", "year"]},
    "words": {"type": "object", "additionalProperties": TEXT},
    "multiple": {"const": True},
    "detail": {"type": "object"},
    "parts": listed({"type": "object"}),
    "max_length": COUNT,
    "min": COUNT,
    "max": COUNT,
}
GUIDELINE = closed(
    {
        "id": ID,
        "version": WORDS,
        "language": WORDS,
        "title": TEXT,
        "short_title": TEXT,
        "publisher": TEXT,
        "source": one_or_none(URL),
        "validity_months": one_or_none(COUNT),
        "expiry_notice_months": COUNT,
        "levels": closed({"required": TEXT, "optional": TEXT}),
        "level_note": one_or_none(TEXT),
        "columns": {"type": "object", "additionalProperties": TEXT},
        "premises": listed(closed({"id": ID, "title": TEXT, "text": TEXT})),
        "notes": listed(TEXT),
        "sections": listed(
            closed(
                {
                    "id": ID,
                    "title": TEXT,
                    "scope": SCOPE,
                    "note": one_or_none(TEXT),
                    "groups": listed(
                        closed(
                            {
                                "id": ID,
                                "title": TEXT,
                                "ours": {"type": "boolean"},
                                "items": listed(
                                    closed(
                                        {
                                            "number": WORDS,
                                            "slug": ID,
                                            "label": TEXT,
                                            "fields": listed(
                                                closed(
                                                    {
                                                        "id": FIELD,
                                                        "level": LEVEL,
                                                        "type": WORDS,
                                                        "prompt": TEXT,
                                                        "title": TEXT,
                                                        "hint": one_or_none(TEXT),
                                                        "example": one_or_none(WORDS),
                                                        "role": one_or_none(WORDS),
                                                        "facet": {"enum": ["filter", "at_least", "at_most", None]},
                                                        "since": one_or_none(WORDS),
                                                        "retired": one_or_none(WORDS),
                                                        **OPTIONS,
                                                    },
                                                    *OPTIONS,
                                                )
                                            ),
                                        }
                                    )
                                ),
                            }
                        )
                    ),
                }
            )
        ),
    }
)

PLACE: Schema = closed({"country": {"type": "string", "pattern": "^[A-Z]{2}$"}, "block": one_or_none(WORDS)}, "block")
TIME: Schema = {"type": "string", "pattern": r"^\d\d:\d\d$"}
DURATION: Schema = {
    "type": "string",
    "pattern": r"^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$",
}
VALUES: dict[str, Schema] = {
    "line": WORDS,
    "text": WORDS,
    "date": DATE,
    "url": URL,
    "corporate_number": {"type": "string", "pattern": r"^\d{13}$"},
    "count": closed({"number": NUMBER, "unit": WORDS}),
    "money": closed(
        {
            "amount": NUMBER,
            "max": NUMBER,
            "currency": {"const": "JPY"},
            "tax": {"enum": ["included", "excluded", None]},
            "period": one_or_none(WORDS),
        },
        "max",
    ),
    "ratio": closed({"number": NUMBER, "unit": {"enum": ["%", "倍"]}}),
    "duration": DURATION,
    "hours": listed(closed({"days": listed(WORDS), "from": TIME, "to": TIME})),
    "choice": ID,
    "choices": {"type": "array", "minItems": 1, "uniqueItems": True, "items": ID},
    "place": {"anyOf": [PLACE, {"type": "array", "minItems": 1, "items": PLACE}]},
    "holders": listed(closed({"name": WORDS, "share": NUMBER})),
    "contact": closed(dict.fromkeys(("phone", "fax", "web", "email"), listed(WORDS))),
    "parts": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": closed({"value": {}, "text": WORDS, "detail": {"type": "string"}}),
    },
}
"""Of the answers that are values; decimal numbers are strings, so that nothing rounds them."""


@pytest.fixture(params=["real_site", "variety_site"])
def site(request: pytest.FixtureRequest) -> Site:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Site)
    return found


def services(site: Site) -> dict[str, Any]:
    """Every service's file by `provider/service`, those at former addresses left out."""
    names = [f"{entry['provider']}/{entry['service']}" for entry in site.json("api/v1/catalog.json")["services"]]
    return {name: site.json(f"api/v1/services/{name}.json") for name in names}


def guideline_of(site: Site, service: Any) -> Any:
    return site.json(f"api/v1/guidelines/{service['guideline']}.{service['guideline_version']}.json")


def fields_of(guideline: Any) -> list[tuple[Any, Any, Any]]:
    """Section, item and field of everything that is owed, in order."""
    return [
        (section, item, field)
        for section in guideline["sections"]
        for group in section["groups"]
        for item in group["items"]
        for field in item["fields"]
        if not field["retired"]
    ]


class TestShape:
    def test_of_the_catalog(self, site: Site) -> None:
        jsonschema.validate(site.json("api/v1/catalog.json"), CATALOG)

    def test_of_every_service(self, site: Site) -> None:
        validator = jsonschema.Draft202012Validator(SERVICE)
        found = [path for path in site.files if re.fullmatch(r"api/v1/services/[^.]+\.json", path)]
        assert len(found) >= 10
        for path in found:
            assert [error.message for error in validator.iter_errors(site.json(path))] == [], path

    def test_of_every_guideline(self, site: Site) -> None:
        found = [path for path in site.files if path.startswith("api/v1/guidelines/") and path.endswith(".json")]
        assert len(found) >= 2
        for path in found:
            jsonschema.validate(site.json(path), GUIDELINE)

    def test_of_the_values_of_each_type(self, site: Site) -> None:
        seen: Counter[str] = Counter()
        for name, service in services(site).items():
            types = {field["id"]: field["type"] for _, _, field in fields_of(guideline_of(site, service))}
            for row in service["answers"]:
                if row["status"] == "disclosed" and row["kind"] == "value":
                    kind = types[row["field"]]
                    errors = list(jsonschema.Draft202012Validator(VALUES[kind]).iter_errors(row["value"]))
                    assert not errors, (name, row["field"], kind, row["value"])
                    seen[kind] += 1
        assert len(seen) > 10

    def test_is_compact_utf_8(self, site: Site) -> None:
        for path, data in site.files.items():
            if path.startswith(("api/", "badges/")) and path.endswith(".json"):
                text = data.decode()
                assert json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")) + "\n" == text

    def test_nothing_else_is_there(self, site: Site) -> None:
        found = {path.split("/")[2] for path in site.files if path.startswith("api/")}
        named = {"answers.csv", "catalog.json", "datapackage.json", "find.json", "problems.json", "sources.json"}
        assert found == named | {"answers", "guidelines", "providers", "scaffolds", "schemas", "services", "sources"}

    def test_the_files_themselves_are_as_they_were_written(self, real_site: Site) -> None:
        listed = [one["file"] for one in real_site.json("api/v1/sources.json")["files"]]
        assert len(listed) >= 9
        for name in listed:
            file = (ROOT / "content/providers" / f"{name}.yaml").read_bytes()
            assert real_site.files[f"api/v1/sources/{name}.yaml"] == file

    def test_the_files_of_withdrawn_entries_are_not_shown(self, variety_site: Site) -> None:
        listed = [one["file"] for one in variety_site.json("api/v1/sources.json")["files"]]
        assert "aoi-cloud.record" in listed
        assert "ebi-link" not in listed
        assert sorted(path for path in variety_site.files if path.startswith("api/v1/sources/")) == sorted(
            f"api/v1/sources/{name}.yaml" for name in listed
        )

    def test_a_scaffold_is_what_new_writes(self, real_site: Site) -> None:
        found = real_site.json("api/v1/scaffolds/iot-iaas-paas.ja.json")
        guideline = read(ROOT).newest[0]
        schema = schema_json.address_of(guideline, BASE_URL)
        one = dump.scaffold(guideline, found["provider"], ["service-1"], ["dc-1"], "ja", schema)
        assert found["text"] == one
        two = dump.scaffold(guideline, found["provider"], ["x", "service-1"], ["dc-1"], "ja", schema)
        assert found["service"] in two
        assert found["first_data_center"] in one
        assert found["data_center"] in dump.scaffold(guideline, "x", ["y"], ["z", "dc-1"], "ja")

    def test_of_the_problems(self, site: Site) -> None:
        hints = {"type": "array", "items": WORDS, "minItems": 2}
        code = closed({"severity": {"enum": ["error", "warning"]}, "ja": hints, "en": hints})
        schema = {"type": "object", "propertyNames": {"pattern": "^[a-z0-9-]+$"}, "additionalProperties": code}
        jsonschema.validate(site.json("api/v1/problems.json"), schema)

    def test_of_the_answers_to_every_field(self, site: Site) -> None:
        validator = jsonschema.Draft202012Validator(FIELD_ANSWERS)
        found = [path for path in site.files if path.startswith("api/v1/answers/")]
        assert len(found) >= 20
        for path in found:
            assert [error.message for error in validator.iter_errors(site.json(path))] == [], path


class TestAnswers:
    def test_are_every_owed_row_in_the_order_of_the_guideline(self, site: Site) -> None:
        for name, service in services(site).items():
            if service["state"] == "withdrawn":
                continue
            expected: list[tuple[str, str, str, str, str | None]] = []
            for section in guideline_of(site, service)["sections"]:
                owed = [
                    (item["number"], field["id"], field["level"], section["scope"])
                    for group in section["groups"]
                    for item in group["items"]
                    for field in item["fields"]
                    if not field["retired"]
                ]
                centers: list[str | None] = [None]
                if section["scope"] == "data_center" and service["data_centers"]:
                    centers = [center["id"] for center in service["data_centers"]]
                elif section["scope"] == "data_center" and service["no_data_center"]:
                    centers = []
                expected += [(*row, center) for center in centers for row in owed]
            found = [(r["item"], r["field"], r["level"], r["scope"], r["data_center"]) for r in service["answers"]]
            assert found == expected, name

    def test_add_up_to_the_completeness(self, site: Site) -> None:
        for name, service in services(site).items():
            counted = service["completeness"]
            if service["submitted_by"] == "third_party" or service["state"] == "withdrawn":
                assert counted is None, name
                continue
            for level in ("required", "optional"):
                found = Counter(row["status"] for row in service["answers"] if row["level"] == level)
                assert counted[level] == {"owed": found.total(), **{status: found[status] for status in STATUSES}}

    def test_have_the_kind_of_their_status(self, site: Site) -> None:
        seen: set[tuple[str, str | None]] = set()
        for service in services(site).values():
            for row in service["answers"]:
                seen.add((row["status"], row["kind"]))
                if row["status"] == "unanswered":
                    empty = ("kind", "value", "compare", "text", "detail", "note", "source", "as_of")
                    assert all(row[name] is None for name in empty)
                else:
                    assert row["text"]
                assert (row["kind"] is None) == (row["status"] in ("on_request", "withheld", "unanswered"))
                if row["kind"] == "no":
                    assert row["value"] in ("no", None)
                if row["kind"] == "yes":
                    assert row["value"] in ("yes", None) or set(row["value"]) == {"answer", "detail"}
                if row["kind"] in ("text", "not_applicable"):
                    assert row["value"] is row["compare"] is None
        assert {("disclosed", "value"), ("disclosed", "yes"), ("disclosed", "no"), ("unanswered", None)} <= seen

    def test_keep_every_status_and_kind_apart(self, variety_site: Site) -> None:
        rows = [row for service in services(variety_site).values() for row in service["answers"]]
        assert {(row["status"], row["kind"]) for row in rows} == {
            *(("disclosed", kind) for kind in ("value", "text", "yes", "no", "not_applicable")),
            *(("partial", kind) for kind in ("value", "yes", "not_applicable")),
            *((status, None) for status in ("on_request", "withheld", "unanswered")),
        }

    def test_tell_which_ones_a_service_gives_itself(self, variety_site: Site) -> None:
        overridden = {
            (name, row["field"])
            for name, service in services(variety_site).items()
            for row in service["answers"]
            if row["overridden"]
        }
        assert overridden == {("aoi-cloud/storage", "employees"), ("beni-systems/blank", "employees")}

    def test_hold_the_original_wording_beside_the_value(self, variety_site: Site) -> None:
        rows = {row["field"]: row for row in services(variety_site)["aoi-cloud/compute"]["answers"]}
        assert rows["disclosure_date"] == {
            "field": "disclosure_date",
            "item": "1",
            "level": "required",
            "scope": "provider",
            "data_center": None,
            "status": "disclosed",
            "kind": "value",
            "value": "2026-05-01",
            "compare": {"key": "2026-05-01"},
            "text": "2026-05-01",
            "detail": None,
            "note": None,
            "source": None,
            "as_of": None,
            "overridden": False,
        }
        assert rows["revenue"]["text"] == "16,859(百万円)[2025年12月期]"
        assert rows["revenue"]["value"]["amount"] == "16859000000"
        assert rows["termination"]["kind"] == "text"
        assert rows["termination"]["note"] == "月末締め。"
        assert rows["termination"]["as_of"] == "2026-04"
        assert rows["kinds"]["value"] == ["iaas", "paas"]
        assert rows["report"]["detail"] == "月次の稼働報告"

    def test_of_two_data_centres_stand_apart(self, variety_site: Site) -> None:
        service = services(variety_site)["aoi-cloud/compute"]
        found = {row["data_center"]: row for row in service["answers"] if row["field"] == "ups"}
        assert [found["east"]["kind"], found["west"]["kind"]] == ["yes", "no"]
        assert found["east"]["value"] == {"answer": "yes", "detail": "PT10M"}
        assert found["east"]["compare"] == {"number": 600, "unit": "s"}


class TestAnswersToAField:
    def test_are_those_of_the_services(self, site: Site) -> None:
        """The same rows as in the services' own files, field by field."""
        keys = ("data_center", "status", "kind", "compare", "text", "detail")
        seen = 0
        for path in site.files:
            if not path.startswith("api/v1/answers/"):
                continue
            own = site.json(path)
            expected = {}
            for name, service in services(site).items():
                if service["guideline"] != own["guideline"] or service["state"] == "withdrawn":
                    continue
                rows = [row for row in service["answers"] if row["field"] == own["field"]]
                if rows:
                    short = [{key: row[key] for key in keys if row[key]} for row in rows]
                    expected[name] = {"rows": short}
                    seen += len(short)
            found = own["services"]
            assert {name: one for name, one in found.items() if "rows" in one} == expected, path
            for name, one in found.items():
                if "rows" not in one:
                    assert one["no_data_center"] == services(site)[name]["no_data_center"]
        assert seen


class TestHead:
    def test_transcriptions_have_neither_dates_of_disclosure_nor_figures(self, site: Site) -> None:
        found = [service for service in services(site).values() if service["submitted_by"] == "third_party"]
        assert found
        for service in found:
            assert service["disclosed_on"] is service["expires_on"] is service["completeness"] is None
            assert service["transcribed_on"]
            assert service["state"] == "transcribed"
            assert all(row["source"] for row in service["answers"] if row["status"] != "unanswered")

    def test_states_and_dates(self, variety_site: Site) -> None:
        found = {
            name: (one["state"], one["disclosed_on"], one["expires_on"]) for name, one in services(variety_site).items()
        }
        assert found == {
            "aoi-cloud/compute": ("valid", "2026-05-01", "2028-05-01"),
            "aoi-cloud/storage": ("valid", "2026-05-01", "2028-05-01"),
            "aoi-cloud/archive": ("valid", "2026-06-01", None),
            "beni-systems/blank": ("expiring", "2025-01-15", "2027-01-15"),
            "beni-systems/nowhere": ("expiring", "2025-01-15", "2027-01-15"),
            "beni-systems/shared": ("expiring", "2025-01-15", "2027-01-15"),
            "cha-works/press": ("expired", "2024-03-31", "2026-03-31"),
            "ebi-link/net": ("withdrawn", "2025-10-01", "2027-10-01"),
            "fuji-data/lake": ("transcribed", None, None),
            "gin-sample/demo": ("valid", "2026-01-10", "2028-01-10"),
            "hai-legacy/mainframe": ("valid", "2025-12-01", "2027-12-01"),
            "iro-press/gone": ("withdrawn", "2025-08-01", "2027-08-01"),
            "iro-press/paper": ("undated", None, None),
        }

    def test_withdrawn_entries_say_why_and_show_no_answers(self, variety_site: Site) -> None:
        service = services(variety_site)["ebi-link/net"]
        assert service["withdrawn"] == {"on": "2026-09-30", "reason": "事業譲渡のため<譲渡先は未定>"}
        assert service["answers"] == []
        assert service["completeness"] is None

    def test_samples_are_marked(self, site: Site) -> None:
        marked = {service["provider"] for service in services(site).values() if service["sample"]}
        entries = {entry["provider"] for entry in site.json("api/v1/catalog.json")["providers"] if entry["sample"]}
        assert marked
        assert marked == entries


class TestCatalog:
    def test_repeats_the_heads_of_the_services(self, site: Site) -> None:
        for entry in site.json("api/v1/catalog.json")["services"]:
            service = services(site)[f"{entry['provider']}/{entry['service']}"]
            assert {name: entry.get(name) for name in HEAD} == {name: service.get(name) for name in HEAD}
            assert entry["data_centers"] == service["data_centers"]

    def test_has_a_provider_s_figures_by_guideline(self, variety_site: Site) -> None:
        entries = {entry["provider"]: entry for entry in variety_site.json("api/v1/catalog.json")["providers"]}
        counted = entries["aoi-cloud"]["completeness"]
        assert set(counted) == {"cloud", "record"}
        required = counted["cloud"]["required"]
        # of the provider 6 fields, of each of two services 10, of each of two data centres 3: each once
        assert (required["owed"], required["disclosed"]) == (6 + 2 * 10 + 2 * 3, 6 + 2 * 10 + 2 * 3)
        assert entries["fuji-data"]["completeness"] == {"cloud": None}
        assert entries["dan-net"]["services"] == []

    def test_has_no_address_where_none_is_known(self) -> None:
        site = rendered(read(VARIETY), base_url="", wanted=lambda path: path == "api/v1/catalog.json")
        assert site.json("api/v1/catalog.json")["base_url"] is None

    def test_names_the_address_of_the_site(self, site: Site) -> None:
        assert site.json("api/v1/catalog.json")["base_url"] == BASE_URL


class TestGuidelines:
    def test_are_complete(self, real_site: Site) -> None:
        guideline = real_site.json("api/v1/guidelines/iot-iaas-paas.json")
        fields = fields_of(guideline)
        assert len({item["number"] for _, item, _ in fields}) == 129
        assert len(fields) == 163
        assert Counter(field["level"] for _, _, field in fields) == {"required": 136, "optional": 27}
        assert all(set(field["prompt"]) == {"ja", "en"} for _, _, field in fields)

    def test_stand_by_version_and_the_newest_by_its_id(self, variety_site: Site) -> None:
        files = variety_site.files
        names = {path for path in files if path.startswith("api/v1/guidelines/") and path.endswith(".json")}
        assert names == {
            f"api/v1/guidelines/{name}.json" for name in ("cloud", "cloud.1", "cloud.2", "record", "record.1")
        }
        assert files["api/v1/guidelines/cloud.json"] == files["api/v1/guidelines/cloud.2.json"]

    def test_keep_numbers_that_are_no_numbers(self, variety_site: Site) -> None:
        items = {
            item["number"]: item["slug"] for _, item, _ in fields_of(variety_site.json("api/v1/guidelines/record.json"))
        }
        assert items == {"(1)①(a)": "1-1-a", "(1)①(b)": "1-1-b", "(2)①": "2-1"}
