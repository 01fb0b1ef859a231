"""The faces of official papers by their style: a face of the style passes, one that is only like it is worth a word."""

from __future__ import annotations

from typing import NamedTuple

from dafu.layout.runs import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG


class Style(NamedTuple):
    """A type style: its name, the face to take, those that have it, those that are like it."""

    name: str
    first: str
    faces: frozenset[str]
    like: frozenset[str]


def _style(name: str, first: str, faces: str, like: str = "") -> Style:
    return Style(name, first, frozenset([first, *faces.split("|")]), frozenset(filter(None, like.split("|"))))


FANG = _style(
    "仿宋",
    FANGSONG,
    "仿宋|FangSong|FangSong_GB2312|方正仿宋_GBK|方正仿宋_GB2312|方正仿宋简体",
    "华文仿宋|STFangsong",
)
XBS = _style(
    "小标宋",
    XIAOBIAOSONG,
    "方正小标宋_GBK|方正小标宋_GB2312|FZXiaoBiaoSong-B05S|FZXiaoBiaoSong-B05",
    "华文中宋|STZhongsong",
)
KAI = _style("楷体", KAITI, "楷体|KaiTi|KaiTi_GB2312|方正楷体_GBK|方正楷体_GB2312|方正楷体简体", "华文楷体|STKaiti")
HEI = _style("黑体", HEITI, "SimHei|方正黑体_GBK|方正黑体_GB2312|方正黑体简体", "华文黑体|STHeiti")
SONG = _style("宋体", SONGTI, "SimSun|新宋体|NSimSun|方正书宋_GBK|方正书宋_GB2312|方正书宋简体", "华文宋体|STSong")
WIDER = {FANGSONG: "仿宋", KAITI: "楷体", XIAOBIAOSONG: "方正小标宋_GBK"}  # the same hand with all of GBK
LEVELS = {1: HEI, 2: KAI, 3: FANG, 4: FANG}
# Cut to the characters of GB2312: rare characters of names take another face, of another hand.
NARROW = frozenset({FANGSONG, "FangSong_GB2312", KAITI, "KaiTi_GB2312", XIAOBIAOSONG, "FZXiaoBiaoSong-B05S"}) | {
    name for style in (FANG, XBS, KAI, HEI) for name in style.faces if "简体" in name or "GB2312" in name
}
