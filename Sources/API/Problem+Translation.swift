import ByNameList
import JSON
import Store

extension Problem {
    /// The one place where what went wrong inside becomes what a client is told.
    init(describing error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as StoreError: self.init(error)
        case let unknown as UnknownPopulation:
            self.init(
                .invalidFields,
                errors: [FieldProblem("population", "must be one of " + unknown.known.joined(separator: ", "))])
        case let refusal as OperationRefusal: self.init(refusal, pointers: [])
        default: self.init(.internalError, "It has been logged under the request's number.")
        }
    }

    private init(_ error: StoreError) {
        switch error {
        case .busy: self.init(.unavailable, "Too much is waiting, or the question took too long: try again.")
        case .full: self.init(.diskFull, "Nothing was kept: send it again when there is room.")
        case .closing: self.init(.unavailable, "The server is stopping: send it again when it runs again.")
        case .stopped:
            self.init(
                .unavailable,
                "The disk has failed, and nothing is written until the server was started anew: send it again then, "
                    + "with the same Idempotency-Key.")
        case .unavailable, .damaged, .newer, .held:
            self.init(.unavailable, "Nothing was kept: send it again with the same Idempotency-Key.")
        case .notFound: self.init(.noSuchResource)
        case .alreadyExists: self.init(.invalidFields, "It is there already.")
        case .notAllowed(let words): self.init(.invalidFields, words)
        case .idempotencyConflict:
            self.init(.idempotencyConflict, "Another body was sent with this key before: choose a new key.")
        }
    }

    /// - Parameter pointers: where each draft of the operation stands in the body.
    init(_ refusal: OperationRefusal, pointers: [DraftPointer]) {
        func pointer(_ draft: Int?) -> DraftPointer? {
            draft.flatMap { pointers.indices.contains($0) ? pointers[$0] : nil }
        }
        switch refusal {
        case .noSuchPerson(let person): self.init(.noSuchPerson, about: person)
        case .noSuchFact(let draft):
            guard let place = pointer(draft) else {
                self.init(.noSuchFact)
                return
            }
            self.init(.invalidFields, errors: [FieldProblem(place.path + "/replaces", "names no fact of this person")])
        case .noSuchHousehold(let draft):
            self.init(
                .invalidFields,
                errors: [FieldProblem((pointer(draft)?.path ?? "") + "/household", "names no household known to you")])
        case .writtenByAnotherAgency:
            self.init(.anotherAgencysFact, "Only the agency that wrote a fact, or a coordinator, may correct it.")
        case .personal(let fields):
            self.init(
                .invalidFields,
                errors: fields.map { placed in
                    FieldProblem(
                        JSONPointer.path(pointer(placed.draft)?.path ?? "", placed.field.rawValue),
                        "must be absent: what tells who or where this person is is not taken here"
                            + (placed.field == .household ? "; a number or a UUID is" : ""))
                })
        case .consentByAnotherAgency(let draft):
            self.init(
                .invalidFields,
                errors: [
                    FieldProblem(
                        (pointer(draft)?.path ?? "") + "/value",
                        "must not be given: the agency that serves the person, or a coordinator, writes that down")
                ])
        case .onePersonAlready:
            self.init(.invalidFields, errors: [FieldProblem("/same_as", "is the same person already")])
        case .undoneAsMerge:
            self.init(.invalidFields, "Records that were found to be one person are two again by undoing the merge.")
        case .undoneBefore: self.init(.invalidFields, "The merge was undone before.")
        case .impossible(let draft, let refusal):
            self.init(
                .invalidFields, errors: [pointer(draft)?.problem(refusal) ?? FieldProblem("", refusal.explanation)])
        }
    }

    init(_ problem: JSONProblem) {
        self.init(
            .malformedJSON, "At byte \(problem.offset): the text \(problem.reason.rawValue).",
            errors: [FieldProblem(problem.pointer, problem.reason.rawValue)])
    }
}
