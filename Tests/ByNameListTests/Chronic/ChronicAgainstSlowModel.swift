import ByNameList
import CivilTime
import Fixtures
import ShippedConfig
import Testing

/// The verdicts held against the night-by-night model, over random stays.
@Suite struct `The chronic verdict and the slow model` {
    @Test(arguments: Histories.chunks)
    func `say the same of everybody under every rule`(chunk: Int) {
        for seed in Histories.seeds(of: chunk) {
            let person = RandomStays(seed: seed)
            for rule in SlowChronicCase.Rule.allCases {
                guard let difference = firstDifference(person.question(rule)) else { continue }
                Issue.record("seed \(seed) under \(rule.rawValue): \(difference)\n\(person.question(rule))")
                return
            }
        }
    }

    @Test func `are chronic in a good share of the random stays, under each rule and on each ground`() {
        var grounds: [String: Int] = [:]
        for seed: UInt64 in 0..<10_000 {
            let person = RandomStays(seed: seed)
            for rule in SlowChronicCase.Rule.allCases {
                let verdict = person.question(rule).verdict
                if verdict.status == .chronic {
                    grounds["\(rule.rawValue) \(verdict.basis?.code ?? "")", default: 0] += 1
                }
            }
        }
        for ground in [
            ("us_hud continuous", 500), ("us_hud occasions", 500), ("ca_reaching_home 180_in_1y", 500),
            ("ca_reaching_home 546_in_3y", 5), ("ca_reaching_home carry_over", 50), ("on_2018 over_180_in_1y", 500),
        ] {
            #expect(grounds[ground.0, default: 0] >= ground.1, "\(ground) in \(grounds)")
        }
    }

    private func firstDifference(_ question: SlowChronicCase) -> String? {
        let slow = SlowChronic.verdict(of: question)
        let fast = question.verdict
        let pairs: [(String, String, String)] = [
            ("status", slow.status.rawValue, fast.status.rawValue),
            ("reason", slow.reason?.rawValue ?? "-", fast.reason?.rawValue ?? "-"),
            ("nights", "\(slow.nights)", fast.windows.first.map { "\($0.nights)" } ?? "-"),
            ("since", "\(slow.since?.description ?? "-")", "\(fast.since?.description ?? "-")"),
            ("presumed", slow.presumed?.rawValue ?? "-", fast.presumed?.rawValue ?? "-"),
            ("projected", "\(slow.projected?.description ?? "-")", "\(fast.projected?.description ?? "-")"),
        ]
        for (name, slow, fast) in pairs + more(question.rule, slow, fast) where slow != fast {
            return "\(name) is \(slow) by the slow model and \(fast) by the verdict"
        }
        return nil
    }

    private func more(
        _ rule: SlowChronicCase.Rule, _ slow: SlowChronicVerdict, _ fast: ChronicVerdict
    ) -> [(String, String, String)] {
        switch rule {
        case .on2018: return []
        case .caReachingHome:
            return [
                ("basis", slow.basis?.rawValue ?? "-", fast.basis?.code ?? "-"),
                ("nights in three years", slow.nights3y.map { "\($0)" } ?? "-", "\(fast.windows[1].nights)"),
                ("carry over", "\(slow.carryOverCandidate ?? false)", "\(fast.carryOverCandidate)"),
            ]
        case .usHUD:
            let filled = fast.evidence.filled.reduce(0) { $0 + $1.nights.count }
            return [
                ("basis", slow.basis?.rawValue ?? "-", fast.basis?.code ?? "-"),
                ("months", "\(slow.months ?? 0)", "\(fast.months ?? 0)"),
                ("occasions", "\(slow.occasions ?? 0)", "\(fast.occasions?.count ?? 0)"),
                ("current nights", "\(slow.currentNights ?? 0)", "\(fast.currentNights)"),
                (
                    "current since", "\(slow.currentSince?.description ?? "-")",
                    "\(fast.currentSince?.description ?? "-")"
                ),
                ("maintained", "\(slow.maintainedEligibility ?? false)", "\(fast.maintainsEligibility)"),
                ("filled", "\(slow.filled)", "\(filled)"),
                ("breaks", "\(slow.breaks.map { "\($0.from)..\($0.end)" })", "\(fast.evidence.breaks.map(text))"),
                (
                    "institutions", "\(slow.institutions.map { "\($0.from)..\($0.end) \($0.counts)" })",
                    "\(fast.evidence.institutions.map { text($0.span) + " \($0.standing == .counted)" })"
                ),
            ]
        }
    }

    private func text(_ span: DateSpan) -> String { "\(span.start)..\(span.end)" }
}

extension SlowChronicCase {
    /// The question as the product is asked it.
    var verdict: ChronicVerdict {
        let stays = stays.map { ChronicStay(Situation($0.kind), from: $0.start, to: $0.end) }
        return rules.verdict(
            on: ChronicQuestion(
                nights: NightHistory(of: stays, through: asOf), asOf: asOf,
                disability: ByNameList.Disability.allCases.first { $0.code == disability.rawValue } ?? .unknown,
                isAdultOrHead: role != .child))
    }

    private var rules: ChronicRuleSet {
        var rules = ChronicRuleDocument.shipped.on2018
        switch rule {
        case .on2018: break
        case .caReachingHome: rules = ChronicRuleDocument.shipped.caReachingHome
        case .usHUD: rules = ChronicRuleDocument.shipped.usHUD
        }
        switch rules.test {
        case .nights(var test):
            test.carriesOver = rule == .caReachingHome && options.carryOver
            rules.test = .nights(test)
        case .occasions(var test):
            test.continuous = LengthUnit(rawValue: options.continuous.rawValue) ?? test.continuous
            test.cumulative = LengthUnit(rawValue: options.cumulative.rawValue) ?? test.cumulative
            rules.test = .occasions(test)
        }
        return rules
    }
}

extension Situation {
    init(_ kind: SlowChronicCase.StayKind) {
        self = Situation.allCases.first { $0.code == kind.rawValue } ?? .unknown
    }
}
