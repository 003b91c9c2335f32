import LSA
import Testing

@Suite struct `An enrolment is looked at` {
    private func isLookedAt(_ change: (inout TrialExport) -> Void) throws -> Bool {
        var export = TrialExport()
        change(&export)
        return try export.dates("E") != nil
    }

    @Test(arguments: ["0", "2", "3", "8", "13", "15"])
    func `in every kind of project that shelters or houses`(project: String) throws {
        #expect(try isLookedAt { $0.addStay("E", in: project, from: "2025-01-05") })
    }

    @Test(arguments: ["4,", "6,", "9,", "10,", "14,", "13,", "13,3", ","])
    func `in no other kind`(type: String) throws {
        #expect(
            try !isLookedAt {
                $0.addProject("P", type: type)
                $0.addStay("E", in: "P", from: "2025-01-05")
            })
    }

    @Test func `in continuum projects only, not in those for victims of violence`() throws {
        #expect(
            try !isLookedAt {
                $0.addProject("P", type: "0,", isContinuum: false)
                $0.addStay("E", in: "P", from: "2025-01-05")
            })
        #expect(
            try !isLookedAt {
                $0.addProject("P", type: "0,", organization: "V")
                $0.addStay("E", in: "P", from: "2025-01-05")
            })
    }

    @Test func `while its project is open and takes part in HMIS`() throws {
        for (from, to, participation) in [
            ("2026-01-01", "", "1,2010-01-01,"), ("2010-01-01", "2018-01-01", "1,2010-01-01,"),
            ("2010-01-01", "2025-01-05", "1,2010-01-01,"), ("2010-01-01", "", "1,2026-01-01,"),
            ("2010-01-01", "", "1,2010-01-01,2025-01-05"), ("2010-01-01", "", "2,2010-01-01,"),
        ] {
            #expect(
                try !isLookedAt {
                    $0.addProject("P", type: "0,", from: from, to: to, participation: [participation])
                    $0.addStay("E", in: "P", from: "2025-01-05")
                })
        }
        #expect(
            try !isLookedAt {
                $0.addProject("P", type: "0,", participation: [])
                $0.addStay("E", in: "P", from: "2025-01-05")
            })
    }

    @Test(
        arguments: [
            ("2026-01-01", nil, false), ("2025-12-31", nil, true), ("2017-01-01", "2018-01-01", false),
            ("2017-01-01", "2018-01-02", true), ("2025-02-01", "2025-02-01", false),
            ("2025-02-01", "2025-01-31", false),
            ("2025-02-01", "2025-02-02", true),
        ] as [(String, String?, Bool)])
    func `if it has a night within the report's sight`(entry: String, exit: String?, isSeen: Bool) throws {
        #expect(try isLookedAt { $0.addStay("E", in: "0", from: entry, to: exit) } == isSeen)
    }

    @Test func `if the head was enrolled in the continuum of the report`() throws {
        #expect(try !isLookedAt { $0.addStay("E", in: "0", from: "2025-01-05", coc: "XX-502") })
        #expect(try !isLookedAt { $0.addStay("E", in: "0", from: "2025-01-05", coc: "") })
    }

    @Test func `if the household has one head and no more`() throws {
        #expect(try !isLookedAt { $0.addStay("E", in: "0", from: "2025-01-05", relationship: 3) })
        #expect(
            try !isLookedAt {
                $0.addStay("E", in: "0", from: "2025-01-05", household: "H")
                $0.addStay("F", of: "B", in: "0", from: "2020-01-05", to: "2020-02-01", household: "H")
            })
        #expect(
            try isLookedAt {
                $0.addStay("E", in: "0", from: "2025-01-05", household: "H")
                $0.addStay("F", of: "B", in: "0", from: "2025-01-05", household: "H", deleted: "2025-01-06")
            })
        #expect(
            try !isLookedAt {
                $0.addStay("H", of: "B", in: "0", from: "2025-01-05", household: "H")
                $0.addStay("E", in: "0", from: "2025-01-05", household: "H", relationship: 99)
            })
    }

    @Test func `unless it was deleted, with an exit that was not`() throws {
        #expect(try !isLookedAt { $0.addStay("E", in: "0", from: "2025-01-05", deleted: "2025-01-06 10:00:00") })
        var export = TrialExport()
        export.addStay("E", in: "0", from: "2025-01-05")
        export.files["Exit"]? += "E,2025-02-01,2025-02-02 10:00:00\n"
        #expect(try export.dates("E") == "2025-01-05//")
    }
}

@Suite struct `The active cohort` {
    @Test func `is everybody with an enrolment in the period`() throws {
        var export = TrialExport()
        for person in ["B", "C", "D", "E"] { export.addClient(person, birth: "1980-05-01") }
        export.addStay("1", of: "B", in: "0", from: "2024-01-05", to: "2024-12-31")
        export.addStay("2", of: "C", in: "0", from: "2024-01-05", to: "2025-01-01")
        export.addStay("3", of: "D", in: "15", from: "2025-12-31")
        export.addStay("4", of: "E", in: "0", from: "2026-01-01")
        export.addStay("5", of: "unknown", in: "0", from: "2025-01-05")
        #expect(try export.report().people.map(\.id) == ["C", "D"])
    }

    @Test func `is of the projects that serve the continuum, but homelessness elsewhere counts`() throws {
        var export = TrialExport()
        export.addProject("P", type: "0,", coc: "XX-502")
        export.addStay("1", in: "P", from: "2025-01-05", to: "2025-02-01")
        #expect(try export.finding() == nil)
        export.addStay("2", in: "0", from: "2025-06-01", to: "2025-06-02")
        #expect(try export.episodes() == ["2025-01-05 2025-01-31", "2025-06-01 2025-06-01"])
    }

    @Test func `leaves out a member who left before the period`() throws {
        var export = TrialExport()
        export.addClient("B", birth: "1980-05-01")
        export.addStay("1", in: "0", from: "2024-01-05", household: "H")
        export.addStay("2", of: "B", in: "0", from: "2024-01-05", to: "2024-12-31", household: "H", relationship: 3)
        #expect(try export.report().people.map(\.id) == ["A"])
    }

    @Test func `knows nobody whose client row was deleted`() throws {
        var export = TrialExport()
        export.addClient("B", birth: "1980-05-01", deleted: "2025-03-01")
        export.addStay("1", of: "B", in: "0", from: "2025-01-05")
        #expect(try export.report().people.isEmpty)
    }
}
