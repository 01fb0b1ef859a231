"""Records as clerks keep them: comments, quotes, brackets, block texts, line endings of all kinds."""

from __future__ import annotations

RECORD = """\
# 2025年第12号
案号: 143012                     # 七位以内
类别: 提案
届次: '市政协十四届三次会议'
案由: 优化老旧小区停车环境

提案人:                          # 按签名次序
  - 甲某
  - {姓名: 乙某, 单位: 某公司, 电话: "60010023", 地址: ""}
  - 姓名: 丙某
    电话: '60010024'   # 办公
    # 丙某换过单位
    单位: 某学校
建议事项:
- 增加车位
- "分时共享：白天对外"
会办单位: [市财政局, 市住房和城乡建设局]
并案: []
期限:   # 待定
答复:
    签发人: 戊某
    办理结果: A
    正文: |
        一、关于增加车位。今年新增：
          1.东区200个  # 不是注释
        \t二、附表
    联系电话: "60010025"
    联系人: [
      己某,
      庚某,
    ]
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
  - {日期: 2025-03-06, 环节: 签收}
# 记到这里
...
"""

BODY_LAST = """\
---
"案号": "143013"
案由: 他说“先修路”
答复:
  附件: [征询意见表]
  正文: |
    一、已修。

    二、待修。
"""

KEPT_BLANKS = "案号: '1'\n说明: |+\n  甲\n\n\n意见: >-\n  乙\n  丙\n其他: x\n"
INDENTED = "  案号: 7\n  提案人:\n  - 甲某\n  答复: {签发人: 戊某, 联系人: [己某], 公开: }\n"

RECORDS = tuple(
    variant
    for record in (RECORD, BODY_LAST, KEPT_BLANKS, INDENTED)
    for variant in (record, record.replace("\n", "\r\n"), record.rstrip("\n"))
)
