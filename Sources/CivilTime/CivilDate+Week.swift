extension CivilDate {
    /// The Monday of the week that the day lies in; weeks run from Monday to Sunday (ISO 8601).
    package var mondayOfItsWeek: CivilDate {
        // 1 January 1970 was a Thursday.
        let sinceMonday = (Int(dayNumber) + 3) % 7
        return adding(days: -(sinceMonday < 0 ? sinceMonday + 7 : sinceMonday))
    }

    package var isMonday: Bool { mondayOfItsWeek == self }
}
