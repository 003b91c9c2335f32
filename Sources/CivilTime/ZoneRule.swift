/// The yearly rule of a zone for the time after its last known change: a POSIX TZ string (RFC 8536 section 3.3.1).
struct ZoneRule: Hashable, Sendable {
    private let standardOffset: Int
    private let summer: Summer?

    private struct Summer: Hashable {
        let offset: Int
        let start: Switch
        let end: Switch
    }

    /// A day of every year, and a second of the local clock, which may lie outside that day.
    struct Switch: Hashable {
        let day: Day
        let second: Int
    }

    enum Day: Hashable {
        /// 1 to 365; 29 February is never counted.
        case julian(Int)
        /// 0 to 365; 29 February is counted.
        case ordinal(Int)
        /// Month 1 to 12; week 1 to 5, where 5 is the last; 0 is Sunday.
        case weekday(month: Int, week: Int, day: Int)
    }

    /// The rule that the text writes, or `nil`.
    init?(_ text: ArraySlice<UInt8>) {
        var reader = ZoneRuleReader(text)
        guard reader.name(), let standard = reader.offset(hoursMax: 24) else { return nil }
        standardOffset = -standard
        guard !reader.atEnd else {
            summer = nil
            return
        }
        guard reader.name() else { return nil }
        var offset = standardOffset + 3_600
        if !reader.isAt(UInt8(ascii: ",")) {
            guard let stated = reader.offset(hoursMax: 24) else { return nil }
            offset = -stated
        }
        guard let start = reader.change(), let end = reader.change(), reader.atEnd else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// Seconds by which local time is ahead of UTC at that second since 1970.
    func offset(at second: Int64) -> Int {
        guard let summer else { return standardOffset }
        let day = flooredDivision(second + Int64(standardOffset), by: 86_400).quotient
        let year = CivilDate(dayNumber: Int32(day)).components.year
        // Times of over 24 hours may carry a switch into the next or the last year.
        var latest = (moment: Int64.min, offset: standardOffset)
        for year in (year - 1)...(year + 1) {
            // An end comes first: where it falls on the next start, it is summer all year round.
            let end = summer.end.moment(of: year) - Int64(summer.offset)
            if end <= second, end >= latest.moment { latest = (end, standardOffset) }
            let start = summer.start.moment(of: year) - Int64(standardOffset)
            if start <= second, start >= latest.moment { latest = (start, summer.offset) }
        }
        return latest.offset
    }
}

extension ZoneRule.Switch {
    /// Seconds since 1970 on the local clock that is in force until then.
    fileprivate func moment(of year: Int) -> Int64 {
        Int64(day.dayNumber(in: year)) * 86_400 + Int64(second)
    }
}

extension ZoneRule.Day {
    /// Days since 1970-01-01.
    fileprivate func dayNumber(in year: Int) -> Int {
        let newYear = ZoneRule.Day.firstDay(of: year)
        switch self {
        case .julian(let day): return newYear + day - 1 + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)
        case .ordinal(let day): return newYear + day
        case .weekday(let month, let week, let day):
            let first = (1..<month).reduce(newYear) { $0 + CivilDate.daysIn(month: $1, of: year) }
            // 1970-01-01 was a Thursday.
            let weekdayOfFirst = Int(flooredDivision(Int64(first) + 4, by: 7).remainder)
            let found = first + (day - weekdayOfFirst + 7) % 7 + 7 * (week - 1)
            let next = first + CivilDate.daysIn(month: month, of: year)
            return found < next ? found : found - 7
        }
    }

    private static func firstDay(of year: Int) -> Int {
        let before = Int64(year - 1)
        let leapDays =
            flooredDivision(before, by: 4).quotient - flooredDivision(before, by: 100).quotient
            + flooredDivision(before, by: 400).quotient
        return Int(before * 365 + leapDays) - 719_162
    }
}

/// Goes through a POSIX TZ string; every step says whether it found what it was to find.
private struct ZoneRuleReader {
    private let text: ArraySlice<UInt8>
    private var position: Int

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        position = text.startIndex
    }

    var atEnd: Bool { position >= text.endIndex }

    func isAt(_ byte: UInt8) -> Bool { position < text.endIndex && text[position] == byte }

    /// Three letters or more, or `<+14>`.
    mutating func name() -> Bool {
        let isQuoted = take(UInt8(ascii: "<"))
        let start = position
        while position < text.endIndex, isNamed(text[position], isQuoted: isQuoted) { position += 1 }
        return position - start >= 3 && (!isQuoted || take(UInt8(ascii: ">")))
    }

    /// Seconds of `[+-]h[h[h]][:mm[:ss]]`.
    mutating func offset(hoursMax: Int) -> Int? {
        let isNegative = take(UInt8(ascii: "-"))
        if !isNegative { _ = take(UInt8(ascii: "+")) }
        guard let hours = number(upTo: hoursMax) else { return nil }
        var seconds = hours * 3_600
        if take(UInt8(ascii: ":")) {
            guard let minutes = number(upTo: 59) else { return nil }
            seconds += minutes * 60
            if take(UInt8(ascii: ":")) {
                guard let rest = number(upTo: 59) else { return nil }
                seconds += rest
            }
        }
        return isNegative ? -seconds : seconds
    }

    /// `,date[/time]`; the time is 02:00 unless stated, and from -167 to 167 hours (RFC 8536 section 3.3.1).
    mutating func change() -> ZoneRule.Switch? {
        guard take(UInt8(ascii: ",")), let day = day() else { return nil }
        guard take(UInt8(ascii: "/")) else { return ZoneRule.Switch(day: day, second: 7_200) }
        return offset(hoursMax: 167).map { ZoneRule.Switch(day: day, second: $0) }
    }

    private mutating func day() -> ZoneRule.Day? {
        if take(UInt8(ascii: "J")) {
            return number(upTo: 365).flatMap { $0 == 0 ? nil : .julian($0) }
        }
        guard take(UInt8(ascii: "M")) else { return number(upTo: 365).map { .ordinal($0) } }
        guard let month = number(upTo: 12), month > 0, take(UInt8(ascii: ".")),
            let week = number(upTo: 5), week > 0, take(UInt8(ascii: ".")), let day = number(upTo: 6)
        else { return nil }
        return .weekday(month: month, week: week, day: day)
    }

    private mutating func number(upTo most: Int) -> Int? {
        var value: Int?
        while position < text.endIndex, text[position] >= 48, text[position] <= 57 {
            let next = (value ?? 0) * 10 + Int(text[position] - 48)
            guard next <= most else { return nil }
            value = next
            position += 1
        }
        return value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard isAt(byte) else { return false }
        position += 1
        return true
    }

    private func isNamed(_ byte: UInt8, isQuoted: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
        default: false
        }
    }
}
