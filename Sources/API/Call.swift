import ByNameList
import CivilTime
import HTTP
import JSON
import Store

/// A request that may be answered: the token is good, the community is the token's own, the role has the permission.
struct Call: Sendable {
    let request: Request
    let route: Route
    /// What stood for the names in the route's pattern, decoded; the community is the first.
    let captures: [String]
    let grant: TokenGrant
    let community: Community
    /// Whom the caller reaches by the route's permission.
    let relation: Relation
    let now: Instant
    /// The date in the community's zone.
    let today: CivilDate
    let ids: PublicIDs

    /// What the caller sees of a person whom that is known of.
    func sight(of reach: Reach?) -> Sight { reach?.sight(of: grant.caller, by: relation) ?? .nothing }

    /// What the caller sees of a person.
    func sight(of person: PersonID, _ reader: Reader) throws -> Sight {
        sight(of: try reader.reach(of: person, in: community.id, on: today))
    }

    /// What the caller sees of somebody as they were known then: no more than they see today of anybody whose records
    /// were that person's then, for merges are undone, too.
    func sight(of person: PersonID, _ reader: Reader, knownAt: Instant?) throws -> Sight {
        try reader.people(behind: person, knownAt: knownAt).map { try sight(of: $0, reader) }.min() ?? .nothing
    }

    /// The latest instant of recording: the clock may have been set back since.
    var latestKnown: Instant { max(now, community.changed) }

    /// Permission to show people for what this route is for.
    func disclosure(_ fields: String) -> Disclosure {
        Disclosure(
            actor: grant.origin.actor, community: community.id, fields: fields, purpose: route.purpose,
            request: request.id)
    }

    /// The person in the path.
    func person(_ place: Int = 1) throws -> PersonID {
        guard captures.count > place, let person = ids.person(captures[place]) else { throw Problem(.noSuchPerson) }
        return person
    }

    /// Whom the path asks for.
    var asked: WriteTransaction.Asked? {
        guard captures.count > 1 else { return nil }
        if route.pattern.contains("{person}") { return ids.person(captures[1]).map { .person($0) } }
        let isOfFact = route.pattern.contains("{fact}") || route.pattern.contains("{merge}")
        return isOfFact ? ids.fact(captures[1]).map { .fact($0) } : nil
    }

    // MARK: Body

    /// The body as JSON; what is not JSON is refused whole.
    func json() throws -> JSONValue {
        do throws(JSONProblem) {
            return try JSONValue(request.body)
        } catch {
            throw Problem(error)
        }
    }

    /// Reads the body, and refuses with all that is wrong with it.
    func body<Body>(_ read: (JSONValue, FieldProblems) -> Body?) throws -> Body {
        let problems = FieldProblems()
        guard let body = read(try json(), problems), problems.isEmpty else {
            throw Problem(.invalidFields, errors: problems.found)
        }
        return body
    }

    // MARK: Query

    /// The parameters of the query; those that the route does not know are refused.
    func parameters<Answer>(_ read: (inout Parameters) -> Answer) throws -> Answer {
        guard let query = QueryParameters(request) else {
            throw Problem(.malformedQuery, "An escape is wrong, or a name stands twice.")
        }
        var parameters = Parameters(query.pairs)
        let answer = read(&parameters)
        let problems = parameters.problems + parameters.unread
        guard problems.isEmpty else { throw Problem(.invalidFields, errors: problems) }
        return answer
    }
}

/// Takes the parameters of a query one by one; what is wrong is reported and reads as `nil`.
struct Parameters {
    private var pairs: [(name: String, value: String)]
    private(set) var problems: [FieldProblem] = []

    init(_ pairs: [(name: String, value: String)]) {
        self.pairs = pairs
    }

    /// Reports the names that nobody asked for.
    var unread: [FieldProblem] { pairs.map { _ in FieldProblem("query", "has a parameter that is not known here") } }

    mutating func optional<Value>(_ name: String, must: String, _ read: (String) -> Value?) -> Value? {
        guard let index = pairs.firstIndex(where: { $0.name == name }) else { return nil }
        if let value = read(pairs.remove(at: index).value) { return value }
        problems.append(FieldProblem(name, "must \(must)"))
        return nil
    }

    mutating func required<Value>(_ name: String, must: String, _ read: (String) -> Value?) -> Value? {
        guard pairs.contains(where: { $0.name == name }) else {
            problems.append(FieldProblem(name, "is missing: it must \(must)"))
            return nil
        }
        return optional(name, must: must, read)
    }

    mutating func date(_ name: String) -> CivilDate? {
        optional(name, must: "be a date that exists, as 2024-03-05") { CivilDate($0) }
    }

    /// An instant of recording, of which there is none in the future.
    mutating func knownAt(latest: Instant) -> Instant? {
        optional("known_at", must: "be a past instant, as 2024-03-05T12:00:00Z") { text in
            Instant(text).flatMap { $0 <= latest ? $0 : nil }
        }
    }

    /// The code of a population; which there are is known where the policy is read that the question is about.
    mutating func population() -> String? {
        optional("population", must: "be the code of a population") { text in
            let isCode = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
            return isCode && (2...40).contains(text.utf8.count) ? text : nil
        }
    }

    mutating func unit() -> CountingUnit? {
        let must = "be one of " + CountingUnit.allCases.map(\.code).joined(separator: ", ")
        return optional("unit", must: must) { text in CountingUnit.allCases.first { $0.code == text } }
    }
}
