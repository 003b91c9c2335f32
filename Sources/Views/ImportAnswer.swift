import HMIS
import JSON
package import Store

/// What an import did and found, as a table and as JSON; no value out of the export.
package struct ImportAnswer {
    private let outcome: ImportOutcome
    private let isDryRun: Bool

    package init(_ outcome: ImportOutcome, isDryRun: Bool) {
        self.outcome = outcome
        self.isDryRun = isDryRun
    }

    package var table: String {
        let counts = outcome.counts
        var parts = [
            "export \(outcome.export.exportID) of \(outcome.export.source), up to \(outcome.export.endDate)"
                + (isDryRun ? " (dry run: nothing was written)" : ""),
            isDryRun
                ? "\(counts.persons) people, \(outcome.report.facts) facts, \(counts.refused) of them refused; "
                    + "a dry run does not compare them with the record"
                : "\(counts.persons) people, \(counts.personsNew) new; facts: \(counts.added) added, "
                    + "\(counts.replaced) replaced, \(counts.voided) voided, \(counts.unchanged) unchanged, "
                    + "\(counts.corrected) corrected here and left, \(counts.refused) refused",
            files.rendered(),
        ]
        if !outcome.report.rows.isEmpty { parts.append(findings.rendered()) }
        return parts.joined(separator: "\n\n")
    }

    private var files: TextTable {
        var table = TextTable()
        table.row(["file", "rows read", "used", "not used"])
        table.rule()
        for file in HMISFile.allCases {
            guard let count = outcome.report.files[file] else { continue }
            table.row([file.rawValue, "\(count.read)", "\(count.used)", "\(count.notUsed)"])
        }
        return table
    }

    private var findings: TextTable {
        var table = TextTable()
        table.row(["finding: file, column, what, what was done, first lines", "rows"])
        table.rule()
        for (line, rows) in sortedLines {
            let place = [line.file.rawValue, line.column].compactMap { $0 }.joined(separator: ", ")
            let lines = examples(line)
            table.row([
                "\(place): \(line.what.sentence) \(line.whatWasDone.sentence)"
                    + (lines.isEmpty ? "" : " Lines \(lines.map(String.init).joined(separator: ", "))"),
                "\(rows)",
            ])
        }
        return table
    }

    private func examples(_ line: ImportReport.Line) -> [Int] {
        Array((outcome.report.examples[line] ?? []).compactMap(\.row).prefix(3))
    }

    private var sortedLines: [(line: ImportReport.Line, rows: Int)] {
        let order = Dictionary(uniqueKeysWithValues: HMISFile.allCases.enumerated().map { ($1, $0) })
        return outcome.report.rows.map { (line: $0.key, rows: $0.value) }.sorted {
            (order[$0.line.file] ?? 0, $0.line.what.rawValue, $0.line.column ?? "", $0.line.whatWasDone.rawValue)
                < (order[$1.line.file] ?? 0, $1.line.what.rawValue, $1.line.column ?? "", $1.line.whatWasDone.rawValue)
        }
    }

    package var json: [UInt8] {
        var writer = JSONWriter(isPretty: true)
        writer.object { object in
            object.field("export", outcome.export.exportID)
            object.field("dry_run", isDryRun)
            writeCounts(to: &object)
            object.array("files") { array in
                for file in HMISFile.allCases {
                    guard let count = outcome.report.files[file] else { continue }
                    array.object { entry in
                        entry.field("file", file.rawValue)
                        entry.field("rows_read", count.read)
                        entry.field("rows_used", count.used)
                        entry.field("rows_not_used", count.notUsed)
                    }
                }
            }
            object.array("findings") { array in
                for (line, rows) in sortedLines {
                    array.object { entry in
                        entry.field("file", line.file.rawValue)
                        entry.field("column", line.column)
                        entry.field("what", line.what.sentence)
                        entry.field("what_was_done", line.whatWasDone.sentence)
                        entry.field("rows", rows)
                        entry.array("lines") { lines in
                            for finding in outcome.report.examples[line] ?? [] {
                                if let row = finding.row { lines.value(row) }
                            }
                        }
                    }
                }
            }
        }
        return writer.bytes
    }

    private func writeCounts(to object: inout JSONWriter) {
        let counts = outcome.counts
        object.field("people", counts.persons)
        object.field("facts", outcome.report.facts)
        object.field("facts_refused", counts.refused)
        object.field("people_erased_before", counts.erased)
        // A dry run does not compare: what it does not know is left out, not nought.
        guard !isDryRun else { return }
        object.field("people_new", counts.personsNew)
        object.field("facts_added", counts.added)
        object.field("facts_replaced", counts.replaced)
        object.field("facts_voided", counts.voided)
        object.field("facts_unchanged", counts.unchanged)
        object.field("facts_corrected_here", counts.corrected)
    }
}
