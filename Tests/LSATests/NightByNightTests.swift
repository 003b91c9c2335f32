import Testing

@Suite struct `A night-by-night enrolment` {
    private func dates(_ nights: [String], from entry: String = "2025-01-05", to exit: String? = nil) throws -> String?
    {
        var export = TrialExport()
        export.addStay("E", in: "1", from: entry, to: exit)
        export.addBedNights("E", nights)
        return try export.dates("E")
    }

    @Test func `begins with its first bed night and ends after its last`() throws {
        #expect(
            try dates(["2025-02-07", "2025-02-01", "2025-01-10"], to: "2025-03-01") == "2025-01-10//2025-02-08")
    }

    @Test func `is none without a bed night`() throws {
        #expect(try dates([]) == nil)
        #expect(try dates(["2025-01-04"]) == nil)
        #expect(try dates(["2025-03-01"], to: "2025-03-01") == nil)
        #expect(try dates(["2026-01-01"]) == nil)
    }

    @Test func `ends by itself after ninety days without one`() throws {
        #expect(try dates(["2025-10-02"]) == "2025-10-02//2025-10-03")
        #expect(try dates(["2025-10-03"]) == "2025-10-03//")
        #expect(try dates(["2025-10-02"], to: "2026-02-01") == "2025-10-02//2025-10-03")
    }

    @Test func `does not end on the last day of the report`() throws {
        #expect(try dates(["2025-12-31"]) == "2025-12-31//")
        #expect(try dates(["2025-12-31"], to: "2026-01-05") == "2025-12-31//")
        #expect(try dates(["2025-12-30"], to: "2025-12-31") == "2025-12-30//2025-12-31")
    }

    @Test func `does not see nights before the lookback`() throws {
        #expect(try dates(["2017-12-31", "2018-01-01"], from: "2017-12-01") == "2018-01-01//2018-01-02")
    }

    @Test func `does not see nights outside its project's time`() throws {
        var export = TrialExport()
        export.addProject("P", type: "1,", from: "2025-02-01", to: "2025-12-01", participation: ["1,2025-03-01,"])
        export.addStay("E", in: "P", from: "2025-01-05")
        export.addBedNights("E", ["2025-02-02", "2025-03-01", "2025-11-30", "2025-12-01"])
        #expect(try export.dates("E") == "2025-03-01//2025-12-01")
    }

    @Test func `does not see services that are no bed nights, or were deleted`() throws {
        var export = TrialExport()
        export.addStay("E", in: "1", from: "2025-01-05", answers: TrialExport.Answers(since: "2025-11-01"))
        export.addBedNights("E", ["2025-11-01"])
        export.addBedNights("E", ["2025-11-09"], deleted: "2025-11-10 10:00:00")
        export.files["Services"]? += "E,2025-11-10,144,\n"
        #expect(try export.dates("E") == "2025-11-01//")
        #expect(try export.episodes() == ["2025-11-01 2025-11-01"])
    }

    @Test func `is active up to the morning after its last night, and no longer than the report`() throws {
        var export = TrialExport()
        export.addStay("E", in: "1", from: "2025-01-05")
        export.addBedNights("E", ["2025-12-01"])
        #expect(try export.window() == "2022-12-03 2025-12-02")
        export.addBedNights("E", ["2025-12-31"])
        #expect(try export.window() == "2023-01-01 2025-12-31")
    }

    @Test func `lets the person tell of the time up to the first bed night`() throws {
        var export = TrialExport()
        export.addStay("E", in: "1", from: "2025-01-05", answers: TrialExport.Answers(since: "2025-01-01"))
        export.addBedNights("E", ["2025-02-01"])
        #expect(try export.episodes() == ["2025-01-01 2025-02-01"])
    }
}
