"""What workbooks are packed in, looked into byte by byte before a sheet is loaded.

It tells a workbook from other documents and from an encrypted one, finds out how far its cells reach (a workbook reader
sets aside room for all of them, and ends the program where there is none), and which of them hold no value.
"""
