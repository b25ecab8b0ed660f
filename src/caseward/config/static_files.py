"""How style sheets and scripts are named when they are served: by what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Names each file by its content, and follows what one script imports from another."""

    support_js_module_import_aggregation = True
