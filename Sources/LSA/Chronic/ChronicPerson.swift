/// What the report says of one person of the active cohort (tlsa_Person, LSA 5.3 to 5.10).
package struct ChronicPerson {
    /// The PersonalID.
    package let id: String
    /// The three years that were looked at; `nil` of those who are neither adults nor heads of household.
    package let window: ChronicWindow?
    /// The episodes in these years, the earliest first.
    package let episodes: [HomelessEpisode]
    /// What follows from them.
    package let finding: ChronicFinding

    /// `nil` if no enrolment of the person is active; `enrolments` are all that the report looks at (5.3).
    init?(_ id: String, birth: Birth?, _ enrolments: [EffectiveEnrolment], _ report: ReportParameters) {
        let active = enrolments.filter(\.isActive)
        guard let lastActive = active.map({ $0.lastActive(report) }).max() else { return nil }
        self.id = id
        guard ChronicPerson.isHeadOrAdult(birth, enrolments, active, report) else {
            window = nil
            episodes = []
            finding = .notApplicable
            return
        }
        let window = ChronicWindow(lastActive: lastActive)
        let relevant = enrolments.filter(window.touches)
        let episodes = HomelessDays(relevant, in: window).episodes
        self.window = window
        self.episodes = episodes
        finding = ChronicFinding(episodes, relevant, in: window)
    }

    /// HoHAdult (5.4), by ActiveAge (3.5): an age that is impossible at one enrolment is unknown at all of them.
    private static func isHeadOrAdult(
        _ birth: Birth?, _ enrolments: [EffectiveEnrolment], _ active: [EffectiveEnrolment], _ report: ReportParameters
    ) -> Bool {
        if active.contains(where: \.isHead) { return true }
        guard let birth, enrolments.allSatisfy({ birth.isPossible(entry: $0.entry, isHead: $0.isHead) }) else {
            return false
        }
        return active.contains { birth.isAdult(on: max($0.entry, report.start)) }
    }
}
