import ByNameList
import CivilTime
import Foundation
import JSON
import ShippedConfig
import Testing

@Suite struct `The people behind a figure` {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../AppTests/Vectors/worked-month.json")

    /// The worked month, posted; and what everybody of it is called by their public id.
    private static func workedMonth(
        seed: UInt64 = 1
    ) async throws -> (trial: TrialService, document: JSONValue, names: [String: String]) {
        let policy = try #require(PolicyDocument.template("ca_bfz"))
        let trial = try TrialService(policy: policy.replacing(#""ca_reaching_home""#, with: #""on_2018""#))
        let document = try JSONValue(Array(try Data(contentsOf: file)))
        var posting = PostedMonth(document, seed: seed, trial)
        try await posting.run()
        return (trial, document, Dictionary(uniqueKeysWithValues: posting.people.map { ($1, $0) }))
    }

    /// Names and the field of the file in which those behind a figure stand.
    private static let fields: [(figure: String, field: String)] =
        [("active_at_start", "active_start"), ("active_at_end", "active_end")]
        + Measure.allCases.map { ($0.code, $0.code) }

    @Test func `are those of the worked month, of every figure, in every population and unit`() async throws {
        let (trial, document, names) = try await Self.workedMonth()
        var opened = 0
        for check in document["checks"]?.elements ?? [] where check["known_at"] == nil {
            let month = try #require(check["month"]?.text)
            let unit = check["unit"]?.text ?? "persons"
            for expected in check["expect"]?.members ?? [] {
                let population = try #require(Population.standard.first { $0.name == expected.key })
                for (figure, field) in Self.fields {
                    let path = "reports/monthly/\(month)/\(figure)/people?population=\(population.code)&unit=\(unit)"
                    let people = try await trial.get(path, as: .coordinator).json["people"]?.elements ?? []
                    let found = people.compactMap { $0["person"]?.text.flatMap { names[$0] } }.sorted()
                    let should = (expected.value[field]?.texts ?? []).sorted()
                    #expect(found == should, "\(month) \(population.code) \(unit) \(figure)")
                    opened += found.count
                    for entry in people.flatMap({ $0["entries"]?.elements ?? [] }) {
                        #expect(entry["words"]?.text?.contains("[") == true, "\(entry)")
                    }
                }
            }
        }
        #expect(opened > 100)
    }

    @Test func `are fewer where only one reason is asked for`() async throws {
        let (trial, document, names) = try await Self.workedMonth()
        let check = try #require(
            document["checks"]?.elements.first { $0["month"]?.text == "2024-03" && $0["known_at"] == nil })
        let reasons = check["expect"]?["All"]?["inactive_by_reason"]?.members ?? []
        #expect(!reasons.isEmpty)
        for reason in reasons {
            let path = "reports/monthly/2024-03/moved_to_inactive/people?reason=\(reason.key)"
            let people = try await trial.get(path, as: .coordinator).json["people"]?.elements ?? []
            #expect(
                people.compactMap { $0["person"]?.text.flatMap { names[$0] } } == reason.value.texts, "\(reason.key)")
            #expect(people.allSatisfy { $0["entries"]?.elements.first?["reason"]?.text == reason.key })
        }
        let wrong = try await trial.get(
            "reports/monthly/2024-03/newly_identified/people?reason=other", as: .coordinator)
        #expect(wrong.status == 422)
        #expect(try await trial.get("reports/monthly/2024-03/inflow/people", as: .coordinator).status == 422)
        #expect(try await trial.get("reports/monthly/2024-05/unnamed/people", as: .coordinator).status == 422)
    }

    @Test func `are the same as known at the instant that the report states`() async throws {
        let (trial, _, _) = try await Self.workedMonth()
        let report = try await trial.get("reports/monthly/2024-03", as: .coordinator).json
        let knownAt = try #require(report["known_at"]?.text)
        for figure in Figure.all {
            let path = "reports/monthly/2024-03/\(figure.code)/people"
            let now = try await trial.get(path, as: .coordinator).json["people"]
            let then = try await trial.get("\(path)?known_at=\(knownAt)", as: .coordinator).json
            #expect(then["people"] == now, "\(figure.code)")
            #expect(then["known_at"]?.text == knownAt)
            let count = now?.elements.flatMap { $0["entries"]?.elements ?? [] }.count
            #expect(report[figure.code]?.whole == count, "\(figure.code)")
        }
    }

    /// Whoever counts is told why, and whoever does not, why not; as often as the figure counts them.
    @Test func `are each told why they count, and the others why they do not`() async throws {
        let (trial, _, names) = try await Self.workedMonth()
        for population in Population.standard {
            var counts: [String: Int64] = [:]
            for person in names.keys {
                let path = "people/\(person)/explanation?month=2024-03&population=\(population.code)"
                let answer = try await trial.get(path, as: .coordinator)
                #expect(answer.status == 200)
                // Of several records of one person each answers for the person.
                guard answer.json["person"]?.text == person else { continue }
                for figure in answer.json["figures"]?.elements ?? [] {
                    let code = try #require(figure["figure"]?.text)
                    counts[code, default: 0] += Int64(figure["count"]?.whole ?? 0)
                    #expect(figure["words"]?.texts.isEmpty == false)
                    #expect(figure["words"]?.texts.allSatisfy { $0.hasSuffix(".") || $0.hasSuffix("]") } == true)
                }
            }
            let report = try await trial.get(
                "reports/monthly/2024-03?population=\(population.code)", as: .coordinator
            ).json
            for figure in Figure.all {
                #expect(report[figure.code]?.whole.map { Int64($0) } == counts[figure.code], "\(figure.code)")
            }
        }
    }

    private func words(
        _ trial: TrialService, _ person: String, _ figure: Figure, _ population: String
    ) async throws -> [String] {
        let path = "people/\(person)/explanation?month=2024-03&population=\(population)"
        let figures = try await trial.get(path, as: .coordinator).json["figures"]?.elements
        return figures?.first { $0["figure"]?.text == figure.code }?["words"]?.texts ?? []
    }

    /// As a coordinator reads them: without the ids of the facts.
    private func plain(_ words: [String]) -> [String] {
        words.map { $0.replacing(#/f_[0-9A-Z]+/#, with: "f_…") }
    }

    @Test func `are told so in words that name date, fact and rule`() async throws {
        let (trial, _, names) = try await Self.workedMonth()
        let ids = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })
        func told(_ name: String, _ figure: Figure, _ population: String = "all") async throws -> [String] {
            plain(try await words(trial, try #require(ids[name]), figure, population))
        }
        #expect(
            try await told("P10", .flow(.movedToInactive)) == [
                "2024-03-19: active -> inactive, counted as moved to inactive. No activity since 2023-12-20: the "
                    + "inactivity limit is reached. [inactivity limit]"
            ])
        #expect(
            try await told("P03", .flow(.newlyMeetsCriteria), "chronic") == [
                "2024-03-18: still active, and newly meets the criteria of Chronic: chronically homeless by the rule "
                    + "on_2018 [chronic]."
            ])
        #expect(
            try await told("P17", .flow(.noLongerMeetsCriteria), "chronic") == [
                "2024-03-26: still active, and no longer meets the criteria of Chronic: not chronically homeless, as "
                    + "determined (fact f_…: determined on 2024-03-26 under on_2018: not chronic) [chronic]."
            ])
        #expect(
            try await told("P05", .activeAtEnd, "veterans").first?.hasSuffix(
                "but not counted in Veterans (persons). no answer says a veteran [last answer].") == true)
        #expect(
            try await told("P02", .activeAtEnd).first?.hasPrefix(
                "Not active at the end of 2024-03-31: housed since 2024-03-") == true)
    }

    @Test func `are nobody that the caller may not see`() async throws {
        let trial = try TrialService()
        let (own, _) = try await trial.admit(.harbour)
        _ = try await trial.admit(.lantern, given: "Marigold", family: "Underhill")
        let path = "reports/monthly/2024-03/active_at_end/people"
        let harbour = try await trial.get(path, as: .harbour).json["people"]?.elements ?? []
        #expect(harbour.compactMap { $0["person"]?.text } == [own])
        #expect(try await trial.get(path, as: .coordinator).json["people"]?.elements.count == 2)
        #expect(try await trial.get(path, as: .dashboard).status == 403)
        let accesses = try trial.accesses().filter { $0.purpose == "figure" }
        #expect(accesses.map(\.who) == ["Harbour outreach", "City coordinator", "City coordinator"])
    }
}
