from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dafu import readback
from dafu.readback import reply
from dafu.terms import Kind, Paper

PRINT = Path(__file__).parents[3] / "shared/letters/luoyang-143069.txt"


@pytest.mark.skipif(not PRINT.exists(), reason="the printed letter is not part of the repository")
def test_the_letter_of_a_bureau_is_read_completely() -> None:
    said = reply.read(readback.lines(PRINT.read_bytes(), PRINT.name))

    assert (said.heading, said.number, said.signer, said.grade) == (
        "洛阳市商务局文件",
        "洛商〔2025〕67号",
        "祖良军",
        "A",
    )
    assert said.title == "对市政协十四届三次会议第143069号提案的答复"
    assert (said.session, said.case, said.kind) == ("市政协十四届三次会议", "143069", Kind.PROPOSAL)
    assert (said.salutation, said.addressees) == ("尊敬的申镠郡委员", ("申镠郡",))
    assert (said.subject, said.thanks) == ("优化新时期招商政策环境", "全市产业招商")
    assert said.opening.startswith("您提出的关于“优化")
    assert said.opening.endswith("现答复如下：")
    assert len(said.body) == 10
    assert "《公平竞争审查条例》开始实施，要求地方政府" in said.body[0]  # across a page break
    assert [line[:2] for line in said.body if line[1] == "、"] == ["一、", "二、", "三、", "四、"]
    assert (said.contact_unit, said.contact_phone) == ("市商务局区域经济协作科", "63635503")
    assert said.contacts == ("麻耀东", "刘欢")
    assert said.copies == ("市政协提案委", "市政府办公室督查二室")
    assert (said.printer, said.printed) == ("洛阳市商务局办公室", date(2025, 8, 26))
    assert (said.paper, said.closing, said.openness) == (Paper.REPLY, "", "")
    assert said.missing == ("署名", "成文日期")
