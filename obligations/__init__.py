"""Đôn Đốc: plan obligations, their deadlines, and the ledger of reminders."""
