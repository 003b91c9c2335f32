import App
import CivilTime
import Testing

@Suite struct `A zone file` {
    @Test func `is found by its name`() throws {
        let noon = try #require(Instant("2026-07-01T12:00:00Z"))
        #expect(try ZoneFile.table(named: "America/Toronto").offset(at: noon) == -4 * 3_600)
        #expect(try ZoneFile.table(named: "Etc/GMT+5").offset(at: noon) == -5 * 3_600)
    }

    @Test(arguments: [
        "", "/etc/passwd", "../passwd", "America/", "America/Tor onto", "America\0", "Amérique", "zone.tab",
    ])
    func `is not sought under what is no name`(name: String) {
        #expect(throws: ZoneFileError.malformed(name)) { try ZoneFile.table(named: name) }
    }

    @Test(arguments: ["America/Atlantis", "America", "America/Toronto/Bloor"])
    func `is unknown if the machine has none`(name: String) {
        #expect(throws: ZoneFileError.unknown(name)) { try ZoneFile.table(named: name) }
        #expect(ZoneFileError.unknown(name).description.contains("such as America/Toronto"))
    }

    @Test func `of other contents is refused`() {
        #expect(throws: ZoneFileError.damaged("passwd", .notTZif)) {
            try ZoneFile.table(named: "passwd", folder: "/etc")
        }
    }
}
