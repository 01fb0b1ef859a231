from __future__ import annotations

import pytest

from dafu.model.bodies import is_body


@pytest.mark.parametrize(
    "name", ["林晓", "苏晚晴", "欧阳若水", "王世界", "买买提·艾力", "民生", "John Smith", "王爱党", "李建社"]
)
def test_a_person_is_no_body(name: str) -> None:
    assert not is_body(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "民盟",
            "民盟东河市委员会",
            "九三学社东河市委",
            "市工商联",
            "东河市工商业联合会",
            "云岭代表团",
            "经济界",
            "医药卫生界",
        ),
        *("市商务局", "东河市人民政府", "东河市水利局规划处", "市中级人民法院"),
        *("市政协提案委员会", "市总工会", "共青团东河市委", "东河市妇联", "民建东河市总支"),
    ],
)
def test_a_body_is_known_by_its_name(name: str) -> None:
    assert is_body(name)
