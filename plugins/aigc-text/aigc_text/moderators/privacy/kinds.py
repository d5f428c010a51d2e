"""The kinds of data that are reported: their placeholders and names in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindOfData:
    """How a kind is written: ``label`` in placeholders, names in explanations, and what was checked."""

    label: str
    en: str
    zh: str
    basis_en: str
    basis_zh: str


_SHAPE = ("by its shape", "按格式")
_CHECKED = ("its checksum holds", "校验位正确")
_CONTEXT = ("by the words around it", "按上下文")

KINDS = {
    "private_key": KindOfData("PRIVATE_KEY", "private key", "私钥", *_SHAPE),
    "url_credentials": KindOfData(
        "URL_CREDENTIALS", "address with a password in it", "含密码的网址", *_SHAPE
    ),
    "api_key": KindOfData("API_KEY", "key or token", "密钥或令牌", *_SHAPE),
    "secret": KindOfData("SECRET", "password or secret", "密码或密钥", *_CONTEXT),
    "email": KindOfData("EMAIL", "e-mail address", "电子邮箱", *_SHAPE),
    "iban": KindOfData("IBAN", "bank account (IBAN)", "国际银行账号", *_CHECKED),
    "cn_id_card": KindOfData("ID_CARD", "Chinese identity card number", "居民身份证号", *_CHECKED),
    "bank_card": KindOfData("BANK_CARD", "bank card number", "银行卡号", *_CHECKED),
    "us_ssn": KindOfData("SSN", "US social security number", "美国社会安全号", *_SHAPE),
    "passport": KindOfData("PASSPORT", "passport number", "护照号", *_CONTEXT),
    "ip": KindOfData("IP", "IP address", "IP 地址", *_SHAPE),
    "mac": KindOfData("MAC", "hardware address", "MAC 地址", *_SHAPE),
    "business_phone": KindOfData(
        "BUSINESS_PHONE", "service number (toll-free or shared-cost)", "服务热线", *_SHAPE
    ),
    "phone": KindOfData(
        "PHONE", "telephone number", "电话号码", "by number plan or context", "按号码规则或上下文"
    ),
    "licence_plate": KindOfData("LICENCE_PLATE", "licence plate", "车牌号", *_SHAPE),
    "domain": KindOfData("DOMAIN", "web address", "网址", *_SHAPE),
    "address": KindOfData("ADDRESS", "street address", "地址", *_SHAPE),
    "person": KindOfData("PERSON", "name of a person", "人名", "by lists and context", "按名录与上下文"),
}
"""Subcategory of the finding → kind. Earlier kinds win where spans overlap."""
