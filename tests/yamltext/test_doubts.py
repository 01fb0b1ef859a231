from __future__ import annotations

import pytest

from dafu.yamltext import parse, plain


@pytest.mark.parametrize(
    ("text", "lines", "code", "field"),
    [
        ("案号：143012\n", [1], "Y304", "案号"),
        ("答复:\n  签发人：甲\n", [2], "Y304", "签发人"),
        ("答复:\n  签发人：甲\n  办理结果：A\n案号: 1\n", [2, 3], "Y304", "办理结果"),
        ("答复:\n  签发人:甲\n", [2], "Y305", "签发人"),
        ("说明: 上门听取\n  意见：很好\n", [2], "Y304", "意见"),
        ("提案人:\n  - 姓名:甲\n    单位:乙\n", [2, 3], "Y305", "单位"),
        ("办理过程:\n  - {环节：交办, 日期: 1}\n", [2], "Y304", "环节"),
        ("办理过程:\n  - {环节:交办}\n", [2], "Y305", "环节"),
        ("案由：“时间: 3月”\n", [1], "Y304", "案由"),
        ("建议事项:\n  -甲\n  -乙\n", [2, 3], "Y303", ""),
        ("建议事项:\n  -甲\n", [2], "Y303", ""),
        ("建议事项: 甲\n  - 乙\n", [2], "Y314", ""),
        ("答复:\n  签发人: 甲\n  　办理结果: A\n", [3], "Y302", "答复.　办理结果"),
        ("答复:\n\u00a0\u00a0签发人: 甲\n", [2], "Y302", "\u00a0\u00a0签发人"),
        ("“案由”: 停车\n", [1], "Y318", "“案由”"),
        ("会办单位: [“甲,乙”]\n", [1], "Y318", "会办单位.1"),
        ("案由: 关于 #3 楼改造\n", [1], "Y401", "案由"),
        ("提案人:\n  - 甲\n  - 乙 #2号\n", [3], "Y401", "提案人.2"),
        ("电话: #12\n", [1], "Y401", "电话"),
        ("<<: {甲: 1}\n", [1], "Y207", "<<"),
        ('"": 1\n', [1], "Y209", ""),
        ("甲: {? : 1}\n", [1], "Y209", "甲."),
        ("甲: {乙, 丙: 1}\n", [1], "Y211", "甲.乙"),
        ("? 甲\n: 1\n", [1], "Y208", "甲"),
        ("甲: {? 乙 : 1}\n", [1], "Y208", "甲.乙"),
        ('甲: "\\0"\n', [1], "Y106", "甲"),
        ('甲: "乙\n丙: 丁\n戊: "\n己: 1\n', [1], "Y309", "甲"),
    ],
)
def test_what_yaml_takes_and_the_clerk_did_not_mean_is_named(
    text: str, lines: list[int], code: str, field: str
) -> None:
    problems = parse(text)[1]
    assert [problem.line for problem in problems if problem.code == code] == lines
    assert {problem.code for problem in problems} == {code}
    assert problems[-1].field == field
    assert problems[-1].cure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x: 关于 # 3楼\n", "关于"),
        ("x: 一 # 注：#3\n", "一"),
        ("x: 一 ## 注\n", "一"),
        ("x: 一#二\n", "一#二"),
        ("x: C#\n", "C#"),
        ("#注\n  #注\nx: 一\n#注：二\n", "一"),
        ('x: "一 #2" #注\n', "一 #2"),
        ("x: “优化”环境\n", "“优化”环境"),
        ("x: “优化环境”\n", "“优化环境”"),
        ("x: ‘一’\n", "‘一’"),
        ("x: 一：二\n", "一：二"),
        ("x: 10:30到11:00\n", "10:30到11:00"),
        ("x: http://a.cn/b#c\n", "http://a.cn/b#c"),
        ("x:\n  http://a.cn\n", "http://a.cn"),
        ("x:\n  10:30开会\n", "10:30开会"),
        ("x: -5\n", "-5"),
        ("x: －\n", "－"),
        ("x: a@b.cn\n", "a@b.cn"),
        ("x: 50%\n", "50%"),
        ("x: <无>\n", "<无>"),
        ("x: （一）甲\n", "（一）甲"),
        ("x: 上午到场，\n  下午座谈。\n", "上午到场， 下午座谈。"),
        ("x: 上午到场，\n  一是路，二是灯：都要修\n", "上午到场， 一是路，二是灯：都要修"),
        ('x: "一\n  丙: 丁\n  二"\n', "一 丙: 丁 二"),
        ("x: '一：@\n  \t二 #3'\n", "一：@ 二 #3"),
        ("x: 'it''s'\n", "it's"),
        ('x: "D:\\\\a"\n', "D:\\a"),
        ("x:\t一\n", "一"),
        ("x: 一\t\n", "一"),
        ("x : 一\n", "一"),
        ("x: [-甲, 乙：丙, '丁: 戊']\n", ["-甲", "乙：丙", "丁: 戊"]),
        ("x: [“一”, “二”]\n", ["“一”", "“二”"]),
        ("x: [一，二]\n", ["一，二"]),
        ("x:\n  - 清理：三类\n  - 二:三\n", ["清理：三类", "二:三"]),
        ("x:\n- 一\n-\n- 二\n", ["一", "", "二"]),
        ("x: [\n\t一,\n\t二\n]\n", ["一", "二"]),
        ('x: {"一": 1, 附（二）: 2, 三 : 3}\n', {"一": "1", "附（二）": "2", "三": "3"}),
        ('x: {"一：二": 1, "“三”": 2, "<<": 3}\n', {"一：二": "1", "“三”": "2", "<<": "3"}),
        ("x: {一: , 二: }\n", {"一": "", "二": ""}),
        ("x: |\n  一：@ #3\n  \t- 二\n  “三: 四\n    五:六\n", "一：@ #3\n\t- 二\n“三: 四\n  五:六\n"),
        ("x: >-\n  案号：1\n  -二\n\n  <<<<<<< 三\n", "案号：1 -二\n<<<<<<< 三"),
        ("x: |+\n  一\n\n", "一\n\n"),
        ("x: |2\n    一\n  二\n", "  一\n二\n"),
    ],
)
def test_an_innocent_text_is_not_suspected(text: str, value: object) -> None:
    root, problems = parse(text)
    assert problems == []
    assert root is not None
    assert plain(root.entries["x"].value) == value


def test_the_tree_stays_at_hand_where_only_a_comment_or_a_twin_is_in_doubt() -> None:
    root, problems = parse("甲: 1 #一\n乙: 2\n乙: 3\n")
    assert len(problems) == 2
    assert root is not None
    assert plain(root) == {"甲": "1", "乙": "2"}
    assert parse("甲: 1\n乙:\n  丙：1\n")[0] is None
