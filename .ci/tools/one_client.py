"""A client that asks one thing after the other on one connection, as a dashboard does."""
import socket
import time

from answers import read_answers


class Client:
    def __init__(self, port, seconds=10):
        self.port, self.seconds, self.socket = port, seconds, None

    def ask(self, text):
        """The whole answer and how long it took; a new connection if the last one was closed."""
        begin = time.perf_counter()
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), self.seconds)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(text)
        received = b""
        while True:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionError("closed without an answer")
            received += piece
            answers, _ = read_answers(received, [text.split(b" ", 1)[0]])
            if answers and answers[0].is_whole:
                break
        took = time.perf_counter() - begin
        if answers[0].closes:
            self.close()
        return answers[0], took

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
