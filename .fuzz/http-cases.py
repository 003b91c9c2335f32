"""Writes requests of other projects' own tests, which lie beside the repository, as seeds of one fuzz target."""

import base64
import json
import pathlib
import sys

target, cases, corpus = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
for path in sorted(cases.glob("*.json")):
    written = json.loads(path.read_text())
    # What other servers made of them lies there, too, and is no list.
    for number, case in enumerate(written if isinstance(written, list) else []):
        # Of several steps the first; the request of nothing at all is one, too.
        request = base64.b64decode(case["request_base64"] if "request_base64" in case else case["steps_base64"][0])
        head, _, body = request.partition(b"\r\n\r\n")
        words = head.split(b" ")
        seed = {"head": b"0" + request, "chunked": b"0" + body, "target": words[1] if len(words) > 1 else b""}[target]
        if seed.strip(b"0") and len(seed) <= 4096:
            (corpus / f"case-{path.stem}-{number}").write_bytes(seed)
