from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dafu.yamltext import Mapping, Scalar, Sequence, parse, plain
from yamltext.corpus import RECORD, RECORDS

ENGLISH = re.compile(r"[a-z]{3,}")


def mutated() -> st.SearchStrategy[str]:
    """Good records with something put in, taken out or doubled at one to three places."""
    junk = st.one_of(st.sampled_from(list(":：-#\t\n\r\"'[]{}|>&*!%@`,，“”　 \0\ufeff\u2028")), st.text(max_size=5))

    @st.composite
    def one(draw: st.DrawFn) -> str:
        text = draw(st.sampled_from(RECORDS))
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(text)))
            end = min(len(text), start + draw(st.integers(0, 8)))
            text = text[:start] + draw(junk) + text[end:]
        return text

    return one()


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet=":-#\n\t \"'[]{}|>&*!%@,?ab：“”"), mutated()))
@example("\ud800: x")
@example("a: !<")
@example("? [a]\n: b\n")
def test_whatever_stands_in_a_file_it_is_read_or_its_faults_are_named_with_a_line(text: str) -> None:
    root, problems = parse(text)
    assert root is not None or problems
    for problem in problems:
        assert problem.code.startswith("Y")
        assert problem.cure
        assert problem.line is not None
        assert 1 <= problem.line <= len(re.split("\r\n|\r|\n", text))


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_what_is_read_is_what_yaml_says(text: str) -> None:
    root, problems = parse(text)
    if not problems:
        assert root is not None
        assert plain(root) == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 -- the base loader makes text only


@pytest.mark.parametrize("text", RECORDS)
def test_every_record_of_the_corpus_is_read_without_fault_and_as_yaml_says(text: str) -> None:
    root, problems = parse(text)
    assert problems == []
    assert root is not None
    assert plain(root) == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 -- the base loader makes text only


def test_scalars_stay_text_and_nothing_is_typed() -> None:
    root, problems = parse("a: 0143067\nb: null\nc: yes\nd: ~\ne:\nf: 1e3\ng: 2025-03-05\nh: =\n")
    assert problems == []
    assert root is not None
    wanted = {"a": "0143067", "b": "null", "c": "yes", "d": "~", "e": "", "f": "1e3", "g": "2025-03-05", "h": "="}
    assert plain(root) == wanted


def test_places_count_lines_from_one_and_characters_from_zero() -> None:
    root, _ = parse('甲: "乙"\r\n𠮷: # 空\r\n  - [丙,\r\n     丁]\r\n')
    assert root is not None
    assert root.entries["甲"].value == Scalar("乙", line=1, start=3, end=6, style='"')
    lines = root.entries["𠮷"].value
    assert isinstance(lines, Sequence)
    assert (lines.line, lines.start, lines.flow) == (3, 18, False)
    brackets = lines.items[0]
    assert isinstance(brackets, Sequence)
    assert (brackets.line, brackets.start, brackets.end, brackets.flow) == (3, 20, 32, True)
    assert (brackets.items[1].line, brackets.items[1].start) == (4, 30)
    assert lines.end == root.end == 32


def test_a_block_ends_at_its_last_leaf_and_not_behind_the_comments_below() -> None:
    root, _ = parse("甲:\n  - 乙\n# 注\n丙: 丁\n")
    assert isinstance(root, Mapping)
    assert root.entries["甲"].value.end == 8


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n...\n", "---\n# 空\n"])
def test_an_empty_file_is_a_fault(text: str) -> None:
    root, problems = parse(text)
    assert root is None
    assert [(problem.code, problem.line) for problem in problems] == [("Y109", 1)]


@pytest.mark.parametrize("text", ["~", "- 甲\n- 乙\n", "只有一句话", '"甲"', "[甲]", "|\n  甲\n"])
def test_a_file_without_keys_is_a_fault(text: str) -> None:
    root, problems = parse(text)
    assert root is None
    assert [(problem.code, problem.line) for problem in problems] == [("Y105", 1)]


@pytest.mark.parametrize("opening", ["[", "{甲: ", "- ", "? "])
def test_endless_nesting_is_a_fault_and_no_crash(opening: str) -> None:
    root, problems = parse("a:\n  " + opening * 50_000)
    assert root is None
    assert problems


def test_nesting_up_to_the_limit_is_read() -> None:
    root, problems = parse("a: " + "[" * 19 + "]" * 19)
    assert problems == []
    assert root is not None
    assert [problem.code for problem in parse("a: " + "[" * 20 + "]" * 20)[1]] == ["Y108"]


def test_the_libyaml_binding_and_pure_python_read_alike() -> None:
    script = (
        "import sys, yaml\n"
        "yaml.__with_libyaml__ = False\n"
        "from dafu.yamltext import parse, plain\n"
        "for text in sys.stdin.buffer.read().decode().split('\\0'):\n"
        "    root, problems = parse(text)\n"
        "    print(ascii(root and plain(root)), ascii([(one.line, one.code) for one in problems]))\n"
    )
    texts = [
        *RECORDS,
        "案号：1\n甲: 乙\n",
        "甲: 乙\n\t丙: 丁\n",
        "甲: @乙\n",
        '甲: "乙\n',
        "甲: [乙\n丙: 丁\n",
        "甲: 1\n甲: 2\n",
    ]
    done = subprocess.run(
        [sys.executable, "-c", script], input="\0".join(texts).encode(), capture_output=True, check=True
    )
    own = [
        f"{root and plain(root)!a} {[(one.line, one.code) for one in problems]!a}"
        for root, problems in map(parse, texts)
    ]
    assert done.stdout.decode().splitlines() == own


def test_every_fault_of_a_file_is_found_in_one_run_in_the_order_of_its_lines() -> None:
    text = (
        "案号：143012\n"  # 1 full-width colon
        "类别: 提案\n"
        "\t层级: 市\n"  # 3 tab
        "案由: 时间: 3月\n"  # 4 two colons
        "说明: @某某\n"  # 5 reserved mark
        "类别: 建议\n"  # 6 twin of 2
        "正文: |\n"
        "  一、说明：@某某 #3 “\n"
        "提案人:\n"
        "  - 甲\n"
        "  -乙\n"  # 11 missing blank
        "办理过程:\n"
        "  - {日期: 2025-03-05，环节: 交办}\n"  # 13 full-width comma
        '  - {日期: 2025-03-06, 环节: "签收}\n'  # 14 open quote
    )
    found = [(problem.line, problem.code) for problem in parse(text)[1]]
    assert found == [
        (1, "Y304"),
        (3, "Y301"),
        (4, "Y306"),
        (5, "Y307"),
        (6, "Y206"),
        (11, "Y303"),
        (13, "Y317"),
        (14, "Y309"),
    ]


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_no_message_shows_the_parsers_own_english(text: str) -> None:
    own_words = set(ENGLISH.findall(text))
    for problem in parse(text)[1]:
        words = set(ENGLISH.findall(problem.message + problem.cure)) - own_words
        assert not words


def test_a_good_record_has_its_tree() -> None:
    root, _ = parse(RECORD)
    assert root is not None
    assert plain(root.entries["提案人"].value) == [
        "甲某",
        {"姓名": "乙某", "单位": "某公司", "电话": "60010023", "地址": ""},
        {"姓名": "丙某", "电话": "60010024", "单位": "某学校"},
    ]
