"""A paper as one self-contained web page: no script, nothing fetched, readable by everyone and on paper."""

from uppfoljning.present.renderers.html.page import html_text

__all__ = ["html_text"]
