import Testing

@Suite struct `An answer is missing` {
    private func isMissing(_ answers: TrialExport.Answers, in project: String) throws -> Bool {
        var export = TrialExport()
        export.addStay("1", in: project, from: "2025-03-01", to: "2025-03-02", answers: answers)
        let finding = try export.finding()
        #expect(finding == "0/99" || finding == "0/-1")
        return finding == "0/99"
    }

    @Test(arguments: ["0", "2", "3", "8", "13", "15"])
    func `nowhere when all was answered`(project: String) throws {
        #expect(try !isMissing(TrialExport.Answers(), in: project))
    }

    @Test(arguments: ["0", "2", "3", "8", "13"])
    func `where the situation, its length or the day is unknown or impossible`(project: String) throws {
        for code in ["8", "9", "99", ""] {
            #expect(try isMissing(TrialExport.Answers(livingSituation: code), in: project))
            #expect(try isMissing(TrialExport.Answers(lengthOfStay: code), in: project))
        }
        #expect(try isMissing(TrialExport.Answers(since: "2025-03-02"), in: project))
    }

    @Test(arguments: ["0", "2", "3", "8", "13"])
    func `where somebody from the street did not say since when, how often or how long`(project: String) throws {
        #expect(try isMissing(TrialExport.Answers(since: ""), in: project))
        for code in ["8", "9", "99", ""] {
            #expect(try isMissing(TrialExport.Answers(times: code), in: project))
            #expect(try isMissing(TrialExport.Answers(months: code), in: project))
        }
    }

    @Test(arguments: [
        // Prior living situation, length of stay, night before: what housing asks, with no word of the past.
        ("410", "4", "", false), ("206", "4", "", false), ("206", "3", "", true), ("206", "2", "99", true),
        ("206", "3", "0", false), ("206", "3", "1", true), ("302", "10", "", true), ("302", "11", "8", true),
        ("302", "11", "0", false), ("302", "11", "1", true), ("410", "2", "", false),
    ])
    func `in housing only where it was asked for`(
        living: String, stay: String, before: String, isMissingThere: Bool
    ) throws {
        let answers = TrialExport.Answers(
            livingSituation: living, lengthOfStay: stay, nightBefore: before, since: "", times: "", months: "")
        for project in ["2", "3", "13", "15"] { #expect(try isMissing(answers, in: project) == isMissingThere) }
        for project in ["0", "8"] { #expect(try isMissing(answers, in: project)) }
    }

    @Test func `in shelter nowhere for want of a night before, which is not asked there`() throws {
        for stay in ["10", "11", "2", "3"] {
            #expect(try !isMissing(TrialExport.Answers(livingSituation: "206", lengthOfStay: stay), in: "0"))
        }
    }
}
