"""The SSDA903 return (children looked after): Header, Episodes and Reviews, first form.

`tables` declares the columns and codes, `reading` turns files into checked rows, `mapping` turns
rows into facts, `report` counts what became of each row, `importing` takes the facts in.
Everything but `importing` works without a store.
Source: DfE SSDA903 return, column names and code sets as used by the collection validators.
"""
