"""Files that pages offer: what cannot be made is named with its page."""

from press.sphinx import downloads


def test_a_file_that_cannot_be_made_is_named_with_the_page_that_offers_it(monkeypatch, page):
    def fail(folder):
        raise ValueError("rules.yml is not YAML")

    monkeypatch.setattr(downloads.rubrics, "write", fail)
    downloads.write_offered(page.app, "teaching/rubrics", "page.html", {}, None)
    warning = page.warnings.getvalue()
    page.warnings.truncate(page.warnings.seek(0))
    assert "teaching/rubrics" in warning and "WARNING: rules.yml is not YAML" in warning
