"""Rungs of the ladder, what came of reminders, periods."""

from __future__ import annotations

WORDS = {
    # Rungs
    "trước hạn {} ngày": "{} days before the deadline",
    "quá hạn {} ngày làm việc": "overdue by {} working days",
    "dự thảo công văn, quá hạn {} ngày": "draft of a letter, overdue by {} days",
    "báo đầu mối theo dõi, quá hạn {} ngày": "to the overseer, overdue by {} days",
    "báo lãnh đạo đơn vị, quá hạn {} ngày": "to the unit's leader, overdue by {} days",
    "báo lãnh đạo cơ quan, quá hạn {} ngày": "to our own leadership, overdue by {} days",
    "nhắc ghi nhận sau {} ngày": "reminder to confirm after {} days",
    "giao việc": "task given",
    "đúng ngày đến hạn": "on the day it is due",
    "sau kỳ nghỉ": "after the break",
    "báo đã ghi nhận": "told that it was confirmed",
    "phiếu theo dõi": "control sheet",
    "danh mục việc thường xuyên": "list of standing duties",
    "báo người quản trị": "alert to the admin",
    # What came of them
    "{} đã gửi": "{} sent",
    "{} bỏ qua": "{} skipped",
    "{} chờ gửi": "{} waiting",
    "{} đang giữ": "{} held",
    "{} gộp": "{} merged",
    "{} không gửi được": "{} failed",
    "{} thôi gửi": "{} cancelled",
    "{} chưa rõ đã tới": "{} unknown whether they arrived",
    "không có kênh": "no channel",
    # Periods
    "năm {}": "{}",
    "{} tháng đầu năm {}": "first {} months of {}",
    "{} tháng cuối năm {}": "last {} months of {}",
    "quý I/{}": "quarter I/{}",
    "quý II/{}": "quarter II/{}",
    "quý III/{}": "quarter III/{}",
    "quý IV/{}": "quarter IV/{}",
    "tháng {}": "month {}",
}
