package import CivilTime

/// A self-report in HUD's codes, as an HMIS enrolment has it (HMIS data dictionary FY2024 and FY2026).
package struct SelfReportCodes: Hashable, Sendable {
    /// 3.08: 0 no, 1 yes, 8 and 9 not known, 99 or nothing missing.
    package var disablingCondition: Int?
    /// 2.02: 0 shelter by entry and exit, 1 night by night, 4 street outreach, 8 safe haven.
    package var projectType: Int
    package var start: CivilDate
    package var exit: CivilDate?
    /// 3.917.1: 100 to 199 homeless, 200 to 299 institutions.
    package var priorLivingSituation: Int?
    package var stayedUnderThreshold: Int?
    package var wasHomelessBefore: Int?
    package var approximateStart: CivilDate?
    package var times: Int?
    /// 101 to 113.
    package var months: Int?
    package var contacts: [CivilDate]

    package init(
        disablingCondition: Int?, projectType: Int, start: CivilDate, exit: CivilDate? = nil,
        priorLivingSituation: Int? = nil, stayedUnderThreshold: Int? = nil, wasHomelessBefore: Int? = nil,
        approximateStart: CivilDate? = nil, times: Int? = nil, months: Int? = nil, contacts: [CivilDate] = []
    ) {
        self.disablingCondition = disablingCondition
        self.projectType = projectType
        self.start = start
        self.exit = exit
        self.priorLivingSituation = priorLivingSituation
        self.stayedUnderThreshold = stayedUnderThreshold
        self.wasHomelessBefore = wasHomelessBefore
        self.approximateStart = approximateStart
        self.times = times
        self.months = months
        self.contacts = contacts
    }
}

extension SelfReport {
    /// What the codes stand for; a code that there is not counts as missing.
    package init(_ codes: SelfReportCodes) {
        self.init(
            disability: SelfReport.reply(codes.disablingCondition),
            programme: SelfReport.programme(codes.projectType), start: codes.start, exit: codes.exit,
            prior: SelfReport.prior(codes.priorLivingSituation),
            stayedShort: SelfReport.reply(codes.stayedUnderThreshold),
            wasHomelessBefore: SelfReport.reply(codes.wasHomelessBefore), approximateStart: codes.approximateStart,
            times: SelfReport.number(codes.times, codes: 1...4),
            months: SelfReport.number(codes.months, codes: 101...113), contacts: codes.contacts)
    }

    private static func reply(_ code: Int?) -> Reply {
        switch code {
        case 0: .no
        case 1: .yes
        case 8, 9: .unknown
        default: .missing
        }
    }

    private static func number(_ code: Int?, codes: ClosedRange<Int>) -> Number {
        guard let code else { return .missing }
        if codes.contains(code) { return .number(code - codes.lowerBound + 1) }
        return code == 8 || code == 9 ? .unknown : .missing
    }

    private static func programme(_ type: Int) -> Programme {
        switch type {
        case 0, 8: .shelter
        case 1, 4: .contacts
        default: .other
        }
    }

    private static func prior(_ code: Int?) -> Prior {
        switch code {
        case nil, 99: .missing
        case .some(100...199): .homeless
        case .some(200...299): .institution
        default: .other
        }
    }
}
