package import CivilTime

/// What somebody said of their homelessness at a programme's start: HMIS data element 3.917, with what it hangs on.
///
/// It is judged by the flowcharts of HUD's reporting glossary and shown beside the nights, never mixed into them
/// (chronic-rules.md A2).
package struct SelfReport: Hashable, Sendable {
    /// 3.08; whoever reads the special needs (4.05 to 4.10) too puts a yes of theirs over a no.
    package var disability: Reply
    package var programme: Programme
    package var start: CivilDate
    package var exit: CivilDate?
    package var prior: Prior
    /// Whether the stay before was shorter than 90 days in an institution, or than seven nights elsewhere.
    package var stayedShort: Reply
    /// Whether the night before that stay was on the street, in a shelter or in a safe haven.
    package var wasHomelessBefore: Reply
    package var approximateStart: CivilDate?
    /// Times homeless in the past three years; 4 for four or more.
    package var times: Number
    /// Months homeless in the past three years; 13 for more than twelve.
    package var months: Number
    /// Bed nights of a night-by-night shelter, or contacts of outreach on the street.
    package var contacts: [CivilDate]

    package enum Reply: Hashable, Sendable { case no, yes, unknown, missing }

    package enum Number: Hashable, Sendable {
        case number(Int)
        case unknown
        case missing
    }

    package enum Programme: Hashable, Sendable {
        /// A shelter that knows entry and exit, or a safe haven.
        case shelter
        /// A night-by-night shelter or street outreach, where only contacts count.
        case contacts
        /// Any other.
        case other

        var isHomeless: Bool { self != .other }
    }

    package enum Prior: Hashable, Sendable { case homeless, institution, other, missing }

    package init(
        disability: Reply, programme: Programme, start: CivilDate, exit: CivilDate? = nil, prior: Prior = .missing,
        stayedShort: Reply = .missing, wasHomelessBefore: Reply = .missing, approximateStart: CivilDate? = nil,
        times: Number = .missing, months: Number = .missing, contacts: [CivilDate] = []
    ) {
        self.disability = disability
        self.programme = programme
        self.start = start
        self.exit = exit
        self.prior = prior
        self.stayedShort = stayedShort
        self.wasHomelessBefore = wasHomelessBefore
        self.approximateStart = approximateStart
        self.times = times
        self.months = months
        self.contacts = contacts
    }
}

/// What a self-report comes to.
package enum SelfReportStatus: String, CaseIterable, Sendable {
    case yes, no
    case unknown = "dk"
    case missing
}

/// What a self-report comes to at a point in time, with the months that were counted.
package struct SelfReportAtPoint: Hashable, Sendable {
    package let status: SelfReportStatus
    /// Calendar months from the approximate start to the project start; `nil` where the flowchart does not ask.
    package let monthsPrior: Int?
    package let monthsInProject: Int?

    package init(status: SelfReportStatus, monthsPrior: Int?, monthsInProject: Int?) {
        self.status = status
        self.monthsPrior = monthsPrior
        self.monthsInProject = monthsInProject
    }
}

extension SelfReport {
    /// "Chronic homelessness status at project start", read from the top to the first answer.
    package var statusAtStart: SelfReportStatus {
        if let answered = gate { return answered }
        if let approximateStart, approximateStart <= start.adding(days: -365) { return .yes }
        switch times {
        case .number(4...): break
        case .number: return .no
        case .unknown: return .unknown
        case .missing: return .missing
        }
        switch months {
        case .number(let months): return months >= 12 ? .yes : .no
        case .unknown: return .unknown
        case .missing: return .missing
        }
    }

    /// What settles the question before any time is looked at; `nil`: the time decides.
    private var gate: SelfReportStatus? {
        if disability != .yes { return SelfReport.stop(disability) }
        if programme.isHomeless { return nil }
        switch prior {
        case .missing: return .missing
        case .homeless: return nil
        case .institution, .other:
            if stayedShort != .yes { return SelfReport.stop(stayedShort) }
            return wasHomelessBefore == .yes ? nil : SelfReport.stop(wasHomelessBefore)
        }
    }

    private static func stop(_ reply: Reply) -> SelfReportStatus {
        switch reply {
        case .no, .yes: .no
        case .unknown: .unknown
        case .missing: .missing
        }
    }

    /// "Chronic homelessness status at a point in time"; outside shelters and outreach the answer at start stands.
    package func status(at point: CivilDate) -> SelfReportAtPoint {
        guard programme.isHomeless else {
            return SelfReportAtPoint(status: statusAtStart, monthsPrior: nil, monthsInProject: nil)
        }
        if let answered = gate { return SelfReportAtPoint(status: answered, monthsPrior: nil, monthsInProject: nil) }
        let prior = approximateStart.map { max(1, SelfReport.months(from: $0, through: start)) } ?? 1
        let inProject = monthsInProject(at: point)
        func answer(_ status: SelfReportStatus) -> SelfReportAtPoint {
            SelfReportAtPoint(status: status, monthsPrior: prior, monthsInProject: inProject)
        }
        if prior + inProject >= 12 { return answer(.yes) }
        switch times {
        case .number(4...): break
        case .number: return answer(.no)
        case .unknown: return answer(.unknown)
        case .missing: return answer(.missing)
        }
        if case .number(let months) = months, months + inProject >= 12 { return answer(.yes) }
        return answer(.no)
    }

    /// Calendar months in the project, the first one only if the project began on its first day: it is counted before.
    private func monthsInProject(at point: CivilDate) -> Int {
        let last = exit.map { min($0, point) } ?? point
        switch programme {
        case .shelter, .other:
            return SelfReport.months(from: start, through: last) - (start.components.day == 1 ? 0 : 1)
        case .contacts:
            let months = Set(contacts.filter { start <= $0 && $0 <= last }.map(\.month))
            return months.filter { $0 > start.month }.count
        }
    }

    private static func months(from first: CivilDate, through last: CivilDate) -> Int {
        guard first <= last else { return 0 }
        return Int(last.month.monthNumber - first.month.monthNumber) + 1
    }
}
