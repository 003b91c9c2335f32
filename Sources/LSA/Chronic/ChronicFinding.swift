/// What the report says of somebody's time without housing (CHTime and CHTimeStatus, LSA 5.10).
package struct ChronicFinding: Hashable, Sendable {
    /// CHTime.
    package let time: ChronicTime
    /// CHTimeStatus.
    package let status: ChronicTimeStatus

    /// Of those who are neither adults nor heads of household nothing is said.
    package static let notApplicable = ChronicFinding(.notApplicable, .notApplicable)

    private init(_ time: ChronicTime, _ status: ChronicTimeStatus) {
        self.time = time
        self.status = status
    }

    /// The first that applies; `enrolments` are those that the window touches.
    init(_ episodes: [HomelessEpisode], _ enrolments: [EffectiveEnrolment], in window: ChronicWindow) {
        let days = episodes.reduce(0) { $0 + $1.days }
        if episodes.contains(where: { $0.days >= 365 && window.isInLastYear($0.end) }) {
            self.init(.from365Days, .unbroken)
        } else if days >= 365, episodes.count >= 4 {
            self.init(.from365Days, .fourEpisodes)
        } else if enrolments.contains(where: {
            window.isInLastYear($0.entry) && $0.answers.saysTwelveMonthsInFourTimes
        }) {
            self.init(.twelveMonthsSaid, .fourEpisodes)
        } else {
            let lacksAnswer = enrolments.contains { $0.answers.lacksAnswer(into: $0.type, entry: $0.entry) }
            self.init(days: days, lacksAnswer: lacksAnswer)
        }
    }

    private init(days: Int, lacksAnswer: Bool) {
        switch days {
        case ..<270: self.init(.under270Days, lacksAnswer ? .answersMissing : .notApplicable)
        case ..<365: self.init(.from270Days, lacksAnswer ? .answersMissing : .notApplicable)
        default: self.init(.from365Days, lacksAnswer ? .answersMissing : .underFourEpisodes)
        }
    }
}
