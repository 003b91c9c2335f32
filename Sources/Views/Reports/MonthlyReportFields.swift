package import ByNameList
package import JSON

/// The fields of a monthly report, under the same names in JSON and CSV.
package struct MonthlyReportFields: JSONWritable {
    private let report: MonthlyReport
    private let policy: String
    private let knownAt: String
    private let shown: ReportParts?

    /// - Parameters:
    ///   - shown: the parts that may be shown; `nil`: everything, and nothing is said of what is withheld.
    ///   - policy: which policy and version, as every figure names it.
    ///   - knownAt: the instant that the figures are known at.
    package init(_ report: MonthlyReport, shown: ReportParts? = nil, policy: String, knownAt: String) {
        self.report = report
        self.shown = shown
        self.policy = policy
        self.knownAt = knownAt
    }

    package enum Value {
        case text(String)
        case count(Int)
        case number(Double?)
        /// A count of a few people, or one that would give it away.
        case withheld
    }

    /// Names and values, in a stable order.
    package var fields: [(name: String, value: Value)] {
        whole.map { field in
            let isShown = shown.map { $0.isSuperset(of: field.part) } ?? true
            return (field.name, isShown ? field.value : .withheld)
        }
    }

    private typealias Field = (name: String, part: ReportParts, value: Value)

    /// Everything, each with the part of the report that it belongs to.
    private var whole: [Field] {
        let fields: [Field] = [
            ("month", [], .text("\(report.month)")), ("population", [], .text(report.population.code)),
            ("unit", [], .text(report.unit.code)), ("as_of", [], .text("\(report.asOf)")),
            ("known_at", .knownAt, .text(knownAt)), ("policy", [], .text(policy)),
            ("active_at_start", .start, .count(report.figures.activeAtStart)),
        ]
        return fields + measures + reasons + totals + lengths + rest
    }

    private var measures: [Field] {
        Measure.allCases.flatMap { measure -> [Field] in
            let count = report.count(measure)
            let part: ReportParts = measure.isInflow ? .waysIn : .waysOut
            return [
                (measure.code, part, .count(count.events)), (measure.code + "_people", part, .count(count.people)),
            ]
        }
    }

    private var reasons: [Field] {
        let housing = Housing.allCases.map { housing -> Field in
            let count = report.count(.housingMoveIns, reason: housing.rawValue)
            return ("housing_move_ins_" + housing.code, .housing, .count(count.events))
        }
        let reasons = InactiveReason.allCases.map { reason -> Field in
            let count = report.count(.movedToInactive, reason: reason.rawValue)
            return ("moved_to_inactive_" + reason.code, .reasons, .count(count.events))
        }
        let head = CriteriaReason.headship.rawValue
        return housing + reasons + [
            ("became_head", .waysIn, .count(report.count(.newlyMeetsCriteria, reason: head).events)),
            ("ceased_to_be_head", .waysOut, .count(report.count(.noLongerMeetsCriteria, reason: head).events)),
        ]
    }

    private var totals: [Field] {
        [
            ("inflow", .totals, .count(report.inflow)), ("outflow", .totals, .count(report.outflow)),
            ("net_change", .change, .count(report.netChange)),
            ("active_at_end", .end, .count(report.figures.activeAtEnd)),
            ("expected_at_end", .change, .count(report.expectedAtEnd)), ("error", .change, .count(report.error)),
        ]
    }

    private var lengths: [Field] {
        let (episode, identification) = (report.figures.fromEpisode, report.figures.fromIdentification)
        return [
            ("days_to_housing_count", .waysOut, .count(episode?.count ?? 0)),
            ("days_to_housing_mean", .waysOut, .number(episode?.mean)),
            ("days_to_housing_median", .waysOut, .number(episode?.median)),
            ("days_since_first_identified_mean", .waysOut, .number(identification?.mean)),
            ("days_since_first_identified_median", .waysOut, .number(identification?.median)),
        ]
    }

    private var rest: [Field] {
        [
            ("unnamed", .unnamed, .count(report.figures.unnamed)),
            ("unassessed", .unassessed, .count(report.figures.unassessed)),
            ("unconsented", .unconsented, .count(report.figures.unconsented)),
            ("left_out_without_consent", .leftOut, .count(report.figures.leftOut)),
            ("late_facts", .lateFacts, .count(report.figures.lateFacts)),
            ("late_imported_facts", .lateImportedFacts, .count(report.figures.lateImportedFacts)),
        ]
    }

    /// The names of what is withheld; a number that is `null` and not among them was not reported.
    private static func withheld(_ fields: [(name: String, value: Value)]) -> [String] {
        fields.compactMap { if case .withheld = $0.value { $0.name } else { nil } }
    }

    package func write(to writer: inout JSONWriter) {
        let fields = fields
        writer.object { object in
            for field in fields {
                switch field.value {
                case .text(let text): object.field(field.name, text)
                case .count(let count): object.field(field.name, count)
                case .number(let number?): object.field(field.name, MonthlyReportFields.rounded(number))
                case .number(nil), .withheld: object.nullField(field.name)
                }
            }
            if shown != nil { object.field("suppressed", MonthlyReportFields.withheld(fields)) }
        }
    }

    /// The header line of the CSV form.
    package var csvHeader: String {
        (fields.map(\.name) + (shown == nil ? [] : ["suppressed"])).joined(separator: ",")
    }

    /// One line, quoted where a value needs it (RFC 4180 2).
    package var csvRow: String {
        let fields = fields
        var cells = fields.map { field in
            switch field.value {
            case .text(let text): MonthlyReportFields.quoted(text)
            case .count(let count): "\(count)"
            case .number(let number): number.map { "\(MonthlyReportFields.rounded($0))" } ?? ""
            case .withheld: ""
            }
        }
        if shown != nil { cells.append(MonthlyReportFields.withheld(fields).joined(separator: " ")) }
        return cells.joined(separator: ",")
    }

    static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Days to a hundredth, in every form.
    private static func rounded(_ days: Double) -> Double { (days * 100).rounded() / 100 }
}
