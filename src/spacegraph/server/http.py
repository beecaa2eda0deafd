"""HTTP for the endpoint: uvicorn's protocol on llhttp, with a bound on the head of a request, which that one lacks."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["MAX_HEAD", "BoundedHead"]

#: Bytes of a request's line and headers; queries that are longer are posted.
MAX_HEAD = 64 * 1024


class BoundedHead(HttpToolsProtocol):
    """A connection that ends when the head of a request does not."""

    _reading_head = False
    _head = 0

    def data_received(self, data: bytes) -> None:
        """Feed the parser, as long as there is a request to come of it."""
        self._head += len(data)
        super().data_received(data)
        if self._reading_head and self._head > MAX_HEAD and not self.transport.is_closing():
            self.send_400_response(
                f"The line and headers of a request may take {MAX_HEAD} bytes. Post long queries."
            )

    def on_message_begin(self) -> None:
        """A request begins."""
        self._reading_head, self._head = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is there; what follows is the body, which the application bounds."""
        self._reading_head = False
        super().on_headers_complete()
