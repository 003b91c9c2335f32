import ByNameList
import CivilTime
import HMIS
import Testing

private let exportEnd = day("2024-03-31")
private let street = [("LivingSituation", "116")]

private func facts(
    _ project: String, exit: String? = nil, _ more: [(String, String)] = [], _ files: [String: String] = [:]
) throws -> [String: FactContent] {
    try ExportFixture(project: project, entry: "2024-01-10", exit: exit, more, files).run().facts
}

private func one(_ file: String, _ header: String, _ rows: String...) -> [String: String] {
    [file: header + "\n" + rows.joined(separator: "\n") + "\n"]
}

private func situations(_ rows: String...) -> [String: String] {
    let lines = rows.enumerated().map { "L\($0 + 1),E1,7,\($1)" }
    return [
        "CurrentLivingSituation": "CurrentLivingSitID,EnrollmentID,PersonalID,InformationDate,CurrentLivingSituation\n"
            + lines.joined(separator: "\n")
    ]
}

private func services(_ rows: String...) -> [String: String] {
    let lines = rows.enumerated().map { "S\($0 + 1),E1,7,\($1)" }
    return ["Services": "ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType\n" + lines.joined(separator: "\n")]
}

@Suite struct `An entry` {
    @Test(arguments: ProjectType.allCases)
    func `is an intake in a homeless project or from the street, else a contact`(type: ProjectType) throws {
        let entry = day("2024-01-10")
        let project = String(type.rawValue)
        let fromStreet = try facts(project, street)
        let plain = try facts(project)
        if [0, 1, 2, 4, 8].contains(type.rawValue) {
            #expect(plain["Enrollment/E1/intake"] == .intake(on: entry, saidOf: .theDay))
            #expect(fromStreet["Enrollment/E1/intake"] == .intake(on: entry, saidOf: .theDay))
        } else {
            #expect(plain["Enrollment/E1/intake"] == nil)
            #expect(
                plain["Enrollment/E1/entry"]
                    == .contact(Contact(on: entry, seenHomeless: false, kind: .programmeEntry)))
            #expect(fromStreet["Enrollment/E1/intake"] == .intake(on: entry, saidOf: .nightBefore))
        }
    }

    @Test(arguments: [("0", Situation.emergencyShelter), ("8", .safeHaven), ("2", .transitional)])
    func `into a place that watches is a stay to the exit, or confirmed to the end of the export`(
        project: String, situation: Situation
    ) throws {
        let entry = day("2024-01-10")
        let open = try facts(project)["Enrollment/E1/stay"]
        #expect(open == .stay(Stay(situation, from: entry, confirmedTo: exportEnd)))
        let closed = try facts(project, exit: "2024-02-01,30")["Enrollment/E1/stay"]
        #expect(closed == .stay(Stay(situation, from: entry, to: day("2024-02-01"))))
    }

    @Test(arguments: ["1", "3", "4", "6", "7", "9", "10", "11", "12", "13", "14"])
    func `elsewhere is no stay`(project: String) throws {
        #expect(try facts(project, street)["Enrollment/E1/stay"] == nil)
    }

    @Test func `an open stay ends with its project`() throws {
        let result = try ExportFixture(project: "closed", entry: "2024-01-10").run()
        #expect(
            result.facts["Enrollment/E1/stay"]
                == .stay(Stay(.emergencyShelter, from: day("2024-01-10"), to: day("2024-02-10"))))
        #expect(result.kinds(.enrollment) == [.openAfterProjectClosed])
        let late = try ExportFixture(project: "closed", entry: "2024-03-01").run()
        #expect(
            late.facts["Enrollment/E1/stay"]
                == .stay(Stay(.emergencyShelter, from: day("2024-03-01"), to: day("2024-03-01"))))
        #expect(late.kinds(.enrollment) == [.entryAfterProjectClosed])
    }

    @Test func `carries answers of the person as self-report`() throws {
        let more = [
            ("LivingSituation", "207"), ("TimesHomelessPastThreeYears", "4"), ("MonthsHomelessPastThreeYears", "113"),
            ("DisablingCondition", "8"), ("DateOfEngagement", "2024-01-20"),
        ]
        let facts = try facts("13", more)
        let entry = day("2024-01-10")
        #expect(
            facts["Enrollment/E1/priorSituation"]
                == .answer(Answer(.priorLivingSituation, Situation.institution.rawValue, on: entry)))
        #expect(
            facts["Enrollment/E1/times_homeless_past_three_years"]
                == .answer(Answer(.timesHomelessPastThreeYears, 4, on: entry)))
        #expect(
            facts["Enrollment/E1/months_homeless_past_three_years"]
                == .answer(Answer(.monthsHomelessPastThreeYears, 13, on: entry)))
        #expect(facts["Enrollment/E1/disability"] == .answer(Answer(.disablingCondition, .dontKnow, on: entry)))
        #expect(
            facts["Enrollment/E1/engagement"]
                == .contact(Contact(on: day("2024-01-20"), seenHomeless: false, kind: .engagement)))
        #expect(try self.silent("99") == nil)
        #expect(try self.silent("") == nil)
    }

    private func silent(_ code: String) throws -> FactContent? {
        let facts = try facts("13", [("TimesHomelessPastThreeYears", code), ("DisablingCondition", code)])
        return facts["Enrollment/E1/times_homeless_past_three_years"] ?? facts["Enrollment/E1/disability"]
    }

    @Test(arguments: [
        ("0,6,1,", true), ("0,8,1,0", true), ("0,5,1,1", true), ("0,5,1,0", false), ("0,10,3,1", true),
        ("0,9,0,1", false),
        ("0,6,0,1", false),
    ])
    func `a disability row may make it yes`(row: String, yes: Bool) throws {
        let parts = row.split(separator: ",", omittingEmptySubsequences: false)
        let header =
            "DisabilitiesID,EnrollmentID,PersonalID,InformationDate,DisabilityType,"
            + "DisabilityResponse,IndefiniteAndImpairs"
        func file(_ date: String) -> [String: String] {
            one("Disabilities", header, "D1,E1,7,\(date)," + parts[1...].joined(separator: ","))
        }
        let atEntry = try facts("0", [("DisablingCondition", "0")], file("2024-01-10"))
        #expect(
            atEntry["Enrollment/E1/disability"]
                == .answer(Answer(.disablingCondition, yes ? .yes : .no, on: day("2024-01-10"))))
        let later = try facts("0", [("DisablingCondition", "0")], file("2024-02-10"))
        #expect(later["Enrollment/E1/disability"] == .answer(Answer(.disablingCondition, .no, on: day("2024-01-10"))))
        #expect((later["Disabilities/D1/disability"] != nil) == yes)
    }
}

@Suite struct `Nights before the entry` {
    @Test(arguments: [
        ("0", "", "2024-01-10"), ("3", "", "2024-04-01"), ("3", "2024-02-01", "2024-02-01"), ("12", "", "2024-01-10"),
    ])
    func `go from the stated date to the entry, in permanent housing to the move-in`(
        project: String, moveIn: String, end: String
    ) throws {
        let more = street + [("DateToStreetESSH", "2023-09-01"), ("MoveInDate", moveIn)]
        #expect(
            try facts(project, more)["Enrollment/E1/street"]
                == .stay(Stay(.unsheltered, from: day("2023-09-01"), to: day(end), knowledge: .selfReported)))
    }

    @Test func `end at the exit of permanent housing, begin at birth, and need an answer`() throws {
        let exit = try facts(
            "3", exit: "2024-02-20,8", [("PreviousStreetESSH", "1"), ("DateToStreetESSH", "1970-01-01")])
        #expect(
            exit["Enrollment/E1/street"]
                == .stay(Stay(.unsheltered, from: day("1980-05-01"), to: day("2024-02-20"), knowledge: .selfReported)))
        let none = try ExportFixture(project: "3", entry: "2024-01-10", [("DateToStreetESSH", "2023-09-01")]).run()
        #expect(none.facts["Enrollment/E1/street"] == nil)
        #expect(none.kinds(.enrollment) == [.streetDateWithoutAnswer])
        let after = try ExportFixture(
            project: "3", entry: "2024-01-10", street + [("DateToStreetESSH", "2024-01-11")]
        ).run()
        #expect(after.facts["Enrollment/E1/street"] == nil)
        #expect(after.kinds(.enrollment) == [.streetDateAfterEntry])
    }
}

@Suite struct `Bed nights` {
    @Test func `that follow each other are one stay; entry and exit give none`() throws {
        let files = services("2024-01-12,200", "2024-01-10,200", "2024-01-11,200", "2024-01-14,200", "2024-01-20,300")
        let facts = try facts("1", exit: "2024-03-01,30", [], files)
        #expect(
            facts["Services/S2/nights"]
                == .stay(Stay(.emergencyShelter, from: day("2024-01-10"), to: day("2024-01-13"))))
        #expect(
            facts["Services/S4/nights"]
                == .stay(Stay(.emergencyShelter, from: day("2024-01-14"), to: day("2024-01-15"))))
        #expect(
            facts["Services/S5/contact"]
                == .contact(Contact(on: day("2024-01-20"), seenHomeless: false, kind: .service)))
        #expect(facts.keys.filter { $0.hasPrefix("Services") }.count == 3)
    }

    @Test func `outside the enrolment or said twice are kept once and found`() throws {
        let files = services("2024-01-10,200", "2024-01-10,200", "2024-02-01,200")
        let result = try ExportFixture(project: "1", entry: "2024-01-10", exit: "2024-02-01,30", [], files).run()
        #expect(result.kinds(.services) == [.nightTwice, .nightOutsideEnrolment])
        #expect(result.facts["Services/S3/nights"] != nil)
        #expect(result.report.files[.services]?.used == 3)
    }
}

@Suite struct `Permanent housing` {
    @Test(arguments: [
        ("3", Housing.permanentHousing), ("9", .permanentHousing), ("10", .permanentHousing), ("13", .rapidRehousing),
    ])
    func `begins with the move-in, and waits for it`(project: String, housing: Housing) throws {
        let facts = try facts(project, exit: "2024-03-01,410", street + [("MoveInDate", "2024-02-01")])
        #expect(
            facts["Enrollment/E1/moveIn"]
                == .moveIn(MoveIn(on: day("2024-02-01"), housing: housing, to: day("2024-03-01"))))
        #expect(
            facts["Enrollment/E1/waiting"]
                == .waiting(WaitingForHousing(from: day("2024-01-10"), to: day("2024-02-01"))))
        #expect(facts["Exit/Q1/moveIn"] == nil)
        let open = try self.open(project)
        #expect(open == .waiting(WaitingForHousing(from: day("2024-01-10"), to: nil, confirmedTo: exportEnd)))
    }

    private func open(_ project: String) throws -> FactContent? {
        try facts(project, street)["Enrollment/E1/waiting"]
    }

    @Test(arguments: [
        ("3", "2024-01-09", ImportFindingKind.moveInBeforeEntry), ("3", "2024-03-02", .moveInAfterExit),
        ("0", "2024-02-01", .moveInElsewhere), ("0", "2024-01-09", .moveInBeforeEntry),
    ])
    func `drops a move-in that cannot be`(project: String, date: String, finding: ImportFindingKind) throws {
        let result = try ExportFixture(
            project: project, entry: "2024-01-10", exit: "2024-03-01,30", [("MoveInDate", date)]
        ).run()
        #expect(result.facts["Enrollment/E1/moveIn"] == nil)
        #expect(result.kinds(.enrollment) == [finding])
    }

    /// The head is person 6; each row: what the member is enrolled, the head's and the own move-in, what comes out.
    @Test(arguments: [
        ("2024-01-10,,2024-02-01,", "2024-02-01", nil),
        ("2024-02-20,,2024-02-01,", "2024-02-20", nil),
        ("2024-01-10,2024-01-20,2024-02-01,", "", nil),
        ("2024-01-10,,2024-02-01,2024-01-15", "2024-02-01", ImportFindingKind.moveInDiffersFromHead),
        ("2024-01-10,,,2024-01-15", "2024-01-15", .moveInWithoutHead),
        ("2024-01-10,,2023-12-01,2024-01-15", "2024-01-15", .moveInWithoutHead),
    ])
    func `takes members in with their head`(row: String, expected: String, finding: ImportFindingKind?) throws {
        let parts = row.split(separator: ",", omittingEmptySubsequences: false)
        let header = "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,MoveInDate\n"
        var files = ["Client": "PersonalID,DOB\n6,\n7,1980-05-01\n"]
        files["Enrollment"] = header + "E1,7,3,\(parts[0]),H1,3,\(parts[3])\nE2,6,3,2024-01-10,H1,1,\(parts[2])\n"
        files["Exit"] = "ExitID,EnrollmentID,PersonalID,ExitDate,Destination\n"
        if !parts[1].isEmpty { files["Exit", default: ""] += "Q1,E1,7,\(parts[1]),30\n" }
        let result = try ExportFixture(files).run()
        let found = result.findings.filter { $0.row == 2 && $0.file == .enrollment && $0.rows > 0 }.map(\.what)
        #expect(found == (finding.map { [$0] } ?? []))
        guard case .moveIn(let moveIn)? = result.facts["Enrollment/E1/moveIn"] else {
            #expect(expected.isEmpty)
            return
        }
        #expect(moveIn.on == day(expected))
    }
}

@Suite struct `A current living situation` {
    @Test(arguments: [
        ("116", Situation.unsheltered, true), ("101", .emergencyShelter, true), ("118", .safeHaven, true),
        ("207", .institution, false), ("302", .transitional, false), ("327", .transitional, false),
        ("314", .hotelSelfPay, false), ("335", .doubledUp, false), ("336", .doubledUp, false),
    ])
    func `is a contact and a reported stay of its class`(code: String, situation: Situation, literal: Bool) throws {
        for project in ["4", "6", "14"] {
            let facts = try facts(project, [], situations("2024-02-01,\(code)"))
            let date = day("2024-02-01")
            #expect(
                facts["CurrentLivingSituation/L1/contact"]
                    == .contact(
                        Contact(
                            on: date, seenHomeless: literal, kind: .livingSituation, place: literal ? situation : nil)))
            #expect(
                facts["CurrentLivingSituation/L1/stay"] == .stay(Stay(situation, from: date, knowledge: .reported)))
        }
    }

    @Test func `lasts until the next different one or the exit, however long that is`() throws {
        let files = situations("2024-01-10,116", "2024-01-20,116", "2024-02-01,335", "2024-02-03,8")
        let facts = try facts("4", exit: "2024-02-20,30", [], files)
        func end(_ row: String) -> CivilDate? {
            guard case .stay(let stay)? = facts["CurrentLivingSituation/\(row)/stay"] else { return nil }
            return stay.to
        }
        #expect(end("L1") == day("2024-02-01"))
        #expect(end("L2") == day("2024-02-01"))
        #expect(end("L3") == day("2024-02-20"))
        #expect(facts["CurrentLivingSituation/L4/stay"] == nil)
        let silent = try ExportFixture(
            project: "4", entry: "2023-01-10", [], situations("2023-01-10,116", "2023-05-01,335")
        ).run()
        #expect(
            silent.facts["CurrentLivingSituation/L1/stay"]
                == .stay(
                    Stay(.unsheltered, from: day("2023-01-10"), to: day("2023-05-01"), knowledge: .reported)))
    }

    @Test func `in permanent housing is a move-in without nights, unless moved in already`() throws {
        let moveIn = FactContent.moveIn(
            MoveIn(on: day("2024-02-01"), housing: .permanentHousing, how: .livingSituation))
        #expect(try facts("4", [], situations("2024-02-01,410"))["CurrentLivingSituation/L1/moveIn"] == moveIn)
        let housed = try facts("3", [("MoveInDate", "2024-01-15")], situations("2024-02-01,410"))
        #expect(housed["CurrentLivingSituation/L1/moveIn"] == nil)
        #expect(housed["CurrentLivingSituation/L1/contact"] != nil)
    }

    @Test(arguments: ["999", "24"])
    func `that is no answer is a contact and a finding`(code: String) throws {
        let result = try ExportFixture(project: "4", entry: "2024-01-10", [], situations("2024-02-01,\(code)")).run()
        #expect(result.kinds(.currentLivingSituation) == [.unknownCode])
        #expect(result.facts["CurrentLivingSituation/L1/contact"] != nil)
        #expect(result.facts["CurrentLivingSituation/L1/stay"] == nil)
    }
}
