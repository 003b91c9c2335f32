package import ByNameList
package import CivilTime
import JSON
package import Store

/// What has changed since a month was submitted, as text and as JSON.
package struct ComparisonAnswer {
    private let comparison: SubmissionComparison
    private let population: String
    private let unit: CountingUnit
    private let ids: PublicIDs
    private let words: ComparisonWords
    private let date: (Instant) -> CivilDate

    /// - Parameter date: the date of an instant in the community's zone.
    package init(
        _ comparison: SubmissionComparison, population: String, unit: CountingUnit, ids: PublicIDs,
        date: @escaping (Instant) -> CivilDate
    ) {
        self.comparison = comparison
        self.population = population
        self.unit = unit
        self.ids = ids
        self.date = date
        words = ComparisonWords(comparison, names: RecordNames(ids), date: date)
    }

    package var text: String {
        let submission = comparison.submission
        var table = TextTable()
        table.row(["\(submission.month), \(population) (\(unit.code))", "submitted", "now", "difference"])
        table.rule()
        for line in comparison.figures where line.submitted != 0 || line.now != 0 {
            let difference = line.now - line.submitted
            table.row([
                plain(line.figure.code), "\(line.submitted)", "\(line.now)",
                difference == 0 ? "-" : (difference > 0 ? "+" : "") + "\(difference)",
            ])
        }
        let head =
            "Submitted \(date(submission.recorded)) by \(submission.user), \(submission.agency); "
            + "known at \(submission.knownAt)"
        let people = comparison.people.flatMap { person in
            ["", ids.text(of: person.difference.person)] + words.sentences(person).map { "  " + $0 }
        }
        let end = people.isEmpty ? ["", "Nothing has changed since."] : people
        return ([head, "", table.rendered()] + end).joined(separator: "\n")
    }

    /// The object that is served.
    package func json(isPretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(isPretty: isPretty)
        writer.object { object in
            object.object("submission") { SubmissionFields.write(comparison.submission, &$0) }
            object.object("now") { now in
                now.field("known_at", "\(comparison.knownAt)")
                now.field("policy", comparison.policyVersion)
                now.field("rules", comparison.ruleVersion)
            }
            object.field("population", population)
            object.field("unit", unit.code)
            object.array("figures") { array in
                for line in comparison.figures {
                    array.object { figure in
                        figure.field("figure", line.figure.code)
                        figure.field("submitted", line.submitted)
                        figure.field("now", line.now)
                        figure.field("difference", line.now - line.submitted)
                    }
                }
            }
            object.array("people") { array in
                for person in comparison.people { write(person, &array) }
            }
            object.field("next", comparison.next.map { ids.text(of: $0) })
        }
        return writer.bytes
    }

    private func write(_ person: ComparedPerson, _ array: inout JSONWriter) {
        array.object { object in
            object.field("person", ids.text(of: person.difference.person))
            object.field("is_code_only", person.sight == .codeOnly)
            object.array("only_submitted") { write(person.difference.onlySubmitted, &$0) }
            object.array("only_now") { write(person.difference.onlyNow, &$0) }
            object.array("facts") { array in
                for fact in person.factsSince {
                    array.object { object in
                        object.field("fact", ids.text(of: fact.id))
                        object.field("recorded", "\(fact.recorded)")
                        object.field("agency", person.agencies[fact.id])
                        object.field("words", words.fact(fact, by: person.agencies[fact.id]))
                    }
                }
            }
            object.field("words", words.sentences(person))
        }
    }

    private func write(_ entries: [MonthEntry], _ array: inout JSONWriter) {
        for entry in entries {
            array.object { object in
                object.field("figure", entry.figure.code)
                object.field("on", "\(entry.day)")
                object.field("reason", entry.figure.reason(entry.reason))
            }
        }
    }
}
