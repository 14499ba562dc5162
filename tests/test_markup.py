"""Markdown of strangers becomes safe HTML; what is not allowed is shown as it was typed."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_checker import CONTENT_REL, Document

from catalog import markup
from catalog.markup import answer_html, linked, page_html, prose_html

ANSWER_TAGS = {"p", "br", "em", "strong", "code", "a", "ul", "ol", "li", "blockquote", "pre"}
PROSE_TAGS = ANSWER_TAGS | {"h2", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td"}

PARTS = st.sampled_from(
    [
        *"*_`[]()<>&\\#-+=|!:.~\"'^{}%$ \t\n1a架",
        *(
            "**",
            "__",
            "  \n",
            "\n\n",
            "\n- ",
            "\n1. ",
            "\n> ",
            "\n    ",
            "```",
            "](",
            "![",
            "<b>",
            "</b>",
            "<!--",
            "-->",
        ),
        *(
            "http://",
            "https://a.example/",
            "javascript:",
            "data:",
            "&lt;",
            "&#60;",
            "&amp;",
            "](javascript:x)",
            "<a@b.c>",
        ),
        *(
            "[x](https://a.example/)",
            "<https://a.example/>",
            "[x]: https://a.example",
            "\n---\n",
            "\n===\n",
            "onload=",
            "\ufdd0",
        ),
    ]
)
TEXTS = st.lists(PARTS, max_size=30).map("".join)
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]) | st.sampled_from("\n架ア")
)


def shown(html: str) -> str:
    """What is read, without line breaks and spaces."""
    return re.sub(r"\s+", "", Document(html).raw)


class TestAnswers:
    @pytest.mark.parametrize(
        ("text", "html"),
        [
            ("一行", "<p>一行</p>"),
            ("二\n行", "<p>二<br>\n行</p>"),
            ("二つの\n\n段落", "<p>二つの</p>\n<p>段落</p>"),
            ("**太** *斜* `code`", "<p><strong>太</strong> <em>斜</em> <code>code</code></p>"),
            ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>"),
            ("3. 三\n4. 四", '<ol start="3">\n<li>三</li>\n<li>四</li>\n</ol>'),
            (">99.9%\n\n**以上**", "<p>&gt;99.9%</p>\n<p><strong>以上</strong></p>"),
            ("> 引用", "<blockquote>\n<p>引用</p>\n</blockquote>"),
            (
                "[約款](https://a.example/?a=1&b=2)",
                '<p><a href="https://a.example/?a=1&amp;b=2" rel="nofollow ugc noopener">約款</a></p>',
            ),
            (
                "<https://a.example/>",
                '<p><a href="https://a.example/" rel="nofollow ugc noopener">https://a.example/</a></p>',
            ),
            ("3 * 4 = 12、2 < 3 & 4 > 1", "<p>3 * 4 = 12、2 &lt; 3 &amp; 4 &gt; 1</p>"),
            ("snake_case_id、3*4", "<p>snake_case_id、3*4</p>"),
        ],
    )
    def test_allow_what_text_needs(self, text: str, html: str) -> None:
        assert str(answer_html(text)) == html

    @pytest.mark.parametrize(
        "text",
        [
            "<b>太字</b>",
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<!-- 注 -->",
            "<style>*{display:none}</style>",
            "&lt;b&gt; &amp; &#60; &nbsp;",
            "![画像](https://a.example/x.png)",
            "![画像][1]",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html;base64,PHN2Zz4=)",
            "[x](vbscript:msgbox)",
            "[x](file:///etc/passwd)",
            "[x](ftp://a.example/)",
            "[x](mailto:a@b.example)",
            "[x](//a.example/)",
            "[x](/top)",
            "[x](../up/)",
            "[x](#main)",
            "[x](?q=1)",
            "[x](https://)",
            "[x](https://user@a.example/)",
            "[x](https://[::1]/)",
            "[x](javascript&colon;alert(1))",
            "[x](&#106;avascript:alert(1))",
            "<javascript:alert(1)>",
            "<ftp://a.example/>",
            "<a@b.example>",
            "[x][1]",
            "[1]: https://a.example/",
            "# 見出しではない",
            "表 | ではない",
            "---",
            "***",
            "[x]: javascript:alert(1)",
            "{{ 7*7 }} {% raw %} ${7}",
        ],
    )
    def test_show_everything_else_as_it_was_typed(self, text: str) -> None:
        html = answer_html(text)
        assert not Document(html).all("a")
        assert Document(html).text == " ".join(text.split())

    @pytest.mark.parametrize("text", ["見出し\n===", "見出し\n---", "a\n***", "| a | b |\n|---|---|\n| 1 | 2 |"])
    def test_have_neither_headings_nor_rules_nor_tables(self, text: str) -> None:
        assert Document(answer_html(text)).raw.split() == text.split()

    def test_show_a_link_without_words_as_it_was_typed(self) -> None:
        html = answer_html("[](https://a.example/)")
        assert shown(html) == "[](https://a.example/)"
        assert "<a" not in html

    def test_keep_what_stands_around_a_refused_link(self) -> None:
        html = answer_html("**前** [`x` **y**](javascript:1) [可](https://a.example/) 後")
        assert shown(html) == "前[xy](javascript:1)可後"
        assert [link["href"] for link in Document(html).all("a")] == ["https://a.example/"]

    @given(TEXTS)
    def test_are_safe_whatever_is_typed(self, text: str) -> None:
        self.assert_safe(answer_html(text), ANSWER_TAGS, relative=False)

    @given(TEXTS)
    def test_of_prose_are_safe_whatever_is_typed(self, text: str) -> None:
        self.assert_safe(prose_html(text), PROSE_TAGS, relative=True)
        self.assert_safe(page_html(text), PROSE_TAGS, relative=True)

    def assert_safe(self, html: str, tags: set[str], *, relative: bool) -> None:
        document = Document(html)
        assert document.syntax == []
        for one in document.everything:
            assert one.tag in tags
            assert set(one.attributes) <= {"a": {"href", "rel", "title"}, "ol": {"start"}, "th": {"scope"}}.get(
                one.tag, {"id"} if one.tag in ("h2", "h3") else set()
            )
            if one.tag == "a":
                assert set(one["rel"].split()) == CONTENT_REL
                assert relative or one["href"].lower().startswith(("http://", "https://"))
                assert not re.match(r"\s*[a-z][a-z0-9+.-]*:(?!//)", one["href"], re.IGNORECASE)

    @given(PLAIN)
    def test_without_markup_come_out_as_markdown_would_make_them(self, text: str) -> None:
        """The fast path is a shortcut, not another language."""
        if not markup._is_markdown(text):
            slow = markup._convert(markup._answer_parser(), text)
            assert _unspaced(answer_html(text)) == _unspaced(_escaped(slow))

    @given(TEXTS)
    def test_that_look_like_markup_but_are_none_come_out_as_markdown_would_make_them(self, text: str) -> None:
        if "\ufdd0" not in text and not markup._is_markdown(text):
            slow = markup._convert(markup._answer_parser(), text)
            assert re.sub(r"\s+", "", answer_html(text)) == re.sub(r"\s+", "", _escaped(slow))


def _unspaced(html: str) -> str:
    """White space is one space, and none before a tag: what ends a line is not seen."""
    return re.sub(r"\s+", " ", re.sub(r"\s+(?=<)", "", html)).strip()


def _escaped(html: str) -> str:
    """The same HTML with quotes and brackets spelled as ours are."""
    text = re.sub(r"(?<=>)[^<]+", lambda match: re.sub(r"&(?!\w+;|#)", "&amp;", match[0]), html)
    return text.replace('"', "&#34;").replace("'", "&#39;").replace("&quot;", "&#34;")


class TestProse:
    @pytest.mark.parametrize("line", ["a\n=\n", "-\n", "---\n", "# a\n"])
    def test_takes_no_time_for_more_headings_than_people_write(self, line: str) -> None:
        began = time.process_time()
        page_html(line * 20_000)
        assert time.process_time() - began < 2

    def test_has_headings_to_link_to_tables_and_links_within_the_site(self) -> None:
        html = page_html(
            "## 数え方\n\n[次へ](../next/#a) と[外](https://a.example/)\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n---\n"
        )
        page = Document(html)
        assert page.one("h2")["id"] == "数え方"
        assert [link["href"] for link in page.all("a")] == ["../next/#a", "https://a.example/"]
        assert [cell["scope"] for cell in page.all("th")] == ["col", "col"]
        assert page.all("hr")

    def test_gives_no_heading_the_id_of_the_page_s_main_part(self) -> None:
        page = Document(page_html("## main\n\n## Main\n\n### main\n"))
        ids = [one["id"] for one in page.everything if one.get("id")]
        assert len(set(ids)) == 3
        assert "main" not in ids

    def test_as_a_part_of_a_page_has_no_ids(self) -> None:
        assert "id=" not in prose_html("## 目的\n\n### 範囲\n")

    def test_has_no_heading_above_the_page_s_own(self) -> None:
        assert not Document(page_html("# 上\n")).all("h1")
        assert "上" in page_html("# 上\n")

    @pytest.mark.parametrize(
        "url", ["//evil.example/", "javascript:alert(1)", "data:text/html,x", "x:y", "mailto:a@b.c"]
    )
    def test_refuses_links_that_run_or_pass_for_links_within_the_site(self, url: str) -> None:
        text = f"[x]({url})"
        assert Document(page_html(text)).text == text

    @pytest.mark.parametrize("url", ["../a/", "a/b_c-1.html", "./", "#x", "?q=a:b", "/top"])
    def test_takes_relative_links(self, url: str) -> None:
        assert Document(page_html(f"[x]({url})")).one("a")["href"] == url


class TestTooMuch:
    """What would take forever, or all of the stack, is shown as it was typed."""

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 100_000,
            "[a](" * 25_000,
            "![" * 50_000,
            "- " * 20_000,
            "1. " * 20_000,
            "> " * 20_000,
            "> - " * 10_000,
            "\n" * 100_000 + "a",
            "\t" * 5_000 + "- a",
            "\n".join("    " * depth + "- a" for depth in range(300)),
            "\n".join("> " * depth + "a" for depth in range(300)),
        ],
        ids=lambda text: f"{text[:8]!r}",
    )
    def test_neither_hangs_nor_breaks(self, text: str) -> None:
        started = time.process_time()
        for convert in (answer_html, prose_html, page_html):
            assert shown(convert(text)).replace(">", "")[:100] in shown(f"<pre>{markup.escape(text)}</pre>").replace(
                ">", ""
            )
        assert time.process_time() - started < 5

    @pytest.mark.parametrize("unit", ["*a", "_a_ ", "`a` ", "**a ", "<a ", "\\*", "&", "a  \n", "http://a "])
    def test_long_texts_of_little_markup_take_no_time(self, unit: str) -> None:
        started = time.process_time()
        answer_html(unit * 10_000)
        assert time.process_time() - started < 5

    def test_people_s_own_lists_are_no_excess(self) -> None:
        text = "\n".join("    " * depth + "- 段" for depth in range(5))
        assert len(Document(answer_html(text)).all("ul")) == 5
        assert len(Document(answer_html("[a](https://a.example/) " * 50)).all("a")) == 50


class TestContact:
    def test_links_web_addresses_only(self) -> None:
        html = linked("電話 03-0000-0000、https://a.example/?a=1&b=2、メール a@b.example\nhttp://b.example")
        page = Document(html)
        assert [link["href"] for link in page.all("a")] == ["https://a.example/?a=1&b=2", "http://b.example"]
        assert all(set(link["rel"].split()) == CONTENT_REL for link in page.all("a"))
        assert page.raw == unescape("電話 03-0000-0000、https://a.example/?a=1&b=2、メール a@b.examplehttp://b.example")

    @given(TEXTS)
    def test_shows_what_was_typed(self, text: str) -> None:
        page = Document(linked(text))
        assert page.syntax == []
        assert re.sub(r"\s", "", page.raw) == re.sub(r"\s", "", text)
        for link in page.all("a"):
            assert link["href"].startswith(("http://", "https://"))
            assert link["href"] == link.raw


def test_what_people_write_with_signs_of_markdown_stays_as_it_was() -> None:
    assert answer_html("サーバ10*20*30台") == "<p>サーバ10*20*30台</p>"
    assert answer_html(r"\\server\share") == r"<p>\\server\share</p>"
    assert answer_html("2026. 4. 1 改定") == "<p>2026. 4. 1 改定</p>"
    assert answer_html("これは**重要**です") == "<p>これは<strong>重要</strong>です</p>"


def test_more_signs_than_people_write_are_text() -> None:
    assert answer_html("*a" * 3000) == f"<p>{'*a' * 3000}</p>"


def test_a_link_that_hides_its_host_is_none() -> None:
    assert "<a" not in linked("https://www.example.co.jp@example.org/")


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("情報開示指針(IaaS・PaaS編)", "情報開示指針|(IaaS・PaaS編)"),
        ("Kakuu Cloud <1>", "Kakuu Cloud &lt;1&gt;"),
        ("クラウドサービス情報開示カタログ", "クラウドサービス|情報開示|カタログ"),
        ("株式会社インターネットイニシアティブ", "株式会社|イ|ン|ター|ネッ|ト|イ|ニ|シ|ア|ティ|ブ"),
    ],
)
def test_a_heading_breaks_between_phrases_and_never_before_a_letter_that_must_not_begin_a_line(
    text: str, breaks: str
) -> None:
    assert markup.phrases(text) == breaks.replace("|", "<wbr>")
