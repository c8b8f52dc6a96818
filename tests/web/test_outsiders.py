"""Outsiders are refused: every route, whoever asks, wherever from, whatever is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from sqlalchemy import func, select

from obligations.cases.access import links
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA
from obligations.web.app import create_app
from tests.offices import Office, obligation
from tests.web.outsiders import ATTACK, LOGIN, TABLE, VISITORS, Line, attacked, outcome, routes
from tests.web.site import Site

ELSEWHERE = "https://xau.example"
EXAMPLES_EACH = 5
PATHS = (
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/..%2fapp.py",
    "/static/....//app.py",
    "/static//etc/passwd",
    "/cau-hinh/tep?ten=../../../../etc/passwd",
    "/cau-hinh/tep?ten=%2fetc%2fpasswd",
    "/cau-hinh/tep?ten=plans/..%2f..%2foffice.yaml",
    "/viec/..%2f..%2fetc",
    "/viec/K1-0001%00",
    "/d/..%2f..",
    "//xau.example/%2e%2e",
    "/quan-tri/tai-khoan/..%2f..",
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\s(?:on[a-z]+|style)\s*=\s*[\"']|href=[\"']?javascript:", re.IGNORECASE
)


@pytest.fixture
def followed(bureau: Office) -> Office:
    """One duty of each of two units; links are given."""
    office = (bureau.folder / "office.yaml").read_text("utf-8")
    bureau.write("office.yaml", f"{office}public_url: https://nhac.so-mau.example\n")
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


@pytest.fixture
def visitors(followed: Office, site: Site) -> Iterator[Mapping[str, httpx.Client]]:
    """A browser of each of VISITORS."""
    made = {
        "none": site.client(),
        "unit": visiting(site, "so-y-te"),
        "other unit": visiting(site, "so-xay-dung"),
        "viewer": site.client("xem"),
        "secretariat": site.client("thu-ky"),
        "admin": site.client("quan-tri"),
    }
    assert tuple(made) == VISITORS
    yield made
    for client in made.values():
        client.close()


def visiting(site: Site, unit: str) -> httpx.Client:
    """A browser that came by the unit's link."""
    client = site.client()
    client.get(f"/d/{links.issue(site.office.app, unit, site.clock())}")
    return client


def events(office: Office) -> int:
    """How much has ever been recorded: it only grows."""
    with reading(office.app.engine) as session:
        return int(session.execute(select(func.count()).select_from(METADATA.tables["event"])).scalar_one())


def test_every_route_stands_in_the_table() -> None:
    """Whoever adds a page says whom it lets in."""
    assert routes() - {line.route for line in TABLE} == set()


def test_every_route_lets_in_whom_it_should_and_nobody_else(
    followed: Office, visitors: Mapping[str, httpx.Client]
) -> None:
    """Refusals first, and none of them leaves a trace; then an insider's requests, each with its status."""
    known = routes()
    lines = [line for line in TABLE if line.route in known]
    before, wrong = events(followed), []
    for is_inside in (False, True):
        for line in lines:
            for visitor, client in visitors.items():
                if line.lets_in(visitor) is is_inside:
                    found = outcome(line.ask(client))
                    if found != line.expected(visitor):
                        wrong.append(f"{line.route} for {visitor}: {found}, not {line.expected(visitor)}")
        if not is_inside:
            assert events(followed) == before
    assert wrong == [], "\n".join(wrong)


def test_what_another_site_sends_changes_nothing(followed: Office, visitors: Mapping[str, httpx.Client]) -> None:
    """Every route that is not a GET, with the cookies of whoever may: another origin, a sandbox, none said."""
    before = events(followed)
    for line in TABLE:
        if line.method == "GET" or line.route not in routes():
            continue
        for headers in ({"Origin": ELSEWHERE}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": ""}):
            for visitor in ("unit", "admin"):
                assert line.ask(visitors[visitor], headers).status_code == 403, f"{line.route} {headers}"
    assert events(followed) == before


def test_every_page_is_without_inline_script(visitors: Mapping[str, httpx.Client]) -> None:
    """What the policy of the header forbids is not there to be forbidden."""
    for line, answer in shown(visitors):
        assert "'unsafe-inline'" not in answer.headers["content-security-policy"], line.route
        assert INLINE.findall(answer.text) == [], line.route
        assert answer.text.count("<h1") <= 1, line.route


def shown(visitors: Mapping[str, httpx.Client]) -> Iterator[tuple[Line, httpx.Response]]:
    """Every page as an insider sees it."""
    for line in TABLE:
        if line.method == "GET" and line.route in routes():
            client = visitors["unit" if line.who == "unit" else "admin"]
            answer = line.ask(client)
            if answer.headers.get("content-type", "").startswith("text/html"):
                yield line, answer


def test_a_script_in_any_field_comes_back_as_words(visitors: Mapping[str, httpx.Client]) -> None:
    """Every form of every page, a script typed into every field of it; then every page again."""
    sent = 0
    for line, page in [*shown(visitors)]:
        client = visitors["unit" if line.who == "unit" else "admin"]
        for form in attacked(page.text):
            target = form.action or line.url()
            if target.startswith(("/dang-nhap", "/dang-xuat")):
                continue
            named = {"data": form.fields} if form.method == "post" else {"params": form.fields}
            answer = client.request(form.method, target, **named)  # type: ignore[arg-type]
            assert answer.status_code < 500, f"{line.route} {target}"
            assert "<script>alert" not in answer.text, f"{line.route} {target}"
            sent += 1
    assert sent > 5
    for line, page in shown(visitors):
        assert "<script>alert" not in page.text, line.route


def test_a_path_leads_nowhere_else(followed: Office, site: Site) -> None:
    """As a program sends it, not as a browser would tidy it; logged in as whoever may the most."""
    cookie = site.client("quan-tri").cookies["dondoc_session"]
    for path in PATHS:
        connection = HTTPConnection("127.0.0.1", site.port, timeout=10)
        connection.request("GET", path, headers={"Cookie": f"dondoc_session={cookie}"})
        answer = connection.getresponse()
        body = answer.read().decode()
        assert 400 <= answer.status < 500, path
        assert "root:" not in body, path
        assert "create_app" not in body, path
        connection.close()


def test_a_tampered_an_expired_and_a_revoked_link_open_nothing(followed: Office, site: Site) -> None:
    """Another number, another letter of the signature, another unit's signature, after its days, after the revoking."""
    office, now = followed.app, site.clock()
    token, other = (links.issue(office, unit, now) for unit in ("so-y-te", "so-xay-dung"))
    number, _, signature = token.partition(".")
    last = "A" if signature[-2] != "A" else "B"
    tampered = (
        f"{int(number) + 1}.{signature}",
        f"{number}.{signature[:-2]}{last}{signature[-1]}",
        f"{number}.{other[-27:]}",
    )
    for wrong in (*tampered, f"{number}.", "", "0.", "1.".ljust(29, "A"), f"{token}A", f" {token}"):
        with pytest.raises(Refused, match="không đúng"):
            links.open_link(office, wrong, now)
    with pytest.raises(Refused, match="hết hạn"):
        links.open_link(office, token, now + links.LASTS + timedelta(seconds=1))
    links.revoke(office, int(number), now, by="thử")
    with pytest.raises(Refused, match="thu hồi"):
        links.open_link(office, token, now)
    assert links.open_link(office, other, now).unit == "so-xay-dung"
    for wrong in (*tampered, token):
        assert site.client().get(f"/d/{wrong}").status_code in (404, 410)


def test_an_office_without_links_has_no_pages_for_units(bureau: Office, site: Site) -> None:
    """No public_url: what once was a link opens nothing."""
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    token = links.issue(bureau.app, "so-y-te", site.clock())
    client = site.client()
    assert client.get(f"/d/{token}").status_code == 404
    client.cookies.set("dondoc_unit", token)
    for line in TABLE:
        if line.who == "unit" and line.route in routes():
            assert line.ask(client).status_code == 404, line.route


def test_nothing_that_an_admin_can_send_breaks_a_page(followed: Office, site: Site) -> None:
    """A few invented requests to every route, by its own description (schemathesis): none ends in a 5xx."""
    schema = schemathesis.openapi.from_dict(create_app(followed.app, clock=site.clock).openapi())
    cookie = site.client("quan-tri").cookies["dondoc_session"]
    headers = {"Origin": site.url, "Cookie": f"dondoc_session={cookie}"}
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path in ("/dang-xuat", LOGIN):  # they end the session, or lock the account
            continue

        @settings(max_examples=EXAMPLES_EACH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def none_breaks(case: Any) -> None:
            answer = case.call(base_url=site.url, headers=headers, allow_redirects=False)
            assert answer.status_code < 500, f"{case.method} {case.formatted_path}"

        none_breaks()


def test_what_is_typed_is_really_an_attack() -> None:
    """The harness itself: unescaped it would be found."""
    assert "<script>alert" in f"<p>{ATTACK}</p>"
    assert INLINE.search('<p onclick="x()">')
