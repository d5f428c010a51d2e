"""What attributes are called: the words for a key in English and Chinese, and which key is which.

Any key works. The ones named here are understood whichever language they are written in (``price``, ``价格``), so
that copy in the other language can name them; the rest are printed as they were given.
"""

from __future__ import annotations

import re
from functools import lru_cache

# canonical key: (English label, Chinese label, further spellings)
_ATTRIBUTES: dict[str, tuple[str, str, str]] = {
    "name": ("name", "名称", "product product_name title item 品名 商品 商品名 商品名称 产品 产品名 产品名称 名字 店名 restaurant venue_name"),
    "brand": ("brand", "品牌", "brand_name maker manufacturer 牌子 厂商 商家"),
    "category": ("category", "品类", "type kind product_type eat_type 类别 类型 分类 种类"),
    "price": ("price", "价格", "cost 售价 单价 价钱 到手价"),
    "price_range": ("price range", "价位", "人均 人均消费"),
    "discount": ("discount", "优惠", "offer promotion deal 折扣 活动 促销"),
    "colour": ("colour", "颜色", "color colours colors 配色"),
    "material": ("material", "材质", "materials fabric 材料 面料"),
    "size": ("size", "尺寸", "sizes dimensions measurements 尺码 大小 规格"),
    "weight": ("weight", "重量", "净重 净含量 net_weight"),
    "capacity": ("capacity", "容量", "volume"),
    "battery_life": ("battery life", "续航", "battery 电池 续航时间 电池续航"),
    "origin": ("origin", "产地", "made_in country country_of_origin 原产地 产自"),
    "warranty": ("warranty", "质保", "guarantee 保修 保修期 质保期"),
    "features": ("features", "特点", "feature highlights benefits selling_points usp 卖点 特色 功能 亮点 优点"),
    "ingredients": ("ingredients", "配料", "contains 成分 原料"),
    "flavour": ("flavour", "口味", "flavor flavours flavors taste 味道"),
    "suitable_for": ("suitable for", "适用", "for target good_for 适合 适用人群 适用场景 适合人群"),
    "occasion": ("occasion", "场合", "occasions 场景 使用场景"),
    "rating": ("rating", "评分", "customer_rating reviews score stars 评价"),
    "area": ("area", "区域", "district neighbourhood neighborhood 商圈"),
    "location": ("location", "位置", "place venue 地点"),
    "address": ("address", "地址", ""),
    "near": ("near", "附近", "nearby landmark close_to 邻近"),
    "food": ("food", "菜系", "cuisine 菜品"),
    "date": ("date", "日期", "dates when 时间 开售时间 上市时间 发售日期 launch_date"),
    "opening_hours": ("opening hours", "营业时间", "hours open"),
    "url": ("link", "链接", "website web site 网址 官网"),
    "phone": ("phone", "电话", "telephone tel 联系电话"),
    "email": ("email", "邮箱", "mail e_mail"),
    "delivery": ("delivery", "配送", "shipping 物流 发货"),
    "availability": ("availability", "供应", "stock 库存"),
    "description": ("description", "描述", "about summary 简介 介绍"),
    "slogan": ("slogan", "口号", "tagline claim 标语 广告语"),
    "model": ("model", "型号", "version 版本"),
    "screen": ("screen", "屏幕", "display 显示屏"),
    "camera": ("camera", "摄像头", "相机"),
    "storage": ("storage", "存储", "memory 内存"),
    "processor": ("processor", "处理器", "cpu chip 芯片"),
    "speed": ("speed", "速度", ""),
    "power": ("power", "功率", ""),
    "scent": ("scent", "香型", "fragrance 香味 气味"),
    "style": ("style", "款式", "design 风格 设计"),
    "gender": ("gender", "性别", ""),
    "season": ("season", "季节", "适用季节"),
    "care": ("care", "洗护", "washing 保养"),
    "quantity": ("quantity", "数量", "amount count 件数"),
    "package": ("package", "包装", "packaging 包装清单 box_contents"),
    "shelf_life": ("shelf life", "保质期", "best_before"),
    "duration": ("duration", "时长", ""),
    "certification": ("certification", "认证", "certifications certificate"),
    "fit": ("fit", "版型", ""),
    "pattern": ("pattern", "图案", "花纹 图样"),
    "top_style": ("top style", "衣样式", "上衣样式"),
    "details": ("details", "设计细节", "衣款式 裙款式 裤款式 design_details"),
    "skirt_length": ("skirt length", "裙长", "裤长 trouser_length"),
    "garment_length": ("garment length", "衣长", "裙衣长"),
    "skirt_shape": ("skirt shape", "裙型", ""),
    "trouser_shape": ("trouser shape", "裤型", ""),
    "neckline": ("neckline", "领型", "衣领型 裙领型 领口"),
    "hem": ("hem", "下摆", "裙下摆 衣下摆"),
    "closure": ("closure", "门襟", "衣门襟 裙衣门襟"),
    "waist": ("waist", "腰型", "裙腰型 裤腰型"),
    "cuff": ("trouser hem", "裤口", ""),
    "sleeve_style": ("sleeves", "袖型", "衣袖型 裙袖型"),
    "sleeve_length": ("sleeve length", "袖长", "衣袖长 裙袖长"),
    "waterproof": ("waterproof", "防水", "water_proof"),
    "family_friendly": ("family friendly", "适合家庭", "kid_friendly child_friendly kids_friendly 亲子 亲子友好"),
    "wireless": ("wireless", "无线", ""),
    "organic": ("organic", "有机", ""),
    "vegan": ("vegan", "纯素", ""),
    "rechargeable": ("rechargeable", "可充电", ""),
    "foldable": ("foldable", "可折叠", "折叠"),
    "washable": ("washable", "可水洗", "可机洗"),
    "bluetooth": ("Bluetooth", "蓝牙", ""),
    "gluten_free": ("gluten free", "无麸质", ""),
    "sugar_free": ("sugar free", "无糖", ""),
}  # fmt: skip

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS = re.compile(r"[\s_\-./]+")
# Within a label a hyphen joins words ("walk-ins"); within a slug it separates them.
_SPACED = re.compile(r"[\s_./]+")
BOOLEAN_PREFIX = re.compile(r"^(?:is|has|with|includes)_(?=.)")


def slug(key: str) -> str:
    """``"priceRange"``, ``"Price range"`` and ``"price-range"`` → ``"price_range"``."""
    return _SEPARATORS.sub("_", _CAMEL.sub("_", key.strip())).strip("_").lower()


_CANONICAL: dict[str, str] = {}
for _key, (_en, _zh, _more) in _ATTRIBUTES.items():
    for _spelling in (_key, _en, _zh, *_more.split()):
        _CANONICAL.setdefault(slug(_spelling), _key)


@lru_cache(maxsize=4096)
def canonical(key: str) -> str | None:
    """The canonical name of a key that is known, else None."""
    return _CANONICAL.get(slug(key))


@lru_cache(maxsize=4096)
def label(key: str, language: str) -> str:
    """What to call the attribute in copy: ``("battery_life", "zh")`` → ``"续航"``."""
    own = _SPACED.sub(" ", _CAMEL.sub(" ", key.strip())).strip() or key
    known = canonical(key)
    if known is None:
        return _decapitalised(own) if language == "en" else own
    written_in_han = any(ord(c) > 0x2E80 for c in own)
    if (language == "zh") == written_in_han:
        # The caller's own word is in the right language: keep it.
        return _decapitalised(own) if language == "en" else own
    return _ATTRIBUTES[known][1 if language == "zh" else 0]


@lru_cache(maxsize=4096)
def wordings(key: str) -> tuple[str, ...]:
    """Every wording under which a text may name the attribute, for yes/no facts."""
    bare = BOOLEAN_PREFIX.sub("", slug(key))
    own = [label(bare, "en"), label(bare, "zh")]
    known = canonical(bare)
    if known is not None:
        en, zh, more = _ATTRIBUTES[known]
        own += [en, zh, *(spelling.replace("_", " ") for spelling in more.split())]
    return tuple(dict.fromkeys(wording for wording in own if wording))


def _decapitalised(words: str) -> str:
    # "Battery life" and "batteryLife" → "battery life", but "USB ports" and "iOS" stay.
    return " ".join(w.lower() if len(w) > 1 and w[1:] == w[1:].lower() else w for w in words.split(" "))
