import API
import ByNameList
import HTTP
import JSON
import Testing

/// A form as an outreach team fills it in on its phones, and how the list reads it.
struct StreetForm: Sendable {
    private let trial: TrialService

    static let map = """
        {"map": {
          "fields": {
            "visit/date": {"to": ["on", "situations/0/from", "contacts/0/on"]},
            "visit/where": {"to": ["situations/0/situation"],
              "values": {"street": "unsheltered", "shelter": "emergency_shelter"}},
            "who/first": {"to": ["profile/given_name"]}, "who/last": {"to": ["profile/family_name"]},
            "who/served": {"to": ["answers/veteran"], "values": {"1": "yes", "0": "no"}},
            "who/times": {"to": ["answers/times_homeless_past_year"]},
            "who/seen": {"to": ["contacts/1/on"]}, "note": {"to": ["note"]}, "who/id": {"to": ["person"]}
          },
          "ignored": ["_id", "_submission_time", "_attachments", "__version__", "formhub/uuid", "start"],
          "constants": {"situations/0/known": "reported", "contacts/0/how": "outreach",
            "contacts/0/seen_homeless": true, "contacts/1/how": "phone"}
        }}
        """

    init(_ trial: TrialService, map: String = StreetForm.map) async throws {
        self.trial = trial
        let answer = try await put(map, "If-None-Match: *")
        try #require(answer.status == 200, "\(answer.text)")
    }

    func put(_ map: String, _ condition: String) async throws -> Answered {
        var asked = Asked("PUT", "/v1/communities/north/forms/street", token: trial.tokens[.admin], body: map)
        asked.fields = [condition]
        return try await trial.answer(asked)
    }

    /// Ignores one more field.
    func mend(ignoring name: String) async throws {
        let mended = StreetForm.map.replacing(#""start"]"#, with: #""start", "\#(name)"]"#)
        #expect(try await put(mended, "If-Match: *").status == 200)
    }

    /// As Kobo's REST service sends it.
    static func submission(_ more: String, id: String = "uuid:0b6f7c3e-56a1-4b9e", served: String = "0") -> String {
        """
        {"_id": 17, "_uuid": "\(id.dropFirst(5))", "meta/instanceID": "\(id)", "formhub/uuid": "f00",
        "__version__": "v1", "_submission_time": "2024-04-01T21:04:05", "_attachments": [], "start": "x",
        "visit/date": "2024-04-01", "visit/where": "street", "who/first": "Zephyrine", "who/last": "Quillfeather",
        "who/served": "\(served)"\(more)}
        """
    }

    func send(_ body: String, as worker: Worker = .harbour) async throws -> Answered {
        try await trial.answer(
            Asked("POST", "/v1/communities/north/forms/street/submissions", token: trial.tokens[worker], body: body))
    }

    /// Those that wait, by their ids.
    func waiting() async throws -> [String] {
        let list = try await trial.get("forms/street/quarantine", as: .coordinator)
        return list.json["submissions"]?.elements.compactMap { $0["submission"]?.text } ?? []
    }

    func settle(_ id: String, _ how: String) async throws -> Answered {
        try await trial.answer(
            Asked(
                "POST", "/v1/communities/north/forms/street/quarantine/\(id)/\(how)",
                token: trial.tokens[.coordinator]))
    }
}

@Suite struct `A submission of a form tool` {
    @Test func `is an intake by the form's map`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        let answer = try await form.send(StreetForm.submission(#", "who/times": 2, "note": "by the bridge""#))
        #expect(answer.status == 201, "\(answer.text)")
        let person = try #require(answer.json["person"]?.text)
        let page = try await trial.get("people/\(person)", as: .harbour)
        #expect(page.json["profile"]?["given_name"]?.text == "Zephyrine")
        let facts = try await trial.get("people/\(person)/facts", as: .harbour).json["facts"]?.elements ?? []
        #expect(
            facts.compactMap { $0["kind"]?.text }.sorted() == [
                "answer", "answer", "contact", "intake", "profile", "situation",
            ])
        let stay = facts.first { $0["kind"]?.text == "situation" }
        #expect(stay?["situation"]?.text == "unsheltered" && stay?["known"]?.text == "reported")
        // What always stands beside a field stands nowhere where the field was left open.
        let contacts = facts.filter { $0["kind"]?.text == "contact" }
        #expect(contacts.map { $0["how"]?.text } == ["outreach"])
        #expect(try await form.waiting() == [])
    }

    @Test func `is the same in groups as in flat names`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        let answer = try await form.send(
            """
            {"meta": {"instanceID": "uuid:c2d7"}, "visit": {"date": "2024-04-01", "where": "shelter"},
            "who": {"first": "Marigold", "last": "", "served": null}}
            """)
        #expect(answer.status == 201, "\(answer.text)")
    }

    @Test func `is answered alike when the tool sends it again after 60, 600 and 6,000 s`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        let good = StreetForm.submission("")
        let bad = StreetForm.submission(#", "mood": "sad""#, id: "uuid:77777777")
        let first = [try await form.send(good), try await form.send(bad)]
        #expect(first.map(\.summary) == ["201", "422 invalid-fields /mood"])
        #expect(!first[1].text.contains("sad") && first[1].json["detail"]?.text?.contains("kept") == true)
        let counts = try trial.rowCounts(withAccesses: false)
        for wait in ["16:01:00", "16:11:00", "17:51:00"] {
            try trial.moveClock(to: "2024-04-02T\(wait)Z")
            for (body, before) in zip([good, bad], first) {
                // What the tool adds may have changed.
                let again = try await form.send(body.replacing("21:04:05", with: "21:09:00"))
                #expect(again.status == before.status && again.body == before.body)
                #expect(again.field("idempotent-replayed") == "true")
            }
        }
        #expect(try trial.rowCounts(withAccesses: false) == counts)
        #expect(try await form.waiting().count == 1)
        // Other answers under the same name are another submission.
        #expect(try await form.send(StreetForm.submission("", served: "1")).summary == "409 idempotency-conflict")
    }

    @Test(arguments: [
        (#", "mood": "sad", "a/b": 1"#, "/a~1b /mood"), (#", "who/times": "many""#, "/who~1times"),
        (#", "note": ["a"]"#, "/note"), (#", "note": {"a": 1}"#, "/note~1a"),
        (#", "who/seen": "2024-04-31""#, "/who~1seen"), (#", "who/id": "p_0123456789ABC""#, "/who~1id"),
        (#", "who/id": "p_1""#, "/who~1id"),
    ])
    func `is kept for a coordinator where a field is not known or not right`(
        more: String, expected: String
    ) async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        let answer = try await form.send(StreetForm.submission(more))
        #expect(answer.summary == "422 invalid-fields \(expected)")
        let id = try #require(try await form.waiting().first)
        let kept = try await trial.get("forms/street/quarantine/\(id)", as: .coordinator)
        #expect(kept.json["content"] == (try JSONValue(Array(StreetForm.submission(more).utf8))))
        #expect(kept.json["errors"] == answer.json["errors"])
        #expect(try await trial.get("people/p_0123456789ABC", as: .harbour).status == 404)
        #expect(try await trial.get("list", as: .coordinator).json["people"]?.elements == [])
        #expect(trial.complaints.all == [])
    }

    @Test func `that the map does not translate, or that has no name, is kept too`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        #expect(
            try await form.send(StreetForm.submission("", served: "7")).summary == "422 invalid-fields /who~1served")
        let nameless = #"{"visit/date": "2024-04-01", "visit/where": "street"}"#
        for _ in 0..<2 { #expect(try await form.send(nameless).summary == "422 invalid-fields (all)") }
        #expect(try await form.send(#"{"_uuid": "12345678", "visit/where": "street"}"#).status == 422)
        #expect(try await form.waiting().count == 3)
        let list = try await trial.get("worklist", as: .coordinator)
        #expect(list.json["forms"]?.elements.map { $0["submissions"]?.whole } == [3])
    }

    @Test func `is read again when the map was mended, and the tool hears of it`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        let body = StreetForm.submission(#", "mood": "sad""#)
        #expect(try await form.send(body).status == 422)
        let id = try #require(try await form.waiting().first)
        #expect(try await form.settle(id, "retry").summary == "422 invalid-fields /mood")
        try await form.mend(ignoring: "mood")
        // The tool is told the same until somebody has settled it.
        #expect(try await form.send(body).status == 422)
        #expect(try await form.settle(id, "retry").json["state"]?.text == "admitted")
        #expect(try await form.settle(id, "retry").json["state"]?.text == "admitted")
        let told = try await form.send(body)
        #expect(told.status == 201)
        let person = try #require(told.json["person"]?.text)
        // The agency that sent it serves the person.
        #expect(try await trial.get("people/\(person)", as: .harbour).status == 200)
        #expect(try await trial.get("people/\(person)", as: .lantern).status == 404)
        #expect(try await form.waiting() == [])
        #expect(try await trial.get("forms/street/quarantine/\(id)", as: .coordinator).json["content"] == .null)
        #expect(try await trial.get("list", as: .coordinator).json["people"]?.elements.count == 1)
    }

    @Test func `that is thrown away is gone, and not kept again`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        let body = StreetForm.submission(#", "mood": "sad""#)
        let first = try await form.send(body)
        let id = try #require(try await form.waiting().first)
        #expect(try await form.settle(id, "discard").json["state"]?.text == "discarded")
        #expect(try await form.settle(id, "retry").json["state"]?.text == "discarded")
        let again = try await form.send(body)
        #expect(again.status == 422 && again.body == first.body)
        #expect(try await form.waiting() == [])
        for text in try trial.keptTexts() { #expect(!text.contains("Zephyrine")) }
    }

    @Test func `is looked at by a coordinator only, and each look is written down`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        _ = try await form.send(StreetForm.submission(#", "mood": "sad""#))
        let list = try await trial.get("forms/street/quarantine", as: .coordinator)
        #expect(!list.text.contains("Zephyrine") && !list.text.contains("sad"))
        #expect(try trial.accesses() == [])
        let id = try #require(try await form.waiting().first)
        for _ in 0..<2 {
            let shown = try await trial.get("forms/street/quarantine/\(id)", as: .coordinator)
            #expect(shown.text.contains("Zephyrine"))
        }
        let accesses = try trial.accesses()
        #expect(accesses.map(\.fields) == ["quarantine", "quarantine"])
        #expect(Set(accesses.map(\.who)) == ["City coordinator"])
        for worker in [Worker.harbour, .admin, .dashboard, .auditor] {
            for path in ["", "/\(id)"] {
                let answer = try await trial.get("forms/street/quarantine\(path)", as: worker)
                #expect(answer.summary == "403 not-your-role")
            }
        }
        for path in ["forms/street/quarantine/q_0123456789ABC", "forms/other/quarantine/\(id)"] {
            #expect(try await trial.get(path, as: .coordinator).summary == "404 no-such-resource")
        }
    }

    @Test func `of a victim service provider leaves nothing but that it was refused`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        let named = try await form.send(StreetForm.submission(""), as: .willow)
        #expect(named.status == 422)
        #expect(named.summary.contains("/who~1first"))
        let id = try #require(try await form.waiting().first)
        #expect(try await trial.get("forms/street/quarantine/\(id)", as: .coordinator).json["content"] == .null)
        #expect(try await form.settle(id, "retry").summary == "422 invalid-fields")
        let plain = #"{"_uuid": "without-a-name", "visit/date": "2024-04-01", "visit/where": "shelter"}"#
        #expect(try await form.send(plain, as: .willow).status == 201)
    }

    @Test func `comes with a password only through a proxy`() async throws {
        let trial = try TrialService()
        _ = try await StreetForm(trial)
        let proxy = try #require(Address("10.0.0.1"))
        let service = trial.another { $0.proxies = [proxy] }
        let token = try #require(trial.tokens[.harbour])
        func status(_ text: String, from peer: String, _ path: String = "forms/street/submissions") async throws -> Int
        {
            var asked = Asked("POST", "/v1/communities/north/\(path)", token: nil, body: StreetForm.submission(""))
            asked.fields = ["Authorization: \(text)", "X-Forwarded-For: 192.0.2.7", "Idempotency-Key: 12345678"]
            var request = try asked.request()
            request.peer = try #require(Address(peer))
            return await service.answer(request).status
        }
        let basic = "Basic " + Base64.text(Array("kobo:\(token)".utf8))
        #expect(try await status(basic, from: "10.0.0.1") == 201)
        #expect(try await status(basic.replacing("Basic", with: "bAsIc"), from: "10.0.0.1") == 201)
        // Nobody else's word is taken for a proxy's, and no other route takes a password.
        #expect(try await status(basic, from: "192.0.2.7") == 401)
        #expect(try await status(basic, from: "10.0.0.1", "intakes") == 401)
        for wrong in [
            "Basic", "Basic ", "Basic !!!!", "Basic " + Base64.text(Array(token.utf8)), basic + "=", "Basic A===",
        ] {
            #expect(try await status(wrong, from: "10.0.0.1") == 401, "\(wrong)")
        }
        #expect(try await status("Bearer \(token)", from: "192.0.2.7") == 201)
    }
}

@Suite struct `The map of a form` {
    @Test func `is replaced under the tag of the one that there is`() async throws {
        let trial = try TrialService()
        let form = try await StreetForm(trial)
        let read = try await trial.get("forms/street", as: .coordinator)
        #expect(read.json["version"]?.whole == 1)
        let tag = try #require(read.field("etag"))
        let other = GoodRequests.form
        #expect(try await form.put(other, "If-None-Match: *").summary == "412 precondition-failed")
        #expect(try await form.put(other, "X: y").summary == "428 precondition-required")
        #expect(try await form.put(other, "If-Match: \(tag)").json["version"]?.whole == 2)
        // A retry of what was done is done already; another is told.
        #expect(try await form.put(other, "If-Match: \(tag)").json["version"]?.whole == 2)
        #expect(try await form.put(StreetForm.map, "If-Match: \(tag)").summary == "412 precondition-failed")
    }

    @Test func `is needed before anything is taken`() async throws {
        let trial = try TrialService()
        for path in ["forms/other", "forms/a%20b", "forms/other/quarantine"] {
            #expect(try await trial.get(path, as: .coordinator).summary == "404 no-such-resource")
        }
        let asked = Asked(
            "POST", "/v1/communities/north/forms/other/submissions", token: trial.tokens[.harbour],
            body: StreetForm.submission(""))
        #expect(try await trial.answer(asked).summary == "404 no-such-resource")
    }
}

/// Base 64, written another way than the server reads it.
enum Base64 {
    static func text(_ bytes: [UInt8]) -> String {
        let bits = bytes.flatMap { byte in (0..<8).reversed().map { byte >> $0 & 1 } }
        let digits = stride(from: 0, to: bits.count, by: 6).map { start in
            (0..<6).reduce(0) { $0 * 2 + (start + $1 < bits.count ? Int(bits[start + $1]) : 0) }
        }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return String(digits.map { alphabet[$0] }) + String(repeating: "=", count: (4 - digits.count % 4) % 4)
    }
}
