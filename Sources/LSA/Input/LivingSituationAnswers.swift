import CivilTime

/// What somebody answered at an entry about the time before it (HMIS 3.917).
struct LivingSituationAnswers: Hashable {
    let livingSituation: Int?
    let lengthOfStay: Int?
    /// PreviousStreetESSH.
    let nightBefore: Int?
    /// DateToStreetESSH.
    let homelessSince: CivilDate?
    /// TimesHomelessPastThreeYears.
    let times: Int?
    /// MonthsHomelessPastThreeYears.
    let months: Int?

    /// Street, emergency shelter or safe haven (101, 116, 118).
    private var isHomeless: Bool { livingSituation.map { (100...199).contains($0) } ?? false }

    /// A stay in an institution of 2 to 89 nights (LengthOfStay 2 and 3), or elsewhere of less than 7 (10 and 11).
    private var isShortStay: Bool {
        guard let lengthOfStay else { return false }
        if lengthOfStay == 10 || lengthOfStay == 11 { return true }
        let isInstitution = livingSituation.map { (200...299).contains($0) } ?? false
        return isInstitution && (lengthOfStay == 2 || lengthOfStay == 3)
    }

    /// The person came from the street, a shelter or a safe haven, if need be by way of a short stay (LSA 5.8).
    func isFromStreet(into type: LSAProjectType) -> Bool {
        isHomeless || (!type.isShelterOrSafeHaven && isShortStay && nightBefore == 1)
    }

    /// The person was homeless at least four times and twelve months in three years (LSA 5.10).
    var saysTwelveMonthsInFourTimes: Bool { times == 4 && (months == 112 || months == 113) }

    /// An answer that could have made the difference is missing, refused or impossible (LSA 5.10).
    func lacksAnswer(into type: LSAProjectType, entry: CivilDate) -> Bool {
        if let homelessSince, homelessSince > entry { return true }
        // Below 100 are the codes of those who did not know or say.
        guard let livingSituation, livingSituation >= 100 else { return true }
        if LivingSituationAnswers.isMissing(lengthOfStay) { return true }
        if !type.isShelterOrSafeHaven, isShortStay, nightBefore != 0, nightBefore != 1 { return true }
        guard type.isShelterOrSafeHaven || isFromStreet(into: type) else { return false }
        return homelessSince == nil || LivingSituationAnswers.isMissing(times)
            || LivingSituationAnswers.isMissing(months)
    }

    private static func isMissing(_ code: Int?) -> Bool { code.map { [8, 9, 99].contains($0) } ?? true }
}
