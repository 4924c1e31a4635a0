"""How a page is looked at: on wide and narrow screens, in the dark, enlarged."""

from __future__ import annotations

from typing import Any

WIDE, PHONE, ZOOMED = {"width": 1280, "height": 900}, {"width": 360, "height": 740}, {"width": 640, "height": 450}
VIEWS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": WIDE},
    "phone": {"viewport": PHONE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "zoomed to 200 %": {"viewport": ZOOMED, "device_scale_factor": 2},
}
