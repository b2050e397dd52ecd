"""yaml-language-server as an editor runs it: a process of its own, asked over its standard input and output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

VARIABLE = "UPPFOLJNING_NODE"
_HOME = Path(__file__).resolve().parents[2]
_SERVER = "node_modules/yaml-language-server/bin/yaml-language-server"
_SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}


def command() -> list[str]:
    """How the server is started; empty where node or the server is missing.

    The server is looked for in the folder that `npm install --prefix` was given, which VARIABLE names, else beside the source.
    """
    node = shutil.which("node")
    server = Path(os.environ.get(VARIABLE) or _HOME) / _SERVER
    return [node, str(server), "--stdio"] if node and server.is_file() else []


class LanguageServer:
    """A running server that has been told its settings."""

    def __init__(self, root: Path, schemas: Mapping[str, Sequence[str]] | None = None) -> None:
        self.root = root
        self.settings = {**_SETTINGS, "schemas": schemas or {}}
        self.asked = 0
        self.diagnosed: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.alarm = Timer(120, self.process.kill)
        self.alarm.start()
        self.ask(
            "initialize",
            {"processId": os.getpid(), "rootUri": self.root.as_uri(), "capabilities": {"workspace": {"configuration": True}}},
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": self.settings}})
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.alarm.cancel()
        self.process.kill()
        self.process.communicate()

    def diagnostics(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a file and wait for what the server has against it."""
        uri = self.uri(name)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self.diagnosed:
            self._take(self._receive())
        return self.diagnosed.pop(uri)

    def at(self, what: str, name: str, line: int, column: int) -> Any:
        """What the server says of a place in an open file; lines and columns count from 0."""
        place = {"textDocument": {"uri": self.uri(name)}, "position": {"line": line, "character": column}}
        return self.ask(f"textDocument/{what}", place)

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def ask(self, method: str, params: Any) -> Any:
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" not in message and message["id"] == self.asked:
                return message["result"]
            self._take(message)

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnosed[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = [self.settings if one.get("section") == "yaml" else {} for one in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "servern slutade svara"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message
