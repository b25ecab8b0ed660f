"""Ofsted's Annex A workbook: eleven lists of children, as they stood on one day.

`lists` declares which headings mean what, `answers` what a cell says, `workbook` reads the file and
checks each row, `events` turns rows into facts. Works without a store. A snapshot starts clocks and
builds no history: it holds the latest of each thing, and not what came before.
Source: Ofsted, ILACS framework, annex A, as authorities fill it in.
"""
