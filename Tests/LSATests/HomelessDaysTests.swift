import Testing

@Suite struct `Homeless days` {
    @Test(arguments: [
        // The second entry; the first stay's last night is that of 9 March.
        ("2025-03-16", ["2025-03-01 2025-03-19"]),
        ("2025-03-17", ["2025-03-01 2025-03-09", "2025-03-17 2025-03-19"]),
    ])
    func `run on over six nights, not over seven`(entry: String, expected: [String]) throws {
        var export = TrialExport()
        export.addStay("1", in: "0", from: "2025-03-01", to: "2025-03-10")
        export.addStay("2", in: "8", from: entry, to: "2025-03-20")
        #expect(try export.episodes() == expected)
    }

    @Test(arguments: [
        ("2025-06-08", ["2025-06-01 2025-06-08"]), ("2025-06-09", ["2025-06-01 2025-06-01", "2025-06-09 2025-06-09"]),
    ])
    func `run on between bed nights`(second: String, expected: [String]) throws {
        var export = TrialExport()
        export.addStay("1", in: "1", from: "2025-06-01", to: "2025-06-20")
        export.addBedNights("1", ["2025-06-01", second])
        #expect(try export.episodes() == expected)
    }

    @Test func `are none in transitional housing, whatever shelter was recorded`() throws {
        var export = TrialExport()
        export.addStay("1", in: "0", from: "2025-03-01", to: "2025-05-01")
        export.addStay("2", in: "2", from: "2025-03-20", to: "2025-04-10")
        #expect(try export.episodes() == ["2025-03-01 2025-03-19", "2025-04-10 2025-04-30"])
    }

    @Test(arguments: ["3", "13", "15"])
    func `are none after a move-in, whatever shelter was recorded`(project: String) throws {
        var export = TrialExport()
        export.addStay("1", in: "0", from: "2025-03-01", to: "2025-05-01")
        export.addStay(
            "2", in: project, from: "2025-02-01", to: "2025-04-10", moveIn: "2025-03-20",
            answers: TrialExport.Answers(since: "2025-03-20"))
        #expect(try export.episodes() == ["2025-03-01 2025-03-19", "2025-04-10 2025-04-30"])
    }

    @Test func `run on over six nights of transitional housing, not over seven`() throws {
        for (exit, count) in [("2025-03-26", 1), ("2025-03-27", 2)] {
            var export = TrialExport()
            export.addStay("1", in: "0", from: "2025-03-01", to: "2025-05-01")
            export.addStay("2", in: "2", from: "2025-03-20", to: exit)
            #expect(try export.episodes().count == count)
        }
    }

    @Test func `reach from the day that the person named to the entry`() throws {
        for project in ["0", "8", "2"] {
            var export = TrialExport()
            export.addStay(
                "1", in: project, from: "2025-03-01", to: "2025-03-02",
                answers: TrialExport.Answers(since: "2025-01-10"))
            #expect(try export.episodes() == ["2025-01-10 2025-0" + (project == "2" ? "2-28" : "3-01")])
        }
    }

    @Test(arguments: [
        ("2025-04-01", "2025-06-01", "2025-01-10 2025-03-31"), ("", "2025-06-01", "2025-01-10 2025-05-31"),
        ("", "", "2025-01-10 2025-12-31"),
    ])
    func `reach to the move-in of those who wait for it`(moveIn: String, exit: String, expected: String) throws {
        for project in ["3", "13", "15"] {
            var export = TrialExport()
            export.addStay(
                "1", in: project, from: "2025-03-01", to: exit.isEmpty ? nil : exit, moveIn: moveIn,
                answers: TrialExport.Answers(since: "2025-01-10"))
            #expect(try export.episodes() == [expected])
        }
    }

    @Test(arguments: [
        // Prior living situation, length of stay, night before; whether shelter counts them, whether housing does.
        ("101", "3", "", true, true), ("116", "3", "", true, true), ("118", "3", "", true, true),
        ("204", "2", "1", false, true), ("206", "3", "1", false, true), ("204", "4", "1", false, false),
        ("206", "3", "0", false, false), ("206", "3", "", false, false), ("302", "10", "1", false, true),
        ("410", "11", "1", false, true), ("410", "11", "0", false, false), ("410", "2", "1", false, false),
        ("206", "10", "1", false, true),
    ])
    func `are told by those who came from the street, if need be by way of a short stay`(
        living: String, stay: String, before: String, counts: Bool, countsInHousing: Bool
    ) throws {
        for (project, expected) in [("0", counts), ("8", counts), ("2", countsInHousing), ("3", countsInHousing)] {
            var export = TrialExport()
            export.addStay(
                "1", in: project, from: "2025-03-01", to: "2025-03-02",
                answers: TrialExport.Answers(
                    livingSituation: living, lengthOfStay: stay, nightBefore: before, since: "2025-01-10"))
            #expect(try export.episodes().contains { $0.hasPrefix("2025-01-10") } == expected)
        }
    }

    @Test func `are not told of by an entry on the first day of the three years, only by later ones`() throws {
        for (entry, expected) in [("2023-01-01", []), ("2023-01-02", ["2023-01-01 2023-01-01"])] {
            var export = TrialExport()
            export.addStay(
                "1", in: "2", from: entry, answers: TrialExport.Answers(since: "2020-01-10"))
            #expect(try export.episodes() == expected)
        }
    }

    @Test func `are not told of by a day after the entry`() throws {
        var export = TrialExport()
        export.addStay(
            "1", in: "0", from: "2025-03-01", to: "2025-03-02", answers: TrialExport.Answers(since: "2025-03-05"))
        #expect(try export.episodes() == ["2025-03-01 2025-03-01"])
    }

    @Test func `lie in the three years up to the last active day`() throws {
        var export = TrialExport()
        export.addStay("1", in: "0", from: "2019-01-01", to: "2025-03-10")
        #expect(try export.window() == "2022-03-11 2025-03-10")
        #expect(try export.episodes() == ["2022-03-11 2025-03-09"])
        export.addStay("2", in: "0", from: "2025-07-01")
        #expect(try export.window() == "2023-01-01 2025-12-31")
        #expect(try export.episodes() == ["2023-01-01 2025-03-09", "2025-07-01 2025-12-31"])
    }
}
