"""*Ghi nhận nhanh*: numbers and dates typed down a column, saved at once."""
