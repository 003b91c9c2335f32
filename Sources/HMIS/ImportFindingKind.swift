/// Everything that an import can find in an export: a closed set, each with a sentence for the coordinator.
package enum ImportFindingKind: UInt8, CaseIterable, Sendable {
    case tooFewFields = 1
    case tooManyFields = 2
    case rowTooLong = 3
    case unclosedQuote = 4
    case textAfterQuote = 5
    case columnMissing = 6
    case keyMissing = 7
    case duplicateKey = 8
    case deletedAtSource = 9
    case notPartOfList = 10
    case unknownClient = 11
    case unknownEnrolment = 12
    case unknownProject = 13
    case unknownProjectType = 14
    case unknownCode = 15
    case dateMissing = 16
    case dateUnreadable = 17
    case dateTooEarly = 18
    case dateAfterExport = 19
    case centuryGuessed = 20
    case birthAfterExport = 21
    case exitBeforeEntry = 22
    case secondExit = 23
    case exitWithoutDay = 24
    case moveInElsewhere = 25
    case moveInBeforeEntry = 26
    case moveInAfterExit = 27
    case moveInDiffersFromHead = 28
    case moveInWithoutHead = 29
    case streetDateAfterEntry = 30
    case streetDateWithoutAnswer = 31
    case nightOutsideEnrolment = 32
    case nightTwice = 33
    case bedNightElsewhere = 34
    case answerOutsideEnrolment = 35
    case openWithoutRows = 36
    case waitingLong = 37
    case openAfterProjectClosed = 38
    case entryAfterProjectClosed = 39
    case householdMissing = 40
    case householdTooLarge = 41
    case severalHeads = 42
    case sourceMissing = 43
    case sourcesDiffer = 44
    case versionDoubtful = 45
    case hashStatusUnknown = 46

    package var sentence: String {
        switch self {
        case .tooFewFields: "The row has fewer fields than the header has columns."
        case .tooManyFields:
            "The row has more fields than the header has columns, so that its values may stand in wrong columns."
        case .rowTooLong: "The row is longer than a row may be."
        case .unclosedQuote: "A quotation mark is opened and never closed."
        case .textAfterQuote: "Text follows a closing quotation mark."
        case .columnMissing: "The file does not have this column."
        case .keyMissing: "The row does not say which record it is, or whose."
        case .duplicateKey: "An earlier row of the file has the same id."
        case .deletedAtSource: "The row was deleted at the source."
        case .notPartOfList: "The file holds nothing that the list keeps."
        case .unknownClient: "No row that is used describes this client."
        case .unknownEnrolment: "No enrolment of this client that is used has this id."
        case .unknownProject: "No project has this id."
        case .unknownProjectType: "The project type is not a known one; the project counts as other."
        case .unknownCode: "The code is not one of the list."
        case .dateMissing: "The date is missing."
        case .dateUnreadable: "The date cannot be read."
        case .dateTooEarly: "The date lies before 1900."
        case .dateAfterExport: "The date lies after the day of the export."
        case .centuryGuessed:
            "The year has two digits; the latest century was taken in which the date is not after today."
        case .birthAfterExport: "The date of birth lies after the day of the export."
        case .exitBeforeEntry: "The exit lies before the entry."
        case .secondExit: "The enrolment has another exit already."
        case .exitWithoutDay: "The enrolment has ended, but not on a day that can be used."
        case .moveInElsewhere: "A move-in date stands in a project that does not house people permanently."
        case .moveInBeforeEntry: "The move-in lies before the entry."
        case .moveInAfterExit: "The move-in lies after the exit."
        case .moveInDiffersFromHead: "The move-in differs from that of the head of the household."
        case .moveInWithoutHead: "The head of the household has no move-in that can be used, but this member has."
        case .streetDateAfterEntry: "The date on which homelessness began lies after the entry."
        case .streetDateWithoutAnswer: "Homelessness is said to have begun, but the night before was not homeless."
        case .nightOutsideEnrolment: "The night lies outside the enrolment."
        case .nightTwice: "The night is said twice; it counts once."
        case .bedNightElsewhere: "A bed night stands in a project that does not count night by night; it is a contact."
        case .answerOutsideEnrolment: "The answer lies outside the enrolment."
        case .openWithoutRows: "The enrolment has been open for more than 400 days without any row about it."
        case .waitingLong: "The person has been waiting for the move-in for more than a year."
        case .openAfterProjectClosed: "The enrolment is open although the project has closed."
        case .entryAfterProjectClosed: "The entry lies after the day on which the project closed."
        case .householdMissing: "The enrolment belongs to no household."
        case .householdTooLarge: "More enrolments have this household id than one household can hold."
        case .severalHeads: "The household has more than one head."
        case .sourceMissing: "The export names neither its source nor its implementation."
        case .sourcesDiffer: "The rows of the export name different sources; that of the latest end counts."
        case .versionDoubtful: "The version that the export names and its columns do not agree; the columns count."
        case .hashStatusUnknown: "The export does not say whether its names are hashed; they were taken to be."
        }
    }
}
