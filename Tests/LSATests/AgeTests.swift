import Testing

@Suite struct `Chronic time is found` {
    private func finding(birth: String, quality: String = "1", entry: String = "2024-06-01", relationship: Int = 2)
        throws
        -> String?
    {
        var export = TrialExport()
        export.addClient("B", birth: birth, quality: quality)
        export.addStay("1", in: "0", from: "2024-01-05", household: "H")
        export.addStay("2", of: "B", in: "0", from: entry, household: "H", relationship: relationship)
        return try export.finding("B")
    }

    @Test(arguments: [
        // Adults by the start of the report, or by a later entry.
        ("2007-01-01", "2024-06-01", true), ("2007-01-02", "2024-06-01", false), ("2007-06-01", "2025-06-01", true),
        ("2007-06-02", "2025-06-01", false), ("2008-02-29", "2025-12-31", false), ("1920-01-01", "2024-06-01", true),
    ])
    func `of members who are adults by then`(birth: String, entry: String, isAdult: Bool) throws {
        #expect(try finding(birth: birth, entry: entry) != (isAdult ? "-1/-1" : "365/1"))
        #expect(try (finding(birth: birth, entry: entry) == "-1/-1") == !isAdult)
    }

    @Test func `of somebody born on 29 February from the 28th on`() throws {
        var export = TrialExport()
        export.addClient("B", birth: "2004-02-29")
        export.addStay("1", in: "0", from: "2025-01-05", household: "H")
        export.addStay("2", of: "B", in: "0", from: "2025-02-01", household: "H", relationship: 2)
        #expect(try export.finding("B") != "-1/-1")
    }

    @Test(arguments: [
        ("1980-05-01", "8"), ("1980-05-01", "9"), ("1980-05-01", "99"), ("1980-05-01", ""), ("", "1"),
        ("1900-01-01", "1"), ("1919-06-01", "1"), ("2024-06-02", "1"),
    ])
    func `of no member whose age is unknown or cannot be`(birth: String, quality: String) throws {
        #expect(try finding(birth: birth, quality: quality) == "-1/-1")
    }

    @Test(arguments: [("1980-05-01", "2"), ("1919-06-02", "1")])
    func `of members whose age is approximate, or less than 105`(birth: String, quality: String) throws {
        #expect(try finding(birth: birth, quality: quality) != "-1/-1")
    }

    @Test func `of every head, child or of unknown age`() throws {
        for (birth, quality) in [("2010-01-01", "1"), ("", "99")] {
            var export = TrialExport()
            export.addClient("B", birth: birth, quality: quality)
            export.addStay("1", of: "B", in: "0", from: "2025-01-05")
            #expect(try export.finding("B") == "365/1" || export.finding("B") == "270/-1")
        }
    }

    @Test func `of no member whose age was impossible at another enrolment`() throws {
        var export = TrialExport()
        export.addClient("B", birth: "2000-01-01")
        export.addStay("1", in: "0", from: "2025-01-05", household: "H")
        export.addStay("2", of: "B", in: "0", from: "2025-01-05", household: "H", relationship: 3)
        #expect(try export.finding("B") != "-1/-1")
        export.addProject("old", type: "0,", from: "1990-01-01", participation: ["1,1990-01-01,"])
        export.addStay("3", of: "B", in: "old", from: "1999-12-31", to: "2019-01-01")
        #expect(try export.finding("B") == "-1/-1")
    }

    @Test func `of a member who was a head in the period, not of one who was before it`() throws {
        for (exit, expected) in [("2024-06-01", "-1/-1"), ("2025-06-01", "0/-1")] {
            var export = TrialExport()
            export.addClient("B", birth: "2015-01-01")
            export.addStay("1", in: "2", from: "2024-01-05", household: "H")
            export.addStay("2", of: "B", in: "2", from: "2024-01-05", household: "H", relationship: 2)
            export.addStay("3", of: "B", in: "2", from: "2024-01-05", to: exit)
            #expect(try export.finding("B") == expected)
        }
    }
}
