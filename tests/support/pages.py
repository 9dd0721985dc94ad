"""Checkout pages for tests: the sample, and what a test puts into it."""

import shutil
from pathlib import Path

from kiosk_app.base.paths import assets_dir

# Both of no theme. SECRET is in the area that is marked by its selector, and moves.
SECRET = (19, 254, 87)
MARKER = (32, 64, 255)

EXTRA = f"""
<style>
  .member {{ position: absolute; left: 60px; top: 1010px; width: 220px; height: 120px;
            background: rgb{SECRET}; animation: wander 1.3s linear infinite alternate; }}
  @keyframes wander {{ to {{ transform: translate(620px, 160px); }} }}
  .marker {{ position: absolute; left: 60px; top: 1330px; width: 300px; height: 120px;
            background: rgb{MARKER}; }}
</style>
<div class="member"></div>
<div class="marker"></div>
<p id="memory" style="position: absolute; left: 60px; top: 1480px"></p>
<script>
  addEventListener("DOMContentLoaded", () => {{
    const seen = localStorage.getItem("shopper") ?? "nobody";
    document.getElementById("memory").textContent = "Seen here before: " + seen;
    localStorage.setItem("shopper", "the last one");
    document.cookie = "shopper=1";
  }});
</script>
"""


def page_with_a_secret(directory: Path) -> str:
    """The sample with a moving secret, a still marker and a memory; its address."""
    shutil.copytree(assets_dir() / "till" / "sample", directory)
    index = directory / "index.html"
    index.write_text(index.read_text().replace("</body>", f"{EXTRA}</body>"))
    # The sample names its own; what is named last is what holds.
    script = directory / "checkout.js"
    before = script.read_text()
    after = before.replace('sensitive(["#terminal"])', 'sensitive(["#terminal", ".member"])')
    assert after != before, "the sample marks its terminal"
    script.write_text(after)
    return index.as_uri()
