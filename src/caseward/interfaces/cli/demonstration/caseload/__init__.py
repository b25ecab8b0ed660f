"""The rest of a full-size demonstration: hundreds of made-up children, as another system holds them.

Their lives are drawn by chance and written as an extract of that system, a folder of the Standard
Safeguarding Dataset as of a day; the importer brings it in like any authority's. What no national
format holds is typed here by the people in their roles.
"""
