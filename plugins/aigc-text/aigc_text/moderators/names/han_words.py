"""Words before and behind which Chinese names stand, and the surnames that are hardly ever anything else."""

from __future__ import annotations

LABELS = (
    "甲方代表|乙方代表|代表人|经手人|發件人|发件人|寄件人|签收人|簽收人|委托人|委託人|代理人|监护人|監護人|投保人|被保险人"
    "|受益人|借款人|出借人|承租人|出租人|授权人|推荐人|介绍人|担保人|购买人|订票人|乘车人|乘机人|入住人|作者|主讲人|主持人"
    "|签字|签名|签章|应聘者|候选人|客户姓名|联络人"
)
"""What a form writes before a colon and a name."""

ROLES = (
    "同事|客户|客戶|员工|会员|学员|记者|編輯|编辑|医生|醫生|护士|護士|患者|病人|老师|老師|教练|讲师|经理|主任|店长|组长|班长"
    "|队长|设计师|工程师|司机|业主|租客|房东|律师|朋友|同学|室友|邻居|作者|教授|导师|秘书"
)
"""What somebody is, right before the name."""

SAID = (
    "反馈|反映|咨询|提出|参加|负责|致电|来电|打电话|投诉|申请|提交|下单|购买|预约|办理|今天|昨天|明天|上午|下午|刚|已经|需要"
    "|认为|介绍|指出|为|将|把|给|做|向|对"
)
"""What goes on behind a name that stands right after a role."""

NO_GIVEN_ENDS = frozenset("人生员手家师者粉迷户民工长客党族友控身领学级员")
"""A word that ends so says what somebody is, not who."""

PLAIN_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙吴吳徐孙孫朱胡郭何罗羅郑鄭梁谢謝许許韩韓冯馮邓鄧曹彭曾肖董袁潘蒋蔣蔡杜苏蘇魏吕呂丁沈姚卢盧"
    "崔谭譚陆陸汪范廖韦韋贾賈邹鄒孟邱侯尹薛闫阎陶贺賀顾顧郝龚龔邵钱錢覃戴汤"
)
"""Surnames that begin few ordinary words: with these, a given name of one character is believed too."""

DOUBLE_SURNAMES = frozenset(
    [
        "欧阳",
        "歐陽",
        "诸葛",
        "諸葛",
        "司马",
        "司馬",
        "上官",
        "夏侯",
        "尉迟",
        "公孙",
        "公孫",
        "令狐",
        "慕容",
        "宇文",
        "长孙",
        "司徒",
        "皇甫",
        "端木",
        "独孤",
        "南宫",
        "澹台",
        "濮阳",
        "申屠",
        "钟离",
        "轩辕",
    ]
)
