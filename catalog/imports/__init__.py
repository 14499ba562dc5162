"""What people filled in elsewhere → the text of a disclosure file: workbooks and tables, whatever was done to them.

`sheets` opens a workbook that a stranger made, `tables` a CSV file: both give cells as texts. `forms` finds in them
what the form asks for, `published` what a published table says, `answers_table` what the catalog's own CSV says.
Everything that is not understood is named by its cell.
"""
