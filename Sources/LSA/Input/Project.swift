import CivilTime

/// A project whose enrolments the report looks at (LSA 3.3 Record Selection).
struct Project {
    let type: LSAProjectType
    let operatingStart: CivilDate
    /// The day on which it closed, if that is no later than the end of the report.
    let operatingEnd: CivilDate?
    /// The times in which it took part in HMIS (HMISParticipationType 1).
    var participations: [Participation] = []
    /// A ProjectCoC row says that it serves the report's continuum: only then are its enrolments active (4.1, 5.1).
    var servesContinuum = false

    /// A time in which a project took part in HMIS.
    struct Participation: Hashable {
        let start: CivilDate
        let end: CivilDate?
    }

    /// The days of which an enrolment may speak: its project was open and took part in HMIS.
    struct Bounds: Hashable {
        let start: CivilDate
        /// On this day and later nothing counts; `nil` if the end lies behind the report.
        let end: CivilDate?

        /// Whether the day is not too late.
        func ends(after day: CivilDate) -> Bool { end.map { day < $0 } ?? true }
    }

    /// `nil` if the project closed before it could matter, or had not opened by the end of the report.
    init?(type: LSAProjectType, operatingStart: CivilDate, operatingEnd: CivilDate?, _ report: ReportParameters) {
        guard operatingStart <= report.end else { return nil }
        if let operatingEnd {
            guard operatingEnd > operatingStart, operatingEnd > report.lookback else { return nil }
        }
        self.type = type
        self.operatingStart = operatingStart
        self.operatingEnd = operatingEnd.flatMap { $0 <= report.end ? $0 : nil }
    }

    /// The bounds of an enrolment with these dates: by the latest participation that they touch (HMISStart, HMISEnd).
    ///
    /// The recorded exit decides, as the text has it. HUD's sample code drops exits behind a participation's end before
    /// it looks for the latest, and so loses stays that begin in one participation and end before the next.
    ///
    /// - Returns: `nil` if the project took no part in HMIS during the enrolment.
    func bounds(entry: CivilDate, exit: CivilDate?, _ report: ReportParameters) -> Bounds? {
        let touched = participations.filter { part in
            part.start <= report.end && (exit.map { $0 > part.start } ?? true)
                && (part.end.map { $0 > entry && $0 > report.lookback } ?? true)
        }
        guard let part = touched.max(by: { $0.start < $1.start }) else { return nil }
        let ends = [operatingEnd, part.end].compactMap(\.self).filter { $0 <= report.end }
        return Bounds(start: max(operatingStart, part.start), end: ends.min())
    }
}
