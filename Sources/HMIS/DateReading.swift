package import CivilTime

/// What a date field of an export says.
package enum DateReading: Hashable, Sendable {
    case blank
    case date(CivilDate)
    /// The year had two digits; the century is the latest in which the date does not follow the limit.
    case guessedCentury(CivilDate)
    case unreadable

    /// Reads `yyyy-MM-dd`, `MM/dd/yyyy` and `dd-MMM-yy`, each also with a time of day, which is not kept.
    ///
    /// - Parameter limit: the day of the import, after which no year of two digits is read to lie.
    package init(_ bytes: ArraySlice<UInt8>, notAfter limit: CivilDate) {
        let field = trimmed(bytes)
        guard let first = field.first else {
            self = .blank
            return
        }
        var scan = DateScan(rest: field)
        guard first >= 48, first <= 57, let number = scan.number(digitsMax: 4) else {
            self = .unreadable
            return
        }
        if number.digits == 4 {
            self = scan.yearFirst(number.value)
        } else if scan.take(UInt8(ascii: "/")) {
            self = scan.monthFirst(number.value)
        } else {
            self = scan.dayFirst(number.value, notAfter: limit)
        }
        guard scan.isAtTimeOrEnd else {
            self = .unreadable
            return
        }
    }

    /// The date, however it was found.
    package var date: CivilDate? {
        switch self {
        case .date(let date), .guessedCentury(let date): date
        case .blank, .unreadable: nil
        }
    }
}

private struct DateScan {
    var rest: ArraySlice<UInt8>

    mutating func number(digitsMax: Int) -> (value: Int, digits: Int)? {
        var value = 0
        var digits = 0
        while let byte = rest.first, byte >= 48, byte <= 57 {
            guard digits < digitsMax else { return nil }
            value = value * 10 + Int(byte - 48)
            digits += 1
            rest = rest.dropFirst()
        }
        return digits == 0 ? nil : (value, digits)
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func yearFirst(_ year: Int) -> DateReading {
        guard take(UInt8(ascii: "-")), let month = number(digitsMax: 2), month.digits == 2,
            take(UInt8(ascii: "-")), let day = number(digitsMax: 2), day.digits == 2
        else { return .unreadable }
        return reading(year, month.value, day.value)
    }

    mutating func monthFirst(_ month: Int) -> DateReading {
        guard let day = number(digitsMax: 2), take(UInt8(ascii: "/")),
            let year = number(digitsMax: 4), year.digits == 4
        else { return .unreadable }
        return reading(year.value, month, day.value)
    }

    mutating func dayFirst(_ day: Int, notAfter limit: CivilDate) -> DateReading {
        guard take(UInt8(ascii: "-")), let month = monthName(), take(UInt8(ascii: "-")),
            let year = number(digitsMax: 4), year.digits == 2 || year.digits == 4
        else { return .unreadable }
        guard year.digits == 2 else { return reading(year.value, month, day) }
        var century = limit.components.year / 100 * 100
        while century >= 1800 {
            if let date = CivilDate(year: century + year.value, month: month, day: day), date <= limit {
                return .guessedCentury(date)
            }
            century -= 100
        }
        return .unreadable
    }

    mutating func monthName() -> Int? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let name = rest.prefix(3).map { $0 | 0x20 }
        guard let index = names.firstIndex(where: { Array($0.utf8) == name }) else { return nil }
        rest = rest.dropFirst(3)
        return index + 1
    }

    /// Behind a date there is nothing, or a time of day that is not read.
    var isAtTimeOrEnd: Bool {
        guard let first = rest.first else { return true }
        guard first == 32 || first == UInt8(ascii: "T") else { return false }
        return rest.dropFirst().allSatisfy { byte in
            (byte >= 43 && byte <= 58) || byte == 32 || "AMPZ".utf8.contains(byte & 0xDF)
        }
    }

    private func reading(_ year: Int, _ month: Int, _ day: Int) -> DateReading {
        CivilDate(year: year, month: month, day: day).map(DateReading.date) ?? .unreadable
    }
}
