"""Records as programs write them: JSON, YAML, CSV, tables, forms, logs. Harmless under every head, English and Chinese.

A model that has read prose alone takes an extract of names and amounts for an advertisement. What a record says does
not matter here, only that braces, keys, currency signs and lists of names are nothing by themselves.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence

Value = str | int | float | bool | list[str] | None
Record = dict[str, Value]

_EN: Mapping[str, Sequence[str]] = {
    "person": (
        "Maria Okafor", "Tom Berger", "Li Na", "J. Whitfield", "Priya Raman", "Sven Dahl", "Chloe Martin", "Omar Haddad",
        "Grace Kim", "Peter Novak", "Yusuf Kaya", "Elena Rossi", "Dr Abel Osei", "Hannah Scott", "Miguel Torres", "Ines Costa",
    ),
    "organisation": (
        "Northbridge Ltd", "Harbour Bakery", "Lakeside Clinic", "Fenwick & Sons", "City Council", "Altura GmbH", "Green Mile Co-op",
        "Sunrise Primary School", "Blue Kettle Studio", "Orchard Bank", "Polar Freight", "the Rivertown Library", "Quill Press",
    ),
    "place": ("Leeds", "Utrecht", "Nairobi", "Lyon", "Boston", "Kyoto", "Porto", "Perth", "Cork", "Room 204", "Pier 7", "Main Street 12"),
    "date": ("2026-05-03", "3 May 2026", "12/11/2025", "Tuesday", "2024-01-31T08:15:00Z", "next Monday", "June 2027", "09:40", "Q3"),
    "amount": ("£1,299", "$45.00", "EUR 12,500", "€8.20", "19.99 USD", "£0", "3 %", "2.5 million", "$1,050.75", "120 kg", "15 km"),
    "contact": ("office@example.org", "+44 20 7946 0000", "https://docs.example/a/12", "info@shop.example", "555-0142", "desk 14"),
    "thing": (
        "kettle", "two chairs", "train ticket", "annual report", "blood test", "blue jacket", "printer paper", "roof repair", "lesson",
        "parcel", "lunch menu", "server", "invoice", "contract", "survey", "camera", "novel", "training course", "delivery van",
    ),
    "state": ("open", "paid", "pending", "done", "delivered", "in review", "cancelled", "draft", "ok", "failed", "approved", "unknown"),
    "note": (
        "call back after lunch", "no change", "customer asked for a smaller size", "see attachment", "left with a neighbour",
        "awaiting signature", "second reminder", "moved to Thursday", "agreed by phone", "missing page 3", "fragile", "allergic to nuts",
    ),
}  # fmt: skip
_ZH: Mapping[str, Sequence[str]] = {
    "person": (
        "张伟", "李娜", "王芳", "陈建国", "刘洋", "赵敏", "周老师", "吴医生", "孙丽", "郑浩", "何静", "林小雨", "黄志强", "欧阳明",
    ),
    "organisation": (
        "北风科技有限公司", "青禾书店", "湖滨医院", "市图书馆", "第三小学", "山海物流", "云上咖啡", "晨光文具", "远洋设计院", "明井银行",
    ),
    "place": ("杭州", "成都", "西安", "厦门", "三号楼204室", "人民路12号", "会议室A", "南京东路", "昆明", "苏州园区", "二号仓库"),
    "date": ("2026年5月3日", "2025-11-12", "周二上午", "下周一", "9点40分", "2024年第三季度", "六月", "2026/01/31"),
    "amount": ("1299元", "￥45.00", "12,500人民币", "八折", "3%", "2.5亿元", "120公斤", "15公里", "￥0", "500美元"),
    "contact": ("office@example.org", "010-00000000", "https://docs.example/a/12", "info@shop.example", "分机 14"),
    "thing": (
        "电水壶", "两把椅子", "火车票", "年度报告", "血常规", "蓝色外套", "打印纸", "屋顶维修", "钢琴课", "包裹", "午餐菜单", "服务器", "发票",
        "合同", "问卷", "相机", "小说", "培训课程", "送货车",
    ),
    "state": ("已完成", "已付款", "待处理", "已发货", "审核中", "已取消", "草稿", "正常", "失败", "通过", "未知"),
    "note": (
        "午饭后回电", "无变化", "顾客要小一号", "见附件", "已放门卫", "等待签字", "第二次提醒", "改到周四", "电话里同意了", "缺第3页", "易碎", "对坚果过敏",
    ),
}  # fmt: skip
_KEYS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "person": ("name", "buyer", "people", "author", "contact", "patient", "assigned_to", "customer", "seller", "from"),
        "organisation": ("organisation", "company", "vendor", "employer", "school", "publisher", "organisations", "client"),
        "place": ("place", "city", "location", "places", "room", "address", "destination", "origin"),
        "date": ("date", "due", "created", "start", "dates", "time", "deadline", "updated_at"),
        "amount": ("amount", "price", "total", "amounts", "budget", "discount", "weight", "distance", "fee"),
        "contact": ("email", "phone", "url", "website", "phones", "emails", "urls", "reply_to"),
        "thing": ("item", "subject", "product", "title", "order", "service", "topic", "document"),
        "state": ("status", "state", "result", "stage", "payment", "check"),
        "note": ("note", "comment", "remarks", "description", "message", "summary"),
    },
    "zh": {
        "person": ("姓名", "买方", "人物", "作者", "联系人", "患者", "负责人", "客户", "name", "people"),
        "organisation": ("单位", "公司", "机构", "供应商", "学校", "出版社", "organisation", "organisations"),
        "place": ("地点", "城市", "地址", "房间", "目的地", "places", "place"),
        "date": ("日期", "截止", "创建时间", "开始", "时间", "dates", "date"),
        "amount": ("金额", "价格", "总计", "预算", "折扣", "重量", "距离", "费用", "amounts", "amount"),
        "contact": ("邮箱", "电话", "网址", "emails", "urls", "phones"),
        "thing": ("项目", "主题", "产品", "标题", "订单", "服务", "文件", "product"),
        "state": ("状态", "结果", "阶段", "付款", "检查", "status"),
        "note": ("备注", "说明", "评论", "摘要", "留言", "note"),
    },
}  # fmt: skip
_FILLERS = {"en": _EN, "zh": _ZH}
_COUNT = 900


def ordinary_records(seed: int = 0, count: int = _COUNT) -> Iterator[tuple[str, str]]:
    """``(language, text)`` of ``count`` records a language, all different, always the same for a ``seed``."""
    for language in ("en", "zh"):
        draw = random.Random(f"records {language} {seed}")  # noqa: S311  # repeatable training data, no secret
        seen: set[str] = set()
        while len(seen) < count:
            text = draw.choice(_WRITERS)([_record(language, draw) for _ in range(draw.randint(1, 4))], draw)
            if text not in seen:
                seen.add(text)
                yield language, text


def _record(language: str, draw: random.Random) -> Record:
    fillers = _FILLERS[language]
    record: Record = {}
    for kind in draw.sample(sorted(fillers), draw.randint(2, 7)):
        key = draw.choice(_KEYS[language][kind])
        one: Value = draw.choice(fillers[kind])
        if (key.endswith("s") and key not in ("address", "status", "remarks")) or draw.random() < 0.1:
            one = draw.sample(list(fillers[kind]), draw.randint(0, 3))
        elif draw.random() < 0.06:
            one = draw.choice([None, True, False, draw.randint(0, 5000), round(draw.uniform(0, 900), 2)])
        record[key] = one
    if draw.random() < 0.3:
        record[draw.choice(["id", "no", "ref", "version"])] = draw.randint(1, 99_999)
    return record


def _json(records: Sequence[Record], draw: random.Random) -> str:
    whole: object = records if len(records) > 2 else records[0]
    return json.dumps(whole, ensure_ascii=draw.random() < 0.05, indent=draw.choice([None, None, 1, 2]))


def _nested(records: Sequence[Record], draw: random.Random) -> str:
    return json.dumps({draw.choice(["data", "items", "result", "order"]): list(records)}, ensure_ascii=False)


def _yaml(records: Sequence[Record], draw: random.Random) -> str:
    lines = []
    for key, value in records[0].items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {part}" for part in value)]
        else:
            lines.append(f"{key}: {'null' if value is None else value}")
    return "\n".join(lines)


def _csv(records: Sequence[Record], draw: random.Random) -> str:
    keys = list(records[0])
    mark = draw.choice([",", ";", "\t", " | "])
    rows = [mark.join(keys)] if draw.random() < 0.7 else []
    return "\n".join([*rows, *(mark.join(_flat(r.get(k)) for k in keys) for r in records)])


def _form(records: Sequence[Record], draw: random.Random) -> str:
    mark = draw.choice([": ", "：", " = ", " - "])
    return draw.choice(["\n", "; ", ", ", "  "]).join(f"{k}{mark}{_flat(v)}" for k, v in records[0].items())


def _bullets(records: Sequence[Record], draw: random.Random) -> str:
    mark = draw.choice(["- ", "* ", "• ", "1. "])
    return "\n".join(mark + _flat(v) for r in records for v in r.values() if v not in (None, []))


def _table(records: Sequence[Record], draw: random.Random) -> str:
    keys = list(records[0])
    rows = ["| " + " | ".join(keys) + " |", "|" + " --- |" * len(keys)]
    return "\n".join([*rows, *("| " + " | ".join(_flat(r.get(k)) for k in keys) + " |" for r in records)])


def _xml(records: Sequence[Record], draw: random.Random) -> str:
    tag = draw.choice(["row", "item", "entry", "order"])
    inner = "".join(f"<{k}>{_flat(v)}</{k}>" for k, v in records[0].items())
    return f"<{tag}>{inner}</{tag}>"


def _log(records: Sequence[Record], draw: random.Random) -> str:
    level = draw.choice(["INFO", "WARN", "ERROR", "DEBUG"])
    pairs = " ".join(f"{k}={_flat(v)!r}" for k, v in records[0].items())
    return f"2026-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} {draw.randint(0, 23):02}:{draw.randint(0, 59):02} {level} {pairs}"


def _flat(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


_WRITERS: tuple[Callable[[Sequence[Record], random.Random], str], ...] = (
    *(_json,) * 3,
    *(_nested, _yaml, _csv, _form, _bullets, _table, _xml, _log),
)
