import ByNameList
import CivilTime
import HTTP
import JSON
import Store
import Views

/// Monthly reports: one, or many as flat rows; the same bytes for the same state of the record.
enum ReportEndpoint {
    private enum Form: UInt8 {
        case one = 0
        case rows = 1
        case csv = 2
    }

    static func month(_ service: Service, _ call: Call) async throws -> Response {
        try await cached(service, call, .one) {
            guard let month = call.captures.last.flatMap({ Month($0) }) else {
                throw Problem(.invalidFields, errors: [FieldProblem("month", "must be a month, as 2024-03")])
            }
            return try call.parameters { parameters in
                let (population, unit) = (parameters.population(), parameters.unit() ?? .persons)
                return Question(
                    MonthPage(from: month, to: month, rowsEach: 1), population ?? Population.all.code, unit,
                    parameters.knownAt(latest: call.latestKnown), nil)
            }
        }
    }

    static func rows(_ service: Service, _ call: Call) async throws -> Response {
        let form: Form = MediaType.asksForCSV(call.request) ? .csv : .rows
        return try await cached(service, call, form) { try rows(call, form) }
    }

    static func csv(_ service: Service, _ call: Call) async throws -> Response {
        try await cached(service, call, .csv) { try rows(call, .csv) }
    }

    // MARK: Questions

    private struct Question {
        let page: MonthPage
        /// `nil`: all.
        let population: String?
        let unit: CountingUnit
        let knownAt: Instant?
        /// Where the next page is.
        let next: String?

        init(
            _ page: MonthPage, _ population: String?, _ unit: CountingUnit, _ knownAt: Instant?, _ next: String?
        ) {
            self.page = page
            self.population = population
            self.unit = unit
            self.knownAt = knownAt
            self.next = next
        }
    }

    private static func rows(_ call: Call, _ form: Form) throws -> Question {
        let read = try call.parameters { parameters in
            (
                months: parameters.months(), population: parameters.population(),
                unit: parameters.unit() ?? .persons, knownAt: parameters.knownAt(latest: call.latestKnown)
            )
        }
        let page = try call.monthPage(read.months.from, read.months.to, of: read.population, by: call.today)
        // A table of text has no place for the address of another one.
        guard form == .rows || page.next == nil else {
            let years = page.months.count / 12
            throw Problem(
                .invalidFields, errors: [FieldProblem("from", "must lie less than \(years) years before to")])
        }
        let next = page.link(
            call.request,
            [
                ("population", read.population), ("unit", read.unit.code),
                ("known_at", read.knownAt.map { "\($0)" }),
            ])
        return Question(page, read.population, read.unit, read.knownAt, next)
    }

    // MARK: Answers

    private static func cached(
        _ service: Service, _ call: Call, _ form: Form, _ read: () throws -> Question
    ) async throws -> Response {
        let request = call.request
        let key = AnswerCache.Key(
            target: Array(
                request.head[request.path.lowerBound..<max(request.path.upperBound, request.query.upperBound)]),
            view: call.figuresView, form: form.rawValue)
        let state = AnswerCache.State(
            generation: call.community.generation, projection: call.community.projection,
            day: call.today.dayNumber)
        if let found = service.cache.find(key, state) { return try found.response(to: request) }
        let question = try read()
        let today = question.knownAt.map { service.store.calendar(call.community.zone, $0) } ?? call.today
        guard question.page.to <= today.month else {
            let words = "\(question.page.to) lies in the future: ask for \(today.month) or earlier"
            throw Problem(.invalidFields, errors: [FieldProblem("month", words)])
        }
        try checkReach(question, call)
        let entry = try await service.store.ask(isSlow: question.knownAt != nil) { reader in
            try render(question, form, call, reader, service.store.calendar)
        }
        service.cache.keep(entry, for: key)
        return try entry.response(to: request)
    }

    /// Who must not see small counts reads months that have ended, as now known: day by day, and before and after each
    /// entry, the differences would tell of single people.
    private static func checkReach(_ question: Question, _ call: Call) throws {
        let role = call.grant.caller.role
        guard !role.seesSmallCounts else { return }
        guard question.knownAt == nil else {
            throw Problem(
                .notYourRole, "The role \(role.code) reads figures as they are known now: leave known_at out.")
        }
        guard question.page.to < call.today.month else {
            let last = call.today.month.previous
            throw Problem(
                .notYourRole, "The role \(role.code) reads months that have ended: ask for \(last) or earlier.")
        }
    }

    /// The answer from one state of the record, which names what it was made of.
    private static func render(
        _ question: Question, _ form: Form, _ call: Call, _ reader: Reader, _ calendar: Calendar
    ) throws -> AnswerCache.Entry {
        let community = try reader.community(call.community.code)
        let today = question.knownAt.map { calendar(community.zone, $0) } ?? call.today
        let answer = try ReportQuestion(
            months: question.page.months, population: question.population, unit: question.unit, asOf: today,
            knownAt: question.knownAt, now: call.startOfToday(calendar),
            withholdsSmallCounts: !call.grant.caller.role.seesSmallCounts
        ).answer(reader, community: community, calendar: calendar)
        let state = AnswerCache.State(
            generation: community.generation, projection: community.projection, day: call.today.dayNumber)
        switch form {
        case .one: return AnswerCache.Entry(answer.single, type: MediaType.json, state: state)
        case .rows: return AnswerCache.Entry(answer.flatRows(next: question.next), type: MediaType.json, state: state)
        case .csv: return AnswerCache.Entry(Array((answer.csv + "\n").utf8), type: MediaType.csv, state: state)
        }
    }
}

extension Call {
    /// What the caller's figures may hold: no answer that was made for another view is theirs.
    fileprivate var figuresView: UInt8 { relation.rawValue << 1 | (grant.caller.role.seesSmallCounts ? 1 : 0) }
}

extension Call {
    /// The instant that an answer states: the one that was asked for, or one that gives the same answer again.
    ///
    /// - Parameter changed: when anything that the answer is made of last changed.
    func stated(_ knownAt: Instant?, _ changed: Instant, _ calendar: Calendar) -> Instant {
        knownAt ?? max(startOfToday(calendar), changed)
    }

    /// The first second of today in the community's zone: at it, today is the same day.
    func startOfToday(_ calendar: Calendar) -> Instant { start(of: today, calendar) }

    /// The first second of a day in the community's zone.
    func start(of day: CivilDate, _ calendar: Calendar) -> Instant {
        firstInstant(of: day, in: community.zone, calendar)
    }
}
