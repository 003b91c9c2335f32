package import ByNameList
package import CivilTime
package import JSON
package import Store

/// How many have to move in each month so that a population comes down to a target in time.
package struct HousingTargetQuestion: Sendable {
    private let population: String
    private let unit: CountingUnit
    private let target: Int
    private let months: Int
    private let today: CivilDate
    private let now: Instant

    /// The months whose flows are taken for those to come.
    private static let monthsKnown = 3

    /// - Parameter population: the code of one that the community has.
    package init(
        population: String, unit: CountingUnit, target: Int, months: Int, today: CivilDate, now: Instant
    ) {
        self.population = population
        self.unit = unit
        self.target = target
        self.months = months
        self.today = today
        self.now = now
    }

    /// From the last three months that have ended, as they are known now; throws `HousingTargetProblem` too.
    package func answer(_ reader: Reader, community: Community, calendar: Calendar) throws -> HousingTargetAnswer {
        let ended = (1...Self.monthsKnown).reversed().map { today.month.adding(months: -$0) }
        let found = try ReportQuestion(
            months: ended, population: population, unit: unit, asOf: today, knownAt: nil, now: now
        ).answer(reader, community: community, calendar: calendar)
        let target = try HousingTarget(
            active: found.reports.last?.figures.activeAtEnd ?? 0, target: target, months: months,
            lastMonths: found.reports.map { report in
                MonthMovements(
                    month: report.month, inflow: report.inflow, outflow: report.outflow,
                    moveIns: report.count(.housingMoveIns).events)
            })
        return HousingTargetAnswer(
            target: target, population: found.reports.last?.population ?? .all, unit: unit, policy: found.policy,
            knownAt: found.knownAt)
    }
}

/// The target with everything that it was worked out from.
package struct HousingTargetAnswer: JSONWritable, Sendable {
    let target: HousingTarget
    let population: Population
    let unit: CountingUnit
    let policy: String
    let knownAt: String

    package func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("population", population.code)
            object.field("unit", unit.code)
            object.field("policy", policy)
            object.field("known_at", knownAt)
            object.field("as_of", target.lastMonths.last.map { "\($0.month.lastDay)" })
            object.field("active", target.active)
            object.field("target", target.target)
            object.field("months", target.months)
            object.array("last_months") { array in
                for month in target.lastMonths {
                    array.object { entry in
                        entry.field("month", "\(month.month)")
                        entry.field("inflow", month.inflow)
                        entry.field("outflow", month.outflow)
                        entry.field("housing_move_ins", month.moveIns)
                    }
                }
            }
            object.field("average_inflow", target.averageInflow)
            object.field("average_outflow", target.averageOutflow)
            object.field("average_housing_move_ins", target.averageMoveIns)
            object.field("net_reduction_per_month", target.netReduction)
            object.field("target_outflow_per_month", target.targetOutflow)
            object.field("other_outflow_per_month", target.otherOutflow)
            object.field("target_housing_move_ins_per_month", target.targetMoveIns)
            object.field("is_met", target.isMet)
            object.field("in_words", words)
        }
    }

    /// One sentence, or two where that many move in already.
    package var words: String {
        let months = target.months == 1 ? "1 month" : "\(target.months) months"
        let goal = "To bring \(population.name) from \(target.active) down to \(target.target) in \(months)"
        let sum =
            "\(target.averageInflow) come in and \(target.otherOutflow) leave otherwise in an average month, "
            + "and \(target.netReduction) fewer are wanted each month"
        guard target.targetMoveIns > 0 else { return "\(goal), nobody has to move in: \(sum)." }
        let needed = "\(target.targetMoveIns) have to move in each month"
        guard target.isMet else {
            return "\(goal), \(needed), where \(target.averageMoveIns) do now: \(sum)."
        }
        return "\(goal), \(needed): \(sum). As many do already (\(target.averageMoveIns))."
    }
}
