/// How long somebody was homeless in three years (CHTime, LSA 5.10).
package enum ChronicTime: Int, CaseIterable, Sendable {
    /// Neither an adult nor a head of household.
    case notApplicable = -1
    case under270Days = 0
    case from270Days = 270
    case from365Days = 365
    /// Twelve months or more, by the person's own account (HMIS 3.917).
    case twelveMonthsSaid = 400
}

/// Whether that time has the pattern of chronic homelessness (CHTimeStatus, LSA 5.10).
package enum ChronicTimeStatus: Int, CaseIterable, Sendable {
    case notApplicable = -1
    /// One episode of 365 days or more, the end of which lies in the last year.
    case unbroken = 1
    case fourEpisodes = 2
    case underFourEpisodes = 3
    /// Answers are missing with which it might be met.
    case answersMissing = 99
}
