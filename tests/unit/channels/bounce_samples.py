"""Reports as mail servers write them, composed by hand after Postfix, Exchange, Exim and qmail."""

from __future__ import annotations

OURS = "<k7-0871.2022-11-25T08@sonoivu.example>"


def crlf(text: str) -> bytes:
    return text.lstrip("\n").replace("\n", "\r\n").encode()


POSTFIX = crlf(f"""
Return-Path: <>
Received: by mail.sonoivu.example (Postfix)
\tid 4NJ2bC1Kxyz; Fri, 25 Nov 2022 08:00:03 +0700 (+07)
Date: Fri, 25 Nov 2022 08:00:03 +0700 (+07)
From: MAILER-DAEMON@mail.sonoivu.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: nhac@sonoivu.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4NJ2bB6z5Lz.1669338003/mail.sonoivu.example"
Message-Id: <20221125010003.4NJ2bC1Kxyz@mail.sonoivu.example>

This is a MIME-encapsulated message.

--4NJ2bB6z5Lz.1669338003/mail.sonoivu.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.sonoivu.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<van-thu@skhcn.example>: host mx.skhcn.example[203.0.113.5] said: 550 5.1.1
    <van-thu@skhcn.example>: Recipient address rejected: User unknown

--4NJ2bB6z5Lz.1669338003/mail.sonoivu.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.sonoivu.example
X-Postfix-Queue-ID: 4NJ2bB6z5Lz
X-Postfix-Sender: rfc822; nhac@sonoivu.example
Arrival-Date: Fri, 25 Nov 2022 08:00:02 +0700 (+07)

Final-Recipient: rfc822; van-thu@skhcn.example
Original-Recipient: rfc822;van-thu@skhcn.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.skhcn.example
Diagnostic-Code: smtp; 550 5.1.1 <van-thu@skhcn.example>: Recipient address
    rejected: User unknown; ask the postmaster

--4NJ2bB6z5Lz.1669338003/mail.sonoivu.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <nhac@sonoivu.example>
Date: Fri, 25 Nov 2022 08:00:00 +0700
From: nhac@sonoivu.example
To: van-thu@skhcn.example
Subject: =?utf-8?b?W8SQ4bq/biBo4bqhbl0=?=
Message-ID: {OURS}
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_aa"

--=_aa
Content-Type: text/plain; charset=utf-8

Final-Recipient: rfc822; not-this@one.example
--=_aa--

--4NJ2bB6z5Lz.1669338003/mail.sonoivu.example--
""")

POSTFIX_DELAYED = (
    POSTFIX.replace(b"Undelivered Mail Returned to Sender", b"Delayed Mail (still being retried)")
    .replace(b"Action: failed\r\nStatus: 5.1.1", b"Action: delayed\r\nStatus: 4.4.1\r\nWill-Retry-Until: Wed, 30 Nov")
    .replace(b"message/rfc822", b"text/rfc822-headers")
    .replace(b"smtp; 550 5.1.1 <van-thu@skhcn.example>: Recipient address", b"X-Postfix; connect to mx.skhcn.example")
    .replace(b"rejected: User unknown; ask the postmaster", b"[203.0.113.5]:25: Connection timed out")
)

EXCHANGE = crlf(f"""
From: <postmaster@skhcn.example>
To: <nhac@sonoivu.example>
Date: Fri, 25 Nov 2022 01:00:05 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="b9d2a4f0-3c1e-4e27-9d2b-0f6c7f3a1f77"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: vi-VN
Message-ID: <8f1c-77@EX01.skhcn.example>
In-Reply-To: {OURS}
References: <other@sonoivu.example>
\t{OURS}
Subject: =?utf-8?B?S2jDtG5nIGfhu61pIMSRxrDhu6Nj?=
MIME-Version: 1.0

--b9d2a4f0-3c1e-4e27-9d2b-0f6c7f3a1f77
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="b9d2a4f0-3c1e-4e27-9d2b-0f6c7f3a1f77_alternative"

--b9d2a4f0-3c1e-4e27-9d2b-0f6c7f3a1f77_alternative
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

S2jDtG5nIGfhu61pIMSRxrDhu6Nj

--b9d2a4f0-3c1e-4e27-9d2b-0f6c7f3a1f77_alternative--

--b9d2a4f0-3c1e-4e27-9d2b-0f6c7f3a1f77
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.skhcn.example
Received-From-MTA: dns;mail.sonoivu.example
Arrival-Date: Fri, 25 Nov 2022 01:00:04 +0000

Original-Recipient: rfc822;Van-Thu@skhcn.example
Final-Recipient: rfc822;Van-Thu@skhcn.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient Van-Thu@skhcn.example
 not found by SMTP address lookup
X-Display-Name: =?utf-8?B?VsSDbiB0aMaw?=


--b9d2a4f0-3c1e-4e27-9d2b-0f6c7f3a1f77
Content-Type: message/rfc822

Received: from mail.sonoivu.example (192.0.2.9) by EX01.skhcn.example
 (192.0.2.10) with Microsoft SMTP Server id 15.1.2507.12; Fri, 25 Nov 2022
 01:00:04 +0000
Message-ID:
\t{OURS}
Subject: x

y

--b9d2a4f0-3c1e-4e27-9d2b-0f6c7f3a1f77--
""")

# Exchange may leave the message out: what is left is what the report answers.
EXCHANGE_BARE = EXCHANGE.replace(b"message/rfc822", b"text/plain")

EXIM_OLD = crlf("""
From: Mail Delivery System <Mailer-Daemon@mail.skhcn.example>
To: nhac@sonoivu.example
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: van-thu@skhcn.example

This message was created automatically by mail delivery software.

  van-thu@skhcn.example
    SMTP error from remote mail server after RCPT TO: 550 unknown user
""")

QMAIL = crlf("""
From: MAILER-DAEMON@mail.skhcn.example
To: nhac@sonoivu.example
Subject: failure notice

Hi. This is the qmail-send program at mail.skhcn.example.
<van-thu@skhcn.example>:
Sorry, no mailbox here by that name. (#5.1.1)
""")

AWAY = crlf(f"""
From: van-thu@skhcn.example
To: nhac@sonoivu.example
Subject: Tự động trả lời: vắng mặt
Auto-Submitted: auto-replied
In-Reply-To: {OURS}
Content-Type: text/plain; charset=utf-8

Tôi nghỉ phép đến hết ngày 30/11/2022.
""")

READ = crlf(f"""
From: van-thu@skhcn.example
To: nhac@sonoivu.example
Subject: Read: x
Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b
Content-Type: text/plain

Your message was displayed.
--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822; van-thu@skhcn.example
Original-Message-ID: {OURS}
Disposition: manual-action/MDN-sent-manually; displayed
--b--
""")

DELIVERED = POSTFIX.replace(b"Action: failed\r\nStatus: 5.1.1", b"Action: delivered\r\nStatus: 2.1.5")

FORWARDED = (
    crlf("""
From: van-thu@skhcn.example
To: nhac@sonoivu.example
Subject: Fwd: Undelivered
Content-Type: multipart/mixed; boundary=f

--f
Content-Type: message/rfc822

""")
    + POSTFIX
    + b"\r\n--f--\r\n"
)
