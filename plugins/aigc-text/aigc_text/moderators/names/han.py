"""Chinese names: a surname and one or two characters, where the words around say that a person is named.

Looks `LEFT` characters back and `RIGHT` ahead and nowhere else, so that a stream finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_text.moderators.names.han_words import (
    DOUBLE_SURNAMES,
    LABELS,
    NO_GIVEN_ENDS,
    PLAIN_SURNAMES,
    ROLES,
    SAID,
)
from aigc_text.moderators.names.table import May

LEFT = 8
RIGHT = 4

_HAN = "\u4e00-\u9fff"
_NAME = rf"([{_HAN}]{{2,4}}?)"
_END = rf"(?=$|[^{_HAN}]|[的在和与跟及是有住说于]|先生|女士|小姐|今年|电话|電話|手机|手機|身份|来自|來自|毕业|出生|表示|告诉|，)"
_INTRODUCED = re.compile(
    r"(?:我(?:的名字)?叫(?:做)?|我名叫|名叫|他叫|她叫|姓名(?:是|为|為)?|名字(?:是|叫)|[联聯][系络絡]人|收件人|收[货貨]人|寄件人|患者|[经經]办人"
    r"|法定代表人|持卡人|[户戶]名|申[请請]人|[负負][责責]人|签名|簽名|亲爱的|親愛的|尊敬的)[:：]? ?"
    + _NAME
    + _END
)
_LABELLED = re.compile(
    rf"(?:(?:{LABELS})(?:[(（]签[字章][)）])?|方[(（]签[字章][)）])[:：] ?{_NAME}(?=$|[^{_HAN}]|先生|女士|电话|手机|身份证)"
)
# 客户李明反馈 …
_ROLE = re.compile(rf"(?:{ROLES})[:：]? ?{_NAME}(?:{_END}|(?={SAID}))")
_I_AM = re.compile(rf"(?:^|(?<=[^{_HAN}]))(?:您好|你好)?我(?:是|就是){_NAME}(?=$|[^{_HAN}A-Za-z0-9])")
# A speaker's name before what was said, and who is spoken to in a group.
_SPEAKER = re.compile(rf"(?:(?:^|(?<=\n))([{_HAN}]{{2,4}})(?=[:：])|(?<=@)([{_HAN}]{{2,4}})(?=$|[^\w]))")
# In a look-ahead, so that every place is tried: 请找李建国先生 begins a name at the third character only.
_TITLED = re.compile(
    rf"(?:^|(?<=[^{_HAN}])|(?<=[的和与跟找给向请是对由让被致及爱敬]))(?=([{_HAN}]{{2,4}}?)"
    r"(?:先生|女士|小姐|太太|老[师師]|医生|醫生|教授|[经經]理|主任|律[师師]|同学|同學|[师師]傅|阿姨|叔叔))"
)
_BARE = re.compile(
    rf"(?:^|(?<=[^{_HAN}])|(?<=[和与跟]))([{_HAN}]{{2,4}}?)"
    rf"(?=说|表示|告诉|住在|的(?:电话|手机|身份证|邮箱|住址|地址|生日|账号|家)|身份证|手机|电话|[（(]|，(?:男|女)，)"
)
_SOUNDS = "阿埃艾安奥巴贝本比彼伯勃布查达大戴丹道德迪蒂杜多恩法菲费芬弗福夫盖格戈古哈海汉赫亨霍基吉加贾杰金卡凯坎康考柯科克肯库奎拉莱兰劳雷李里理利莉丽林琳隆卢鲁路罗洛马玛麦曼梅门蒙米密摩莫默姆穆娜纳南内尼妮诺努欧帕佩皮珀普奇乔钦琼瑞萨塞桑沙莎尚舍圣什史斯丝苏索塔泰坦汤特提图托瓦威韦维魏温文沃乌伍西希锡夏谢辛休雅亚扬耶叶伊因英尤约赞泽詹珍兹朱佐翰逊娅露切茨登顿森达夫德尔巴伦乐勒厄雷桂嘉科考劳利伦伯宾波保勃马特理哈瓦维斯恩尔尼诺托罗"
"""Characters that write foreign names."""
_FOREIGN = re.compile(f"[{_SOUNDS}]{{2,5}}(?:[·•・][{_SOUNDS}]{{1,6}}){{1,2}}")
_ADDRESSED = frozenset(
    [
        "先生",
        "女士",
        "小姐",
        "太太",
        "老师",
        "医生",
        "教授",
        "经理",
        "主任",
        "律师",
        "同学",
        "师傅",
        "阿姨",
        "叔叔",
        "总",
    ]
)
# Ordinary words that begin like names; surnames that are mostly something else count only where a title follows.
_NO_NAMES = frozenset(
    [
        "宾客",
        "高中",
        "高级",
        "高兴",
        "高度",
        "方便",
        "方式",
        "方法",
        "关于",
        "关系",
        "关心",
        "经理",
        "经济",
        "时间",
        "时候",
        "安全",
        "安静",
        "安排",
        "安装",
        "温度",
        "温馨",
        "温柔",
        "元素",
        "元气",
        "成功",
        "成为",
        "成熟",
        "平时",
        "平台",
        "平安",
        "白色",
        "白天",
        "金色",
        "金属",
        "金融",
        "水果",
        "水晶",
        "黄色",
        "黄金",
        "红色",
        "蓝色",
        "万能",
        "万一",
        "全部",
        "全国",
        "全家",
        "和平",
        "和谐",
        "任何",
        "任务",
        "向往",
        "向上",
        "应该",
        "应用",
        "简单",
        "简约",
        "明天",
        "明年",
        "明星",
        "明亮",
        "包括",
        "包装",
        "严重",
        "严格",
        "于是",
        "相信",
        "相关",
        "相当",
        "花园",
        "花样",
        "常常",
        "常见",
        "司机",
        "连续",
        "连接",
        "国家",
        "国际",
        "党员",
        "冷静",
        "冷漠",
        "东方",
        "路人",
        "路上",
        "项目",
        "家长",
        "家里",
        "强大",
        "居民",
        "别人",
        "班主",
        "年轻",
        "年级",
        "海外",
        "海边",
        "同事",
        "同学",
        "女性",
        "男性",
        "某位",
        "那位",
        "这位",
        "一位",
        "客户",
        "顾客",
        "顾问",
        "服务",
        "用户",
        "商家",
        "商店",
        "店家",
        "幼儿",
        "小学",
        "中学",
        "大学",
        "数学",
        "语文",
        "英语",
        "物理",
        "化学",
        "历史",
        "地理",
        "政治",
        "音乐",
        "美术",
        "体育",
        "房东",
        "房客",
        "查询",
        "钟点",
        "管理",
        "部门",
        "车主",
        "车间",
        "洗车",
        "牙科",
        "外科",
        "内科",
        "主治",
        "资深",
        "著名",
        "优秀",
        "单位",
        "公司",
        "产品",
        "销售",
        "客服",
        "项目",
        "业务",
        "财务",
        "人事",
        "行政",
        "总",
        "许可",
        "丁香",
        "陆地",
        "沈阳",
        "邵阳",
        "吴江",
        "梁山",
        "许昌",
        "韩国",
        "王国",
        "王家",
        "张家",
        "李家",
        "李子",
        "陈年",
        "杨树",
        "杨桃",
        "何时",
        "何处",
        "何人",
        "何家",
    ]
)


def find_han_names(text: str, table: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Where people are named in Chinese characters: start and end; they may overlap."""
    if "·" in text or "•" in text or "・" in text:
        yield from (m.span() for m in _FOREIGN.finditer(text))
    for pattern in (_INTRODUCED, _LABELLED):
        for match in pattern.finditer(text):
            if _is_name(match[1], table, strict=False):
                yield match.span(1)
    for pattern in (_TITLED, _ROLE):
        for match in pattern.finditer(text):
            if _is_name(match[1], table, strict=True):
                yield match.span(1)
    for pattern in (_I_AM, _BARE, _SPEAKER):
        for match in pattern.finditer(text):
            group = match.lastindex or 1
            name = match[group]
            plain = len(name) > 2 or name[0] in PLAIN_SURNAMES
            if plain and name[-1] not in NO_GIVEN_ENDS and _is_name(name, table, strict=True):
                yield match.span(group)


def _is_name(name: str, table: dict[str, int], *, strict: bool) -> bool:
    """Does it begin with a surname, and, where ``strict``, are its other characters those of given names?"""
    double = len(name) > 2 and (name[:2] in DOUBLE_SURNAMES or bool(table.get(name[:2], 0) & May.HAN_SURNAME))
    surname = 2 if double else 1
    if not double and not table.get(name[:1], 0) & May.HAN_SURNAME:
        return False
    given = name[surname:]
    if len(given) not in (1, 2) or name[:2] in _NO_NAMES or given in _ADDRESSED:
        return False
    return not strict or all(table.get(c, 0) & May.HAN_GIVEN for c in given)
