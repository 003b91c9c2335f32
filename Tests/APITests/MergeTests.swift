import API
import App
import ByNameList
import Fixtures
import JSON
import Store
import Testing

/// Two records of one person, whom two agencies have met.
private struct Twins {
    let trial: TrialService
    /// Of Harbour, and the smaller number.
    let first: String
    /// Of Lantern.
    let second: String

    init() async throws {
        trial = try TrialService()
        first = try await trial.admit(.harbour, given: "Zephyrine", family: "Quillfeather").person
        second = try await trial.admit(.lantern, given: "Seffy", family: "Quilfether").person
    }

    func merge(_ person: String? = nil, with other: String? = nil) async throws -> Answered {
        try await trial.post(
            "people/\(person ?? second)/merge", as: .coordinator, #"{"same_as": "\#(other ?? first)"}"#)
    }

    func undo(_ merge: Answered) async throws -> Answered {
        try await trial.post("merges/\(merge.json["merge"]?.text ?? "")/undo", as: .coordinator, "{}")
    }

    /// When anything last changed is told, too: only the rest comes back.
    private func told(_ path: String) async throws -> String {
        let members = try await trial.get(path, as: .coordinator).json.members.filter { $0.key != "known_at" }
        return String(decoding: JSONWriter.bytes(of: JSONValue.object(members)), as: UTF8.self)
    }

    /// What a coordinator is shown of everybody, in every way but the facts and the accesses.
    func everything() async throws -> [String] {
        var texts: [String] = []
        for person in [first, second] {
            for path in ["", "/timeline", "/chronic"] {
                texts.append(try await told("people/\(person)\(path)"))
            }
        }
        for path in ["list", "worklist", "reports/monthly/2024-03", "reports/monthly/2024-03?unit=households"] {
            texts.append(try await told(path))
        }
        for name in ["Zephyrine Quillfeather", "Seffy Quilfether", "Quillfethr"] {
            texts.append(try await trial.post("people/search", as: .coordinator, #"{"name": "\#(name)"}"#).text)
        }
        return texts
    }
}

extension Answered {
    fileprivate func people(_ key: String = "people") -> [String] {
        json[key]?.elements.compactMap { $0["person"]?.text } ?? []
    }
}

@Suite struct `Two records of one person` {
    @Test func `are one everywhere under the first of their ids, and two again as they were`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let before = try await twins.everything()
        let known = try trial.workspace.store.read { try $0.lastRecorded() }
        let merge = try await twins.merge()
        #expect(merge.status == 201)
        let together = try trial.workspace.store.read { try $0.lastRecorded() }
        #expect(merge.people() == [twins.first])
        #expect(
            merge.json["people"]?.elements.first?["records"]?.elements.compactMap(\.text)
                == [twins.first, twins.second])
        for id in [twins.first, twins.second] {
            let page = try await trial.get("people/\(id)", as: .coordinator)
            #expect(page.json["id"]?.text == twins.first)
            #expect(page.json["records"]?.elements.compactMap(\.text) == [twins.first, twins.second])
            let facts = try await trial.get("people/\(id)/facts", as: .coordinator)
            #expect(facts.json["person"]?.text == twins.first && facts.text.contains("Seffy"))
            for path in ["/timeline", "/chronic"] {
                #expect(
                    try await trial.get("people/\(id)\(path)", as: .coordinator).json["person"]?.text == twins.first)
            }
        }
        #expect(try await trial.get("list", as: .coordinator).people() == [twins.first])
        for name in ["Zephyrine Quillfeather", "Seffy Quilfether"] {
            let found = try await trial.post("people/search", as: .coordinator, #"{"name": "\#(name)"}"#)
            #expect(found.people() == [twins.first], "\(name)")
        }
        let report = try await trial.get("reports/monthly/2024-03", as: .coordinator)
        #expect(report.json["active_at_end"]?.whole == 1)
        // As it was known before.
        let then = try await trial.get("people/\(twins.second)?known_at=\(known)", as: .coordinator)
        #expect(then.json["id"]?.text == twins.second && !then.text.contains("records"))
        let undone = try await twins.undo(merge)
        #expect(undone.status == 201)
        #expect(undone.people() == [twins.first, twins.second])
        // Who was one person then is shown as two: the log has a line for each.
        for path in ["people/\(twins.first)", "people/\(twins.first)/explanation?month=2024-03", "list"] {
            let lines = try trial.accesses().count
            let joint = path.contains("?") ? "&" : "?"
            let shown = try await trial.get("\(path)\(joint)known_at=\(together)", as: .coordinator)
            #expect(shown.status == 200)
            #expect(Set(try trial.accesses().dropFirst(lines).map(\.person)) == [twins.first, twins.second], "\(path)")
        }
        #expect(try await twins.everything() == before)
        #expect(try trial.workspace.store.read { try $0.check(try $0.community("north")).problems } == [])
        #expect(trial.complaints.all == [])
    }

    @Test func `keep each what was posted to its id`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let merge = try await twins.merge()
        let assessed = try await trial.add(
            #"{"kind": "assessment", "on": "2024-03-20"}"#, about: twins.second, as: .harbour)
        // Said of the first, but in the place of a fact that lies on the second.
        let corrected = try await trial.add(
            #"{"kind": "assessment", "on": "2024-03-21", "replaces": "\#(assessed)"}"#, about: twins.first,
            as: .harbour)
        _ = try await twins.undo(merge)
        let facts = try await trial.get("people/\(twins.second)/facts", as: .coordinator)
        let own = facts.json["facts"]?.elements.compactMap { $0["id"]?.text } ?? []
        #expect(own.contains(assessed) && own.contains(corrected))
        let others = try await trial.get("people/\(twins.first)/facts", as: .coordinator)
        #expect(!others.text.contains(assessed) && !others.text.contains(corrected))
    }

    @Test func `are read by the agencies of both, and no more once they are two again`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        #expect(try await trial.get("people/\(twins.second)", as: .harbour).summary == "404 no-such-person")
        let merge = try await twins.merge()
        let page = try await trial.get("people/\(twins.second)", as: .harbour)
        #expect(page.json["id"]?.text == twins.first)
        #expect(try await trial.get("people/\(twins.first)", as: .lantern).status == 200)
        let known = try trial.workspace.store.read { try $0.lastRecorded() }
        _ = try await twins.undo(merge)
        #expect(try await trial.get("people/\(twins.second)", as: .harbour).summary == "404 no-such-person")
        // Nor by way of their own person, as that was known then.
        for path in ["", "/facts", "/timeline", "/chronic"] {
            let then = try await trial.get("people/\(twins.first)\(path)?known_at=\(known)", as: .harbour)
            #expect(then.summary == "404 no-such-person", "\(path)")
            #expect(
                try await trial.get("people/\(twins.first)\(path)?known_at=\(known)", as: .coordinator).status == 200)
        }
    }

    @Test func `are sealed by a seal on either`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let merge = try await twins.merge()
        try await trial.add(#"{"kind": "sealed", "on": "2024-03-10"}"#, about: twins.second, as: .lantern)
        for id in [twins.first, twins.second] {
            let page = try await trial.get("people/\(id)", as: .coordinator)
            #expect(page.json["is_code_only"]?.isTrue == true && !page.text.contains("Zephyrine"))
            #expect(!page.text.contains("records"))
        }
        // Who may not see of whom it speaks may not undo it either.
        #expect(try await twins.undo(merge).summary == "404 no-such-fact")
    }

    @Test func `are shown to somebody by the log of either`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let merge = try await twins.merge()
        _ = try await trial.get("people/\(twins.first)/timeline", as: .coordinator)
        let log = try await trial.get("people/\(twins.second)/accesses", as: .coordinator)
        let shown = log.json["accesses"]?.elements.filter { $0["fields"]?.text == "timeline" } ?? []
        #expect(Set(shown.compactMap { $0["person"]?.text }) == [twins.first, twins.second])
        _ = try await twins.undo(merge)
        let own = try await trial.get("people/\(twins.second)/accesses", as: .coordinator)
        let left = own.json["accesses"]?.elements.filter { $0["fields"]?.text == "timeline" } ?? []
        #expect(left.compactMap { $0["person"]?.text } == [twins.second])
    }

    @Test func `are erased together, and one alone once they are two again`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let merge = try await twins.merge()
        _ = try await twins.undo(merge)
        #expect(try await trial.post("people/\(twins.second)/erasure", as: .coordinator, "{}").status == 201)
        #expect(try await trial.get("people/\(twins.first)", as: .coordinator).text.contains("Zephyrine"))
        #expect(!(try await trial.get("people/\(twins.second)", as: .coordinator).text.contains("Seffy")))
        let other = try await trial.admit(.lantern, given: "Barnaby", family: "Otterburn").person
        #expect(try await twins.merge(other, with: twins.first).status == 201)
        #expect(try await trial.post("people/\(other)/erasure", as: .coordinator, "{}").status == 201)
        let facts = try await trial.get("people/\(twins.first)/facts", as: .coordinator)
        for name in ["Zephyrine", "Barnaby", "1980-02-03"] { #expect(!facts.text.contains(name)) }
    }
}

@Suite struct `A merge` {
    @Test func `is of two people whom the caller sees, and of nobody twice`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let itself = try await twins.merge(twins.first, with: twins.first)
        #expect(itself.summary == "422 invalid-fields /same_as")
        #expect(try await twins.merge(twins.first, with: "p_0123456789ABC").summary == "404 no-such-person")
        #expect(try await twins.merge("p_0123456789ABC", with: twins.first).summary == "404 no-such-person")
        let sealed = try await Neighbourhood(trial, of: .harbour)
        for nearness in [Nearness.sealed, .victimServices] {
            let hidden = sealed.people[nearness]?.person ?? ""
            let before = try trial.rowCounts()
            #expect(try await twins.merge(hidden, with: twins.first).summary == "404 no-such-person")
            #expect(try await twins.merge(twins.first, with: hidden).summary == "404 no-such-person")
            #expect(try trial.rowCounts() == before)
        }
        for worker in [Worker.harbour, .lantern, .dashboard, .admin, .auditor] {
            let refused = try await trial.post(
                "people/\(twins.first)/merge", as: worker, #"{"same_as": "\#(twins.second)"}"#)
            #expect(refused.summary == "403 not-your-role")
        }
        let merge = try await twins.merge()
        #expect(try await twins.merge(twins.first, with: twins.second).summary == "422 invalid-fields /same_as")
        #expect(try await twins.undo(merge).status == 201)
        #expect(try await twins.undo(merge).summary == "422 invalid-fields")
        #expect(try await twins.merge(twins.first, with: twins.second).status == 201)
    }

    @Test func `is undone as a merge and as nothing else`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let merge = try await twins.merge()
        let fact = try #require(merge.json["merge"]?.text)
        #expect(try await trial.post("facts/\(fact)/void", as: .coordinator, "{}").summary == "422 invalid-fields")
        let replacing = #"{"facts": [{"kind": "assessment", "on": "2024-03-21", "replaces": "\#(fact)"}]}"#
        let replaced = try await trial.post("people/\(twins.second)/facts", as: .coordinator, replacing)
        #expect(replaced.summary == "422 invalid-fields")
        let facts = try await trial.get("people/\(twins.second)/facts", as: .coordinator)
        let said = try #require(facts.json["facts"]?.elements.first { $0["id"]?.text == fact })
        #expect(said["kind"]?.text == "same_person" && said["same_as"]?.text == twins.first)
        // Another kind of fact is no merge.
        let other = try #require(facts.json["facts"]?.elements.first?["id"]?.text)
        #expect(
            try await trial.post("merges/\(other)/undo", as: .coordinator, "{}").summary == "404 no-such-fact")
    }
}

@Suite struct `The worklist` {
    private func items(_ trial: TrialService) async throws -> [JSONValue] {
        try await trial.get("worklist", as: .coordinator).json["items"]?.elements ?? []
    }

    @Test func `is rid of two who are one person for as long as they are`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let third = try await trial.admit(.lantern, given: "Zephyrine", family: "Quillfeather").person
        let before = try await items(trial)
        #expect(before.map { $0["reason"]?.text } == ["same_identity"])
        let merge = try await twins.merge(third, with: twins.first)
        #expect(try await items(trial) == [])
        _ = try await twins.undo(merge)
        #expect(try await items(trial) == before)
    }

    @Test func `is rid for good of two who are different people, and they are not suggested again`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let number = #""external_ids": [{"system": "hifis", "value": "4711"}]"#
        let intake = #"{"on": "2024-03-20", "person": "\#(twins.first)", \#(number)}"#
        #expect(try await trial.post("intakes", as: .harbour, intake).status == 201)
        let again = intake.replacing(twins.first, with: twins.second)
        #expect(try await trial.post("intakes", as: .lantern, again).status == 201)
        let waiting = try await items(trial)
        #expect(waiting.map { $0["reason"]?.text } == ["same_external_id"])
        let item = try #require(waiting.first?["id"]?.text)
        for worker in [Worker.harbour, .lantern, .admin] {
            let refused = try await trial.post("worklist/\(item)/dismissal", as: worker, "{}")
            #expect(refused.summary == "403 not-your-role")
        }
        let dismissed = try await trial.post("worklist/\(item)/dismissal", as: .coordinator, "{}")
        #expect(dismissed.status == 201)
        #expect(dismissed.json["dismissed"]?.text != nil)
        #expect(try await items(trial) == [])
        #expect(try await trial.post("intakes", as: .lantern, again).status == 201)
        #expect(try await items(trial) == [])
        #expect(
            try await trial.post("worklist/w_0123456789ABC/dismissal", as: .coordinator, "{}").summary
                == "404 no-such-resource")
    }

    @Test func `says the same of a pair that is not to be seen and of none, and writes both down`() async throws {
        let twins = try await Twins()
        let trial = twins.trial
        let number = #""external_ids": [{"system": "hifis", "value": "4711"}]"#
        for (worker, person) in [(Worker.harbour, twins.first), (.lantern, twins.second)] {
            let intake = #"{"on": "2024-03-20", "person": "\#(person)", \#(number)}"#
            #expect(try await trial.post("intakes", as: worker, intake).status == 201)
        }
        let item = try #require(try await items(trial).first?["id"]?.text)
        let sealed = #"{"facts": [{"kind": "sealed", "on": "2024-03-20"}]}"#
        #expect(try await trial.post("people/\(twins.first)/facts", as: .harbour, sealed).status == 201)
        let before = try trial.accesses().count
        let answers = [
            try await trial.post("worklist/\(item)/dismissal", as: .coordinator, "{}"),
            try await trial.post("worklist/w_0123456789ABC/dismissal", as: .coordinator, "{}"),
        ]
        #expect(answers.map(\.summary) == ["404 no-such-resource", "404 no-such-resource"])
        let log = try trial.accesses().dropFirst(before)
        #expect(log.map(\.fields) == ["refused", "refused"])
        #expect(log.map { $0.person == twins.first } == [true, false])
    }

    /// FD1's keys: the first two letters of both names and the birth date; initials, gender and birth date.
    @Test(
        arguments: [
            (#""given_name": "Zephira", "family_name": "Quilmes""#, "man", "same_letters", "first_letters"),
            (#""given_name": "Zora", "family_name": "Quast""#, "woman", "same_initials", "initials_and_gender"),
            (#""given_name": "Zora", "family_name": "Quast""#, "man", nil, nil),
            (#""given_name": "Zora", "middle_name": "Ada", "family_name": "Quast""#, "woman", nil, nil),
            (#""given_name": "Nora", "family_name": "Quast""#, "woman", nil, nil),
        ] as [(String, String, String?, String?)])
    func `is told of alike letters and a birth date`(
        names: String, gender: String, item: String?, reason: String?
    ) async throws {
        let trial = try TrialService()
        let answers = #""answers": {"gender_identity": "woman"}"#
        let known = try await trial.post(
            "intakes", as: .harbour,
            #"{"on": "2024-03-01", \#(answers), "profile": {"given_name": "Zephyrine", "middle_name": "Bea", "#
                + #""family_name": "Quillfeather", "birth_date": "1980-02-03"}}"#)
        let intake = try await trial.post(
            "intakes", as: .harbour,
            #"{"on": "2024-03-02", "answers": {"gender_identity": "\#(gender)"}, "#
                + #""profile": {\#(names), "birth_date": "1980-02-03"}}"#)
        let found = intake.json["possible_duplicates"]?.elements ?? []
        #expect(found.map { $0["person"] } == (reason == nil ? [] : [known.json["person"]]))
        #expect(found.first?["reasons"]?.elements.compactMap(\.text) == reason.map { ["birth_date", $0] })
        #expect(try await items(trial).map { $0["reason"]?.text } == (item.map { [$0] } ?? []))
    }
}
