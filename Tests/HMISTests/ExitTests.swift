import ByNameList
import CivilTime
import HMIS
import Testing

private let exitDay = day("2024-02-01")

private func facts(_ project: String, _ destination: String, _ files: [String: String] = [:]) throws -> [String:
    FactContent]
{
    try ExportFixture(project: project, entry: "2024-01-10", exit: "2024-02-01,\(destination)", [], files).run().facts
}

@Suite struct `An exit` {
    @Test(arguments: ["0", "1", "2", "3", "4", "6", "8", "9", "10", "13", "14"])
    func `says where the person went`(project: String) throws {
        #expect(
            try facts(project, "410")["Exit/Q1/moveIn"]
                == .moveIn(MoveIn(on: exitDay, housing: .permanentHousing, how: .destination)))
        let back = try facts(project, "116")
        #expect(
            back["Exit/Q1/contact"]
                == .contact(
                    Contact(
                        on: exitDay, seenHomeless: true, kind: .programmeExit, place: .unsheltered, isDestination: true)
                ))
        #expect(
            back["Exit/Q1/stay"]
                == .stay(Stay(.unsheltered, from: exitDay, knowledge: .reported, isDestination: true)))
        #expect(back["Exit/Q1/exit"] == .programmeExit(on: exitDay, toUnknown: false))
    }

    @Test(arguments: [
        ("206", Situation.institution), ("302", .transitional), ("312", .doubledUp), ("314", .hotelSelfPay),
    ])
    func `into no home of one's own is a reported stay`(code: String, situation: Situation) throws {
        let facts = try facts("0", code)
        #expect(
            facts["Exit/Q1/stay"] == .stay(Stay(situation, from: exitDay, knowledge: .reported, isDestination: true)))
        #expect(facts["Exit/Q1/contact"] == nil)
    }

    @Test(arguments: ["8", "9", "17", "30", "37", "99", "", "999"])
    func `to nobody knows where is that`(code: String) throws {
        #expect(try facts("0", code)["Exit/Q1/exit"] == .programmeExit(on: exitDay, toUnknown: true))
    }

    @Test func `by death is a death`() throws {
        #expect(try facts("0", "24")["Exit/Q1/death"] == .death(on: exitDay))
    }

    @Test(arguments: ["7", "11", "12"])
    func `from prevention, a day centre or another project is a contact and nothing else`(project: String) throws {
        let facts = try facts(project, "410").filter { $0.key.hasPrefix("Exit") }
        #expect(
            facts == ["Exit/Q1/contact": .contact(Contact(on: exitDay, seenHomeless: false, kind: .programmeExit))])
    }

    @Test(arguments: [("431", Housing.rapidRehousing), ("428", .permanentHousing)])
    func `with a subsidy says into which housing`(subsidy: String, housing: Housing) throws {
        let exit =
            "ExitID,EnrollmentID,PersonalID,ExitDate,Destination,DestinationSubsidyType\n"
            + "Q1,E1,7,2024-02-01,435,\(subsidy)\n"
        let result = try ExportFixture(project: "0", entry: "2024-01-10", exit: "", [], ["Exit": exit]).run()
        #expect(
            result.facts["Exit/Q1/moveIn"] == .moveIn(MoveIn(on: exitDay, housing: housing, how: .destination)))
    }
}

@Suite struct `A client` {
    private func client(_ text: String, export: String? = nil) throws -> ExportFixture.Result {
        var files = ["Client": text]
        if let export {
            files["Export"] = "SourceID,ImplementationID,ExportDate,ExportEndDate,CSVVersion,HashStatus\n" + export
        }
        return try ExportFixture(files).run()
    }

    @Test(arguments: [("1", YesNo.yes), ("0", .no), ("8", .dontKnow), ("9", .declined), ("99", .dontKnow)])
    func `is a veteran for the whole of life, or not`(code: String, answer: YesNo) throws {
        let result = try client("PersonalID,VeteranStatus\n7,\(code)\n")
        #expect(result.facts["Client/7/veteran"] == .answer(Answer(.veteran, answer)))
        #expect(try client("PersonalID,VeteranStatus\n7,\n").facts["Client/7/veteran"] == nil)
    }

    @Test func `without name or birth date is a person`() throws {
        let person = try client("PersonalID,FirstName,DOB\n7,,\n").persons.first
        #expect(person?.name == nil && person?.birth == nil)
        #expect(person?.facts.first?.content == .fact(.identity(named: false, birth: nil)))
    }

    @Test(arguments: [("1", BirthDateQuality.full), ("2", .approximate), ("99", .approximate), ("", .approximate)])
    func `has a birth date of a quality`(code: String, quality: BirthDateQuality) throws {
        let person = try client("PersonalID,DOB,DOBDataQuality\n7,1980-05-01,\(code)\n").persons.first
        #expect(person?.birth == BirthDate(day("1980-05-01"), quality: quality))
    }

    @Test(arguments: ["2", "3", "4", ""])
    func `of a hashed export has no name, but keys`(status: String) throws {
        let result = try client(
            "PersonalID,FirstName,LastName,SSN\n7,aa,bb,cc\n", export: ",IMP,2024-03-31,2024-03-31,2024,\(status)\n")
        let person = result.persons.first
        #expect(person?.name == nil)
        #expect(person?.matchKeys.map(\.hash) == ["aa", "bb", "cc"])
        #expect(person?.source == "IMP")
        #expect(person?.facts.first?.content == .fact(.identity(named: false, birth: nil)))
    }

    @Test func `in clear has no keys, and no social security number`() throws {
        let person = try client("PersonalID,FirstName,LastName,SSN\n7,Ash,Oak,123456789\n").persons.first
        #expect(person?.name == NameParts(first: "Ash", middle: "", last: "Oak", suffix: "", quality: nil))
        #expect(person?.matchKeys == [])
        #expect("\(String(describing: person))".contains("123456789") == false)
    }
}

@Suite struct `Other rows` {
    @Test func `are contacts; an assessment is assessed, flight is sealed`() throws {
        var files = [
            "Assessment": "AssessmentID,EnrollmentID,PersonalID,AssessmentDate,AssessmentType\nA1,E1,7,2024-02-01,1\n"
        ]
        files["Event"] = "EventID,EnrollmentID,PersonalID,EventDate,Event\nV1,E1,7,2024-02-02,14\n"
        files["HealthAndDV"] =
            "HealthAndDVID,EnrollmentID,PersonalID,InformationDate,CurrentlyFleeing\n"
            + "H1,E1,7,2024-02-03,1\nH2,E1,7,2024-02-03,0\nH3,gone,7,2024-02-04,1\n"
        let result = try ExportFixture(project: "14", entry: "2024-01-10", [], files).run()
        let facts = result.facts
        #expect(facts["Assessment/A1/assessment"] == .assessment(on: day("2024-02-01")))
        #expect(
            facts["Assessment/A1/contact"]
                == .contact(Contact(on: day("2024-02-01"), seenHomeless: false, kind: .phone)))
        #expect(
            facts["Event/V1/contact"] == .contact(Contact(on: day("2024-02-02"), seenHomeless: false, kind: .event)))
        #expect(facts["HealthAndDV/H1/sealed"] == .sealed(on: day("2024-02-03")))
        #expect(facts["HealthAndDV/H2/sealed"] == nil)
        #expect(facts["HealthAndDV/H3/sealed"] == .sealed(on: day("2024-02-04")))
    }

    @Test func `bring details that only a page shows`() throws {
        let result = try ExportFixture(
            project: "0", entry: "2024-01-10", [("DateCreated", "2024-01-11 08:00:00")]
        ).run()
        let stay = result.persons.first?.facts.first { $0.key == "Enrollment/E1/stay" }
        #expect(stay?.detail.map(\.name) == ["ProjectName", "OrganizationName", "DateCreated"])
        #expect(stay?.detail.map(\.text) == ["Project 0", "Harbour House", "2024-01-11 08:00:00"])
    }
}

@Suite struct `A household` {
    private func households(_ rows: String, exits: String = "") throws -> [String: ImportedContent] {
        var files = ["Client": "PersonalID,DOB\n5,2015-01-01\n6,\n7,1980-05-01\n8,1990-01-01\n"]
        files["Enrollment"] = "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH\n" + rows
        files["Exit"] = "ExitID,EnrollmentID,PersonalID,ExitDate,Destination\n" + exits
        var found: [String: ImportedContent] = [:]
        for person in try ExportFixture(files).run().persons {
            for fact in person.facts {
                if case .household = fact.content { found[fact.key] = fact.content }
            }
        }
        return found
    }

    @Test func `ends with an exit only while others are still enrolled`() throws {
        let rows = "A,7,0,2024-01-01,H,1\nB,8,0,2024-01-01,H,3\nC,5,0,2024-01-01,H,2\n"
        let found = try households(rows, exits: "1,B,8,2024-01-20,30\n2,A,7,2024-02-01,30\n3,C,5,2024-02-01,30\n")
        let from = day("2024-01-01")
        #expect(found["Enrollment/A/household"] == .household(key: "H", role: .head, from: from, to: nil))
        #expect(
            found["Enrollment/B/household"] == .household(key: "H", role: .adult, from: from, to: day("2024-01-20")))
        #expect(found["Enrollment/C/household"] == .household(key: "H", role: .child, from: from, to: nil))
    }

    @Test(arguments: [
        ("7", "2", HouseholdRole.adult), ("5", "4", .child), ("7", "5", .adult), ("6", "4", .member),
        ("6", "2", .child),
        ("7", "99", .member), ("7", "", .member), ("6", "3", .adult), ("6", "1", .head),
    ])
    func `gives a role by age and relationship`(person: String, relationship: String, role: HouseholdRole) throws {
        let found = try households("A,\(person),0,2024-01-01,H,\(relationship)\n")
        #expect(found["Enrollment/A/household"] == .household(key: "H", role: role, from: day("2024-01-01"), to: nil))
    }
}
