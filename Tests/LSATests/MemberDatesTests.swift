import Testing

@Suite struct `The dates of a member` {
    private func dates(
        in project: String, head: (entry: String, moveIn: String, exit: String?), entry: String, exit: String?,
        moveIn: String = ""
    ) throws -> String? {
        var export = TrialExport()
        export.addStay("E1", in: project, from: head.entry, to: head.exit, household: "H", moveIn: head.moveIn)
        export.addStay(
            "E2", of: "B", in: project, from: entry, to: exit, household: "H", relationship: 3, coc: "", moveIn: moveIn)
        return try export.dates("E2")
    }

    @Test(
        arguments: [
            ("2025-02-01", "2025-05-01", "2025-03-01//2025-05-01"),
            ("2025-04-01", "2025-07-01", "2025-04-01//2025-06-01"),
            ("2025-04-01", nil, "2025-04-01//2025-06-01"), ("2025-02-01", "2025-03-01", nil),
            ("2025-06-02", "2025-07-01", nil), ("2025-04-01", "2025-04-01", nil),
            ("2025-06-01", nil, "2025-06-01//2025-06-01"),
        ] as [(String, String?, String?)])
    func `lie within those of the head`(entry: String, exit: String?, expected: String?) throws {
        #expect(try dates(in: "0", head: ("2025-03-01", "", "2025-06-01"), entry: entry, exit: exit) == expected)
    }

    @Test(
        arguments: [
            ("2025-03-01", nil, "2025-03-01/2025-04-01/"), ("2025-05-01", nil, "2025-05-01/2025-05-01/"),
            ("2025-03-01", "2025-03-31", "2025-03-01//2025-03-31"),
            ("2025-03-01", "2025-05-01", "2025-03-01/2025-04-01/2025-05-01"),
            ("2025-03-01", "2026-02-01", "2025-03-01/2025-04-01/"),
        ] as [(String, String?, String)])
    func `have the move-in of the head, and no other`(entry: String, exit: String?, expected: String) throws {
        for project in ["3", "13"] {
            #expect(
                try dates(
                    in: project, head: ("2025-03-01", "2025-04-01", nil), entry: entry, exit: exit, moveIn: "2025-03-15"
                )
                    == expected)
        }
    }

    @Test func `have no move-in when the member leaves supportive housing on its day`() throws {
        let head = (entry: "2025-03-01", moveIn: "2025-04-01", exit: String?.none)
        #expect(try dates(in: "3", head: head, entry: "2025-03-01", exit: "2025-04-01") == "2025-03-01//2025-04-01")
    }

    @Test func `have the night of the move-in when all leave rapid re-housing on its day`() throws {
        let head = (entry: "2025-03-01", moveIn: "2025-04-01", exit: String?.some("2025-04-01"))
        #expect(
            try dates(in: "13", head: head, entry: "2025-03-01", exit: "2025-04-01")
                == "2025-03-01/2025-04-01/2025-04-02")
    }

    @Test func `have that night also when the others stay`() throws {
        let head = (entry: "2025-03-01", moveIn: "2025-04-01", exit: String?.none)
        #expect(
            try dates(in: "13", head: head, entry: "2025-03-01", exit: "2025-04-01")
                == "2025-03-01/2025-04-01/2025-04-02")
    }

    @Test func `are those of the member's own bed nights, while the head is there`() throws {
        var export = TrialExport()
        export.addStay("E1", in: "1", from: "2025-01-05", to: "2025-06-01", household: "H")
        export.addStay("E2", of: "B", in: "1", from: "2025-01-05", household: "H", relationship: 2, coc: "")
        export.addBedNights("E1", ["2025-02-01", "2025-02-10"])
        export.addBedNights("E2", ["2025-01-20", "2025-02-03", "2025-02-10", "2025-02-11"])
        #expect(try export.dates("E2") == "2025-02-03//2025-02-11")
    }
}
