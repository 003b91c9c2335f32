import ByNameList
import CivilTime
import HTTP
import JSON
import Store
import Views

/// Months that were submitted: their figures stay, and what has changed since is told.
enum MonthSubmissionEndpoint {
    /// Freezes a month that has ended, as it is known now.
    static func submit(_ service: Service, _ call: Call) async throws -> Response {
        _ = try IdempotencyKey.of(call.request)
        let month = try call.month()
        _ = try call.body { value, problems in problems.object(value) { _ in true } }
        guard month < call.today.month else {
            let last = call.today.month.previous
            throw Problem(
                .invalidFields, errors: [FieldProblem("month", "has not ended: submit \(last) or an earlier one")])
        }
        let calendar = service.store.calendar
        let draft = try await service.store.ask(isSlow: true) { reader in
            try SubmittedMonth.draft(
                month, of: try reader.community(call.community.code), reader, today: call.today, calendar: calendar)
        }
        return try await service.once(call, isLong: true) { ledger in
            let id = try ledger.submit(draft)
            var writer = JSONWriter()
            writer.object { object in
                object.field("submission", SubmissionFields.name(id))
                object.field("month", "\(month)")
                object.field("known_at", "\(draft.knownAt)")
                object.field("policy", draft.projection.policyVersion)
                object.field("rules", draft.projection.ruleVersion)
            }
            return AnsweredOnce(status: 201, body: writer.bytes, people: [])
        }
    }

    /// The submissions of a month, in order of time.
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let month = try call.month()
        let submissions = try await service.store.ask { reader in
            try reader.submissions(of: try reader.community(call.community.code), in: month...month)
        }
        return Answers.json { object in
            object.field("month", "\(month)")
            object.array("submissions") { array in
                for submission in submissions { array.object { SubmissionFields.write(submission, &$0) } }
            }
        }
    }

    /// The figures as they were submitted, as flat rows.
    static func rows(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let (submission, rows) = try await service.store.ask { reader in
            let found = try Self.submission(call, reader)
            return (found, try reader.rows(of: found))
        }
        return Answers.json { object in
            SubmissionFields.write(submission, &object)
            object.array("value") { array in
                for row in rows { array.verbatim(row.figures) }
            }
        }
    }

    /// What has changed since, by figure, by person and by fact.
    static func comparison(_ service: Service, _ call: Call) async throws -> Response {
        let asked = try call.parameters { parameters in
            (
                population: parameters.population() ?? Population.all.code, unit: parameters.unit() ?? .persons,
                after: parameters.optional("cursor", must: "be the cursor of a page before") { call.ids.person($0) }
                    ?? PersonID(0)
            )
        }
        let calendar = service.store.calendar
        let withheld = try await service.store.ask(isSlow: true) { reader in
            let submission = try Self.submission(call, reader)
            return try reader.compare(
                submission, in: try reader.community(call.community.code), population: asked.population,
                unit: asked.unit, after: asked.after,
                // Who were one person then and are two now, are seen by who may see both.
                sight: {
                    min(try call.sight(of: $0, reader), try call.sight(of: $0, reader, knownAt: submission.knownAt))
                }
            ).rendered { comparison in
                let zone = call.community.zone
                let answer = ComparisonAnswer(
                    comparison, population: asked.population, unit: asked.unit, ids: call.ids
                ) { calendar(zone, $0) }
                return Answers.json(bytes: answer.json())
            }
        }
        return try await service.store.handOut(withheld, to: call.disclosure("comparison"))
    }

    // MARK: Parts

    private static func submission(_ call: Call, _ reader: Reader) throws -> Submission {
        let month = try call.month()
        let id = call.captures.count > 2 ? SubmissionFields.id(call.captures[2]) : nil
        let all = try reader.submissions(of: try reader.community(call.community.code), in: month...month)
        guard let found = all.first(where: { $0.id == id }) else { throw Problem(.noSuchResource) }
        return found
    }

}

extension Call {
    /// The month in the path.
    func month() throws -> Month {
        guard captures.count > 1, let month = Month(captures[1]) else {
            throw Problem(.invalidFields, errors: [FieldProblem("month", "must be a month, as 2024-03")])
        }
        return month
    }
}
