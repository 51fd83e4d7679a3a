"""A small OpenID Connect provider on loopback: discovery, keys, authorization with PKCE, and tokens that it signs."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "foreshock", "a secret between two"


class Provider:
    """What the server answers; a test sets what is wrong with it.

    Attributes:
        claims: of whoever signs in.
        change: what is changed in the ID token, after the right values.
        signer: the key that signs; another one than is published where set.
        algorithm: of the signature.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims: dict[str, Any] = {"sub": "17", "preferred_username": "Ольга K", "groups": ["staff", "crisis-desk"]}
        self.change: dict[str, Any] = {}
        self.told: dict[str, Any] = {}
        self.signer: Any = self.key
        self.algorithm = "RS256"
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer = ""
        self.now = 0

    def authorize(self, address: str) -> dict[str, str]:
        """Sign somebody in at the address that a browser was sent to; return the query with which it goes back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert query["client_id"] == CLIENT
        assert {"openid"} <= set(query["scope"].split())
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    def metadata(self) -> dict[str, Any]:
        at = self.issuer
        told = {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/keys",
        }
        return {**told, "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"], **self.told}

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        begun = self.codes.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if begun is None or proof != begun["code_challenge"] or form.get("redirect_uri") != begun["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if authorization.replace("%20", "+") not in (expected, _quoted()):
            return 401, {"error": "invalid_client"}
        access = "an access token"
        half = hashlib.sha256(access.encode()).digest()[:16]
        import time

        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": begun["nonce"],
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(), **self.claims, **self.change,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            parts = [json.dumps(one).encode() for one in ({"alg": "none"}, claims)]
            signed = ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in parts) + "."
        else:
            signed = jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.signer, algorithms=[self.algorithm])
        return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed}


def _quoted() -> str:
    from urllib.parse import quote_plus

    return "Basic " + base64.b64encode(f"{CLIENT}:{quote_plus(SECRET)}".encode()).decode()


@contextmanager
def serving(provider: Provider) -> Any:
    """Serve a provider on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            provider.asked.append(path)
            if path.endswith("/.well-known/openid-configuration"):
                self._answer(200, provider.metadata())
            elif path == "/keys":
                self._answer(200, {"keys": [provider.key.as_dict(private=False)]})
            else:
                self._answer(404, {})

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*provider.token(form, self.headers.get("Authorization", "")))

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
