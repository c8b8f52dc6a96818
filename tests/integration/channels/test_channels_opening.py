"""A line of channels.yaml either opens or is explained in one Vietnamese sentence, and never tells a secret."""

from __future__ import annotations

import pytest

from obligations.channels import open_channel, wrong_url
from obligations.domain.errors import Refused

SECRET = "mật khẩu@/1?&"
ENVIRON = {"MK": SECRET, "BOT": "123456789:abcdefg_hijklmnop-QRSTUVWXYZ", "RONG": ""}


@pytest.mark.parametrize(
    "url",
    [
        "smtp://127.0.0.1:25/?from=a@b.example",
        "smtp://[::1]/?from=a@b.example",
        "smtp://localhost/?from=a@b.example&user=u&password=${MK}",
        "smtp://h.example/?from=a@b.example&mode=starttls&verify=no&name=S%E1%BB%9F",
        "smtps://van-thu:${MK}@h.example/?from=S%E1%BB%9F%20%3Ca@b.example%3E",
        "smtps://van-thu@b.example:${MK}@h.example:465",
        "SMTPS://${MK}@h.example/?user=van-thu@b.example",
        "mailto://van-thu:${MK}@gmail.com",
        "mailtos://van-thu:${MK}@b.example?smtp=mail.b.example&name=Văn thư",
        "json://127.0.0.1:8080/{to}",
        "json://u:${MK}@127.0.0.1/",
        "tgram://${BOT}/{to}",
        "matrixs://u:${MK}@chat.example/{to}",
    ],
)
def test_usable_addresses_open(url):
    """Opening makes no connection, so every well-written address opens at once."""
    assert wrong_url(url, ENVIRON) is None
    channel = open_channel("kenh", url, environ=ENVIRON)
    assert channel.name == "kenh"
    assert SECRET not in repr(channel)
    channel.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "phải bắt đầu bằng loại kênh"),
        ("mail.b.example:25", "phải bắt đầu bằng loại kênh"),
        ("thu://h", "không có loại kênh thu://"),
        ("smtp://", "Thiếu tên máy chủ thư"),
        ("smtp://:25/?from=a@b.example", "Thiếu tên máy chủ thư"),
        ("smtp://máy chủ/?from=a@b.example", "không phải tên máy chủ"),
        ("smtp://h", "Thiếu địa chỉ người gửi"),
        ("smtp://u:${MK}@h?mode=ssl", "Thiếu địa chỉ người gửi"),
        ("smtp://h/?from=van-thu", "“van-thu” không phải địa chỉ thư"),
        ("smtp://h/?from=văn thư@b.example", "không phải địa chỉ thư"),
        ("smtp://h:0/?from=a@b.example", "Cổng “0”"),
        ("smtp://h:65536/?from=a@b.example", "Cổng “65536”"),
        ("smtp://h:²5/?from=a@b.example", "Cổng “²5”"),
        ("smtp://h/?from=a@b.example&mode=tls", "mode=tls"),
        ("smtp://h/?from=a@b.example&bcc=x@y.example", "không có tham số “bcc”"),
        ("smtps://u:abc@h/?from=a@b.example", "Mật khẩu đang nằm ngay trong địa chỉ kênh"),
        ("smtps://u@h/?from=a@b.example&pass=abc", "Mật khẩu đang nằm ngay trong địa chỉ kênh"),
        ("smtps://abc@h/?from=a@b.example&user=u", "Mật khẩu đang nằm ngay trong địa chỉ kênh"),
        ("smtps://u:${MK}x@h/?from=a@b.example", "Mật khẩu đang nằm ngay trong địa chỉ kênh"),
        ("smtp://u:${MK}@h/?from=a@b.example", "Mật khẩu sẽ đi qua mạng không mã hoá"),
        ("smtps://u:${KHONG_CO}@h/?from=a@b.example", "Thiếu bí mật KHONG_CO"),
        ("smtps://u:${RONG}@h/?from=a@b.example", "Thiếu bí mật RONG"),
        ("smtps://u:${}@h/?from=a@b.example", "không phải tên biến"),
        ("json://h/${MK", "mà không có “}”"),
        ("json://h/{ai}", "Địa chỉ kênh có {ai}"),
        ("json://u:abc@h/{to}", "Mật khẩu hoặc mã truy cập"),
        ("tgram://123456789:abcdefg_hijklmnop-QRSTUVWXYZ/{to}", "Mật khẩu hoặc mã truy cập"),
        ("tgram://${MK}/{to}", "Apprise không đọc được"),
        ("smtp://h:${MK}/?from=a@b.example", "Cổng “***”"),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(url, said):
    """The fault, and what to write; opening refuses with the same words."""
    wrong = wrong_url(url, ENVIRON)

    assert wrong is not None
    assert said in wrong.message
    assert "\n" not in str(wrong)
    assert SECRET not in str(wrong)
    with pytest.raises(Refused) as refused:
        open_channel("kenh", url, environ=ENVIRON)
    assert str(refused.value) == str(wrong)
    assert refused.value.fix


def test_a_secret_may_stand_in_a_file(tmp_path, closing):
    """NAME_FILE names a file; its content, stripped, is the secret."""
    (tmp_path / "mk").write_text("  bí mật\n", encoding="utf-8")
    url = "smtps://u:${MK}@h.example/?from=a@b.example"

    assert wrong_url(url, {"MK_FILE": str(tmp_path / "mk")}) is None
    assert "Không đọc được tệp" in str(wrong_url(url, {"MK_FILE": str(tmp_path / "none")}))
    (tmp_path / "mk").write_text("\n", encoding="utf-8")
    assert "tệp trống" in str(wrong_url(url, {"MK_FILE": str(tmp_path / "mk")}))
    assert "không phải chữ UTF-8" in str(wrong_url(url, {"MK": "a\udcff"}))
    (tmp_path / "mk").write_bytes(b"\xff\xfe")
    assert "Không đọc được tệp" in str(wrong_url(url, {"MK_FILE": str(tmp_path / "mk")}))
