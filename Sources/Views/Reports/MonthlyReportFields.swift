package import ByNameList
package import JSON

/// The fields of a monthly report, under the same names in JSON and CSV.
package struct MonthlyReportFields: JSONWritable {
    private let report: MonthlyReport
    private let policy: String
    private let knownAt: String

    /// - Parameters:
    ///   - policy: which policy and version, as every figure names it.
    ///   - knownAt: the instant that the figures are known at.
    package init(_ report: MonthlyReport, policy: String, knownAt: String) {
        self.report = report
        self.policy = policy
        self.knownAt = knownAt
    }

    package enum Value {
        case text(String)
        case count(Int)
        case number(Double?)
    }

    /// Names and values, in a stable order.
    package var fields: [(name: String, value: Value)] {
        var fields: [(name: String, value: Value)] = [
            ("month", .text("\(report.month)")), ("population", .text(report.population.code)),
            ("unit", .text(report.unit.code)), ("as_of", .text("\(report.asOf)")), ("known_at", .text(knownAt)),
            ("policy", .text(policy)), ("active_at_start", .count(report.figures.activeAtStart)),
        ]
        for measure in Measure.allCases {
            fields.append((measure.code, .count(report.count(measure).events)))
            fields.append((measure.code + "_people", .count(report.count(measure).people)))
        }
        for housing in Housing.allCases {
            let count = report.count(.housingMoveIns, reason: housing.rawValue)
            fields.append(("housing_move_ins_" + housing.code, .count(count.events)))
        }
        for reason in InactiveReason.allCases {
            let count = report.count(.movedToInactive, reason: reason.rawValue)
            fields.append(("moved_to_inactive_" + reason.code, .count(count.events)))
        }
        return fields + totals
    }

    private var totals: [(name: String, value: Value)] {
        let head = CriteriaReason.headship.rawValue
        return [
            ("became_head", .count(report.count(.newlyMeetsCriteria, reason: head).events)),
            ("ceased_to_be_head", .count(report.count(.noLongerMeetsCriteria, reason: head).events)),
            ("inflow", .count(report.inflow)), ("outflow", .count(report.outflow)),
            ("net_change", .count(report.netChange)), ("active_at_end", .count(report.figures.activeAtEnd)),
            ("expected_at_end", .count(report.expectedAtEnd)), ("error", .count(report.error)),
            ("days_to_housing_count", .count(report.figures.fromEpisode?.count ?? 0)),
            ("days_to_housing_mean", .number(report.figures.fromEpisode?.mean)),
            ("days_to_housing_median", .number(report.figures.fromEpisode?.median)),
            ("days_since_first_identified_mean", .number(report.figures.fromIdentification?.mean)),
            ("days_since_first_identified_median", .number(report.figures.fromIdentification?.median)),
            ("unnamed", .count(report.figures.unnamed)), ("unassessed", .count(report.figures.unassessed)),
            ("unconsented", .count(report.figures.unconsented)),
            ("left_out_without_consent", .count(report.figures.leftOut)),
            ("late_facts", .count(report.figures.lateFacts)),
            ("late_imported_facts", .count(report.figures.lateImportedFacts)),
        ]
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { object in
            for field in fields {
                switch field.value {
                case .text(let text): object.field(field.name, text)
                case .count(let count): object.field(field.name, count)
                case .number(let number?): object.field(field.name, MonthlyReportFields.rounded(number))
                case .number(nil): object.nullField(field.name)
                }
            }
        }
    }

    /// The header line of the CSV form.
    package var csvHeader: String { fields.map(\.name).joined(separator: ",") }

    /// One line, quoted where a value needs it (RFC 4180 2).
    package var csvRow: String {
        fields.map { field in
            switch field.value {
            case .text(let text): MonthlyReportFields.quoted(text)
            case .count(let count): "\(count)"
            case .number(let number): number.map { "\(MonthlyReportFields.rounded($0))" } ?? ""
            }
        }.joined(separator: ",")
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Days to a hundredth, in every form.
    private static func rounded(_ days: Double) -> Double { (days * 100).rounded() / 100 }
}
