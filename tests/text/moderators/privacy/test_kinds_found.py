"""What `text/privacy` finds and what it leaves alone. All numbers are examples or were made up here."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.privacy.cards import _IBAN_SIZES, _mod97, issued, luhn
from aigc_text.moderators.privacy.detector import find
from aigc_text.moderators.privacy.ids_cn import check_character

LOW, MEDIUM, HIGH = Severity.LOW, Severity.MEDIUM, Severity.HIGH


def found(text):
    return [(h.kind, text[h.start : h.end], h.severity) for h in find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value", "severity"),
    [
        ("Write to jane.doe+news@mail.example.co.uk.", "email", "jane.doe+news@mail.example.co.uk", MEDIUM),
        ("邮箱：zhang.san@example.com。", "email", "zhang.san@example.com", MEDIUM),
        ("邮箱ＡＢ１２＠example.com", "email", "ＡＢ１２＠example.com", MEDIUM),
        ("我的手机号是13800138000，谢谢", "phone", "13800138000", MEDIUM),
        ("电话 138-0013-8000", "phone", "138-0013-8000", MEDIUM),
        ("电话：１３８００１３８０００", "phone", "１３８００１３８０００", MEDIUM),
        ("座机010-62751234转5", "phone", "010-62751234", MEDIUM),
        ("ring +44 20 7946 0958 now", "phone", "+44 20 7946 0958", MEDIUM),
        ("020 7946 0018", "phone", "020 7946 0018", MEDIUM),
        ("(415) 555-2671 x12", "phone", "(415) 555-2671 x12", MEDIUM),
        ("+1 415 555 2671", "phone", "+1 415 555 2671", MEDIUM),
        ("You can call me at 5403926876.", "phone", "5403926876", MEDIUM),
        ("服务热线 400-820-8820", "business_phone", "400-820-8820", LOW),
        ("free on (800) 555-0199", "business_phone", "(800) 555-0199", LOW),
        ("身份证11010519491231002X。", "cn_id_card", "11010519491231002X", MEDIUM),
        ("pay with 4111 1111 1111 1111", "bank_card", "4111 1111 1111 1111", MEDIUM),
        ("卡号6222021234567890128", "bank_card", "6222021234567890128", MEDIUM),
        ("my card # 378282246310005", "bank_card", "378282246310005", MEDIUM),
        ("to GB82 WEST 1234 5698 7654 32 is", "iban", "GB82 WEST 1234 5698 7654 32", MEDIUM),
        ("an de89370400440532013000", "iban", "de89370400440532013000", MEDIUM),
        ("SSN 536-22-8765", "us_ssn", "536-22-8765", MEDIUM),
        ("social security number 536228765", "us_ssn", "536228765", MEDIUM),
        ("护照号码：E12345678", "passport", "E12345678", MEDIUM),
        ("passport number is 533380006", "passport", "533380006", MEDIUM),
        ("车牌京A·12345", "licence_plate", "京A·12345", MEDIUM),
        ("粤AD12345停在门口", "licence_plate", "粤AD12345", MEDIUM),
        ("my car, AB12 CDE", "licence_plate", "AB12 CDE", MEDIUM),
        ("from 8.8.8.8 today", "ip", "8.8.8.8", MEDIUM),
        ("host 192.168.1.10", "ip", "192.168.1.10", LOW),
        ("via 2001:4860:4860::8888", "ip", "2001:4860:4860::8888", MEDIUM),
        ("mac 00:1B:44:11:3A:B7", "mac", "00:1B:44:11:3A:B7", LOW),
        ("ftp://bob:pa55w0rd@h.example/x", "url_credentials", "ftp://bob:pa55w0rd@h.example", MEDIUM),
        ("see https://www.example.com/ now", "domain", "https://www.example.com/", LOW),
        ("at 12 Old Mill Road today", "address", "12 Old Mill Road", LOW),
        ("住在北京市海淀区中关村大街27号1101室", "address", "北京市海淀区中关村大街27号1101室", LOW),
        ("password: Tr0ub4dor&3", "secret", "Tr0ub4dor&3", MEDIUM),
        ("密码是 Abc12345xyz", "secret", "Abc12345xyz", MEDIUM),
        ("初始密码Abc@123456，请尽快修改", "secret", "Abc@123456", MEDIUM),
        ("Passwort: Sommer2024!", "secret", "Sommer2024!", MEDIUM),
        ("an jürgen.müller@gmx.de heute", "email", "jürgen.müller@gmx.de", MEDIUM),
        ("an sales@münchen-shop.de heute", "email", "sales@münchen-shop.de", MEDIUM),
        ("邮箱li@qq.com可用", "email", "li@qq.com", MEDIUM),
        ("13812345678/13987654321", "phone", "13987654321", MEDIUM),
        ("13812345678,13987654321", "phone", "13987654321", MEDIUM),
        ("名单：13812345678，13987654321", "phone", "13987654321", MEDIUM),
        ("138.1234.5678", "phone", "138.1234.5678", MEDIUM),
        ("021-58886666-801分机", "phone", "021-58886666-801", MEDIUM),
        ("Fon 0221 / 123456", "phone", "0221 / 123456", MEDIUM),
        ("Tél : 06 12 34 56 78", "phone", "06 12 34 56 78", MEDIUM),
        ("+447700900123", "phone", "+447700900123", LOW),
        ("Passport No. C01X00T47", "passport", "C01X00T47", MEDIUM),
        ("key " + "AKIA" + "ZQRSDRSTUVWXYABC" + " leaked", "api_key", "AKIA" + "ZQRSDRSTUVWXYABC", MEDIUM),
    ],
)
def test_found_with_place_and_severity(text, kind, value, severity):
    assert (kind, value, severity) in found(text)


def made_up(prefix, length, alphabet="abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"):
    return prefix + "".join(random.Random(length).choices(alphabet, k=length))


@pytest.mark.parametrize(
    "key",
    [
        made_up("AKIA", 16, "ABCDEFGHIJKLMNOP234567"),
        made_up("gh" + "p_", 36),
        made_up("github" + "_pat_", 82),
        made_up("xox" + "b-", 50),
        made_up("AIza", 35),
        made_up("sk-", 48),
        made_up("sk" + "_live_", 24),
    ],
)
def test_keys_of_services_are_found_whole(key):
    assert found(f"the key={key}, keep it") == [("api_key", key, MEDIUM)]


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "RSA PRIVATE KEY-----\nAAAA",
        "Bearer " + made_up("eyJ", 30) + "." + made_up("eyJ", 200) + "." + made_up("", 43),
        made_up("sk-" + "proj-", 200),
    ],
)
def test_what_is_too_long_to_redact_whole_is_grave(text):
    (hit,) = find(text)
    assert hit.severity is HIGH


@pytest.mark.parametrize(
    "text",
    [
        "order 13800138000",
        "订单号：13800138000",
        "order no. 4111 1111 1111 1111",
        "3.141592653589793",
        "2024-05-17 12:30:45",
        "17.05.2024 12 30",
        "1999-2004",
        "price $1,234,567.89",
        "123e4567-e89b-12d3-a456-426614174000",
        "12345678-1234-1234-1234-123456789012",
        "tracking 9400 1000 0000 0000 0000 00",
        "ISBN 978-3-16-148410-0",
        "1600000000000",
        "4155552671",
        "房间有1200 1300 1400个",
        "a::b and std::vector<int>",
        "12:30:45",
        "version 1.2.3.4",
        "v10.0.0.1",
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "110105194912310021",
        "990105194912310029",
        "4111 1111 1111 1112",
        "GB83 WEST 1234 5698 7654 32",
        "AB12 CDE",
        "新A股市场",
        "my token is important to me",
        "the password is required",
        "@someone said hi",
        "a@b",
        "iPhone 15 Pro 2023, 1920x1080",
        "sk-something-written-in-plain-words",
        "ghp_" + "x" * 36,
        "clone git@github.com:someone/repository.git".replace("github.com", "host.invalid"),
        "发票号码：12345678",
        "订单号码 1234567890",
        "密码长度8-16位，含大小写字母",
        "共1,234,567件，3,1415926",
        "passport is mandatory",
        "",
    ],
)
def test_ordinary_numbers_and_words_are_left_alone(text):
    assert not [f for f in found(text) if f[2] >= MEDIUM]


@settings(deadline=None)
@given(st.text("0123456789", min_size=11, max_size=18))
def test_luhn_catches_every_single_wrong_digit(digits):
    checked = next(digits + c for c in "0123456789" if luhn(digits + c))
    for place in range(len(checked)):
        wrong = checked[:place] + str((int(checked[place]) + 1) % 10) + checked[place + 1 :]
        assert not luhn(wrong)


@settings(deadline=None)
@given(st.sampled_from(["110105", "440306", "310115"]), st.dates(), st.integers(0, 999))
def test_every_valid_identity_card_is_found_and_no_other_check_character(area, born, serial):
    if not 1800 <= born.year < 2100:
        born = born.replace(year=1985, day=1)
    body = f"{area}{born:%Y%m%d}{serial:03}"
    right = check_character(body)
    for char in "0123456789X":
        hits = [h.kind for h in find(f"号码{body}{char}。")]
        assert ("cn_id_card" in hits) == (char == right)


@settings(deadline=None)
@given(st.sampled_from(sorted(_IBAN_SIZES)), st.data())
def test_every_valid_iban_is_found_in_one_piece_and_in_groups(country, data):
    size = _IBAN_SIZES[country] - 4
    rest = data.draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=size, max_size=size))
    iban = next(n for c in range(2, 99) if _mod97(n := f"{country}{c:02}{rest}"))
    grouped = " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
    for written in (iban, grouped, iban.lower()):
        assert ("iban", written, MEDIUM) in found(f"to {written}, please")


def test_issuer_ranges_know_lengths():
    assert issued("4111111111111111")
    assert not issued("41111111111111")
    assert not issued("9111111111111111")


def test_invisible_characters_do_not_hide_a_number():
    text = "call 138\u200b0013\u200b8000!"
    assert found(text) == [("phone", "138\u200b0013\u200b8000", MEDIUM)]


def test_where_kinds_overlap_the_more_precise_one_is_reported():
    kinds = [h.kind for h in find("mail a.b@example.com, IP 8.8.8.8, card 4111111111111111")]
    assert kinds == ["email", "ip", "bank_card"]


@pytest.mark.parametrize(
    "text",
    ["the lamp costs £20, 13800138000", "in this case call on 13800138000", "my order is late, 13800138000"],
)
def test_a_word_further_off_does_not_rule_a_number_out(text):
    assert [h.kind for h in find(text)] == ["phone"]
