"""Clients that do everything at once to a record, each on its own connection, and remember what was acknowledged.

Intakes, facts about the people taken in, voids of those facts, pages of people and searches: pages and searches write
into the access log. Whatever has a key can be sent again, and what was acknowledged has to be answered alike then.
"""
import json
import random
import sqlite3
import threading
from collections import Counter
from contextlib import closing

from answers import read_answers
from one_client import Client
from servers import many_clients



def unhurried():
    """The settings that let few clients with one token send as fast as they are answered."""
    return {**many_clients(), "rate.searches": "1000000"}


CHANGES = ("intake", "facts", "void")


class Change:
    """One request with a key, and the answer to it if there was one."""

    def __init__(self, kind, path, key, body):
        self.kind, self.path, self.key, self.body, self.answer = kind, path, key, json.dumps(body), None


class Worker(threading.Thread):
    def __init__(self, load, place):
        super().__init__(daemon=True)
        self.load, self.place, self.random = load, place, random.Random(f"{load.run}-{place}")
        self.people, self.facts, self.changes, self.sent = [], [], [], 0
        self.client = Client(load.bnl.port, load.seconds)

    def run(self):
        try:
            while not self.load.is_over and self.sent < self.load.requests:
                self.step()
        except (OSError, ConnectionError):
            pass
        finally:
            self.client.close()

    def step(self):
        self.sent += 1
        kind = self.random.choice(("intake", "facts", "facts", "void", "page", "page", "search"))
        if kind == "facts" and self.people:
            self.change(kind, f"people/{self.random.choice(self.people)}/facts", self.contact())
        elif kind == "void" and self.facts:
            self.change(kind, f"facts/{self.facts.pop()}/void", {})
        elif kind == "page" and self.people:
            self.ask(kind, "GET", f"people/{self.random.choice(self.people)}")
        elif kind == "search" and self.people:
            self.ask(kind, "POST", "people/search", json.dumps({"name": self.given_name(self.random.randrange(self.sent))}))
        else:
            self.change("intake", "intakes", self.intake())

    def given_name(self, number):
        return f"P{self.load.run}x{self.place}x{number}"

    def intake(self):
        return {
            "on": self.load.day, "profile": {"given_name": self.given_name(self.sent), "family_name": "Example"},
            "contacts": [{"on": self.load.day, "how": "outreach", "seen_homeless": True}]}

    def contact(self):
        return {"facts": [{"kind": "contact", "on": self.load.day, "how": "phone", "seen_homeless": False}]}

    def change(self, kind, path, body):
        change = Change(kind, path, f"{self.load.run}-{self.place}-{self.sent}-key", body)
        self.changes.append(change)
        answer = self.ask(kind, "POST", path, change.body, change.key)
        if answer.status not in (200, 201):
            return
        change.answer = answer.content
        self.load.acknowledged(change)
        value = json.loads(answer.content)
        if kind == "intake":
            self.people.append(value["person"])
        elif kind == "facts":
            self.facts += value["facts"]

    def ask(self, kind, method, path, body=None, key=None):
        self.load.count(f"{kind} sent")
        answer, _ = self.client.ask(self.load.request(method, path, body, key))
        self.load.count(f"{kind} {answer.status}")
        return answer


class Load:
    """So many clients on one server, until they are told to end, have done their requests or the server goes."""

    def __init__(self, bnl, run, clients=4, requests=10**9, seconds=30, acknowledged=lambda change: None):
        self.bnl, self.run, self.requests, self.seconds = bnl, run, requests, seconds
        self.acknowledged, self.day, self.is_over = acknowledged, f"{bnl.month}-05", False
        self.counts, self.lock = Counter(), threading.Lock()
        self.workers = [Worker(self, place) for place in range(clients)]

    def start(self):
        for worker in self.workers:
            worker.start()
        return self

    def finish(self):
        for worker in self.workers:
            worker.join()
        return self

    def stop(self):
        self.is_over = True
        return self.finish()

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def request(self, method, path, body=None, key=None):
        text = f"{method} /v1/communities/sample/{path} HTTP/1.1\r\nHost: localhost\r\n{self.bnl.bearer('COORDINATOR')}"
        if key:
            text += f"Idempotency-Key: {key}\r\n"
        if body is not None:
            text += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return (text + "\r\n" + (body or "")).encode()

    def all_changes(self):
        return [change for worker in self.workers for change in worker.changes]

    def acknowledged_count(self):
        return sum(self.counts[f"{kind} {status}"] for kind in CHANGES for status in (200, 201))

    def repeat(self):
        """Sends every change again on the server as it runs now; what is wrong with the answers.

        Afterwards each of them is kept: what was acknowledged was kept before, and is answered as it was.
        """
        client, faults = Client(self.bnl.port), []
        for change in self.all_changes():
            answer, _ = client.ask(self.request("POST", change.path, change.body, change.key))
            if answer.status not in (200, 201):
                faults.append(f"{change.kind} {change.key}, sent again: {answer.status} {answer.content[:200]}")
            elif change.answer is not None:
                if answer.fields.get("idempotent-replayed") != "true":
                    faults.append(f"{change.kind} {change.key} was acknowledged and is lost")
                elif answer.content != change.answer:
                    faults.append(f"{change.kind} {change.key} is answered otherwise than at first")
        client.close()
        return faults


class RecordRows:
    """What the database holds, read beside the server or after it."""

    def __init__(self, bnl):
        self.path = bnl.folder / "record" / "record.sqlite3"

    def number(self, sql):
        return self.rows(sql)[0][0]

    def rows(self, sql):
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            return connection.execute(sql).fetchall()

    def figures(self):
        """Records, facts and rows of the access log."""
        return [self.number(f"SELECT count(*) FROM {table}") for table in ("record", "fact", "access_log")]

    def problems(self):
        found = [row[0] for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        return found + [f"a row of {row[0]} points nowhere" for row in self.rows("PRAGMA foreign_key_check")]


def expected(loads, facts_of_intake):
    """How many records and facts all changes of those loads have made, each done once."""
    kinds = Counter(change.kind for load in loads for change in load.all_changes())
    return kinds["intake"], kinds["intake"] * facts_of_intake + kinds["facts"] + kinds["void"]
