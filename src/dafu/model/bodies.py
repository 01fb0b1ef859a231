"""Tell a body (党派、团体、界别、代表团、机关) from a person by its name."""

from __future__ import annotations

import re

_PARTIES = re.compile("^(民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟|共青团|中国)")
_ENDS = re.compile(
    "(委员会|市委|省委|区委|县委|市委会|省委会|专委|专委会|工作委|提案委|代表团|代表联络站|工商联|工商业联合会|联合会|"
    "妇联|侨联|台联|科协|青联|文联|社联|残联|总工会|工会|协会|商会|学会|联谊会|支部|总支|小组|活动组|党派|党组|委员小组|局|厅|政府|法院|检察院|办公室|办公厅)$"
)
_SECTORS = (  # 界别 of 政协, those short enough to be taken for a name
    *(
        "经济界",
        "教育界",
        "科技界",
        "文艺界",
        "医卫界",
        "农业界",
        "体育界",
        "宗教界",
        "特邀界",
        "社科界",
        "新闻界",
        "无党派",
    ),
    *("环资界", "民族界", "福利界", "侨界", "台胞界", "工会界", "青年界", "妇女界", "总工会"),
)
_ENDS_OF_LONG = tuple("委会府部院盟党社联处室办组")  # a person may be called so, 王爱党, but not in five characters
_LONGEST_PERSON = 4


def is_body(name: str) -> bool:
    """Tell whether *name* is that of a body."""
    bare = name.strip()
    if bare in _SECTORS or (_PARTIES.match(bare) and (len(bare) > _LONGEST_PERSON or len(bare) <= len("民盟"))):
        return True
    return bool(_ENDS.search(bare)) or (bare.endswith(("界", "界别", *_ENDS_OF_LONG)) and len(bare) > _LONGEST_PERSON)
