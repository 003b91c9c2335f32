import ByNameList
import CivilTime
package import JSON

extension ChronicCase {
    /// The answer as fields: one verdict by the names of the published cases, or three under `verdicts`.
    package func answer(to object: inout JSONWriter) {
        if let id { object.field("id", id) }
        switch question {
        case .nights(let rules, let question, let disability, let isOneRule):
            let verdicts = rules.map { rules in
                ChronicVerdictFields(rules.verdict(on: question), rules: rules, disability: disability)
            }
            if isOneRule {
                for verdict in verdicts { verdict.write(to: &object) }
            } else {
                object.array("verdicts") { array in
                    for verdict in verdicts { array.object { verdict.write(to: &$0) } }
                }
            }
        case .selfReport(let report, let asOf, let atPoint):
            SelfReportFields(report, asOf: asOf, atPoint: atPoint).write(to: &object)
        }
    }
}
