import ByNameList
import CivilTime
import JSON

/// Where a draft stands in the body that it was read from, so that a refusal names the field.
struct DraftPointer: Sendable {
    /// Of the object that the draft was read from.
    let path: String
    let start: (key: String, date: CivilDate)?
    let end: (key: String, date: CivilDate)?

    init(_ path: String, start: (String, CivilDate)? = nil, end: (String, CivilDate)? = nil) {
        self.path = path
        self.start = start.map { (key: $0.0, date: $0.1) }
        self.end = end.map { (key: $0.0, date: $0.1) }
    }

    func problem(_ refusal: Refusal) -> FieldProblem {
        let key =
            switch refusal {
            case .endBeforeStart: end?.key
            case .tooFarAhead(let date, _), .tooLongAgo(let date): start?.date == date ? start?.key : end?.key
            }
        return FieldProblem(key.map { JSONPointer.path(path, $0) } ?? path, refusal.explanation)
    }
}

/// A draft and where it was read.
struct ReadDraft: Sendable {
    var draft: FactDraft
    let pointer: DraftPointer

    init(_ content: FactContent, _ pointer: DraftPointer) {
        draft = FactDraft(.plain(content))
        self.pointer = pointer
    }

    init(_ draft: FactDraft, _ pointer: DraftPointer) {
        self.draft = draft
        self.pointer = pointer
    }
}
