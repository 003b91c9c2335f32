import ByNameList
import CivilTime
import JSON
import Store

/// Facts about one person, to be added together.
struct FactsBody {
    let drafts: [FactDraft]
    let pointers: [DraftPointer]

    private static let countMax = 100
    private static let noteBytesMax = 10_000

    static func read(
        _ value: JSONValue, ids: PublicIDs, today: CivilDate, into problems: FieldProblems
    ) -> FactsBody? {
        problems.object(value) { fields in
            let facts = fields.array("facts", countMax: countMax) { value, path in
                problems.object(value, at: path) { fact(&$0, ids, today) }
            }
            guard let facts else { return nil }
            if facts.isEmpty { fields.refuse("facts", "must hold at least one fact") }
            return FactsBody(drafts: facts.map(\.draft), pointers: facts.map(\.pointer))
        }
    }

    private static func fact(
        _ fields: inout JSONFields, _ ids: PublicIDs, _ today: CivilDate
    ) -> ReadDraft? {
        let must = "be one of " + FactFields.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        let kind = fields.text("kind", must: must) { FactFields.Kind(rawValue: $0) }
        let replaces = fields.optionalText("replaces", must: "be a fact's id, as f_0123456789ABC") { ids.fact($0) }
        let note = fields.optionalString("note", bytesMax: noteBytesMax)
        guard let kind else {
            fields.excuseUnknown()
            return nil
        }
        guard var read = FactFields(ids: ids, today: today).draft(kind, &fields) else { return nil }
        read.draft.replaces = replaces
        read.draft.note = note
        return read
    }
}
