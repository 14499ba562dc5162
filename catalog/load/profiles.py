"""`content/profiles/<id>.yaml` → `Profile`: requirements to begin with.

The keys are those of the file that the page saves (docs/matching.md): JSON, which is YAML too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from catalog import source
from catalog.answers import conditions, place
from catalog.diagnostics import Location, Report, Text
from catalog.load.shapes import Shapes, is_id
from catalog.model import Asks, Condition, Guideline, Profile, Requirement, Slot, Test, Weight
from catalog.source import Node, ParseCache, Scalar

MAX_REQUIREMENTS = 50
_WEIGHTS = {weight.value: weight for weight in Weight}
_IS = {test.value: test for test in (Test.YES, Test.NO, Test.ANSWERED)}
_TESTS = ("is", Test.AT_LEAST.value, Test.AT_MOST.value, Test.IN.value, Test.CONTAINS.value)
_NAMES: Mapping[Test, str] = {test: f"is: {test.value}" for test in _IS.values()} | {
    test: f"{test.value}: …" for test in Test if test.value not in _IS
}
_SHORTER: Text = {"ja": "探す語だけにしてください", "en": "keep only the words to look for"}


def profile_files(root: Path) -> Iterator[Path]:
    """Every file of `content/profiles/`, but for hidden ones and a README."""
    for path in sorted((root / "content" / "profiles").glob("*")):
        if not path.name.startswith(".") and path.name.upper() not in ("README", "README.MD"):
            yield path


def load_profiles(
    root: Path, guidelines: Sequence[Guideline], languages: Sequence[str], cache: ParseCache, report: Report
) -> Iterator[Profile]:
    """The profiles that can be used, by id; what is wrong with the others goes to `report`."""
    newest = {guideline.id: guideline for guideline in guidelines}
    for path in profile_files(root):
        file = source.read(root, path, root / "content", report)
        shapes = Shapes(file.path, report)
        name = path.name.removesuffix(".yaml")
        if name == path.name or not is_id(name):
            report.add("file-name", Location(file.path), found=path.name)
            continue
        node = cache.parse(file, report)
        if node is not None and (found := _Reader(shapes, newest, languages).profile(name, node, file.digest)):
            yield found


class _Reader:
    def __init__(self, shapes: Shapes, guidelines: Mapping[str, Guideline], languages: Sequence[str]) -> None:
        self.shapes = shapes
        self.guidelines = guidelines
        self.languages = languages

    def profile(self, name: str, node: Node, digest: str) -> Profile | None:
        if (mapping := self.shapes.mapping(node, self.shapes.path)) is None:
            return None
        keys = self.shapes.keys(mapping, required=("title", "guideline", "requirements"), optional=("about",))
        guideline = self._guideline(keys)
        title, about = self._text(keys, "title"), self._text(keys, "about")
        for words in title.values():
            self.shapes.check_name(node, words)
        if guideline is None or "requirements" not in keys:
            return None
        requirements = tuple(self._requirements(keys["requirements"], guideline))
        return Profile(name, title, about, guideline, requirements, digest) if requirements else None

    def _guideline(self, keys: Mapping[str, Node]) -> Guideline | None:
        name = self.shapes.text(keys, "guideline")
        if name and name not in self.guidelines:
            expected = ", ".join(sorted(self.guidelines))
            self.shapes.add("invalid-value", keys["guideline"], found=name, key="guideline", expected=expected)
        return self.guidelines.get(name)

    def _text(self, keys: Mapping[str, Node], key: str) -> Text:
        """One text for all languages, or one a language."""
        first = self.languages[0] if self.languages else "ja"
        if key in keys and isinstance(node := keys[key], source.Mapping):
            inner = self.shapes.keys(
                node, required=(first,), optional=[one for one in _languages(self.languages) if one != first]
            )
            return {first: "", **{name: self.shapes.text(inner, name) for name in inner}}
        return {first: self.shapes.text(keys, key)}

    def _requirements(self, node: Node, guideline: Guideline) -> Iterator[Requirement]:
        if (listed := self.shapes.sequence(node, "requirements")) is None:
            return
        if not listed.items:
            self.shapes.add("empty-value", node, expected="requirements")
        if len(listed.items) > MAX_REQUIREMENTS:
            found, most = str(len(listed.items)), str(MAX_REQUIREMENTS)
            self.shapes.add("too-many-requirements", node, found=found, expected=most)
            return
        seen: set[tuple[str, Condition]] = set()
        for item in listed.items:
            if (requirement := self._requirement(item, guideline)) is None:
                continue
            one = (requirement.field, requirement.condition)
            if one in seen:
                found = f"{requirement.field} ({_NAMES[requirement.condition.test]})"
                self.shapes.add("requirement-twice", item, found=found)
                continue
            seen.add(one)
            yield requirement

    def _requirement(self, node: Node, guideline: Guideline) -> Requirement | None:
        if (mapping := self.shapes.mapping(node, "requirements")) is None:
            return None
        keys = self.shapes.keys(mapping, required=("field", "level"), optional=(*_TESTS, "unit"))
        weight = self.shapes.one_of(keys, "level", _WEIGHTS, Weight.MUST)
        slot = self._slot(keys, guideline)
        condition = self._condition(mapping, keys, slot) if slot else None
        return Requirement(slot.field.id, weight, condition) if slot and condition else None

    def _slot(self, keys: Mapping[str, Node], guideline: Guideline) -> Slot | None:
        name = self.shapes.text(keys, "field")
        slots = {slot.field.id: slot for slot in guideline.slots}
        if name and name not in slots:
            near = self.shapes.nearest(name, slots)
            self.shapes.add("requirement-field", keys["field"], found=name, expected=guideline.id, nearest=near)
        return slots.get(name)

    # --- conditions ---

    def _condition(self, mapping: source.Mapping, keys: Mapping[str, Node], slot: Slot) -> Condition | None:
        given = [key for key in _TESTS if key in keys]
        if len(given) != 1:
            self.shapes.add("requirement-condition", mapping, slot.subject, expected=", ".join(_TESTS))
            return None
        (key,) = given
        condition = self._is(keys) if key == "is" else self._value(Test(key), keys, slot.field.asks)
        fitting = conditions.tests(slot.field.asks)
        if condition and condition.test not in fitting:
            found, expected = _NAMES[condition.test], ", ".join(_NAMES[test] for test in fitting)
            place_of = mapping.key(key) or mapping
            self.shapes.add("requirement-does-not-fit", place_of, slot.subject, found=found, expected=expected)
            return None
        if "unit" in keys and key not in (Test.AT_LEAST, Test.AT_MOST):
            self.shapes.add("unknown-key", mapping.key("unit") or mapping, found="unit", nearest="", expected=key)
        return condition

    def _is(self, keys: Mapping[str, Node]) -> Condition | None:
        word = self.shapes.text(keys, "is")
        if word and word not in _IS:
            self.shapes.add("invalid-value", keys["is"], found=word, key="is", expected=", ".join(_IS))
        return Condition(_IS[word]) if word in _IS else None

    def _value(self, test: Test, keys: Mapping[str, Node], asks: Asks) -> Condition | None:
        if test not in conditions.tests(asks):
            return Condition(test)  # told by the caller
        if test is Test.IN:
            values = self._values(keys, asks)
            return Condition(test, values=values) if values else None
        words = self.shapes.text(keys, test.value)
        if not words:
            return None
        if test is Test.CONTAINS:
            if len(words) <= conditions.MAX_WORDS:
                return Condition(test, text=words)
            many = {"found": str(len(words)), "expected": str(conditions.MAX_WORDS)}
            self.shapes.add("too-long", keys[test.value], None, advice=_SHORTER, **many)
            return None
        if not conditions.NUMBER.fullmatch(words):
            self.shapes.add("requirement-number", keys[test.value], found=words, key=test.value)
            return None
        unit = self._unit(keys, asks, keys[test.value])
        return None if unit is None else Condition(test, number=words, unit=unit)

    def _unit(self, keys: Mapping[str, Node], asks: Asks, number: Node) -> str | None:
        """The unit of a length of time; "" where the field has one of its own; None if it is wrong."""
        if not conditions.needs_unit(asks):
            if "unit" in keys:
                self.shapes.add("requirement-unit", keys["unit"], expected=conditions.own_unit(asks))
                return None
            return ""
        if "unit" not in keys:
            self.shapes.add("missing-key", number, expected="unit")
            return None
        word = self.shapes.text(keys, "unit")
        if word and word not in conditions.UNITS:
            expected = ", ".join(conditions.UNITS)
            self.shapes.add("invalid-value", keys["unit"], found=word, key="unit", expected=expected)
        return word if word in conditions.UNITS else None

    def _values(self, keys: Mapping[str, Node], asks: Asks) -> tuple[str, ...]:
        own = conditions.compared(asks)
        known = list(place.names("ja")) if own.type == "place" else [choice.id for choice in own.choices]
        node = keys[Test.IN.value]
        if isinstance(node, source.Sequence) and not node.items:
            self.shapes.add("empty-value", node, expected=Test.IN.value)
        scalars = (node,) if isinstance(node, Scalar) and not node.is_null else self.shapes.scalars(keys, Test.IN.value)
        found: list[str] = []
        for scalar in scalars:
            word = scalar.text.strip()
            if word not in known:
                near, expected = self.shapes.nearest(word, known), ", ".join(known[:20])
                self.shapes.add("requirement-value", scalar, found=word, nearest=near, expected=expected)
            elif word not in found:
                found.append(word)
        return tuple(found) if len(found) == len({scalar.text.strip() for scalar in scalars}) else ()


def _languages(own: Sequence[str]) -> list[str]:
    """Those of the site, and those that the tool speaks."""
    return list(dict.fromkeys((*own, "ja", "en")))
