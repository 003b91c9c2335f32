import ByNameList
import CivilTime
import HTTP
import JSON
import Store
import Views

/// One person: who they are, their facts, what the facts come to.
enum PersonEndpoint {
    private static let factsPerPage = 100

    /// The page of the person in the path, once its disclosure is on disk; 404 for whom the caller may not read.
    private static func page(
        _ service: Service, _ call: Call, _ fields: String, knownAt: Instant?
    ) async throws -> PersonPage {
        let person = try call.person()
        let withheld = try await service.store.ask { reader in
            let sight = try call.sight(of: person, reader, knownAt: knownAt)
            guard sight > .nothing else { throw Problem(.noSuchPerson) }
            do {
                return try reader.page(of: person, in: call.community.id, knownAt: knownAt).seen(sight)
            } catch StoreError.notFound {
                throw Problem(.noSuchPerson)
            }
        }
        return try await service.store.handOut(withheld, to: call.disclosure(fields))
    }

    static func person(_ service: Service, _ call: Call) async throws -> Response {
        let knownAt = try call.parameters { $0.knownAt(latest: call.latestKnown) }
        let page = try await page(service, call, "profile", knownAt: knownAt)
        let today = knownAt.map { service.store.calendar(call.community.zone, $0) } ?? call.today
        return Answers.json { object in
            object.field("id", call.ids.text(of: page.person))
            object.field("known_at", "\(call.stated(knownAt, page.knownAt, service.store.calendar))")
            if page.records.count > 1 { object.field("records", page.records.map { call.ids.text(of: $0) }) }
            object.field("status", status(page.timeline, on: today).code)
            ProfileAnswer.profile(page.identity, page.birth, &object)
            object.field("is_code_only", page.isCodeOnly)
            object.array("external_ids") { array in
                for id in page.externalIDs {
                    array.object { entry in
                        entry.field("system", id.system)
                        entry.field("value", id.value)
                    }
                }
            }
            let spell = page.timeline.spells.last { $0.from <= today && ($0.to.map { today < $0 } ?? true) }
            let populations = page.populations.of(spell?.populations ?? PopulationSet())
            object.field("populations", populations.map(\.code))
            findings(page.timeline.findings.filter { $0.on <= today }, call.ids, &object)
        }
    }

    static func facts(_ service: Service, _ call: Call) async throws -> Response {
        let (knownAt, after) = try call.parameters { parameters in
            (
                parameters.knownAt(latest: call.latestKnown),
                parameters.optional("cursor", must: "be the cursor of a page before") { call.ids.fact($0) }
            )
        }
        return facts(of: try await page(service, call, "facts", knownAt: knownAt), after: after, call)
    }

    /// The facts of a page, from one on: what the resource of a person's facts is, wherever it is asked for.
    static func facts(of page: PersonPage, after: FactID? = nil, _ call: Call) -> Response {
        let standing = Set(standing(page.facts).map(\.id))
        let rest = page.facts.drop { fact in after.map { fact.id <= $0 } ?? false }
        let shown = rest.prefix(factsPerPage)
        return Answers.json { object in
            object.field("person", call.ids.text(of: page.person))
            // Of these facts, and no later: what else is recorded makes no other answer, and no other tag.
            object.field("known_at", page.facts.map(\.recorded).max().map { "\($0)" })
            // Of all, and not of this page: whatever is added makes another answer of every page, and another tag.
            object.field("count", page.facts.count)
            object.array("facts") { array in
                for fact in shown {
                    array.value(
                        FactAnswer(fact: fact, page: page, stands: standing.contains(fact.id), ids: call.ids))
                }
            }
            object.field("next", rest.count > shown.count ? shown.last.map { call.ids.text(of: $0.id) } : nil)
        }
    }

    static func timeline(_ service: Service, _ call: Call) async throws -> Response {
        let (knownAt, day) = try call.parameters { ($0.knownAt(latest: call.latestKnown), $0.date("as_of")) }
        let page = try await page(service, call, "timeline", knownAt: knownAt)
        let today = knownAt.map { service.store.calendar(call.community.zone, $0) } ?? call.today
        let asOf = day.map { min($0, today) } ?? today
        let words = TimelineWords(page, names: RecordNames(call.ids))
        return Answers.json { object in
            object.field("person", call.ids.text(of: page.person))
            object.field("as_of", "\(asOf)")
            object.field("known_at", "\(call.stated(knownAt, page.knownAt, service.store.calendar))")
            object.field("status", status(page.timeline, on: asOf).code)
            object.array("changes") { array in
                for change in page.timeline.changes where change.on <= asOf {
                    self.change(change, words, call.ids, &array)
                }
            }
            object.array("spells") { array in
                for spell in page.timeline.spells where spell.from <= asOf {
                    self.spell(spell, page.populations, words, asOf, &array)
                }
            }
            findings(page.timeline.findings.filter { $0.on <= asOf }, call.ids, &object)
        }
    }

    // MARK: Parts

    private static func status(_ timeline: Timeline, on day: CivilDate) -> ListStatus {
        timeline.changes.last { $0.on <= day }?.to ?? .unknown
    }

    private static func change(
        _ change: StatusChange, _ words: TimelineWords, _ ids: PublicIDs, _ array: inout JSONWriter
    ) {
        array.object { entry in
            entry.field("on", "\(change.on)")
            entry.field("from", change.from.code)
            entry.field("to", change.to.code)
            entry.field("measure", change.measure?.code)
            entry.field("fact", change.fact.map { ids.text(of: $0) })
            entry.field("words", words.sentence(change))
        }
    }

    /// What lies after the day that is asked about is not told.
    private static func spell(
        _ spell: Spell, _ populations: [Population], _ words: TimelineWords, _ asOf: CivilDate,
        _ array: inout JSONWriter
    ) {
        let isOver = spell.to.map { $0 <= asOf } ?? false
        array.object { entry in
            entry.field("from", "\(spell.from)")
            entry.field("to", isOver ? spell.to.map { "\($0)" } : nil)
            entry.field("populations", populations.of(spell.populations).map(\.code))
            entry.field("opened", spell.opened.code)
            entry.field("closed", isOver ? spell.closed?.code : nil)
            entry.field("words", words.sentence(isOver ? spell : spell.stillOpen))
        }
    }

    private static func findings(_ findings: [Finding], _ ids: PublicIDs, _ object: inout JSONWriter) {
        object.array("findings") { array in
            for finding in findings {
                array.object { entry in
                    entry.field("on", "\(finding.on)")
                    entry.field("kind", finding.kind.code)
                    entry.field("fact", finding.fact.map { ids.text(of: $0) })
                }
            }
        }
    }
}

extension Spell {
    /// As it is seen on a day before its end.
    fileprivate var stillOpen: Spell {
        Spell(
            from: from, to: nil, populations: populations, gaps: gaps, opened: opened, closed: nil, closedReason: 0)
    }
}
