"""Every problem the tool can report: code, severity, words in Japanese and English.

A new problem is a new row here; `docs/messages.md` is generated from this table. Placeholders are filled from the
values of the diagnostic. Of several hints the first is shown whose placeholders all have a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """`ja` and `en` are `(message, hint, further hint…)`; a message says what was found and what was expected."""

    severity: Severity
    ja: tuple[str, ...]
    en: tuple[str, ...]


def _error(ja: tuple[str, ...], en: tuple[str, ...]) -> Code:
    return Code(Severity.ERROR, ja, en)


def _warning(ja: tuple[str, ...], en: tuple[str, ...]) -> Code:
    return Code(Severity.WARNING, ja, en)


FILES = {
    "file-name": _error(
        (
            "ファイル名「{found}」は使えません",
            "英小文字・数字・ハイフンで40文字まで、拡張子は .yaml にしてください(例: kaku-shoji.yaml)",
        ),
        (
            "the file name “{found}” cannot be used",
            "use lower-case letters, digits and hyphens, at most 40, ending in .yaml (for example kaku-shoji.yaml)",
        ),
    ),
    "file-name-mismatch": _error(
        (
            "ファイルやフォルダーの名前の「{found}」が、ファイルの中の「{expected}」と一致しません",
            "どちらかを直して同じにしてください",
        ),
        (
            "“{found}” in the name of the file or folder differs from “{expected}” inside the file",
            "change one of them so that both are equal",
        ),
    ),
    "file-missing": _error(
        ("ファイル {expected} がありません", "名前と置き場所を確かめてください"),
        ("the file {expected} is missing", "check its name and place"),
    ),
    "file-unreadable": _error(
        ("ファイルを読めません: {found}", "通常のファイルとして読めるようにしてください"),
        ("the file cannot be read: {found}", "make it an ordinary, readable file"),
    ),
    "file-too-large": _error(
        (
            "ファイルが{found}バイトあります。上限は{expected}バイト(1 MiB)です",
            "長い資料は貼り付けず、source: にURLを書いてください",
        ),
        (
            "the file has {found} bytes; at most {expected} (1 MiB) are allowed",
            "link long documents with source: instead of pasting them",
        ),
    ),
    "file-symlink": _error(
        ("リンクの先「{found}」が {expected} の外にあります", "リンクではなく、ファイルそのものを置いてください"),
        ("the link leads to “{found}”, outside {expected}", "put the file itself there instead of a link"),
    ),
    "not-utf-8": _error(
        ("UTF-8ではないバイト 0x{found} があります", "エディタで文字コードを「UTF-8」にして保存し直してください"),
        ("the byte 0x{found} is not UTF-8", "save the file again with the encoding “UTF-8”"),
    ),
    "control-character": _error(
        ("使えない制御文字 {found} があります", "目に見えない文字です。前後の語を消して打ち直してください"),
        (
            "the control character {found} is not allowed",
            "it is invisible: delete the words around it and type them again",
        ),
    ),
    "bidi-override": _error(
        (
            "文字の向きを変える制御文字 {found} があります",
            "表示と中身が食い違うため使えません。前後の語を消して打ち直してください",
        ),
        (
            "the direction-changing character {found} is not allowed",
            "it makes text look different from what it is: delete the words around it and type them again",
        ),
    ),
}

YAML = {
    "yaml-syntax": _error(
        (
            "YAMLとして読めません: {found}",
            "{advice}",
            "字下げは半角空白で揃え、「項目: 回答」のコロンの後に半角空白を置いてください。"
            '記号で始まる回答は "…" で囲みます',
        ),
        (
            "this is not YAML: {found}",
            "{advice}",
            'indent with spaces, put a space after the colon of "key: value", '
            "and quote answers that begin with a symbol",
        ),
    ),
    "yaml-empty": _error(
        (
            "ファイルに中身がありません",
            "中身を書くか、ファイルを消してください。開示ファイルのひな形は「python build.py new」で作れます",
        ),
        (
            "the file is empty",
            "fill it in or remove it; “python build.py new” writes a disclosure with all items to fill in",
        ),
    ),
    "yaml-duplicate-key": _error(
        ("「{found}」が2回あります(最初は{line}行目)", "一つにまとめてください"),
        ("“{found}” stands here twice (first in line {line})", "keep one of them"),
    ),
    "yaml-alias": _error(
        (
            "エイリアス *{found} は使えません",
            '同じ内容でも、その場所にそのまま書いてください。「*」で始まる回答なら、全体を "…" で囲みます',
        ),
        (
            "the alias *{found} is not allowed",
            'write the content out where it belongs; put an answer that begins with “*” into "…"',
        ),
    ),
    "yaml-anchor": _error(
        (
            "アンカー &{found} は使えません",
            '「&{found}」を消してください。「&」で始まる回答なら、全体を "…" で囲みます',
        ),
        (
            "the anchor &{found} is not allowed",
            'remove “&{found}”; put an answer that begins with “&” into "…"',
        ),
    ),
    "yaml-merge": _error(
        ("マージキー「<<」は使えません", "内容をその場所にそのまま書いてください"),
        ("the merge key “<<” is not allowed", "write the content out where it belongs"),
    ),
    "yaml-tag": _error(
        (
            "タグ {found} は使えません",
            '「{found}」を消してください。「!」で始まる回答なら、全体を "…" で囲みます',
        ),
        (
            "the tag {found} is not allowed",
            'remove “{found}”; put an answer that begins with “!” into "…"',
        ),
    ),
    "yaml-documents": _error(
        ("1つのファイルに文書が2つ以上あります", "「---」の行を消すか、ファイルを分けてください"),
        ("the file holds more than one document", "remove the “---” line or split the file"),
    ),
    "yaml-complex-key": _error(
        ("項目名が文字列ではありません", "「項目: 回答」の形にしてください"),
        ("a key is not a plain word", "write “key: value”"),
    ),
    "too-many": _error(
        ("{what} が上限の{expected}件を超えています", "減らすか、まとめてください"),
        ("more than {expected} are given: {what}", "leave some out or combine them"),
    ),
    "comment-cuts": _warning(
        ("「 #」から後ろは読まれません", '回答の一部なら、回答全体を "…" で囲んでください'),
        ("what follows “ #” is not read", 'put the whole answer into "…" if it belongs to it'),
    ),
    "yaml-depth": _error(
        ("入れ子が{expected}段を超えています", "字下げを確かめてください"),
        ("more than {expected} levels are nested", "check the indentation"),
    ),
}

SHAPE = {
    "expected-mapping": _error(
        (
            "「{expected}」は「項目: 値」の並びで書きます(ここにあるのは{found})",
            "「項目: 値」を1行に1つずつ、字下げをそろえて書いてください",
        ),
        (
            "{expected} must be lines of “key: value” (found {found})",
            "write one “key: value” a line, all with the same indentation",
        ),
    ),
    "expected-sequence": _error(
        ("「{expected}」は「- 値」の並びで書きます(ここにあるのは{found})", "各行を「- 」で始めてください"),
        ("{expected} must be a list of “- value” (found {found})", "begin each line with “- ”"),
    ),
    "expected-text": _error(
        ("「{expected}」は1つの値で書きます(ここにあるのは{found})", "値を1つだけ書いてください"),
        ("{expected} must be a single value (found {found})", "write just one value"),
    ),
    "unknown-key": _error(
        (
            "「{found}」という項目はここにありません",
            "{advice}",
            "「{nearest}」ではありませんか",
            "使えるのは {expected} です",
        ),
        ("there is no “{found}” here", "{advice}", "did you mean “{nearest}”?", "allowed are {expected}"),
    ),
    "missing-key": _error(
        ("「{expected}」がありません", "「{expected}: …」の行を加えてください"),
        ("“{expected}” is missing", "add a line “{expected}: …”"),
    ),
    "invalid-id": _error(
        (
            "「{found}」はIDに使えません",
            "英小文字・数字・ハイフンで40文字までにしてください(WindowsのCON、NULなどは使えません)",
        ),
        (
            "“{found}” cannot be an id",
            "use lower-case letters, digits and hyphens, at most 40 (not CON, NUL … of Windows)",
        ),
    ),
    "invalid-value": _error(
        ("「{found}」は {key} に書けません", "書けるのは {expected} です"),
        ("“{found}” is not allowed for {key}", "allowed are {expected}"),
    ),
    "empty-value": _error(
        ("「{expected}」の値が空です", "値を書くか、行ごと消してください"),
        ("“{expected}” has no value", "write a value or remove the line"),
    ),
}

THEME = {
    "not-a-color": _error(
        ("「{found}」は色ではありません", 'color: "#005f73" のように、# と16進数6桁で書いてください'),
        ("“{found}” is not a colour", 'write # and six hexadecimal digits, like color: "#005f73"'),
    ),
    "color-unquoted": _error(
        ("「color」の値が空です(# から後は注釈になります)", 'color: "#005f73" のように、引用符で囲んでください'),
        ("“color” has no value (what follows # is a comment)", 'put it into quotes, like color: "#005f73"'),
    ),
    "color-contrast": _error(
        (
            "色「{found}」は白地で読めません(コントラスト比 {ratio}:1。4.5:1以上が必要です)",
            '暗い色にしてください。同じ色合いなら color: "{expected}" から読めます',
        ),
        (
            "the colour “{found}” cannot be read on white (contrast {ratio}:1; at least 4.5:1 is needed)",
            'choose a darker one; of the same hue, color: "{expected}" is readable',
        ),
    ),
    "word-placeholder": _error(
        (
            "「{key}」のことば「{found}」の、波かっこの部分がもとのことばと合いません",
            "波かっこで書けるのは {expected} だけです",
        ),
        (
            "what stands in braces in the words “{found}” of “{key}” is not what the original has there",
            "only {expected} can be written so",
        ),
    ),
    "template-broken": _error(
        ("テンプレートが動きません: {found}", "もとのテンプレートと見比べてください"),
        ("the template does not work: {found}", "compare it with the one of the tool's theme"),
    ),
    "theme-file-unused": _warning(
        (
            "「{found}」と同じ名前のファイルがテーマになく、使われません",
            "「{nearest}」ではありませんか",
            "テーマと同じ場所・名前にしてください(theme/README.md)",
        ),
        (
            "the theme has no file “{found}”, so this one is not used",
            "did you mean “{nearest}”?",
            "give it the place and name that it has in the theme (theme/README.md)",
        ),
    ),
}

GUIDELINE = {
    "duplicate-id": _error(
        ("ID「{found}」は {other} ですでに使われています", "別のIDにしてください"),
        ("the id “{found}” is already used at {other}", "choose another id"),
    ),
    "invalid-field-id": _error(
        (
            "「{found}」は記述内容のIDに使えません",
            "英小文字で始まる snake_case にしてください({reserved} は使えません)",
        ),
        (
            "“{found}” cannot be a field's id",
            "use snake_case beginning with a letter (but none of {reserved})",
        ),
    ),
    "unknown-type": _error(
        ("回答の型「{found}」はありません", "「{nearest}」ではありませんか", "使える型は {expected} です"),
        ("there is no answer type “{found}”", "did you mean “{nearest}”?", "the types are {expected}"),
    ),
    "option-not-for-type": _error(
        ("型 {type} に「{found}」は書けません", "型を変えるか、この行を消してください"),
        ("the type {type} has no “{found}”", "change the type or remove the line"),
    ),
    "role-twice": _error(
        ("役割 {found} は記述内容 {other} にすでに付いています", "1つの役割は1つの記述内容だけに付けてください"),
        ("the role {found} is already given to the field {other}", "give a role to one field only"),
    ),
    "role-type": _error(
        ("役割 {found} は型 {expected} の記述内容にだけ付けられます", "型を変えるか、role: の行を消してください"),
        ("the role {found} needs a field of the type {expected}", "change the type or remove the line role:"),
    ),
    "nested-parts": _error(
        ("型 parts の中に型 parts は入れられません", "別の型にするか、記述内容を分けてください"),
        ("the type parts cannot stand within another answer", "use another type or make it a field of its own"),
    ),
    "role-scope": _error(
        ("役割 {found} は scope: {expected} の節でだけ使えます", "その節の記述内容に付けてください"),
        ("the role {found} belongs into a section of the scope {expected}", "give it to a field there"),
    ),
    "slug-needed": _error(
        ("番号「{found}」はアドレスに使えません", "slug: に英小文字・数字・ハイフンの名前を書いてください"),
        ("the number “{found}” cannot stand in an address", "add slug: with lower-case letters, digits and hyphens"),
    ),
    "section-file": _error(
        ("節「{found}」のファイルがないか、順番が違います", "sections/{expected}.yaml という名前にしてください"),
        ("the file of the section “{found}” is missing or out of order", "name it sections/{expected}.yaml"),
    ),
    "section-file-extra": _error(
        (
            "節のファイル「{found}」が guideline.yaml の sections: にありません",
            "「{nearest}」ではありませんか",
            "sections: に加えるか、ファイルを消してください",
        ),
        (
            "the section's file “{found}” is not among the sections: of guideline.yaml",
            "did you mean “{nearest}”?",
            "add it there or remove the file",
        ),
    ),
    "translation-unknown": _error(
        ("訳文の「{found}」にあたる原文がありません", "「{nearest}」ではありませんか", "IDを確かめてください"),
        ("there is no original for the translation “{found}”", "did you mean “{nearest}”?", "check the id"),
    ),
    "translation-missing": _warning(
        ("{language} の訳文がありません: {missing}", "訳文を加えるまで、もとの言語で表示されます"),
        (
            "texts without translation to {language}: {missing}",
            "the original is shown until they are added",
        ),
    ),
    "example-invalid": _error(
        (
            "例「{found}」が型 {type} の回答になっていません",
            "型が受け付ける書き方は guideline/README.md にあります",
        ),
        (
            "the example “{found}” is no answer of the type {type}",
            "guideline/README.md tells what the type accepts",
        ),
    ),
    "unknown-guideline": _error(
        ("指針「{found}」はありません", "「{nearest}」ではありませんか", "使えるのは {expected} です"),
        ("there is no guideline “{found}”", "did you mean “{nearest}”?", "available: {expected}"),
    ),
    "unknown-guideline-version": _error(
        ("指針に版「{found}」はありません", "使えるのは {expected} です"),
        ("the guideline has no version “{found}”", "available: {expected}"),
    ),
}

DISCLOSURE = {
    "unknown-field": _error(
        (
            "「{found}」という記述内容は{scope}にありません",
            "{advice}",
            "「{nearest}」ではありませんか({elsewhere}に書く項目です)",
            "「{nearest}」ではありませんか",
            "{elsewhere}に書く項目です",
            "記述内容のIDは指針のページか「python build.py new」のひな形で確かめられます",
        ),
        (
            "{scope} has no field “{found}”",
            "{advice}",
            "did you mean “{nearest}”? (it belongs under {elsewhere})",
            "did you mean “{nearest}”?",
            "it belongs under {elsewhere}",
            "the ids stand on the guideline's page and in the file that “python build.py new” writes",
        ),
    ),
    "fields-misplaced": _error(
        (
            "「{found}」の場所が違います。{elsewhere}に書く項目です(ここに全部で{count}項目)",
            "次のように書いてください:\n{yaml}",
        ),
        ("“{found}” belongs under {elsewhere} ({count} misplaced here)", "write it like this:\n{yaml}"),
    ),
    "unknown-group": _error(
        ("中項目「{found}」は{scope}にありません", "「{nearest}」ではありませんか", "使えるのは {expected} です"),
        ("{scope} has no group “{found}”", "did you mean “{nearest}”?", "allowed are {expected}"),
    ),
    "retired-field": _warning(
        ("「{found}」は版{version}で廃止された記述内容です", "この行を消してください"),
        ("“{found}” was retired in version {version}", "remove the line"),
    ),
    "answer-keys": _error(
        (
            "{found} を1つの回答に並べて書けません",
            "answer・text・withheld・on_request・not_applicable のどれか1つだけにしてください",
        ),
        ("{found} cannot stand in one answer", "use only one of answer, text, withheld, on_request, not_applicable"),
    ),
    "answer-key-missing": _error(
        ("回答そのものがありません", "answer: か text: の行を加えてください"),
        ("the answer itself is missing", "add a line answer: or text:"),
    ),
    "detail-without-yes": _error(
        ("detail は「有り」の回答にだけ書けます", "補足は note: に書いてください"),
        ("detail goes with the answer “yes” only", "put remarks into note:"),
    ),
    "detail-twice": _error(
        ("「{found}」と detail: の両方に内容があります", "どちらか1つにまとめてください"),
        ("the detail stands both in “{found}” and in detail:", "keep one of them"),
    ),
    "placeholder-answer": _error(
        (
            "「{found}」は回答になりません",
            "決まっていなければ行を空にし、公開しないなら「非公開(理由)」、あてはまらないなら「該当なし(理由)」と書いてください",
        ),
        (
            "“{found}” is not an answer",
            "leave the line empty while it is open; "
            "write 非公開(reason) to withhold it or 該当なし(reason) where it does not apply",
        ),
    ),
    "state-unclear": _error(
        (
            "「{found}」は、そのままでは回答になりません",
            "{advice}",
            "求めに応じて示すなら、次のように書いてください:\n{yaml}",
        ),
        (
            "“{found}” is no answer as it stands",
            "{advice}",
            "if the answer is given on request, write:\n{yaml}",
        ),
    ),
    "state-as-text": _error(
        (
            "「{found}」を text: に書くと、開示した回答として数えられてしまいます",
            "text: ではなく {expected}: に理由や方法を書いてください",
        ),
        (
            "“{found}” under text: would count as a disclosed answer",
            "write why, or how to get the answer, into {expected}: instead",
        ),
    ),
    "bare-yes": _warning(
        ("「{found}」だけでは「{expected}」がわかりません(一部開示として数えます)", "内容を書いてください"),
        ("“{found}” alone does not tell “{expected}” (counted as partial)", "write what it is"),
    ),
    "reason-missing": _warning(
        ("「{found}」に理由がありません", "{here}", "「{found}(理由)」の形で一言添えてください"),
        ("“{found}” has no reason", "{here}", "add a word of reason: {found}(reason)"),
    ),
    "too-long": _error(
        (
            "{found}文字あります。上限は{expected}文字です",
            "{advice}",
            "要点に縮め、詳しくは source: のURLで示してください",
        ),
        ("{found} characters; at most {expected} are allowed", "{advice}", "shorten it and link the rest with source:"),
    ),
    "several-lines": _error(
        ("1行で書く項目に{found}行あります", "1行にまとめてください"),
        ("{found} lines where one is asked for", "write it in one line"),
    ),
    "several-values": _error(
        (
            "1つだけ書く項目に{found}個の値があります",
            "1つの値にまとめるか、次のように書いてください:\n{yaml}",
            "1つの値にまとめるか、text: で自由に書いてください",
        ),
        (
            "{found} values where one is asked for",
            "write a single value, or:\n{yaml}",
            "write a single value, or free words with text:",
        ),
    ),
    "not-a-date": _error(
        (
            "「{found}」は日付ではありません",
            "{expected} の形で書いてください。この形で書けなければ、次のように書きます:\n{yaml}",
            "{expected} の形で書いてください",
        ),
        (
            "“{found}” is not a date",
            "write it like {expected}; if that does not fit, write:\n{yaml}",
            "write it like {expected}",
        ),
    ),
    "no-such-day": _error(
        ("「{found}」という日は暦にありません", "年月日を確かめてください"),
        ("there is no day “{found}” in the calendar", "check year, month and day"),
    ),
    "date-precision": _error(
        ("「{found}」では{expected}までわかりません", "{example} の形で{expected}まで書いてください"),
        ("“{found}” does not tell the {expected}", "give the {expected}, like {example}"),
    ),
    "japanese-era": _error(
        ("「{found}」は和暦です。西暦で書きます", "{western} と書いてください", "西暦に直してください"),
        ("“{found}” is a Japanese era; western years are expected", "write {western}", "convert it to a western year"),
    ),
    "date-order": _error(
        ("「{found}」は年月日の順がわかりません", "{expected} の形(年-月-日)で書いてください"),
        ("the order of “{found}” is unclear", "write year-month-day, like {expected}"),
    ),
    "not-a-url": _error(
        ("「{found}」はURLではありません", "{advice}", "https:// から始まるアドレスを書いてください"),
        ("“{found}” is not an address", "{advice}", "write one that begins with https://"),
    ),
    "url-scheme": _error(
        ("「{found}」は http・https のアドレスではありません", "https:// から始まるアドレスを書いてください"),
        ("“{found}” is neither http nor https", "write an address that begins with https://"),
    ),
    "not-a-corporate-number": _error(
        (
            "「{found}」は法人番号ではありません(数字13桁)",
            "国税庁の法人番号公表サイトで確かめた13桁をそのまま書いてください",
        ),
        ("“{found}” is not a corporate number (13 digits)", "copy the 13 digits from the National Tax Agency's site"),
    ),
    "corporate-number-check": _error(
        (
            "法人番号「{found}」の検査用数字が合いません",
            "ほかの12桁が正しければ、先頭は{expected}です。写し間違いを確かめてください",
        ),
        (
            "the check digit of the corporate number “{found}” is wrong",
            "look for a mistyped digit (if the other twelve are right, the first is {expected})",
        ),
    ),
    "not-a-count": _error(
        (
            "「{found}」は数ではありません",
            "{expected} のように書いてください。この形で書けなければ、次のように書きます:\n{yaml}",
            "{expected} のように書くか、「{free_words}」を選んで自由に書いてください",
            "{expected} のように書くか、text: で自由に書いてください",
        ),
        (
            "“{found}” is not a number",
            "write it like {expected}; if that does not fit, write:\n{yaml}",
            "write it like {expected}, or choose “{free_words}” and use your own words",
            "write it like {expected}, or in free words with text:",
        ),
    ),
    "unit-unknown": _error(
        ("「{found}」の単位がわかりません", "{expected} で書いてください"),
        ("the unit of “{found}” is not known here", "use {expected}"),
    ),
    "not-money": _error(
        (
            "「{found}」は金額として読めません",
            "{advice}",
            "{expected} のように書いてください。算式などは、次のように書きます:\n{yaml}",
            "{expected} のように書くか、算式などは「{free_words}」を選んで自由に書いてください",
            "{expected} のように書くか、算式などは text: で自由に書いてください",
        ),
        (
            "“{found}” is not an amount",
            "{advice}",
            "write it like {expected}; formulas and the like go into text:\n{yaml}",
            "write it like {expected}, or choose “{free_words}” and use your own words",
            "write it like {expected}; formulas go into text: in free words",
        ),
    ),
    "not-a-ratio": _error(
        (
            "「{found}」は{unit}で表した数ではありません",
            "{expected} のように書いてください。この形で書けなければ、次のように書きます:\n{yaml}",
            "{expected} のように書くか、「{free_words}」を選んで自由に書いてください",
            "{expected} のように書くか、text: で自由に書いてください",
        ),
        (
            "“{found}” is not a number in {unit}",
            "write it like {expected}; if that does not fit, write:\n{yaml}",
            "write it like {expected}, or choose “{free_words}” and use your own words",
            "write it like {expected}, or in free words with text:",
        ),
    ),
    "ratio-range": _error(
        ("「{found}」は割合の範囲を外れています", "{expected} の範囲で書いてください"),
        ("“{found}” is out of range", "write a value within {expected}"),
    ),
    "not-a-duration": _error(
        (
            "「{found}」は長さとして読めません",
            "{expected} のように書いてください。この形で書けなければ、次のように書きます:\n{yaml}",
            "{expected} のように書くか、「{free_words}」を選んで自由に書いてください",
            "{expected} のように書くか、text: で自由に書いてください",
        ),
        (
            "“{found}” is not a length of time",
            "write it like {expected}; if that does not fit, write:\n{yaml}",
            "write it like {expected}, or choose “{free_words}” and use your own words",
            "write it like {expected}, or in free words with text:",
        ),
    ),
    "not-hours": _error(
        (
            "「{found}」は曜日と時間として読めません",
            "{expected} のように書いてください。この形で書けなければ、次のように書きます:\n{yaml}",
            "{expected} のように書くか、「{free_words}」を選んで自由に書いてください",
            "{expected} のように書くか、text: で自由に書いてください",
        ),
        (
            "“{found}” is not days and hours",
            "write it like {expected}; if that does not fit, write:\n{yaml}",
            "write it like {expected}, or choose “{free_words}” and use your own words",
            "write it like {expected}, or in free words with text:",
        ),
    ),
    "not-a-choice": _error(
        (
            "「{found}」は選択肢にありません",
            "「{nearest}」ではありませんか",
            "選べるのは {expected} です。どれでもなければ、次のように書きます:\n{yaml}",
            "選べるのは {expected} です",
        ),
        (
            "“{found}” is not one of the choices",
            "did you mean “{nearest}”?",
            "the choices are {expected}; if none fits, write:\n{yaml}",
            "the choices are {expected}",
        ),
    ),
    "choice-twice": _error(
        ("「{found}」が2回選ばれています", "一つにしてください"),
        ("“{found}” is chosen twice", "keep one of them"),
    ),
    "choice-exclusive": _error(
        ("「{found}」は他の選択肢と一緒に選べません", "それだけを選ぶか、それを外してください"),
        ("“{found}” excludes the other choices", "choose it alone or leave it out"),
    ),
    "not-yes-or-no": _error(
        (
            "「{found}」は「{expected}」の回答になっていません",
            "{advice}",
            "「{expected}」で答えてください。内容は「{example}」のように添えます。どちらでもなければ、次のように書きます:\n{yaml}",
            "「{expected}」で答えてください。どちらでもなければ、次のように書きます:\n{yaml}",
            "「{expected}」で答え、そのほかのことは「{column}」に書いてください",
            "「{expected}」で答え、そのほかのことは detail: か note: に書いてください",
        ),
        (
            "“{found}” does not answer “{expected}”",
            "{advice}",
            "answer “{expected}”, with what belongs to it like “{example}”; if neither fits, write:\n{yaml}",
            "answer “{expected}”; if neither fits, write:\n{yaml}",
            "answer “{expected}”, and put anything else into “{column}”",
            "answer “{expected}”, and put anything else into detail: or note:",
        ),
    ),
    "not-a-place": _error(
        (
            "「{found}」は国名・地域ブロック名として読めません",
            "「{nearest}」ではありませんか",
            "{advice}",
            "{expected} のように書いてください。この形で書けなければ、次のように書きます:\n{yaml}",
            "{expected} のように書いてください",
        ),
        (
            "“{found}” is no country or region block",
            "did you mean “{nearest}”?",
            "{advice}",
            "write it like {expected}; if that does not fit, write:\n{yaml}",
            "write it like {expected}",
        ),
    ),
    "not-holders": _error(
        (
            "「{found}」は株主の名称と保有比率になっていません",
            "{expected} のように書いてください。この形で書けなければ、次のように書きます:\n{yaml}",
            "{expected} のように書くか、「{free_words}」を選んで自由に書いてください",
            "{expected} のように書くか、text: で自由に書いてください",
        ),
        (
            "“{found}” is not a shareholder with a share",
            "write it like {expected}; if that does not fit, write:\n{yaml}",
            "write it like {expected}, or choose “{free_words}” and use your own words",
            "write it like {expected}, or in free words with text:",
        ),
    ),
    "not-a-contact": _error(
        (
            "「{found}」に電話・FAX・Web・電子メールがありません",
            "{expected} のように書いてください。この形で書けなければ、次のように書きます:\n{yaml}",
            "{expected} のように書くか、「{free_words}」を選んで自由に書いてください",
            "{expected} のように書くか、text: で自由に書いてください",
        ),
        (
            "“{found}” has no phone, fax, web page or e-mail",
            "write it like {expected}; if that does not fit, write:\n{yaml}",
            "write it like {expected}, or choose “{free_words}” and use your own words",
            "write it like {expected}, or in free words with text:",
        ),
    ),
    "parts-expected": _error(
        (
            "この項目は {expected} に分けて答えます",
            "次の形で書いてください(または text: で自由に):\n{yaml}",
            "answer: の下に「{example}: …」の形で書くか、text: で自由に書いてください",
        ),
        (
            "this item is answered in parts: {expected}",
            "write it like this (or free words with text:):\n{yaml}",
            "write “{example}: …” below answer:, or free words with text:",
        ),
    ),
    "role-needs-value": _error(
        ("「{title}」には値が必要です(「{found}」とは書けません)", "値そのものを書いてください"),
        ("“{title}” needs a value, not “{found}”", "write the value itself"),
    ),
    "third-party-date": _error(
        (
            "第三者による転記には「{title}」を書けません",
            "この行を消し、転記した日を transcribed_on: に書いてください",
        ),
        (
            "a third party's transcription must leave out “{title}”",
            "remove the line and write the day of transcription into transcribed_on:",
        ),
    ),
    "disclosed-on-has-a-field": _error(
        (
            "この指針では disclosed_on: を使いません",
            "この行を消し、provider: の下の {expected}: に日付を書いてください",
        ),
        ("disclosed_on: is not used with this guideline", "write the date into {expected}: under provider: instead"),
    ),
    "name-missing": _error(
        ("{expected}の名称がありません", "{where} を書いてください"),
        ("the name of {expected} is missing", "write {where}"),
    ),
    "transcribed-on-missing": _error(
        (
            "第三者による転記には transcribed_on(転記した日)が必要です",
            "transcribed_on: 2026-04-01 の形で加えてください",
        ),
        ("a third party's transcription needs transcribed_on", "add it like transcribed_on: 2026-04-01"),
    ),
    "source-missing": _error(
        ("第三者による転記なのに出典がありません", "source: に根拠のURLを書いてください"),
        ("a third party's answer has no source", "add source: with the address it was taken from"),
    ),
}

CROSS_CHECKS = {
    "data-center-unknown": _error(
        (
            "データセンター「{found}」が data_centers にありません",
            "「{nearest}」ではありませんか",
            "data_centers: の下に「{found}:」を加えてください",
        ),
        (
            "the data centre “{found}” is not described",
            "did you mean “{nearest}”?",
            "add “{found}:” under data_centers:",
        ),
    ),
    "data-center-unused": _warning(
        (
            "データセンター「{found}」はどのサービスからも使われていません",
            "使うサービスの data_centers: に加えるか、消してください",
        ),
        ("no service uses the data centre “{found}”", "name it in a service's data_centers: or remove it"),
    ),
    "data-center-twice": _error(
        ("データセンター「{found}」が2回書かれています", "一つにしてください"),
        ("the data centre “{found}” is named twice", "keep one of them"),
    ),
    "data-center-count": _warning(
        (
            "使用データセンターの数は「{found}」ですが、data_centers には{expected}か所あります",
            "どちらかを直してください",
        ),
        ("the number of data centres is “{found}”, but data_centers names {expected}", "correct one of them"),
    ),
    "as-of-after-disclosure": _warning(
        ("as_of「{found}」が開示情報の日付「{expected}」より後です", "どちらかを直してください"),
        ("as_of “{found}” is later than the disclosure date “{expected}”", "correct one of them"),
    ),
    "disclosed-in-future": _error(
        ("開示情報の日付「{found}」が今日({expected})より後です", "日付を確かめてください"),
        ("the disclosure date “{found}” is later than today ({expected})", "check the date"),
    ),
    "as-of-in-future": _warning(
        ("as_of「{found}」が今日({expected})より後です", "日付を確かめてください"),
        ("as_of “{found}” is later than today ({expected})", "check the date"),
    ),
    "withdrawn-in-future": _error(
        ("取り下げた日「{found}」が今日({expected})より後です", "日付を確かめてください"),
        ("the day of withdrawal “{found}” is later than today ({expected})", "check the date"),
    ),
    "transcribed-in-future": _error(
        ("転記した日「{found}」が今日({expected})より後です", "日付を確かめてください"),
        ("the date of transcription “{found}” is later than today ({expected})", "check the date"),
    ),
    "guideline-twice": _error(
        ("指針「{found}」への回答は {other} にもあります", "1つのファイルにまとめてください"),
        ("the guideline “{found}” is also answered in {other}", "put the answers into one file"),
    ),
    "id-twice": _error(
        ("ID「{found}」は {other} ですでに使われています", "別のIDにしてください"),
        ("the id “{found}” is already used in {other}", "choose another id"),
    ),
    "formerly-in-use": _error(
        ("以前のID「{found}」が {other} で今も使われています", "formerly から外すか、もう一方のIDを変えてください"),
        ("the former id “{found}” is still in use in {other}", "remove it from formerly or rename the other"),
    ),
    "fictional-name": _error(
        (
            "見本(sample: true)の名称「{found}」に「架空」がありません",
            "実在の事業者と間違われないよう、名称に「架空」を入れてください",
        ),
        (
            "the name “{found}” of a sample lacks “架空”",
            "put “架空” into the name so that nobody takes it for a real provider",
        ),
    ),
    "real-name-looks-fictional": _warning(
        (
            "名称「{found}」に「架空」とありますが、見本(sample: true)になっていません",
            "見本なら sample: true の行を加えてください。実在の名称なら sample: false と書けば、この警告は出ません",
        ),
        (
            "the name “{found}” says 架空 (fictional), but the file is no sample",
            "add a line sample: true if it is one, or sample: false if a real name says so",
        ),
    ),
    "name-twice": _warning(
        (
            "「{found}」という名称・別名は {other} にもあります",
            "同じ事業者なら1つのファイルにまとめてください(IDを変えたときは formerly: を使います)",
        ),
        (
            "the name or alias “{found}” stands in {other} too",
            "put the answers of one provider into one file (formerly: if its id has changed)",
        ),
    ),
    "corporate-number-twice": _warning(
        (
            "法人番号「{found}」は {other} にもあります",
            "同じ事業者なら1つのファイルにまとめ、違うなら番号を確かめてください",
        ),
        (
            "the corporate number “{found}” stands in {other} too",
            "put the answers of one provider into one file, or correct the number",
        ),
    ),
    "language-unknown": _error(
        (
            "languages: の「{found}」の表示文言がありません",
            "使えるのは {expected} です。content/theme/i18n/{found}.yaml を作れば、ほかの言語も使えます",
        ),
        (
            "the site has no words for “{found}” of languages:",
            "available: {expected}; a file content/theme/i18n/{found}.yaml adds a language",
        ),
    ),
    "page-too-large": _error(
        (
            "ページの文章が{found}バイトあります。上限は{expected}バイトです",
            "いくつかのページに分けてください",
        ),
        (
            "the page has {found} bytes of text; at most {expected} are allowed",
            "split it into several pages",
        ),
    ),
    "page-name-reserved": _error(
        ("ページの名前「{found}」は使えません。このアドレスはサイトが使います", "別の名前にしてください"),
        ("the page name “{found}” cannot be used: the site itself uses that address", "choose another name"),
    ),
    "page-name": _error(
        ("ページのファイル名「{found}」は使えません", "名前.言語.md の形にしてください(例: about.ja.md)"),
        ("the page's file name “{found}” cannot be used", "name it like about.ja.md (name.language.md)"),
    ),
}

PROFILES = {
    "requirement-field": _error(
        (
            "指針「{expected}」に「{found}」という記述内容はありません",
            "「{nearest}」ではありませんか",
            "記述内容のIDは「python build.py new」のひな形か、公開データの guidelines/{expected}.json で確かめられます",
        ),
        (
            "the guideline “{expected}” has no field “{found}”",
            "did you mean “{nearest}”?",
            "the ids stand in the file that “python build.py new” writes and in guidelines/{expected}.json",
        ),
    ),
    "requirement-condition": _error(
        ("要件には条件を1つ書きます", "{expected} のどれか1つだけを書いてください"),
        ("a requirement has one condition", "write just one of {expected}"),
    ),
    "requirement-does-not-fit": _error(
        ("「{found}」は、この記述内容には使えない条件です", "使えるのは {expected} です"),
        ("the condition “{found}” cannot be asked of this field", "what can be asked: {expected}"),
    ),
    "requirement-number": _error(
        (
            "「{found}」は {key} の数値として読めません",
            "12 や 99.9 のように数字だけを書き、時間の単位は unit: に書いてください",
        ),
        ("“{found}” is no number for {key}", "write digits only, like 12 or 99.9; a unit of time goes into unit:"),
    ),
    "requirement-unit": _error(
        (
            "ここに unit は書けません",
            "この記述内容の数値の単位は「{expected}」です。unit を消してください",
            "unit を消してください",
        ),
        ("unit cannot stand here", "numbers of this field are in “{expected}”: remove unit", "remove unit"),
    ),
    "requirement-value": _error(
        ("「{found}」は選べません", "「{nearest}」ではありませんか", "選べるのは {expected} などです"),
        ("“{found}” cannot be chosen", "did you mean “{nearest}”?", "what can be chosen: {expected} …"),
    ),
    "requirement-twice": _error(
        ("要件「{found}」が2回書かれています", "1つにしてください"),
        ("the requirement “{found}” stands there twice", "keep one of them"),
    ),
    "too-many-requirements": _error(
        ("要件が{found}個あります。上限は{expected}個です", "要件を減らすか、ファイルを分けてください"),
        ("there are {found} requirements; at most {expected} are allowed", "remove some or split the file"),
    ),
}

SPREADSHEETS = {
    "workbook-unreadable": _error(
        ("Excelのブックとして読めません: {found}", "Excelで開き、「Excelブック(*.xlsx)」として保存し直してください"),
        ("this cannot be read as a workbook: {found}", "open it in Excel and save it as “Excel workbook (*.xlsx)”"),
    ),
    "workbook-old": _error(
        (
            "古い形式(.xls など)のファイルです",
            "Excelで開き、「Excelブック(*.xlsx)」として保存し直してください",
        ),
        ("this is a file of an old format (.xls or the like)", "open it and save it as “Excel workbook (*.xlsx)”"),
    ),
    "workbook-locked": _error(
        (
            "開くためのパスワードがかかっています",
            "Excelの「ファイル」→「情報」→「ブックの保護」でパスワードを外し、保存し直してください",
        ),
        (
            "a password is needed to open it",
            "remove it in Excel under File → Info → Protect Workbook, and save again",
        ),
    ),
    "workbook-macros": _error(
        ("マクロが入っています", "「Excelブック(*.xlsx)」として保存し直すと、マクロが外れます"),
        ("it contains macros", "save it as “Excel workbook (*.xlsx)”, which leaves them out"),
    ),
    "workbook-too-large": _error(
        (
            "中身が{found}バイトあります。上限は{expected}バイトです",
            "記入用紙に、要るシートと行だけを移してください。画像や長い資料は貼り付けず、出典(URL)に書いてください",
        ),
        (
            "its contents have {found} bytes; at most {expected} are allowed",
            "move the sheets and rows that are needed into a fresh form; link documents instead of pasting them",
        ),
    ),
    "workbook-unsafe": _error(
        (
            "{found} に、ブックにあるはずのない宣言(DOCTYPE)があります",
            "Excelで開き、「Excelブック(*.xlsx)」として保存し直してください",
        ),
        (
            "{found} holds a declaration (DOCTYPE) that no workbook has",
            "open it in Excel and save it as “Excel workbook (*.xlsx)”",
        ),
    ),
    "form-missing": _error(
        (
            "記入用紙のシートが見つかりません",
            "「python build.py export --xlsx」の記入用紙に書いてください。隠れた行と列は消さないでください",
        ),
        (
            "none of the sheets is one of the form",
            "use the form that “python build.py export --xlsx” writes, and keep its hidden rows and columns",
        ),
    ),
    "form-id-missing": _error(
        (
            "「{expected}」が空です",
            "このシートの「{expected}」に、英小文字・数字・ハイフンで40文字までのIDを書いてください(例: {example})",
        ),
        (
            "“{expected}” is empty",
            "write an id into “{expected}”: lower-case letters, digits and hyphens, at most 40 (for example {example})",
        ),
    ),
    "form-id-twice": _error(
        ("ID「{found}」のシートが2つあります(もう1つは「{other}」)", "コピーしたシートに別のIDを書いてください"),
        ("there are two sheets with the id “{found}” (the other is “{other}”)", "give the copied sheet another id"),
    ),
    "sheet-ignored": _warning(
        (
            "シート「{found}」は記入用紙のシートではないため、取り込みません",
            "回答を書いた場合は、記入用紙のシートに移してください",
        ),
        ("the sheet “{found}” is none of the form and is left out", "move answers from it to the sheets of the form"),
    ),
    "column-ignored": _warning(
        (
            "見出し「{found}」の列は記入用紙にないため、取り込みません",
            "回答に添えるなら「補足」の列に移してください",
        ),
        (
            "the column “{found}” is none of the form and is left out",
            "move what belongs to an answer to the column “Note”",
        ),
    ),
    "row-unknown": _error(
        (
            "どの項目の行かわかりません: {found}",
            "「{nearest}」のことなら、その行に移してください",
            "記入用紙の行に移してください(加えた行は取り込めません)。要らない行なら消してください",
        ),
        (
            "which item this row answers is not clear: {found}",
            "if “{nearest}” is meant, move it to that row",
            "move it to a row of the form (rows that were added cannot be taken), or delete it",
        ),
    ),
    "row-twice": _error(
        ("同じ項目の行が2つあります(もう1つは{other})", "一つにまとめてください"),
        ("two rows answer the same item (the other is {other})", "keep one of them"),
    ),
    "unknown-state": _error(
        (
            "状態「{found}」はありません",
            "「{nearest}」ではありませんか",
            "書けるのは {expected} です(空でもかまいません)",
        ),
        ("there is no state “{found}”", "did you mean “{nearest}”?", "allowed are {expected}, or nothing"),
    ),
    "state-contradicts": _error(
        (
            "状態は「{other}」ですが、回答に「{found}」とあります",
            "回答を消して理由や方法を「詳細・理由」に書くか、状態を空にしてください",
        ),
        (
            "the state is “{other}”, but the answer says “{found}”",
            "remove the answer and give reason or way under “Detail or reason”, or empty the state",
        ),
    ),
    "state-without-answer": _error(
        ("状態は「{found}」ですが、回答が空です", "回答を書くか、状態を空にしてください"),
        ("the state is “{found}”, but there is no answer", "write the answer, or empty the state"),
    ),
    "group-state": _error(
        (
            "見出しの行で答えられるのは「{expected}」だけです(「{found}」とあります)",
            "ほかの状態は、項目の行に書いてください",
        ),
        (
            "at a heading only “{expected}” can be answered (found “{found}”)",
            "write other states into the rows of the items",
        ),
    ),
    "parts-and-answer": _error(
        ("内訳のある項目に、まとめた回答「{found}」があります", "下の内訳の行に分けて書くか、内訳を消してください"),
        (
            "there is an answer “{found}” beside its parts",
            "write it into the rows of the parts below, or empty those",
        ),
    ),
    "centers-contradict": _error(
        (
            "使用するデータセンター「{found}」と、使わない理由の両方が書かれています",
            "どちらかを消してください",
        ),
        ("both data centers (“{found}”) and a reason for using none are given", "remove one of them"),
    ),
    "cell-error": _error(
        ("セルがエラー({found})になっています", "数式を直すか、値を打ち直してください"),
        ("the cell shows an error ({found})", "mend the formula or type the value"),
    ),
    "cell-formula": _error(
        ("数式の結果がファイルに入っていません", "Excelで開いて保存し直すか、値を打ち直してください"),
        ("the result of the formula is not in the file", "open it in Excel and save it again, or type the value"),
    ),
    "cell-number": _error(
        (
            "{found} は15桁を超えるため、Excelが下の桁を変えているかもしれません",
            "セルの書式を「文字列」にして、打ち直してください",
        ),
        (
            "{found} has more than 15 digits, of which Excel may have changed the last ones",
            "format the cell as text and type it again",
        ),
    ),
    "cells-merged": _error(
        (
            "{found} が結合されているため、どの行の回答かわかりません",
            "セルの結合を解いて、それぞれの行に書いてください",
        ),
        ("{found} are merged, so it is not clear which row is answered", "unmerge them and write into each row"),
    ),
    "table-columns": _error(
        (
            "{expected} の列が見つかりません",
            "見出しの行を「項目, 記述内容, 必須/選択, 情報開示内容」のようにしてください",
        ),
        (
            "there is no column for {expected}",
            "give the table a row of headings, such as “item, description, level, answer”",
        ),
    ),
    "table-encoding": _error(
        (
            "文字コードがUTF-8でもShift_JISでもありません(バイト 0x{found})",
            "「CSV UTF-8(コンマ区切り)」として保存し直してください",
        ),
        ("this is neither UTF-8 nor Shift_JIS (byte 0x{found})", "save it as “CSV UTF-8 (comma delimited)”"),
    ),
    "table-several": _error(
        (
            "事業者や指針がいくつも入っています: {found}",
            "1つの事業者の、1つの指針の行だけにしてください",
        ),
        (
            "there are several providers or guidelines in it: {found}",
            "keep the rows of one provider and one guideline",
        ),
    ),
}

GROUPS = (
    ("ファイル", "Files", FILES),
    ("YAMLの書き方", "YAML", YAML),
    ("項目と値の形", "Keys and shapes", SHAPE),
    ("見た目", "Looks", THEME),
    ("指針の定義", "Guideline definitions", GUIDELINE),
    ("開示ファイルの回答", "Answers of a disclosure", DISCLOSURE),
    ("要件の組(プロフィール)", "Requirement profiles", PROFILES),
    ("ファイルをまたぐ検査", "Rules over several answers and files", CROSS_CHECKS),
    ("ExcelとCSVの取り込み", "Importing workbooks and tables", SPREADSHEETS),
)

CODES: dict[str, Code] = {name: code for _, _, codes in GROUPS for name, code in codes.items()}
