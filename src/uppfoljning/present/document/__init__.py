"""What is shown, apart from how: tables, charts and sentences that every face – web page, workbook, document – is made from."""
