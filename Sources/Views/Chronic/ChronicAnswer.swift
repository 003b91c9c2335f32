import ByNameList
import CivilTime
package import JSON
import ShippedConfig
package import Store

/// What the rules say of one person, as fields of an object.
package struct ChronicAnswer {
    private let page: ChronicPage
    private let names: RecordNames

    package init(_ page: ChronicPage, names: RecordNames) {
        self.page = page
        self.names = names
    }

    package func write(to object: inout JSONWriter) {
        let standing = page.standing
        object.field("as_of", "\(standing.asOf)")
        object.field("population_rule", page.policy.chronicRule.code)
        object.field("chronic_currency", page.policy.chronicCurrency.rawValue)
        object.field("in_population", page.isInPopulation)
        object.array("verdicts") { array in
            for verdict in standing.verdicts {
                array.object { entry in
                    let rules =
                        verdict.rule == page.policy.chronicRule
                        ? page.policy.chronic : ChronicRuleDocument.shipped[verdict.rule]
                    ChronicVerdictFields(verdict, rules: rules, disability: standing.disability).write(to: &entry)
                    determination(verdict, &entry)
                }
            }
        }
        household(&object)
        selfReport(&object)
    }

    /// What somebody has documented stands over the verdict; both are shown (domain.md 9).
    private func determination(_ verdict: ChronicVerdict, _ entry: inout JSONWriter) {
        let said = page.standing.determinations[verdict.rule]
        guard let said else { return entry.nullField("determination") }
        entry.key("determination")
        entry.object { determination in
            determination.field("chronic", said.chronic)
            determination.field("on", "\(said.on)")
            determination.field("fact", names.fact(said.fact))
            determination.field("agency", page.agencies[said.fact])
            determination.field("disagrees", said.chronic != (verdict.status == .chronic))
        }
    }

    private func household(_ object: inout JSONWriter) {
        guard page.showsHousehold, let status = page.standing.household else { return object.nullField("household") }
        object.key("household")
        object.object { household in
            household.field("rule", ChronicRule.usHUD.code)
            household.field("chronic", status == .chronic)
            household.field("status", status.rawValue)
        }
    }

    /// Beside the nights, and never mixed into them (chronic-rules.md A2).
    private func selfReport(_ object: inout JSONWriter) {
        guard let report = page.standing.selfReport else { return object.nullField("self_report") }
        object.key("self_report")
        object.object { answers in
            for atPoint in [false, true] {
                answers.key(atPoint ? "at_point_in_time" : "at_start")
                answers.object { SelfReportFields(report, asOf: page.standing.asOf, atPoint: atPoint).write(to: &$0) }
            }
        }
    }
}
