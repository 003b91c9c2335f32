import Testing

@Suite struct `The finding` {
    /// Stays in shelter of that many nights each, the first from the day, ten nights apart; then one day in housing.
    private func stays(_ nights: [Int], from start: String = "2023-06-01") throws -> String? {
        var export = TrialExport()
        var from = start
        for (index, count) in nights.enumerated() {
            export.addStay("\(index)", in: "0", from: from, to: day(from, plus: count))
            from = day(from, plus: count + 10)
        }
        export.addStay("last", in: "2", from: "2025-12-30", to: "2025-12-31")
        return try export.finding()
    }

    @Test func `is four episodes with 365 nights among them, not with 364`() throws {
        #expect(try stays([100, 100, 100, 65]) == "365/2")
        #expect(try stays([100, 100, 100, 64]) == "270/-1")
        #expect(try stays([1, 1, 1, 1, 361]) == "365/2")
    }

    @Test func `is 365 nights without the pattern in fewer episodes`() throws {
        #expect(try stays([150, 150, 65]) == "365/3")
        #expect(try stays([150, 150, 64]) == "270/-1")
    }

    @Test func `is 270 nights from the 270th on`() throws {
        #expect(try stays([270]) == "270/-1")
        #expect(try stays([269]) == "0/-1")
        #expect(try stays([]) == "0/-1")
    }

    @Test(arguments: [
        // The last active day is 2025-12-31: the year that ends on it begins on 2025-01-01.
        (365, "2025-01-01", "365/1"), (364, "2025-01-01", "270/-1"), (365, "2024-12-31", "365/3"),
        (400, "2025-06-01", "365/1"),
    ])
    func `is one unbroken episode if it ends in the last year`(nights: Int, last: String, expected: String) throws {
        var export = TrialExport()
        export.addStay("1", in: "0", from: day(last, plus: 1 - nights), to: day(last, plus: 1))
        export.addStay("2", in: "2", from: "2025-12-30", to: "2025-12-31")
        #expect(try export.finding() == expected)
    }

    @Test(arguments: [
        ("2025-06-01", "4", "112", "400/2"), ("2025-06-01", "4", "113", "400/2"), ("2025-06-01", "4", "111", "0/-1"),
        ("2025-06-01", "3", "113", "0/-1"), ("2025-01-01", "4", "112", "400/2"), ("2024-12-31", "4", "112", "0/-1"),
    ])
    func `is what the person said at an entry in the last year`(
        entry: String, times: String, months: String, expected: String
    ) throws {
        var export = TrialExport()
        export.addStay(
            "1", in: "2", from: entry, to: "2025-12-31", answers: TrialExport.Answers(times: times, months: months))
        #expect(try export.finding() == expected)
    }

    @Test func `is the nights before it is what the person said, and that before the missing pattern`() throws {
        for (nights, expected) in [(400, "365/1"), (340, "400/2")] {
            var export = TrialExport()
            export.addStay("1", in: "0", from: day("2025-06-30", plus: -nights), to: "2025-06-30")
            export.addStay(
                "2", in: "2", from: "2025-07-01", to: "2025-12-31",
                answers: TrialExport.Answers(times: "4", months: "113"))
            #expect(try export.finding() == expected)
        }
        var export = TrialExport()
        export.addStay("1", in: "0", from: "2023-02-01", to: "2024-06-30")
        export.addStay(
            "2", in: "2", from: "2025-07-01", to: "2025-12-31", answers: TrialExport.Answers(times: "4", months: "113"))
        #expect(try export.finding() == "400/2")
    }

    @Test func `says of those who do not meet the time that answers are missing`() throws {
        for (nights, expected) in [(10, "0/99"), (300, "270/99"), (370, "365/99")] {
            var export = TrialExport()
            export.addStay(
                "1", in: "0", from: day("2024-12-01", plus: -nights), to: "2024-12-01",
                answers: TrialExport.Answers(times: "99"))
            export.addStay("2", in: "2", from: "2025-12-30", to: "2025-12-31")
            #expect(try export.finding() == expected)
        }
        var export = TrialExport()
        export.addStay("1", in: "0", from: "2024-06-01", answers: TrialExport.Answers(times: "99"))
        #expect(try export.finding() == "365/1")
    }

    @Test func `does not ask for answers at entries before the three years`() throws {
        for (exit, expected) in [("2023-01-01", "0/-1"), ("2023-01-02", "0/99")] {
            var export = TrialExport()
            export.addStay(
                "1", in: "0", from: "2022-12-01", to: exit, answers: TrialExport.Answers(livingSituation: "99"))
            export.addStay("2", in: "2", from: "2025-12-30", to: "2025-12-31")
            #expect(try export.finding() == expected)
        }
    }
}
