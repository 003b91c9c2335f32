import ByNameList
import CivilTime

/// Nights, and the limits that count them.
extension SlowWalk {
    /// What a night counts as by what is known today: of all that covers it the class that outranks the others.
    func painted(_ night: CivilDate) -> NightClass {
        var result = NightClass.unrecorded
        for stay in stays where stay.nightClass > result && stay.covers(night) { result = stay.nightClass }
        return result
    }

    /// The night of today, or the last one before it that anything is known of.
    var lastRecordedNight: (night: CivilDate, nightClass: NightClass)? {
        guard let index = nights.lastIndex(where: { $0 != .unrecorded }) else { return nil }
        return (firstDay.adding(days: index), nights[index])
    }

    /// On the 91st day of an unbroken run of institution nights, and on no other (reading 18).
    mutating func testInstitutionLimit() {
        var run = 0
        while run < nights.count, nights[nights.count - 1 - run] == .institution { run += 1 }
        guard run == policy.institutionDaysMax + 1 else { return }
        becomeInactive(.institutionOverLimit)
        nights[nights.count - 1] = painted(today)
    }

    /// Silence since the last activity (reading 19).
    mutating func testInactivityLimit() {
        guard nights.last != .institution, let since = lastActivity else { return }
        let night = lastRecordedNight?.nightClass ?? .unrecorded
        let household = households.home(of: index, on: today).type
        guard let days = limit(night, household) else { return }
        let silence = today - since
        switch policy.inactivityComparator {
        case .atLeast: guard silence >= days else { return }
        case .moreThan: guard silence > days else { return }
        }
        becomeInactive(.noContact, closingFrom: since.adding(days: 1))
        // From today on the past reads as closed; what was said of earlier days stands (reading 7).
        for index in nights.indices { nights[index] = painted(firstDay.adding(days: index)) }
    }

    /// Of the limits that match today, the night and the household the last one.
    private func limit(_ night: NightClass, _ household: HouseholdType) -> Int? {
        var days: Int?
        for limit in policy.inactivity {
            if let from = limit.from, today < from { continue }
            if let wanted = limit.night, wanted != night { continue }
            if let wanted = limit.household, wanted != household { continue }
            days = limit.days
        }
        return days
    }
}
