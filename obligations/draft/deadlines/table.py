"""The rules in order. A pattern is written over the lexicon's letters; `P` stands for any word of a deadline."""

from __future__ import annotations

import re

from obligations.draft.deadlines import edges, events, recurring, rules
from obligations.draft.deadlines.rules import Reader, Row

_P = "[bti]"  # trước; chậm nhất, hạn, đến hết; trong, vào
_T = "(?:[et]+)"  # đến, tới, đến hết
_FROM_DAY = "[fa]i?(?:H&?)?(?:w&?)?D"  # kể từ ngày …, tính từ 0 giờ ngày …


def _row(name: str, source: str, pattern: str, read: Reader) -> Row:
    return Row(name, source, re.compile(pattern.replace("P", _P).replace("T", _T)), read)


ROWS = (
    # Không phải hạn: mốc bắt đầu, mốc sớm nhất.
    _row("earliest", "B2", r"s(?:HD|D|Mr?|Q|Nr?)r?", rules.no_deadline),
    # B8: ngày âm lịch; có ngày dương lịch bên cạnh thì theo ngày dương lịch.
    _row("lunar-and-solar", "B8", r"P*H?L(?:\(~?|&?~)D\)?", rules.fixed),
    _row("solar-and-lunar", "B8", r"P*H?&?D\([x~]{0,2}L\)", rules.fixed),
    _row("lunar", "B8", r"(?:u?P+|f|e)H?L(?:TH?L)?", rules.lunar),
    # B5: định kỳ có ngày.
    _row("day-of-quarter", "B5", r"P*H?(?:N|l)&?qr?", recurring.quarterly),
    _row("days-of-month", "B5", r"fN(?:T|-)P?Nr", recurring.monthly),
    _row("two-days-of-month", "B5", r"P*N&P?(?:[Nl]r|lm)", recurring.monthly),
    _row("day-of-months-of-year", "B5", r"P*N&?Mr?(?=[^\d]|$)(?<!M)", recurring.year_months),
    _row("day-of-months", "B5", r"P*NM", recurring.year_months),
    _row("day-of-listed-months", "B5", r"P*H?E(?:&?r)?", recurring.year_months),
    _row("day-of-next-month", "B5", r"P*H?Nn", recurring.monthly),
    _row("day-of-month", "B5", r"P*(?:H&?)?Nr", recurring.monthly),
    _row("day-of-the-month", "B5", r"P*H?Nm", recurring.monthly),
    _row("day-of-next-year", "B5", r"P*Dn", recurring.yearly),
    _row("days-of-year", "B5", r"P*(?:H&?)?D(?:&P*D)*r", recurring.yearly),
    _row("months-after", "B5", r"r&?\(?P*(?:M(?:&M)*|Q(?:&Q)*)\)?", recurring.months_after),
    _row("months-of-year", "B5", r"P+Mr|Mr", recurring.year_months),
    _row("quarter-of-year", "B5", r"P*Q(?:&Q)*r", recurring.year_quarters),
    _row("weekday-of-month", "B5", r"P*H?&?w(?:&w)*k(?:r|m)", recurring.weekday_of_month),
    _row("week-of-each", "B5", r"r&?P*(?:K|k[mZA])|P*kr", recurring.edge_of_each),
    _row("regular-days", "B5", r"zP*D(?:&P*D)+(?!&?r)", recurring.regular_days),
    _row("last-day-of-part", "B3", r"P+l[MQY]", edges.last_of_part),
    _row("last-day", "B5", r"P*l(?:r|m|Z|A)", recurring.last_day),
    _row("hour-after-weekday", "B5", r"P*w(?:&w)*r&?P+H", recurring.weekly),
    _row("weekday-after", "B5", r"r[&(]?P*H?&?P*w(?:&w)*\)?", recurring.weekly),
    _row("days-and-last-after", "B5", r"r[&(:]*P*N&P*l(?:m|r)?\)?", recurring.monthly),
    _row("days-after", "B5", r"r[&(:]*P*H?N(?:&P*N)*\)?(?![&-]?[DMqnrmlZ])", recurring.days_after),
    _row("weekday", "B5", r"P*(?:H&?)?w(?:&w)*r|P*H?&?P*j|Ux{0,3}P+H?&?P*w", recurring.weekly),
    _row("hours-of-day", "B5", r"P*H&P*Hr", recurring.hours_daily),
    _row("hour-of-day", "B5", r"P*Hr|r&?P+H(?!&?P*[wDN])", recurring.daily),
    # B6: đếm từ một ngày đã nêu; trước các khoảng, vì cùng bắt đầu bằng *từ ngày*.
    _row("count-from-date", "B6", rf"(?:[ti]|g)*c[&(]?{_FROM_DAY}(?![et-])\)?", events.counted_from_day),
    _row("date-then-count", "B6", rf"{_FROM_DAY}&(?:[ti]|g)+c(?![agxB])", events.counted_from_day),
    # B4: khoảng; của mỗi năm, hoặc một lần.
    _row("window-of-year", "B5", r"f?(?:DTb?D|NTb?D|MTb?M)&?r", recurring.season),
    _row("window-to-next-year", "B4", r"f?(?:DTD|MTM|QTQ|NTD)n", rules.into_next_year),
    _row("window-in-two-parts", "B4", r"fH?D&?[bt]H?&?D", rules.window),
    _row("parts-window-in-two", "B4", r"fM&?P+M|fQ&?P+Q", rules.parts_window),
    _row("days-counted", "B4", r"i*c[&(:]*f(?:D|N)Tb?D\)?", rules.window),
    _row("days-window", "B4", r"fH?DTb?H?&?D", rules.window),
    _row("days-window-one-month", "B4", r"fNTb?D", rules.window),
    _row("days-in-one-month", "B4", r"[fbti]+W", rules.days_in_one),
    _row("days-window-dash", "B4", r"[fi]D-D|fN-D", rules.window),
    _row("edges-window", "B4", r"fkMTb?(?:k?M|D)|f(?:M|D)Tb?kM", edges.edges_window),
    _row("day-to-part", "B4", r"fDT[MQSY]", rules.day_to_part),
    _row("parts-window", "B4", r"f?(?:MTb?M|QTb?Q|SbTb?S|MTb?Y|[MQ]Tk?A|M-M|Q-Q)", rules.parts_window),
    _row("years-window", "B4", r"fYTY", rules.parts_window),
    _row("stage", "B4", r"P*G", rules.stage),
    _row("opening", "B4", r"f(?:H?D|N|M|Q|S|Y)", rules.opening),
    # B6: đếm từ một sự kiện, hoặc lùi từ nó.
    _row(
        "count-with-result",
        "B6",
        r"(?:[ti]|g)*[c6][Bbag][^()D;]{1,12}\((?:~?[bt]+i?|~)D\)",
        events.counted_result,
    ),
    _row("date-and-count", "B6", r"P+H?(?:w&?)?D\(t*[c6][Bbag][^()]{0,10}\)", events.counted_beside),
    _row("count-to-event-printed", "B6", r"[ti]*cB[^()D;]{1,12}\([xe]{0,4}D\)", events.counted_from_day),
    _row("count-back", "B6", r"[ti]*[c6](?:B|b(?!D|M|Q|Y))|[bB]x{0,12}(?:[ti]*)[c6](?!a)", events.backwards),
    _row("near-week", "B3", r"P+(?:w&?)?(?:V|n)|wV", events.near_week),
    _row("session", "B6", r"J", events.session),
    _row("before-event-printed", "B6", r"Bx{1,8}\(D\)", rules.fixed),
    _row("before-event-on", "B6", r"Bx{1,4}D", events.event_on),
    _row("count-to-printed", "B6", r"[ti]*cbi?D|[bB]i?D[ti]*c(?![agx])", events.counted_from_day),
    _row("count-from-printed", "B6", r"(?:[ti]|g)*c[ag][^()D;]{0,12}\(D\)", events.counted_from_day),
    _row("before-event", "B6", r"B(?=[xi])", events.event),
    _row("count-after-event", "B6", r"ax{1,10}&?[ti]*c(?!a)|gx{1,4}[ti]*c(?![agx])", events.count_after_event),
    _row("count", "B6", r"(?:[ti]|g|ti)*[c6]&?a", events.count),
    _row("count-from-day", "B6", r"(?:[ti]|g)*c&?f(?=x)", events.count),
    _row("count-after", "B6", r"(?:[ti]|g)*cg(?=x)", events.count),
    # B5: quý, 6 tháng, 9 tháng, năm của một báo cáo.
    _row("quarters-and-year", "B5", r"Q&6&9&x?A|Z&6&9&x?A|Q&6&9&r", recurring.quarters),
    _row("halves", "B5", r"6(?:&|x){1,3}(?:A|r)", recurring.halves),
    # B3: đầu, giữa, cuối.
    _row("edge", "B3", r"u?P*T?k[MQY]", edges.edge),
    _row("edge-this", "B3", r"(?:uP*|P+)k(?:A|m|Z|n)", edges.edge),
    # B1, B2: một ngày.
    _row("today", "B1", r"P+H?&?i?o", rules.today),
    _row("same-day", "B1", r"P*H?&?i?=", rules.same_day),
    _row("from-now", "B1", r"ub?t?i?H?(?:w&?)?D", rules.fixed),
    _row("several-days", "B4", r"P+N(?:&[Nx])*&[DW]", rules.days),
    _row("dates", "B5", r"P+D(?:&D)+", rules.several_dates),
    _row("date-and-hour", "B1", r"[bti]+H&?i?(?:w&?)?D|[bti]+D&H", rules.fixed),
    _row("date", "B1", r"[bti]+i?(?:w&?)?D", rules.fixed),
    # B3: trong tháng, quý, năm.
    _row("rest-of-year", "B3", r"ub?t?A", rules.rest_of_year),
    _row("part-from-now", "B3", r"ub?t?[MQSY]", rules.within),
    _row("parts", "B3", r"P+M(?:&M)*|P+Q(?:&Q)*|P+S|P+Y", rules.within),
    # Thời hạn không có mốc tính.
    _row("count-alone", "B6", r"i+c(?!a)", events.no_anchor),
    # Không có chữ chỉ hạn: yếu, phải nhờ câu.
    _row("bare-edge", "B3", r"e?k(?:A|m|Z)", edges.bare_edge),
    _row("bare-lunar", "B8", r"L", rules.lunar),
    _row("until-date", "B2", r"e(?:H?D)", rules.fixed),
    _row("until-part", "B3", r"e[MQS]", rules.within),
    _row("horizon", "B3", r"eY", rules.no_deadline),
    _row("bare-days", "B4", r"W", rules.days_in_one),
    _row("bare-days", "B4", r"N(?:&[Nx])*&[DW]", rules.days),
    _row("bare-days", "B4", r"D-D", rules.window),
    _row("bare-date", "B1", r"(?<!v)(?:H&?)?(?:w&?)?D", rules.fixed),
    _row("bare-parts", "B3", r"(?<![cf])(?:M(?:&M)*|Q(?:&Q)*|S|Y)", rules.within),
    # B5: định kỳ không có ngày.
    _row("each", "B5", r"r", recurring.each),
    # B5: chỉ có ngày; chu kỳ ở chỗ khác trong câu.
    _row("day-alone", "B5", r"P+H?N", recurring.monthly),
)
