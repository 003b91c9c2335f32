import ByNameList
import CivilTime
import HTTP
import JSON
import Store
import Views

/// The people behind a figure of a monthly report, and why somebody is, or is not, in the figures of a month.
enum FigureEndpoint {
    static func people(_ service: Service, _ call: Call) async throws -> Response {
        let (month, asked) = try question(call)
        let knownAt = asked.knownAt
        let today = knownAt.map { service.store.calendar(call.community.zone, $0) } ?? call.today
        try month.refuse(after: today)
        let withheld = try await service.store.ask(isSlow: knownAt != nil) { reader in
            let community = try reader.community(call.community.code)
            let policy = try reader.policy(of: community, knownAt: knownAt)
            let question = FigureQuestion(
                community: community, month: month, figure: asked.figure, reason: asked.reason,
                population: try policy.populations.named(asked.population ?? Population.all.code), unit: asked.unit,
                asOf: today, knownAt: knownAt)
            return try reader.people(
                behind: question, after: asked.after, sight: { try call.sight(of: $0, reader, knownAt: knownAt) }
            )
            .rendered { answer($0, question, call, service.store.calendar) }
        }
        return try await service.store.handOut(withheld, to: call.disclosure("figure"))
    }

    static func explanation(_ service: Service, _ call: Call) async throws -> Response {
        let asked = try call.parameters { parameters in
            (
                month: parameters.required("month", must: "be a month, as 2024-03") { Month($0) },
                population: parameters.population(), unit: parameters.unit() ?? .persons,
                knownAt: parameters.knownAt(latest: call.latestKnown)
            )
        }
        guard let month = asked.month else { throw Problem(.invalidFields) }
        let person = try call.person()
        let today = asked.knownAt.map { service.store.calendar(call.community.zone, $0) } ?? call.today
        try month.refuse(after: today)
        let withheld = try await service.store.ask { reader in
            let sight = try call.sight(of: person, reader, knownAt: asked.knownAt)
            guard sight > .nothing else { throw Problem(.noSuchPerson) }
            let community = try reader.community(call.community.code)
            let policy = try reader.policy(of: community, knownAt: asked.knownAt)
            let population = try policy.populations.named(asked.population ?? Population.all.code)
            return try known(person, policy, sight, asked.knownAt, reader).rendered { account in
                let explanation = MonthExplanation(
                    account, month: month, population: population, unit: asked.unit, asOf: today,
                    names: RecordNames(call.ids))
                let stated = call.stated(asked.knownAt, community.changed, service.store.calendar)
                return explained(explanation, knownAt: stated, call)
            }
        }
        return try await service.store.handOut(withheld, to: call.disclosure("explanation"))
    }

    /// Of whom nobody had heard then, is nobody.
    private static func known(
        _ person: PersonID, _ policy: Policy, _ sight: Sight, _ knownAt: Instant?, _ reader: Reader
    ) throws -> Withheld<MonthAccount> {
        do {
            return try reader.withheldAccount(of: person, by: policy, sight, knownAt: knownAt)
        } catch StoreError.notFound {
            throw Problem(.noSuchPerson)
        }
    }

    // MARK: Questions

    private struct Asked {
        let figure: Figure
        let reason: UInt8?
        let population: String?
        let unit: CountingUnit
        let knownAt: Instant?
        let after: PersonID
    }

    private static func question(_ call: Call) throws -> (Month, Asked) {
        guard call.captures.count > 2, let month = Month(call.captures[1]) else {
            throw Problem(.invalidFields, errors: [FieldProblem("month", "must be a month, as 2024-03")])
        }
        guard let figure = Figure.all.first(where: { $0.code == call.captures[2] }) else {
            let codes = Figure.all.map(\.code).joined(separator: ", ")
            throw Problem(.invalidFields, errors: [FieldProblem("figure", "must be one of \(codes)")])
        }
        let asked = try call.parameters { parameters in
            Asked(
                figure: figure,
                reason: parameters.optional("reason", must: "be a reason of this figure") {
                    figure.reason(called: $0)
                },
                population: parameters.population(), unit: parameters.unit() ?? .persons,
                knownAt: parameters.knownAt(latest: call.latestKnown),
                after: parameters.optional("cursor", must: "be the cursor of a page before") { call.ids.person($0) }
                    ?? PersonID(0))
        }
        return (month, asked)
    }

    // MARK: Answers

    private static func answer(
        _ page: FigurePage, _ question: FigureQuestion, _ call: Call, _ calendar: Calendar
    ) -> Response {
        let knownAt = call.stated(question.knownAt, question.community.changed, calendar)
        return Answers.json { object in
            object.field("month", "\(question.month)")
            object.field("figure", question.figure.code)
            object.field("reason", question.reason.flatMap { question.figure.reason($0) })
            object.field("population", question.population.code)
            object.field("unit", question.unit.code)
            object.field("as_of", "\(question.asOf)")
            object.field("known_at", "\(knownAt)")
            object.array("people") { array in
                for counted in page.people { write(counted, question, call, &array) }
            }
            object.field("next", page.next.map { call.ids.text(of: $0) })
        }
    }

    private static func write(
        _ counted: CountedPerson, _ question: FigureQuestion, _ call: Call, _ array: inout JSONWriter
    ) {
        let account = counted.account
        let explanation = MonthExplanation(
            account, month: question.month, population: question.population, unit: question.unit,
            asOf: question.asOf, names: RecordNames(call.ids))
        array.object { person in
            person.field("person", call.ids.text(of: account.person))
            ProfileAnswer.profile(account.identity, account.birth, &person)
            person.field("is_code_only", account.sight == .codeOnly)
            person.array("entries") { entries in
                for entry in counted.entries { write(entry, explanation, call, &entries) }
            }
        }
    }

    private static func write(
        _ entry: MonthEntry, _ explanation: MonthExplanation, _ call: Call, _ array: inout JSONWriter
    ) {
        array.object { object in
            object.field("on", "\(entry.day)")
            object.field("reason", entry.figure.reason(entry.reason))
            object.field("fact", explanation.fact(behind: entry).map { call.ids.text(of: $0) })
            object.field("words", explanation.sentence(entry))
        }
    }

    private static func explained(
        _ explanation: MonthExplanation, knownAt: Instant, _ call: Call
    ) -> Response {
        Answers.json { object in
            object.field("person", call.ids.text(of: explanation.account.person))
            object.field("month", "\(explanation.month)")
            object.field("population", explanation.population.code)
            object.field("unit", explanation.unit.code)
            object.field("as_of", "\(explanation.asOf)")
            object.field("known_at", "\(knownAt)")
            object.array("figures") { array in
                for figure in Figure.all {
                    let entries = explanation.entries(of: figure)
                    array.object { object in
                        object.field("figure", figure.code)
                        object.field("count", entries.count)
                        object.array("entries") { array in
                            for entry in entries { write(entry, explanation, call, &array) }
                        }
                        object.field("words", explanation.sentences(of: figure))
                    }
                }
            }
        }
    }
}

extension Month {
    /// A month of which nothing is known yet is a mistake of whoever asks.
    func refuse(after today: CivilDate) throws {
        guard self <= today.month else {
            throw Problem(
                .invalidFields,
                errors: [FieldProblem("month", "lies in the future: ask for \(today.month) or earlier")])
        }
    }
}
