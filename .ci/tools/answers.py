"""Answers of a server, cut out of the bytes that a client received."""
import re

STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})[^\r\n]*\r\n")


class Answer:
    """One answer; not whole if its end has not come."""

    def __init__(self, status, fields, content, is_whole):
        self.status, self.fields, self.content, self.is_whole = status, fields, content, is_whole

    @property
    def closes(self):
        return "close" in self.fields.get("connection", "").lower()


def read_answers(received, methods=()):
    """All final answers in the bytes, and whether something that is none follows them.

    methods: of the requests in their order, as far as known: an answer to HEAD has no content.
    """
    if received and b"HTTP/1." not in received:
        # An answer in HTTP/0.9, which is content and nothing else, up to the end of the connection.
        return [Answer(0, {}, received, True)], False
    answers, place = [], 0
    while place < len(received):
        line = STATUS_LINE.match(received, place)
        end = received.find(b"\r\n\r\n", place)
        if not line:
            return answers, True
        status = int(line.group(1))
        if end < 0:
            answers.append(Answer(status, {}, b"", False))
            return answers, False
        fields = {}
        for field in received[line.end():end].split(b"\r\n"):
            name, _, value = field.partition(b":")
            fields[name.decode("latin-1").lower()] = value.strip().decode("latin-1")
        place = end + 4
        if 100 <= status < 200:
            continue
        method = methods[len(answers)] if len(answers) < len(methods) else b""
        content, place, is_whole = read_content(received, place, status, fields, method)
        answers.append(Answer(status, fields, content, is_whole))
        if not is_whole:
            return answers, False
    return answers, False


def read_content(received, place, status, fields, method):
    # haproxy 2.6 sends the content of its own refusals to HEAD too, and closes.
    has_none = method == b"HEAD" and (place == len(received) or STATUS_LINE.match(received, place))
    if has_none or status in (204, 304):
        return b"", place, True
    if "chunked" in fields.get("transfer-encoding", ""):
        return read_chunks(received, place)
    if "content-length" in fields:
        end = place + int(fields["content-length"])
        return received[place:end], end, len(received) >= end
    # Up to the end of the connection: nothing can follow.
    return received[place:], len(received), True


def read_chunks(received, place):
    content = b""
    while True:
        end = received.find(b"\r\n", place)
        if end < 0:
            return content, place, False
        size = int(received[place:end].split(b";")[0], 16)
        if size == 0:
            end = received.find(b"\r\n\r\n", end)
            return content, end + 4, end >= 0
        content += received[end + 2:end + 2 + size]
        place = end + 2 + size + 2
