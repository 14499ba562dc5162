"""The columns of the CSV files: names that stay, types, and what they mean, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.model import Json, Kind, Level, Scope, State, Status, SubmittedBy


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is one of Frictionless; `known` are all the values there can be, none of them if that is open."""

    name: str
    type: str
    title: tuple[str, str]
    description: tuple[str, str]
    required: bool = False
    known: Sequence[str] = ()

    def json(self) -> Json:
        """As a field of a Table Schema."""
        constraints: dict[str, Json] = {"required": True} if self.required else {}
        if self.known:
            constraints["enum"] = list(self.known)
        options: dict[str, Json] = {"trueValues": ["true"], "falseValues": ["false"]} if self.type == "boolean" else {}
        return {
            "name": self.name,
            "type": self.type,
            "title": " / ".join(self.title),
            "description": "\n".join(self.description),
            **options,
            **({"constraints": constraints} if constraints else {}),
        }


COLUMNS = (
    Column("provider", "string", ("事業者ID", "Provider"), ("事業者のID。", "The provider's id."), True),
    Column("provider_name", "string", ("事業者", "Provider's name"), ("事業者の名称。", "The provider's name."), True),
    Column("service", "string", ("サービスID", "Service"), ("サービスのID。", "The service's id."), True),
    Column("service_name", "string", ("サービス", "Service's name"), ("サービスの名称。", "The service's name."), True),
    Column("guideline", "string", ("指針", "Guideline"), ("指針のID。", "The guideline's id."), True),
    Column(
        "guideline_version",
        "string",
        ("指針の版", "Version"),
        ("指針の定義の版。", "Of the definition answered."),
        True,
    ),
    Column("item", "string", ("項番", "Item"), ("指針に印刷された番号。", "The number as printed."), True),
    Column(
        "field", "string", ("記入欄", "Field"), ("記入欄のID。変わらない。", "The field's id; it never changes."), True
    ),
    Column(
        "title",
        "string",
        ("記入欄の名称", "Title"),
        ("記入欄の短い名称(指針の言語)。", "The field's short title, in the guideline's language."),
        True,
    ),
    Column(
        "level",
        "string",
        ("区分", "Level"),
        ("requiredは必須、optionalは選択。", "Whether the guideline requires the answer."),
        True,
        tuple(Level),
    ),
    Column(
        "scope",
        "string",
        ("範囲", "Scope"),
        ("事業者、サービス、データセンターのどれについての回答か。", "What the answer is about."),
        True,
        tuple(Scope),
    ),
    Column(
        "data_center",
        "string",
        ("データセンターID", "Data center"),
        ("データセンターのID。ほかの範囲では空。", "Its id; empty in the other scopes."),
    ),
    Column(
        "data_center_name",
        "string",
        ("データセンター", "Data center's name"),
        ("データセンターの名称。", "The data center's name."),
    ),
    Column(
        "status",
        "string",
        ("状態", "Status"),
        (
            "disclosed 開示、partial 一部、on_request 個別開示、withheld 非公開、unanswered 未記入"
            "(転記では「転記なし」)。開示に数えるのはdisclosedだけ。",
            "Only disclosed counts as disclosed. unanswered: nothing was written (transcriptions: not transcribed).",
        ),
        True,
        tuple(Status),
    ),
    Column(
        "kind",
        "string",
        ("回答の種類", "Kind"),
        (
            "value 形の決まった値、text 自由な文、yes 有り、no 無し、not_applicable 該当なし。回答がなければ空。",
            "A typed value, free words, yes, no, or not applicable; empty where there is no answer.",
        ),
        known=tuple(Kind),
    ),
    Column("text", "string", ("回答", "Answer"), ("書かれたままの回答。", "The answer as it was written.")),
    Column(
        "value",
        "any",
        ("値(JSON)", "Value (JSON)"),
        ("回答の値をJSONで書いたもの。形は型による。", "The typed value as JSON; its form depends on the type."),
    ),
    Column(
        "compare_number",
        "number",
        ("比べる数", "Number to compare"),
        ("並べ替えや比較に使う数。", "For sorting and matching."),
    ),
    Column(
        "compare_unit",
        "string",
        ("比べる数の単位", "Unit"),
        ("JPYは円、sは秒、h/weekは週あたりの時間。", "Of the number: JPY, s(econds), h/week, or as counted."),
    ),
    Column(
        "compare_key",
        "string",
        ("比べる語", "Key to compare"),
        (
            "数でない回答を比べる語(選択肢、国・地域、日付)。複数は空白区切り。",
            "For answers that are no numbers: choices, places, dates; several with a space between.",
        ),
    ),
    Column(
        "detail",
        "string",
        ("詳細・理由", "Detail"),
        (
            "「有り」の内容、非公開・該当なしの理由、個別開示の入手方法。",
            "What follows a yes; the reason for withholding or not applying; how to get it on request.",
        ),
    ),
    Column("note", "string", ("補足", "Note"), ("回答への補足。", "A remark on the answer.")),
    Column("source", "string", ("出典", "Source"), ("根拠のURL。", "Where it can be verified.")),
    Column("as_of", "string", ("時点", "As of"), ("いつ時点の情報か(年、年月、年月日)。", "A year, a month or a day.")),
    Column(
        "overridden",
        "boolean",
        ("サービス固有", "Overridden"),
        ("事業者の項目に、このサービスだけの回答がある。", "Answered for this service instead of the company."),
        True,
    ),
    Column(
        "state",
        "string",
        ("開示の状態", "State"),
        ("生成した日の時点で有効か。", "Where the disclosure stands, as of the day of the build."),
        True,
        tuple(state for state in State if state is not State.WITHDRAWN),
    ),
    Column("disclosed_on", "date", ("開示日", "Disclosed on"), ("開示情報の日付。", "The date of the disclosure.")),
    Column(
        "expires_on", "date", ("有効期限", "Expires on"), ("この日まで有効。", "The last day on which it is valid.")
    ),
    Column(
        "transcribed_on",
        "date",
        ("転記日", "Transcribed on"),
        ("第三者が公開情報から書き写した日。", "When a third party copied it from public information."),
    ),
    Column(
        "submitted_by",
        "string",
        ("記入者", "Submitted by"),
        (
            "third_partyは公開情報からの転記で、事業者は確認していない。",
            "third_party: a transcription of public facts that the provider has not confirmed.",
        ),
        True,
        tuple(SubmittedBy),
    ),
    Column("sample", "boolean", ("架空の見本", "Sample"), ("trueは架空の見本。", "true: fictional."), True),
)
