import Testing

@Suite struct `The dates of a household` {
    @Test(arguments: [
        // Entry, move-in, exit; what counts in supportive housing, in rapid re-housing.
        (
            "2024-01-05", "2024-02-01", "2024-03-01", "2024-01-05/2024-02-01/2024-03-01",
            "2024-01-05/2024-02-01/2024-03-01"
        ),
        ("2024-01-05", "2024-02-01", "2024-02-01", "2024-01-05//2024-02-01", "2024-01-05/2024-02-01/2024-02-02"),
        ("2024-01-05", "2024-02-02", "2024-02-01", "2024-01-05//2024-02-01", "2024-01-05//2024-02-01"),
        ("2024-01-05", "2024-01-04", "2024-02-01", "2024-01-05//2024-02-01", "2024-01-05//2024-02-01"),
        ("2025-01-05", "2025-12-31", "2025-12-31", "2025-01-05//2025-12-31", "2025-01-05/2025-12-31/"),
        ("2025-01-05", "2026-01-01", "", "2025-01-05//", "2025-01-05//"),
        ("2025-01-05", "2025-02-01", "2026-01-01", "2025-01-05/2025-02-01/", "2025-01-05/2025-02-01/"),
    ])
    func `have a move-in where there can be one`(
        entry: String, moveIn: String, exit: String, supportive: String, rapid: String
    ) throws {
        for (project, expected) in [("3", supportive), ("13", rapid), ("15", rapid)] {
            var export = TrialExport()
            export.addStay("E", in: project, from: entry, to: exit.isEmpty ? nil : exit, moveIn: moveIn)
            #expect(try export.dates("E") == expected)
        }
    }

    @Test func `have no move-in in shelter, safe haven and transitional housing`() throws {
        for project in ["0", "2", "8"] {
            var export = TrialExport()
            export.addStay("E", in: project, from: "2025-01-05", moveIn: "2025-02-01")
            #expect(try export.dates("E") == "2025-01-05//")
        }
    }

    @Test(arguments: [
        // Exit of the enrolment; what counts when the project closes on 2025-06-30.
        ("", "2025-01-05//2025-06-30"), ("2025-06-29", "2025-01-05//2025-06-29"),
        ("2025-06-30", "2025-01-05//2025-06-30"), ("2025-07-15", "2025-01-05//2025-06-30"),
    ])
    func `end with the project, or with its part in HMIS`(exit: String, expected: String) throws {
        var export = TrialExport()
        export.addProject("closes", type: "0,", to: "2025-06-30")
        export.addProject("leaves", type: "0,", participation: ["1,2010-01-01,2025-06-30"])
        export.addProject("both", type: "0,", to: "2025-06-30", participation: ["1,2010-01-01,2025-08-01"])
        for project in ["closes", "leaves", "both"] {
            export.addStay(project, in: project, from: "2025-01-05", to: exit.isEmpty ? nil : exit)
            #expect(try export.dates(project) == expected)
        }
    }

    @Test func `do not know of an end behind the report`() throws {
        var export = TrialExport()
        export.addProject("closes", type: "13,2", to: "2026-01-01")
        export.addStay("E", in: "closes", from: "2025-01-05", moveIn: "2025-12-31")
        #expect(try export.dates("E") == "2025-01-05/2025-12-31/")
    }

    @Test func `have no move-in on the day on which the project closes`() throws {
        var export = TrialExport()
        export.addProject("closes", type: "13,2", to: "2025-06-30")
        export.addStay("before", in: "closes", from: "2025-01-05", moveIn: "2025-06-29")
        export.addStay("then", in: "closes", from: "2025-01-05", moveIn: "2025-06-30")
        export.addStay("leaves", in: "closes", from: "2025-01-05", to: "2025-06-30", moveIn: "2025-06-30")
        #expect(try export.dates("before") == "2025-01-05/2025-06-29/2025-06-30")
        #expect(try export.dates("then") == "2025-01-05//2025-06-30")
        #expect(try export.dates("leaves") == "2025-01-05//2025-06-30")
    }

    @Test func `begin with the project and its part in HMIS, move-in and all`() throws {
        var export = TrialExport()
        export.addProject("opens", type: "3,", from: "2025-03-01")
        export.addProject("joins", type: "3,", participation: ["1,2025-03-01,"])
        for project in ["opens", "joins"] {
            export.addStay(project, in: project, from: "2025-01-05", moveIn: "2025-02-01")
            #expect(try export.dates(project) == "2025-03-01/2025-03-01/")
        }
    }

    @Test(
        arguments: [
            // Entry and exit; what the latest part in HMIS that they touch leaves of them.
            ("2019-02-01", "2019-05-01", "2019-02-01//2019-05-01"),
            ("2019-02-01", "2021-05-01", "2019-02-01//2020-01-01"),
            ("2019-02-01", "2022-05-01", "2022-01-01//2022-05-01"), ("2020-02-01", "2021-05-01", nil),
            ("2020-02-01", "2022-01-01", nil), ("2020-02-01", "2022-01-02", "2022-01-01//2022-01-02"),
        ] as [(String, String, String?)])
    func `lie in the latest time of taking part`(entry: String, exit: String, expected: String?) throws {
        var export = TrialExport()
        export.addProject(
            "P", type: "0,", participation: ["1,2022-01-01,", "1,2010-01-01,2020-01-01", "2,2020-01-01,2022-01-01"])
        export.addStay("E", in: "P", from: entry, to: exit)
        #expect(try export.dates("E") == expected)
    }
}
