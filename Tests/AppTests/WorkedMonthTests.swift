import App
import CivilTime
import Fixtures
import JSON
import Testing

/// The month of built-for-zero.md 8, every person by name, and P20 who turns out to be P01.
@Suite struct `The worked month` {
    let document: WorkedMonth

    init() throws {
        document = try WorkedMonth()
    }

    @Test func `comes out as it was counted by hand`() throws {
        let verification = try document.verification()
        // Seven or more measures of six populations in March, twice in persons and once in households, and February.
        #expect(verification.checks > 200)
        #expect(verification.misses == [])
    }

    @Test func `speaks of everybody`() throws {
        let people = (1...20).filter { $0 != 16 }.map { $0 < 10 ? "P0\($0)" : "P\($0)" }
        let file = try document.file()
        #expect(Set(file.names.values) == Set(people + ["P15-child"]))
    }

    /// Numbers say who came first; the instants stay, so that what was known when is not disturbed.
    @Test(arguments: UInt64(1)...200)
    func `is the same whatever the order in which its facts arrive`(seed: UInt64) throws {
        #expect(try document.shuffled(seed: seed).verification().misses == [])
    }

    @Test func `has P03 in Chronic from the 180th night under the federal rule`() throws {
        for (asOf, chronic) in [("2024-03-16", []), ("2024-03-17", ["P03"])] {
            let verification = try document.with(
                policy: #"{"profile": "canada", "chronic_rule": "ca_reaching_home"}"#,
                chronic: Chronic(
                    start: ["P01", "P02", "P04", "P11", "P12"], agedIn: chronic, fromInactive: ["P07"],
                    movedIn: ["P02", "P04"], end: (["P01", "P07", "P11", "P12"] + chronic).sorted()),
                asOf: asOf
            ).verification()
            #expect(verification.misses == [], "\(asOf)")
        }
    }

    @Test func `has P03 in Chronic from the 181st night under the rule of Ontario`() throws {
        for (asOf, chronic) in [("2024-03-17", []), ("2024-03-18", ["P03"])] {
            let verification = try document.with(
                policy: #"{"profile": "canada", "chronic_rule": "on_2018"}"#,
                chronic: Chronic(
                    start: ["P01", "P02", "P04", "P11", "P12", "P17"], agedIn: chronic, fromInactive: ["P07"],
                    movedIn: ["P02", "P04"], end: (["P01", "P07", "P11", "P12", "P17"] + chronic).sorted()),
                asOf: asOf
            ).verification()
            #expect(verification.misses == [], "\(asOf)")
        }
    }

    /// The rule's own currency changes nothing here: Ontario counts somebody in a hospital as homeless
    /// (chronic-rules.md A4), P12's nights of the past year suffice, and everybody else has a recorded night.
    @Test func `keeps P12 in Chronic in hospital where the rule of Ontario says who is current`() throws {
        let verification = try document.with(
            policy: #"{"profile": "canada", "chronic_rule": "on_2018", "chronic_currency": "rule"}"#,
            chronic: Chronic(
                start: ["P01", "P02", "P04", "P11", "P12", "P17"], agedIn: ["P03"], fromHousing: ["P04"],
                fromInactive: ["P07"], movedIn: ["P02", "P04"], inactive: ["P11"], left: ["P17"],
                end: ["P01", "P03", "P04", "P07", "P12"])
        ).verification()
        #expect(verification.misses == [])
    }

    /// The federal rule does not count an institution as homelessness now (chronic-rules.md C15): P12 stays on the
    /// list and leaves Chronic on admission. P17 was never chronic by it: the determination is one of another rule,
    /// and the nights do not suffice.
    @Test func `lets P12 leave Chronic for the hospital where the federal rule says who is current`() throws {
        let verification = try document.with(
            policy: #"{"profile": "canada", "chronic_rule": "ca_reaching_home", "chronic_currency": "rule"}"#,
            chronic: Chronic(
                start: ["P01", "P02", "P04", "P11", "P12"], agedIn: ["P03"], fromHousing: ["P04"],
                fromInactive: ["P07"], movedIn: ["P02", "P04"], inactive: ["P11"], left: ["P12"],
                end: ["P01", "P03", "P04", "P07"])
        ).verification()
        #expect(verification.misses == [])
    }

    @Test func `keeps P12 in Chronic in hospital where the list says who is current`() throws {
        let verification = try document.with(
            policy: #"{"profile": "canada", "chronic_rule": "ca_reaching_home"}"#,
            chronic: Chronic(
                start: ["P01", "P02", "P04", "P11", "P12"], agedIn: ["P03"], fromHousing: ["P04"],
                fromInactive: ["P07"], movedIn: ["P02", "P04"], inactive: ["P11"],
                end: ["P01", "P03", "P04", "P07", "P12"])
        ).verification()
        #expect(verification.misses == [])
    }
}

/// Who is behind each figure of Chronic in March 2024.
struct Chronic {
    var start: [String] = []
    var agedIn: [String] = []
    var fromHousing: [String] = []
    var fromInactive: [String] = []
    var movedIn: [String] = []
    var inactive: [String] = []
    var left: [String] = []
    var end: [String] = []

    var measures: JSONValue {
        .object(
            [
                ("active_start", start), ("newly_meets_criteria", agedIn), ("returned_from_housing", fromHousing),
                ("returned_from_inactive", fromInactive), ("housing_move_ins", movedIn),
                ("moved_to_inactive", inactive), ("no_longer_meets_criteria", left), ("active_end", end),
            ].map { JSONValue.Member($0.0, .array($0.1.map { .string($0) })) })
    }
}

/// The file of the worked month, and what can be made of it.
struct WorkedMonth {
    private var members: [String: JSONValue] = [:]

    init() throws {
        guard case .object(let read) = try JSONValue(Vectors.bytes(of: "worked-month.json")) else { return }
        for member in read { members[member.key] = member.value }
    }

    func file() throws -> HistoryFile {
        let sorted = members.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
        return try HistoryFile(JSONWriter.bytes(of: JSONValue.object(sorted)))
    }

    func verification() throws -> HistoryVerification { HistoryVerification(try file()) }

    /// The same people under another policy, of whom only Chronic in March is checked.
    func with(policy: String, chronic: Chronic, asOf: String = "2024-03-31") throws -> WorkedMonth {
        var other = self
        other.members["policy"] = try JSONValue([UInt8](policy.utf8))
        let expected = JSONValue.object([JSONValue.Member("Chronic", chronic.measures)])
        other.members["checks"] = .array([
            .object([
                JSONValue.Member("month", .string("2024-03")), JSONValue.Member("as_of", .string(asOf)),
                JSONValue.Member("expect", expected),
            ])
        ])
        return other
    }

    /// The same facts in another order, a replacement still after what it replaces.
    func shuffled(seed: UInt64) throws -> WorkedMonth {
        guard case .array(let facts)? = members["facts"] else { return self }
        var random = SplitMix64(seed: seed)
        var waiting = random.shuffled(facts)
        var order: [JSONValue] = []
        var written: Set<JSONValue> = []
        while !waiting.isEmpty {
            let ready = waiting.filter { fact in fact["replaces"].map(written.contains) ?? true }
            for fact in ready {
                order.append(fact)
                if let id = fact["id"] { written.insert(id) }
            }
            let settled = written
            waiting.removeAll { fact in fact["id"].map(settled.contains) ?? true }
        }
        var other = self
        other.members["facts"] = .array(order)
        return other
    }
}
