"""Messages about whose end two readers could disagree, and how many of their requests may be served at the most."""
import base64
import json
import re

from servers import ROOT

HOST = b"Host: localhost\r\n"
#: What must never be answered: it stands in a body, or behind a message whose end is in doubt.
HIDDEN = b"GET /v1/hidden HTTP/1.1\r\n" + HOST + b"\r\n"
GET = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
OWN_PATH = b"/healthz"


class Case:
    """Bytes that one client sends, step by step, each after the answers to the step before."""

    def __init__(self, name, steps, served_max):
        self.name, self.steps, self.served_max = name, steps, served_max
        self.methods = re.findall(rb"(?m)^([A-Z]+) [^\r\n]* HTTP/1\.\d\r?$", b"".join(steps))


def post(fields, body, version=b"1.1", method=b"POST"):
    return method + b" " + OWN_PATH + b" HTTP/" + version + b"\r\n" + HOST + fields + b"\r\n" + body


def chunked(*parts):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def own_cases():
    """Our own table."""
    te, empty = b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"
    length = b"Content-Length: %d\r\n"
    whole = length % len(empty + HIDDEN)
    table = [
        ("a plain request", GET, 1),
        ("two in a row", GET + GET, 2),
        ("five in a row", GET * 5, 5),
        ("a body that looks like a request", post(length % len(HIDDEN), HIDDEN), 1),
        ("a chunk that looks like a request", post(te, chunked(HIDDEN)), 1),
        ("a body, then a request", post(length % 2, b"{}") + GET, 2),
        ("chunks, then a request", post(te, chunked(b"{", b"}")) + GET, 2),
        ("length and chunks, CL.TE", post(whole + te, empty + HIDDEN), 1),
        ("chunks and length, TE.CL", post(te + length % 4, chunked(HIDDEN)), 1),
        ("two lengths", post(length % 0 + length % len(HIDDEN), HIDDEN), 1),
        ("two equal lengths", post(length % len(HIDDEN) * 2, HIDDEN), 1),
        ("a list of lengths", post(b"Content-Length: 0, %d\r\n" % len(HIDDEN), HIDDEN), 1),
        ("a body of GET", post(length % len(HIDDEN), HIDDEN, method=b"GET"), 1),
        ("a body of HEAD", post(length % len(HIDDEN), HIDDEN, method=b"HEAD"), 1),
        ("a body of DELETE", post(length % len(HIDDEN), HIDDEN, method=b"DELETE"), 1),
        ("a body of OPTIONS", post(length % len(HIDDEN), HIDDEN, method=b"OPTIONS"), 1),
        ("chunks of GET", post(te, chunked(HIDDEN), method=b"GET"), 1),
        ("chunks in HTTP/1.0", post(te + whole, empty + HIDDEN, version=b"1.0"), 1),
        ("a body before the go-ahead", post(b"Expect: 100-continue\r\n" + length % len(HIDDEN), HIDDEN), 1),
        ("a go-ahead for GET", post(b"Expect: 100-continue\r\n" + length % len(HIDDEN), HIDDEN, method=b"GET"), 1),
        ("an unknown expectation", post(b"Expect: cake\r\n" + length % len(HIDDEN), HIDDEN), 1),
        ("an upgrade with a body", post(
            b"Connection: upgrade\r\nUpgrade: websocket\r\n" + length % len(HIDDEN), HIDDEN), 1),
        ("an upgrade to HTTP/2", post(
            b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
            + length % len(HIDDEN), HIDDEN), 1),
        ("a length that the connection field takes away", post(
            b"Connection: content-length\r\n" + length % len(HIDDEN), HIDDEN), 1),
        ("a coding that the connection field takes away", post(
            b"Connection: transfer-encoding\r\n" + te, chunked(HIDDEN)), 1),
        ("close, then a request", post(b"Connection: close\r\n", b"", method=b"GET") + HIDDEN, 1),
        ("a request that never ends", b"GET /healthz HTTP/1.1\r\n" + HOST + b"X-Open: ", 0),
        ("a body that never ends", post(length % 500, HIDDEN), 0),
        ("chunks that never end", post(te, b"5\r\nhello\r\n"), 0),
        ("a chunk shorter than it says", post(te, b"30\r\n" + HIDDEN + empty), 1),
        ("a chunk longer than it says", post(te, b"3\r\nhello\r\n0\r\n\r\n" + HIDDEN), 1),
        ("a trailer that sets a length", post(te, b"0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN)) + GET, 2),
    ]
    for name, value in [
        ("a length with a sign", b"+%d"), ("a negative length", b"-%d"), ("a length with a blank", b"%d 0"),
        ("a length with an underscore", b"%d_0"), ("a length in quotes", b'"%d"'), ("a length with a point", b"%d.0"),
        ("a length with a zero byte", b"%d\0"), ("a length beyond all numbers", b"18446744073709551616%d"),
    ]:
        table.append((name, post(b"Content-Length: " + value % len(HIDDEN) + b"\r\n", HIDDEN), 1))
    for name, line in [
        ("chunked with a blank before the colon", b"Transfer-Encoding : chunked\r\n"),
        ("chunked behind a tab", b"Transfer-Encoding:\tchunked\r\n"),
        ("chunked with a tab behind", b"Transfer-Encoding: chunked\t\r\n"),
        ("xchunked", b"Transfer-Encoding: xchunked\r\n"),
        ("chunked, identity", b"Transfer-Encoding: chunked, identity\r\n"),
        ("identity, chunked", b"Transfer-Encoding: identity, chunked\r\n"),
        ("chunked twice", b"Transfer-Encoding: chunked, chunked\r\n"), ("chunked on two lines", te + te),
        ("chunked and a cow", te + b"Transfer-Encoding: cow\r\n"),
        ("chunked in capitals", b"Transfer-Encoding: CHUNKED\r\n"),
        ("chunked in quotes", b'Transfer-Encoding: "chunked"\r\n'),
        ("chunked with a parameter", b"Transfer-Encoding: chunked;a=b\r\n"),
        ("chunked behind a bare line feed", b"X: y\nTransfer-Encoding: chunked\r\n"),
        ("chunked behind a bare return", b"X: y\rTransfer-Encoding: chunked\r\n"),
        ("chunked on a folded line", b"Transfer-Encoding:\r\n chunked\r\n"),
        ("chunked with a zero byte", b"Transfer-Encoding: chunked\0\r\n"),
        ("chunked with a vertical tab", b"Transfer-Encoding: \x0bchunked\r\n"),
        ("Transfer_Encoding", b"Transfer_Encoding: chunked\r\n"),
        ("a name behind a blank", b" Transfer-Encoding: chunked\r\n"),
    ]:
        table.append((name + ", CL.TE", post(line + whole, empty + HIDDEN), 1))
        # These two are no Transfer-Encoding at all: another name, and a folded line of Host. The length is right.
        is_other = line.startswith((b"Transfer_", b" "))
        table.append((name + ", TE.CL", post(line + length % 4, chunked(HIDDEN)), 2 if is_other else 1))
    for name, body in [
        ("a size with 0x", b"0x5\r\nhello\r\n" + empty), ("a size with a sign", b"+5\r\nhello\r\n" + empty),
        ("a size with a blank", b"5 \r\nhello\r\n" + empty),
        ("a size beyond all numbers", b"10000000000000005\r\nhello\r\n" + empty),
        ("a size that ends in a line feed", b"5\nhello\r\n" + empty),
        ("an end of a chunk without return", b"5\r\nhello\n" + empty),
        ("a last chunk that ends in line feeds", b"5\r\nhello\r\n0\n\n"),
        ("an extension with a line feed", b"5;\nhello\r\n" + empty),
        ("an extension with a return", b"5;a\rX\r\nhello\r\n" + empty),
        ("a size that is empty", b"\r\nhello\r\n" + empty),
        ("a size of letters", b"five\r\nhello\r\n" + empty),
        ("zeros before the size", b"00000000005\r\nhello\r\n" + empty),
    ]:
        table.append((name, post(te, body) + HIDDEN, 2))
    return [Case(f"own/{name}", [text], served_max) for name, text, served_max in table]


def others_cases(only_framing):
    """Those of other projects' own tests; none where the folder is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "vectors/http-cases").is_dir():
        return []
    cases = []
    for path in sorted((folder / "vectors/http-cases").glob("*.json")):
        if path.name.startswith(("result", "_")):
            continue
        for case in json.loads(path.read_text()):
            steps = [base64.b64decode(step) for step in case.get("steps_base64", [])]
            steps = steps or [base64.b64decode(case["request_base64"])]
            if only_framing and not re.search(rb"(?i)content.?length|transfer.?encoding|chunked", b"".join(steps)):
                continue
            steps[0] = addressed(steps[0], case)
            cases.append(Case(case["id"], steps, case["max_responses"]))
    return cases


def addressed(text, case):
    """With our host and path, where neither is what the case is about."""
    if case.get("retarget"):
        path = re.match(rb"(?:\r\n)*[A-Z]+ (/[^ ?]*)", text)
        if path:
            text = text[:path.start(1)] + OWN_PATH + text[path.end(1):]
    if case.get("rehost"):
        head, end, rest = text.partition(b"\r\n\r\n")
        head = re.sub(rb"(?im)^(host:[ \t]*)[A-Za-z0-9.:=-]+", rb"\g<1>localhost", head, count=1)
        text = head + end + rest
    return text
