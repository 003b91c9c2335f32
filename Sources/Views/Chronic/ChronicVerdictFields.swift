package import ByNameList
import CivilTime
package import JSON

/// A verdict with its evidence as fields of an object; the names are those of the published test cases.
package struct ChronicVerdictFields {
    private let verdict: ChronicVerdict
    private let rules: ChronicRuleSet
    private let disability: Disability

    package init(_ verdict: ChronicVerdict, rules: ChronicRuleSet, disability: Disability) {
        self.verdict = verdict
        self.rules = rules
        self.disability = disability
    }

    package func write(to object: inout JSONWriter) {
        object.field("rule", verdict.rule.code)
        object.field("rule_version", verdict.ruleVersion)
        object.field("as_of", "\(verdict.asOf)")
        object.field("chronic", verdict.status == .chronic)
        object.field("status", verdict.status.rawValue)
        object.field("reason", verdict.reason?.rawValue)
        object.field("basis", verdict.basis?.code)
        object.field("disabling_condition", disability.code)
        time(&object)
        object.field("current_nights", verdict.currentNights)
        object.field("current_since", verdict.currentSince.map { "\($0)" })
        object.field("since", verdict.since.map { "\($0)" })
        object.field("presumed", verdict.presumed?.rawValue)
        object.field("maintained_eligibility", verdict.maintainsEligibility)
        object.field("carry_over_candidate", verdict.carryOverCandidate)
        object.field("projected_chronic", verdict.projected.map { "\($0)" })
        options(&object)
        evidence(&object)
        object.field("explanation", ChronicWords(verdict, rules: rules, disability: disability).sentences)
    }

    private func time(_ object: inout JSONWriter) {
        let shortest = verdict.windows.first
        object.field("window_start", shortest.map { "\($0.span.start)" })
        object.field("window_end", shortest.map { "\($0.span.end.adding(days: -1))" })
        object.field("nights", shortest?.nights)
        for window in verdict.windows.dropFirst() { object.field("nights_\(window.years)y", window.nights) }
        object.field("months", verdict.months)
        object.field("occasions", verdict.occasions?.count)
    }

    private func options(_ object: inout JSONWriter) {
        object.key("options")
        object.object { options in
            switch rules.test {
            case .nights(let test):
                options.field("carry_over", test.carriesOver)
            case .occasions(let test):
                options.field("continuous", test.continuous.rawValue)
                options.field("cumulative", test.cumulative.rawValue)
                options.field("household", test.household.rawValue)
            }
        }
    }

    private func evidence(_ object: inout JSONWriter) {
        object.key("evidence")
        object.object { evidence in
            spans("windows", verdict.windows.map(\.span), &evidence)
            spans("occasions", verdict.occasions ?? [], &evidence)
            spans("breaks", verdict.evidence.breaks, &evidence)
            spans("filled", verdict.evidence.filled, &evidence)
            evidence.array("institutions") { array in
                for stay in verdict.evidence.institutions {
                    array.object { entry in
                        ChronicVerdictFields.span(stay.span, &entry)
                        entry.field("counted", stay.standing == .counted)
                        entry.field("why", stay.standing.rawValue)
                    }
                }
            }
            evidence.array("not_counted") { array in
                for nights in verdict.evidence.notCounted {
                    array.object { entry in
                        ChronicVerdictFields.span(nights.span, &entry)
                        entry.field("why", nights.night.code)
                    }
                }
            }
            evidence.array("ended_by_later") { array in
                for stay in verdict.evidence.endedByLater {
                    array.object { entry in
                        entry.field("type", stay.situation.code)
                        entry.field("from", "\(stay.from)")
                    }
                }
            }
        }
    }

    private func spans(_ key: String, _ spans: [DateSpan], _ object: inout JSONWriter) {
        object.array(key) { array in
            for span in spans { array.object { ChronicVerdictFields.span(span, &$0) } }
        }
    }

    /// A span as its first day, the day after its last night, and its nights.
    private static func span(_ span: DateSpan, _ entry: inout JSONWriter) {
        entry.field("from", "\(span.start)")
        entry.field("to", "\(span.end)")
        entry.field("nights", span.nights.count)
    }
}
