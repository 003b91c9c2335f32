// Any body is an intake, facts, a search or a what-if, or says what is wrong with it; read again it is the same.

@testable import ByNameList
@testable import CivilTime
@testable import JSON
@testable import Store
@testable import Views

private let ids = PublicIDs(key: (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210))
private let today = CivilDate(dayNumber: 19_800)

func check(_ input: [UInt8]) {
    guard let kind = input.first, let value = try? JSONValue(Array(input.dropFirst())) else { return }
    let written = JSONWriter.bytes(of: value)
    guard let again = try? JSONValue(written) else { return demand(false, "what was written cannot be read") }
    switch kind % 3 {
    case 0: demandSame(value, again, intake)
    case 1: demandSame(value, again, facts)
    default: demandSame(value, again, verdicts)
    }
}

/// What was read, in a form that can be compared.
private func demandSame<Answer: Equatable>(
    _ value: JSONValue, _ again: JSONValue, _ read: (JSONValue, FieldProblems) -> Answer?
) {
    let problems = FieldProblems()
    let answer = read(value, problems)
    demand((answer == nil) != problems.isEmpty, "neither an answer nor a problem, or both")
    demand(problems.found.count <= FieldProblems.foundMax, "more problems than are told")
    let problemsAgain = FieldProblems()
    demand(read(again, problemsAgain) == answer, "the same body is read otherwise")
    demand(problemsAgain.found == problems.found, "the same body has other problems")
}

private func intake(_ value: JSONValue, _ problems: FieldProblems) -> [FactDraft]? {
    guard let body = IntakeBody.read(value, ids: ids, today: today, into: problems) else { return nil }
    demandPossible(body.intake.drafts, body.pointers)
    return body.intake.drafts
}

private func facts(_ value: JSONValue, _ problems: FieldProblems) -> [FactDraft]? {
    guard let body = FactsBody.read(value, ids: ids, today: today, into: problems) else { return nil }
    demandPossible(body.drafts, body.pointers)
    return body.drafts
}

private func verdicts(_ value: JSONValue, _ problems: FieldProblems) -> [UInt8]? {
    guard let asked = ChronicCase(value, problems) else { return nil }
    var writer = JSONWriter()
    writer.object { object in asked.answer(to: &object) }
    demand((try? JSONValue(writer.bytes)) != nil, "an answer that is no JSON")
    return writer.bytes
}

/// What a body is accepted with, the rules accept too; and every draft knows where it stood.
private func demandPossible(_ drafts: [FactDraft], _ pointers: [DraftPointer]) {
    demand(drafts.count == pointers.count && !drafts.isEmpty, "drafts without places")
    for draft in drafts { demand(draft.refusal(today: today) == nil, "an impossible draft is accepted") }
}
