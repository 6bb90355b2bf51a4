"""A person or a list on one page, for somebody who was not there; made to be kept, sent and printed."""

from __future__ import annotations

from ui.web.report.page import report_html

__all__ = ["report_html"]
