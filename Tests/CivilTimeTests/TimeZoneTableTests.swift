import CivilTime
import Foundation
import Testing

@Suite struct `A time zone` {
    static let zones = [
        "America/St_Johns", "America/Toronto", "America/Vancouver", "Pacific/Kiritimati", "Asia/Kolkata",
        "Africa/Casablanca", "Europe/Dublin", "America/Nuuk", "Asia/Gaza", "Australia/Lord_Howe", "UTC",
    ]

    static func bytes(of zone: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(zone)")))
    }

    private func zone(_ name: String) throws -> TimeZoneTable { try TimeZoneTable(tzif: Self.bytes(of: name)) }

    static let offsets: [(zone: String, instant: String, hours: Double)] = [
        ("America/Toronto", "2024-03-10T06:59:59Z", -5), ("America/Toronto", "2024-03-10T07:00:00Z", -4),
        ("America/Toronto", "2024-11-03T05:59:59Z", -4), ("America/Toronto", "2024-11-03T06:00:00Z", -5),
        ("America/Toronto", "2040-03-11T06:59:59Z", -5), ("America/Toronto", "2040-03-11T07:00:00Z", -4),
        ("America/Toronto", "2040-11-04T05:59:59Z", -4), ("America/Toronto", "2040-11-04T06:00:00Z", -5),
        ("America/Toronto", "2100-01-15T12:00:00Z", -5), ("America/Toronto", "2100-07-15T12:00:00Z", -4),
        ("America/St_Johns", "2024-03-10T05:29:59Z", -3.5), ("America/St_Johns", "2024-03-10T05:30:00Z", -2.5),
        ("America/St_Johns", "2040-11-04T04:29:59Z", -2.5), ("America/St_Johns", "2040-11-04T04:30:00Z", -3.5),
        ("Pacific/Kiritimati", "2024-06-01T00:00:00Z", 14), ("Pacific/Kiritimati", "2100-06-01T00:00:00Z", 14),
        ("Asia/Kolkata", "2024-06-01T00:00:00Z", 5.5), ("Asia/Kolkata", "2100-06-01T00:00:00Z", 5.5),
        ("Europe/Dublin", "2040-03-25T00:59:59Z", 0), ("Europe/Dublin", "2040-03-25T01:00:00Z", 1),
        ("Europe/Dublin", "2040-10-28T00:59:59Z", 1), ("Europe/Dublin", "2040-10-28T01:00:00Z", 0),
        ("Europe/Dublin", "2100-12-31T23:59:59Z", 0), ("UTC", "2024-06-01T00:00:00Z", 0),
    ]

    @Test(arguments: offsets.indices)
    func `changes its clocks on the second`(row: Int) throws {
        let (name, text, hours) = Self.offsets[row]
        let instant = try #require(Instant(text))
        #expect(try zone(name).offset(at: instant) == Int(hours * 3_600), "\(name) \(text)")
    }

    static let nights: [(zone: String, instant: String, date: String, night: String)] = [
        ("America/Toronto", "2024-03-10T04:59:59Z", "2024-03-09", "2024-03-09"),
        ("America/Toronto", "2024-03-10T05:00:00Z", "2024-03-10", "2024-03-09"),
        ("America/Toronto", "2024-03-10T09:59:59Z", "2024-03-10", "2024-03-09"),
        ("America/Toronto", "2024-03-10T10:00:00Z", "2024-03-10", "2024-03-10"),
        ("America/Toronto", "2024-11-03T10:59:59Z", "2024-11-03", "2024-11-02"),
        ("America/Toronto", "2024-11-03T11:00:00Z", "2024-11-03", "2024-11-03"),
        ("America/St_Johns", "2024-01-01T03:29:59Z", "2023-12-31", "2023-12-31"),
        ("America/St_Johns", "2024-01-01T03:30:00Z", "2024-01-01", "2023-12-31"),
        ("Pacific/Kiritimati", "2024-02-28T10:00:00Z", "2024-02-29", "2024-02-28"),
        ("Asia/Kolkata", "1969-12-31T18:30:00Z", "1970-01-01", "1969-12-31"),
    ]

    @Test(arguments: nights.indices)
    func `counts the hours after midnight to the night before`(row: Int) throws {
        let (name, text, date, night) = Self.nights[row]
        let instant = try #require(Instant(text))
        let table = try zone(name)
        #expect(table.civilDate(at: instant).description == date)
        #expect(table.civilDate(at: instant, nightEndsAtHour: 6).description == night)
        #expect(table.civilDate(at: instant, nightEndsAtHour: 0).description == date)
    }

    @Test(arguments: zones)
    func `is refused if its bytes end early, whatever the place`(name: String) throws {
        let bytes = try Self.bytes(of: name)
        for count in 0..<bytes.count {
            #expect(throws: TimeZoneProblem.self) { try TimeZoneTable(tzif: Array(bytes.prefix(count))) }
        }
    }

    @Test(arguments: zones)
    func `survives any change of its bytes`(name: String) throws {
        let good = try Self.bytes(of: name)
        var random = SystemRandomNumberGenerator()
        for round in 0..<3_000 {
            var bytes = good
            let place = round < 44 ? round : Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
            bytes[bytes.count - 1 - round % 30] = UInt8.random(in: 0...127, using: &random)
            // Either a typed error or a table that answers; the test is that there is no trap.
            guard let table = try? TimeZoneTable(tzif: bytes) else { continue }
            for microseconds in [Int64.min, -1, 0, 1_700_000_000_000_000, 4_102_444_800_000_000, .max] {
                _ = table.civilDate(at: Instant(microseconds: microseconds), nightEndsAtHour: 6)
            }
        }
    }

    @Test func `with leap seconds, of no version or of other bytes is refused`() throws {
        #expect(throws: TimeZoneProblem.endsEarly) { try TimeZoneTable(tzif: []) }
        #expect(throws: TimeZoneProblem.notTZif) { try TimeZoneTable(tzif: Array(repeating: 65, count: 200)) }
        #expect(throws: TimeZoneProblem.leapSeconds) {
            try TimeZoneTable(tzif: Self.bytes(of: "right/America/Toronto"))
        }
        var newer = try Self.bytes(of: "UTC")
        newer[4] = 0x39
        #expect(throws: TimeZoneProblem.unknownVersion(0x39)) { try TimeZoneTable(tzif: newer) }
    }

    @Test func `of version 1 ends with its table`() throws {
        let header = Array("TZif\0".utf8) + [UInt8](repeating: 0, count: 15)
        let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4]
        // At second 16 from UTC to an hour before it.
        let body: [UInt8] = [0, 0, 0, 16, 1, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xF1, 0xF0, 0, 0] + Array("UTC\0".utf8)
        let table = try TimeZoneTable(tzif: header + counts + body)
        #expect(table.offset(at: Instant(microseconds: 15_999_999)) == 0)
        #expect(table.offset(at: Instant(microseconds: 16_000_000)) == -3_600)
        #expect(table.offset(at: Instant(microseconds: .max)) == -3_600)
    }
}

@Suite struct `A zone's rule for the years to come` {
    private func table(_ rule: String) throws(TimeZoneProblem) -> TimeZoneTable {
        let header = Array("TZif3".utf8) + [UInt8](repeating: 0, count: 15)
        let none = [UInt8](repeating: 0, count: 24)
        let counts = [UInt8](repeating: 0, count: 16) + [0, 0, 0, 1, 0, 0, 0, 4]
        let body = [UInt8](repeating: 0, count: 6) + Array("AAA\0".utf8)
        return try TimeZoneTable(tzif: header + none + header + counts + body + [10] + Array(rule.utf8) + [10])
    }

    static let rules: [(rule: String, instant: String, seconds: Int)] = [
        ("<+14>-14", "2050-01-01T00:00:00Z", 50_400), ("AAA3:30:15", "2050-01-01T00:00:00Z", -12_615),
        ("", "2050-01-01T00:00:00Z", 0), ("<-0330>+3:30", "2050-01-01T00:00:00Z", -12_600),
        // Summer time all year, as RFC 8536 section 3.3.1 writes it.
        ("EST5EDT,0/0,J365/25", "2050-01-01T04:59:59Z", -14_400),
        ("EST5EDT,0/0,J365/25", "2050-01-01T05:00:00Z", -14_400),
        ("EST5EDT,0/0,J365/25", "2048-12-31T23:00:00Z", -14_400),
        ("EST5EDT,0/0,J365/25", "2049-07-01T00:00:00Z", -14_400),
        // Day 60 without a leap day is 1 March, day 59 with it is 29 February.
        ("AAA0BBB,J60/0,J300/0", "2048-02-29T23:59:59Z", 0), ("AAA0BBB,J60/0,J300/0", "2048-03-01T00:00:00Z", 3_600),
        ("AAA0BBB,59/0,300/0", "2048-02-28T23:59:59Z", 0), ("AAA0BBB,59/0,300/0", "2048-02-29T00:00:00Z", 3_600),
        ("AAA0BBB,59/0,300/0", "2049-03-01T00:00:00Z", 3_600), ("AAA0BBB,59/0,300/0", "2049-02-28T23:59:59Z", 0),
        // South of the equator summer lies about the new year.
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2050-01-01T00:00:00Z", 39_600),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2050-07-01T00:00:00Z", 36_000),
        // A switch at -1 o'clock on Sunday is at 23 o'clock on Saturday.
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T00:59:59Z", -7_200),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T01:00:00Z", -3_600),
    ]

    @Test(arguments: rules.indices)
    func `is followed`(row: Int) throws {
        let (rule, text, seconds) = Self.rules[row]
        let instant = try #require(Instant(text))
        #expect(try table(rule).offset(at: instant) == seconds, "\(rule) \(text)")
    }

    @Test(arguments: [
        "EST", "ES5", "5", "EST25", "EST5:60", "EST5:", "EST5EDT", "EST5EDT4", "EST5EDT,M3.2.0",
        "EST5EDT,M13.1.0,M11.1.0",
        "EST5EDT,M0.1.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0",
        "EST5EDT,J0,J5", "EST5EDT,J366,J5", "EST5EDT,366,J5", "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x",
        "EST5EDT,M3.2.0,M11.1.0,", "<+14-14", "<>1", "EST99999999999999999999999", "EST5EDT,M3.2,M11.1.0", "é5",
        "EST 5",
    ])
    func `is refused in any other form`(rule: String) {
        #expect(throws: TimeZoneProblem.footer) { try table(rule) }
    }
}
