import CivilTime
import Foundation
import Testing

/// The zone of the process is one for all threads, so everything that sets it stands in this one test.
@Suite(.serialized) struct `The system's own clock` {
    @Test func `agrees in every zone, year and season`() throws {
        let listing = try String(contentsOfFile: "/usr/share/zoneinfo/zone1970.tab", encoding: .utf8)
        let listed = listing.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .compactMap { $0.split(separator: "\t").dropFirst(2).first.map(String.init) }
        #expect(listed.count > 200)
        let before = getenv("TZ").map { String(cString: $0) }
        defer {
            if let before { setenv("TZ", before, 1) } else { unsetenv("TZ") }
            tzset()
        }
        for name in Set(listed + `A time zone`.zones) {
            setenv("TZ", name, 1)
            tzset()
            let table = try TimeZoneTable(tzif: `A time zone`.bytes(of: name))
            let differing = instants().filter { second in
                table.offset(at: Instant(microseconds: Int64(second) * 1_000_000)) != systemOffset(at: second)
            }
            #expect(differing.isEmpty, "\(name) \(differing.prefix(3))")
        }
    }

    /// From 1902 to 2199, every 307 hours and some minutes, so that all hours and days of the week are met.
    private func instants() -> StrideTo<Int> {
        stride(from: -2_145_916_800, to: 7_258_118_400, by: 307 * 3_600 + 1_021)
    }

    private func systemOffset(at second: Int) -> Int {
        var second = second
        var parts = tm()
        localtime_r(&second, &parts)
        return parts.tm_gmtoff
    }
}
