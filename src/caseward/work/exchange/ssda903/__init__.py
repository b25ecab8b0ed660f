"""The SSDA903 return (children looked after): twelve tables in CSV, or its XML form.

`columns` declares the tables, `codes` their code sets, `returns` reads the files, `marked_up` the XML
form, `checking` checks each row, `events` turns rows into facts. Works without a store.
Source: DfE SSDA903 return, collection years 2017 to 2027.
"""
