"""Lịch sử chạy, Quản trị: what the engine did and whether it is well; accounts, links, the audit trail."""
