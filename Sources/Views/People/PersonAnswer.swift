import ByNameList
import JSON
package import Store

/// A person's page as text and as JSON.
package struct PersonAnswer {
    private let page: PersonPage
    private let id: String
    /// All ids of the person.
    private let records: [String]
    private let words: TimelineWords

    package init(_ page: PersonPage, _ ids: PublicIDs) {
        self.page = page
        id = ids.text(of: page.person)
        records = page.records.map { ids.text(of: $0) }
        words = TimelineWords(page)
    }

    package var text: String {
        let status = page.timeline.changes.last?.to ?? .unknown
        var lines = ["\(page.identity.shown)  \(id)"]
        lines.append("born \(page.birth.map { "\($0.date)" } ?? "unknown"); on the list: \(status.code)")
        if records.count > 1 { lines.append("records of the person: " + records.joined(separator: ", ")) }
        lines += page.externalIDs.map { "known to \($0.system) as \($0.value)" }
        lines += ["", "What changed"] + indented(words.changes)
        lines += ["", "On the active list"] + indented(words.spells)
        if !words.findings.isEmpty { lines += ["", "To look at"] + indented(words.findings) }
        lines += ["", "Facts, in order of recording"] + indented(page.facts.map(line))
        return lines.joined(separator: "\n")
    }

    package var json: [UInt8] {
        var writer = JSONWriter(isPretty: true)
        writer.object { object in
            object.field("id", id)
            if records.count > 1 { object.field("records", records) }
            object.field("name", page.identity.shown)
            object.field("birth_date", page.birth.map { "\($0.date)" })
            object.field("status", (page.timeline.changes.last?.to ?? .unknown).code)
            object.array("changes") { array in
                for (change, sentence) in zip(page.timeline.changes, words.changes) {
                    array.object { entry in
                        entry.field("on", "\(change.on)")
                        entry.field("from", change.from.code)
                        entry.field("to", change.to.code)
                        entry.field("measure", change.measure?.code)
                        entry.field("fact", change.fact?.number)
                        entry.field("words", sentence)
                    }
                }
            }
            object.field("spells", words.spells)
            object.field("findings", words.findings)
            object.array("facts") { array in
                for fact in page.facts {
                    array.object { entry in
                        entry.field("fact", fact.id.number)
                        entry.field("recorded", "\(fact.recorded)")
                        entry.field("agency", page.agencies[fact.id])
                        entry.field("replaces", fact.replaces?.number)
                        entry.field("words", fact.content.words(.numbers))
                    }
                }
            }
        }
        return writer.bytes
    }

    private func line(_ fact: Fact) -> String {
        let agency = page.agencies[fact.id].map { ", \($0)" } ?? ""
        let replaces = fact.replaces.map { " (replaces fact \($0.number))" } ?? ""
        return "fact \(fact.id.number): \(fact.content.words(.numbers))\(replaces) [recorded \(fact.recorded)\(agency)]"
    }

    private func indented(_ lines: [String]) -> [String] {
        lines.isEmpty ? ["  nothing"] : lines.map { "  " + $0 }
    }
}
