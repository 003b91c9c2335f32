import CivilTime

/// A row of Client.csv.
struct ClientRow {
    static let columns =
        [
            "FirstName", "MiddleName", "LastName", "NameSuffix", "NameDataQuality", socialSecurityColumn, "DOB",
            "DOBDataQuality", "VeteranStatus",
        ] + stampColumns
    /// Staged only where it is a hash: the number itself is none of the list's business.
    static let socialSecurityColumn = "SSN"

    let row: StagedRow
    let names: [String]
    let nameQuality: Int?
    let socialSecurityHash: String
    let birth: CivilDate?
    let birthQuality: Int?
    let veteran: Int?
    let stamps: RowStamps

    init(_ staged: StagedRow, _ context: MappingContext) throws {
        var reading = RowReading(staged, context)
        row = staged
        names = [reading.text(), reading.text(), reading.text(), reading.text()]
        nameQuality = try reading.code("NameDataQuality")
        socialSecurityHash = reading.text()
        birth = try reading.birth("DOB")
        birthQuality = try reading.code("DOBDataQuality")
        veteran = try reading.code("VeteranStatus")
        stamps = RowStamps(&reading)
    }
}

/// A row of Enrollment.csv that can be used: its project is known and its entry has a day.
struct EnrolmentRow {
    static let columns =
        [
            "ProjectID", "EntryDate", "RelationshipToHoH", "LivingSituation", "PreviousStreetESSH", "DateToStreetESSH",
            "TimesHomelessPastThreeYears", "MonthsHomelessPastThreeYears", "DisablingCondition", "DateOfEngagement",
            "MoveInDate",
        ] + stampColumns

    let row: StagedRow
    let project: ProjectRecord
    let entry: CivilDate
    let relationship: Int?
    let livingSituation: LivingSituationCode?
    let previousStreet: Int?
    let dateToStreet: CivilDate?
    let timesHomeless: Int?
    let monthsHomeless: Int?
    let disabling: Int?
    let engagement: CivilDate?
    let moveIn: CivilDate?
    let stamps: RowStamps

    var id: String { row.key }
    var isHead: Bool { relationship == 1 }

    /// `nil` if the row cannot be used, which a finding says.
    init?(_ staged: StagedRow, _ context: MappingContext, quiet: Bool) throws {
        var reading = RowReading(staged, context, quiet: quiet)
        guard let project = context.projects[reading.text()] else {
            try reading.note(.unknownProject, .rowNotUsed, column: "ProjectID")
            return nil
        }
        guard let entry = try reading.neededDate("EntryDate") else { return nil }
        row = staged
        self.project = project
        self.entry = entry
        relationship = try reading.code("RelationshipToHoH")
        livingSituation = try reading.livingSituation("LivingSituation")
        previousStreet = try reading.code("PreviousStreetESSH")
        dateToStreet = try reading.date("DateToStreetESSH")
        timesHomeless = try reading.code("TimesHomelessPastThreeYears")
        monthsHomeless = try reading.code("MonthsHomelessPastThreeYears")
        disabling = try reading.code("DisablingCondition")
        engagement = try reading.date("DateOfEngagement")
        moveIn = try reading.date("MoveInDate")
        stamps = RowStamps(&reading)
    }
}

/// A row of Exit.csv.
struct ExitRow {
    static let columns = ["ExitDate", "Destination", "DestinationSubsidyType"] + stampColumns

    let row: StagedRow
    let date: CivilDate
    let destination: LivingSituationCode?
    let subsidy: Int?
    let stamps: RowStamps

    init(_ staged: StagedRow, date: CivilDate, _ reading: inout RowReading) throws {
        row = staged
        self.date = date
        destination = try reading.livingSituation("Destination")
        subsidy = try reading.code("DestinationSubsidyType") ?? destination?.subsidy
        stamps = RowStamps(&reading)
    }
}

/// A row that says one thing of one day: a service, a living situation, an event, an assessment, a health answer.
struct DatedRow {
    let row: StagedRow
    let date: CivilDate
    let code: Int?
    let stamps: RowStamps
    /// Of a disability: the answers beside its type.
    let disability: DisabilityRow?

    /// `nil` if the row cannot be used, which a finding says.
    init?(_ staged: StagedRow, _ context: MappingContext) throws {
        let columns = staged.file.keptColumns
        var reading = RowReading(staged, context)
        guard let date = try reading.neededDate(columns[0]) else { return nil }
        row = staged
        self.date = date
        code = try reading.code(columns[1])
        stamps = RowStamps(&reading)
        disability = staged.file == .disabilities ? try DisabilityRow(&reading) : nil
    }
}

/// The answers of a row of Disabilities.csv.
struct DisabilityRow {
    static let columns = ["DisabilityResponse", "IndefiniteAndImpairs"]

    let response: Int?
    let indefiniteAndImpairs: Int?

    init(_ reading: inout RowReading) throws {
        response = try reading.code(DisabilityRow.columns[0])
        indefiniteAndImpairs = try reading.code(DisabilityRow.columns[1])
    }

    /// Of HIV (8) and developmental disability (6) the yes suffices, of others it must be lasting and impairing.
    func isDisabling(type: Int?) -> Bool {
        if type == 6 || type == 8 { return response == 1 }
        return indefiniteAndImpairs == 1 && response != 0
    }
}
