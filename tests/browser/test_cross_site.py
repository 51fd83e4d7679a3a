"""A page elsewhere, in a real browser, at a desk that needs no login: it reads nothing, changes nothing and frames nothing."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from foreshock.ledger.accounts import Accounts
from tests.browser.conftest import Served

PAGE = """<!doctype html><title>elsewhere</title>
<form id="form" method="post" action="{desk}/admin/accounts">
<input name="name" value="evil"><input name="role" value="admin"><input name="password" value="four plain words here"></form>
<iframe id="frame" src="{desk}/account"></iframe>
<script>
const fields = new URLSearchParams({{name: "evil", role: "admin", password: "four plain words here"}});
const json = {{method: "POST", headers: {{"Content-Type": "application/json"}}, body: "{{}}"}};
window.told = Promise.all([
  fetch("{desk}/account"), fetch("{desk}/account", {{mode: "no-cors"}}), fetch("{desk}/api/v1/claims"),
  fetch("{desk}/admin/accounts", {{method: "POST", body: fields}}),
  fetch("{desk}/admin/accounts", {{method: "POST", body: fields, mode: "no-cors"}}), fetch("{desk}/api/v1/judgements", json),
].map((asked) => asked.then(() => "answered", () => "refused")));
</script>"""


def test_a_page_elsewhere_gets_nothing_from_a_desk_on_this_machine(own_served: Served, chromium: Any) -> None:
    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGE.format(desk=own_served.url).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.goto(f"{own_served.url}/account")
        assert page.title().startswith("Account")
        for name in ("localhost", "127.0.0.1"):  # another site, and the same site on another port
            page.goto(f"http://{name}:{server.server_port}/")
            assert page.evaluate("told") == ["refused"] * 6
            assert page.frames[1].url in ("chrome-error://chromewebdata/", "") or page.frames[1].title() == ""
            with page.expect_navigation() as moved:
                page.evaluate("document.getElementById('form').submit()")
            assert moved.value.status == 403
        assert Accounts(own_served.desk.ledger).all() == []
        page.goto(f"http://localhost:{server.server_port}/")
        page.evaluate(f"location.href = '{own_served.url}/account'")
        page.wait_for_url("**/account")  # a link leads here all the same
        assert page.title().startswith("Account")
    finally:
        context.close()
        server.shutdown()
        server.server_close()
        thread.join(5)
