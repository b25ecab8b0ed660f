"""Pages, a folder a journey: addresses, views that make one call, forms, templates.

A view declares the rule it is under (`rules`), asks one reading or verb, and hands the template the
frozen value it was given. `looking` puts the asker on the request and turns refusals into pages.
"""
