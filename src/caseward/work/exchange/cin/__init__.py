"""The children in need census (XML): one child after another, cut into the rows of its blocks.

`blocks` declares what each block holds, `census` reads the file and checks each row, `events` turns
rows into facts. Works without a store.
Source: DfE, CIN census specifications, collection years 2022 to 2027.
"""
