"""What every request passes before anything of its body is read: the token, and the size of small bodies."""

from __future__ import annotations

import hmac

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from veripo_trainer.service.errors import STATUS, ServiceError, format_bytes
from veripo_trainer.service.messages import Failure
from veripo_trainer.service.trainer import MAX_REQUEST_BYTES

_OPEN_PATH = "/v1/health"


class Gate:
    """ASGI middleware. Refuses strangers alike on every path, so that paths cannot be probed."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = b"Bearer " + token.encode("ascii")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward the request, or refuse it."""
        if scope["type"] == "http" and scope["path"] != _OPEN_PATH:
            refusal = self._refusal(scope["method"], Headers(scope=scope))
            if refusal is not None:
                await failure_response(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> ServiceError | None:
        given = headers.get("authorization", "").encode("latin-1")
        if not hmac.compare_digest(given, self._expected):
            return ServiceError("unauthorized", "This trainer needs its token: Authorization: Bearer ….")
        if method != "POST":
            return None  # files have their own limit
        if "transfer-encoding" in headers:
            return ServiceError("invalid", "Say the Content-Length of the body.")
        if int(headers.get("content-length", "0")) > MAX_REQUEST_BYTES:
            return ServiceError("too_large", f"A request may have at most {format_bytes(MAX_REQUEST_BYTES)}.")
        return None


def failure_response(error: ServiceError) -> JSONResponse:
    """A refusal as the API answers it."""
    body = Failure(code=error.code, message=error.message, missing=error.missing)
    return JSONResponse(body.model_dump(by_alias=True), STATUS[error.code])
