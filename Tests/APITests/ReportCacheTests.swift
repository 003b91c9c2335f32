import API
import CivilTime
import Fixtures
import JSON
import ShippedConfig
import Testing

@Suite struct `A report that is polled` {
    private static let april = "reports/monthly/2024-04"

    private func poll(
        _ trial: TrialService, _ etag: String?, path: String = april, by service: Service? = nil
    ) async throws -> Answered {
        try await trial.get(
            path, as: .coordinator, fields: etag.map { ["If-None-Match: \($0)"] } ?? [], by: service)
    }

    @Test func `is answered 304 while nothing changes, with the validators of the answer`() async throws {
        let trial = try TrialService()
        _ = try await trial.admit(.harbour)
        for path in [
            `A report that is polled`.april, "reports/monthly?from=2024-03&to=2024-04",
            "reports/monthly.csv?from=2024-03&to=2024-04",
        ] {
            let first = try await poll(trial, nil, path: path)
            let etag = try #require(first.field("etag"))
            #expect(first.status == 200)
            #expect(etag.hasPrefix("\"") && etag.hasSuffix("\""))
            for known in [etag, "W/\(etag)", "\"other\", \(etag)", "*"] {
                let again = try await poll(trial, known, path: path)
                #expect(again.status == 304, "\(known)")
                #expect(again.body == [])
                for name in ["etag", "cache-control", "vary"] { #expect(again.field(name) == first.field(name)) }
            }
            for other in ["\"other\"", "other", "\"\""] {
                let answer = try await poll(trial, other, path: path)
                #expect(answer.status == 200)
                #expect(answer.body == first.body)
            }
            #expect(first.field("cache-control") == "private, no-cache")
            #expect(first.field("vary") == "Accept, Authorization")
        }
    }

    @Test func `shows an intake from the moment it is acknowledged`() async throws {
        let trial = try TrialService()
        var etag: String?
        for count in 0...12 {
            let answer = try await poll(trial, etag)
            #expect(answer.status == 200)
            #expect(answer.field("etag") != etag)
            #expect(answer.json["active_at_end"]?.whole == count)
            etag = answer.field("etag")
            #expect(try await poll(trial, etag).status == 304)
            let worker: Worker = count.isMultiple(of: 2) ? .harbour : .lantern
            _ = try await trial.admit(worker, given: "Name\(count)")
        }
    }

    @Test func `shows a corrected fact from the moment it is acknowledged`() async throws {
        let trial = try TrialService()
        let (person, facts) = try await trial.admit(.harbour)
        #expect(try await poll(trial, nil).json["active_at_end"]?.whole == 1)
        let death = try await trial.add(#"{"kind": "death", "on": "2024-04-01"}"#, about: person, as: .harbour)
        let dead = try await poll(trial, nil)
        #expect(dead.json["active_at_end"]?.whole == 0)
        #expect(dead.json["moved_to_inactive_deceased"]?.whole == 1)
        #expect(try await trial.post("facts/\(death)/void", as: .harbour, "{}").status == 201)
        let restored = try await poll(trial, dead.field("etag"))
        #expect(restored.json["active_at_end"]?.whole == 1)
        for fact in facts { #expect(try await trial.post("facts/\(fact)/void", as: .harbour, "{}").status == 201) }
        #expect(try await poll(trial, nil).json["active_at_end"]?.whole == 0)
    }

    @Test func `is not changed by another community's intakes`() async throws {
        let trial = try TrialService()
        _ = try await trial.admit(.harbour)
        let etag = try #require(try await poll(trial, nil).field("etag"))
        _ = try await trial.admit(.southern)
        #expect(try await poll(trial, etag).status == 304)
    }

    /// Last seen on 3 January: inactive after 90 days, which are over on 2 April.
    @Test func `has new figures at midnight in the community's zone, without a write`() async throws {
        let trial = try TrialService(zone: "America/Toronto", now: "2024-04-02T03:59:59Z")
        let body = """
            {"on": "2024-01-03", "contacts": [{"on": "2024-01-03", "seen_homeless": true, "how": "outreach"}]}
            """
        #expect(try await trial.post("intakes", as: .harbour, body).status == 201)
        let before = try await poll(trial, nil)
        #expect(before.json["as_of"]?.text == "2024-04-01")
        #expect(before.json["active_at_end"]?.whole == 1)
        let etag = try #require(before.field("etag"))
        #expect(try await poll(trial, etag).status == 304)
        let rows = try trial.rowCounts()
        try trial.moveClock(to: "2024-04-02T04:00:00Z")
        let after = try await poll(trial, etag)
        #expect(after.status == 200)
        #expect(after.field("etag") != etag)
        #expect(after.json["as_of"]?.text == "2024-04-02")
        #expect(after.json["active_at_end"]?.whole == 0)
        #expect(after.json["moved_to_inactive_no_contact"]?.whole == 1)
        #expect(try trial.rowCounts() == rows)
    }

    @Test func `is not taken for unchanged after a restart with other data`() async throws {
        let trial = try TrialService()
        _ = try await trial.admit(.harbour)
        let first = try await poll(trial, nil)
        let etag = try #require(first.field("etag"))
        // As many commits as the first record had, so that generations agree.
        let other = try TrialService()
        let body = #"{"on": "2024-04-01", "situations": [{"situation": "unsheltered", "from": "2024-04-01"}]}"#
        #expect(try await other.post("intakes", as: .harbour, body).status == 201)
        let answer = try await poll(other, etag)
        #expect(answer.status == 200)
        #expect(answer.body != first.body)
        // The same data: the same bytes, and 304 without a cache that knew them.
        try await trial.afterRestart { (service: Service) async throws in
            #expect(try await poll(trial, nil, by: service).body == first.body)
            #expect(try await poll(trial, etag, by: service).status == 304)
        }
    }

    @Test func `has the same bytes under one ETag, whichever service answers and whenever`() async throws {
        let trial = try TrialService()
        let services = [trial.service, trial.another(), trial.another()]
        var bodies: [String: [UInt8]] = [:]
        for step in 0..<6 {
            if step.isMultiple(of: 2) { _ = try await trial.admit(.harbour, given: "Name\(step)") }
            trial.clock.set(Instant(microseconds: trial.clock.now.microseconds + 3_600_000_000))
            for service in services {
                for path in [`A report that is polled`.april, "reports/monthly?from=2024-02&to=2024-04"] {
                    let answer = try await poll(trial, nil, path: path, by: service)
                    let etag = try #require(answer.field("etag"))
                    #expect(bodies[etag, default: answer.body] == answer.body)
                    bodies[etag] = answer.body
                }
            }
        }
        // Three states on one day, two questions: what did not change has its ETag still.
        #expect(bodies.count == 6)
    }

    @Test func `comes again when it is asked with the instant that it states`() async throws {
        let trial = try TrialService()
        var stated: [String: [UInt8]] = [:]
        for step in 0..<4 {
            let (person, _) = try await trial.admit(.harbour, given: "Name\(step)")
            if step > 1 {
                try await trial.add(
                    #"{"kind": "move_in", "on": "2024-04-01", "housing": "rapid_rehousing"}"#, about: person,
                    as: .harbour)
            }
            for question in ["2024-03?population=all", "2024-04?population=all_singles", "2024-04?unit=households"] {
                let now = try await trial.get("reports/monthly/\(question)", as: .coordinator)
                let knownAt = try #require(now.json["known_at"]?.text)
                stated["reports/monthly/\(question)&known_at=\(knownAt)"] = now.body
            }
            for (path, body) in stated {
                let then = try await trial.get(path, as: .coordinator)
                #expect(then.text == String(decoding: body, as: UTF8.self))
            }
            if step == 1 { try trial.moveClock(to: "2024-04-02T18:00:00Z") }
        }
        try trial.moveClock(to: "2024-04-20T12:00:00Z")
        for (path, body) in stated {
            let then = try await trial.get(path, as: .coordinator)
            #expect(then.text == String(decoding: body, as: UTF8.self))
        }
    }

    /// Whatever is written: what is kept in memory is what the record says.
    @Test(arguments: UInt64(1)...4)
    func `is the same from the cache as from the record`(seed: UInt64) async throws {
        let trial = try TrialService()
        var random = SplitMix64(seed: seed)
        var people = [try await trial.admit(.harbour).person]
        var facts: [String] = []
        for step in 0..<40 {
            if random.chance(20) { people.append(try await trial.admit(.harbour, given: "Name\(step)").person) }
            if random.chance(20), let fact = facts.last {
                #expect(try await trial.post("facts/\(fact)/void", as: .coordinator, "{}").status == 201)
            }
            let fact = random.pick(`A report that is polled`.facts).replacing("DAY", with: "\(random.number(10...30))")
            facts.append(try await trial.add(fact, about: random.pick(people), as: .coordinator))
            for question in ["2024-02", "2024-03?unit=households", "2024-03?population=families", "2024-04"] {
                let path = "reports/monthly/" + question
                let kept = try await poll(trial, nil, path: path)
                let fresh = try await poll(trial, nil, path: path, by: trial.another())
                #expect(kept.text == fresh.text, "\(fact)")
            }
        }
    }

    private static let facts = [
        #"{"kind": "assessment", "on": "2024-03-DAY"}"#,
        #"{"kind": "contact", "on": "2024-02-11", "seen_homeless": true}"#,
        #"{"kind": "contact", "on": "2024-03-DAY", "seen_homeless": true}"#,
        #"{"kind": "situation", "situation": "unsheltered", "from": "2024-01-DAY", "to": "2024-03-DAY"}"#,
        #"{"kind": "situation", "situation": "institution", "from": "2024-03-DAY"}"#,
        #"{"kind": "move_in", "on": "2024-03-DAY", "housing": "rapid_rehousing"}"#,
        #"{"kind": "move_in", "on": "2024-03-09", "to": "2024-03-DAY"}"#,
        #"{"kind": "inactive", "on": "2024-03-DAY", "reason": "moved_away"}"#,
        #"{"kind": "death", "on": "2024-03-DAY"}"#,
        #"{"kind": "waiting", "from": "2024-03-DAY"}"#,
        #"{"kind": "exit", "on": "2024-03-DAY", "to_unknown": true}"#,
        #"{"kind": "household", "household": "family-of-four", "role": "head", "from": "2024-03-DAY"}"#,
        #"{"kind": "household", "household": "family-of-four", "role": "child", "from": "2024-03-DAY"}"#,
        #"{"kind": "consent", "on": "2024-03-DAY", "purpose": "list", "value": "refused"}"#,
        #"{"kind": "consent", "on": "2024-03-DAY", "purpose": "list", "value": "given"}"#,
        #"{"kind": "answer", "question": "veteran", "value": "yes"}"#,
        #"{"kind": "determination", "rule": "us_hud", "chronic": true, "on": "2024-03-DAY"}"#,
        #"{"kind": "profile", "given_name": "Otto", "birth_date": "2010"}"#,
        #"{"kind": "profile", "birth_date": "2001-03-DAY"}"#,
        #"{"kind": "sealed", "on": "2024-03-DAY"}"#,
        #"{"kind": "intake", "on": "2024-03-DAY", "said_of": "night_before"}"#,
    ]
}
