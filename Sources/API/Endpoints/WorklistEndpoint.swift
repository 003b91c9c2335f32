import ByNameList
import HTTP
import JSON
import Store

/// What waits for a coordinator: records that may be one person, and submissions of forms that were refused.
enum WorklistEndpoint {
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        let after = try call.parameters { parameters in
            parameters.optional("cursor", must: "be the cursor of a page before", PageCursor.entry)
        }
        let withheld = try await service.store.ask { reader in
            try reader.worklist(of: call.community.id, after: after ?? 0, limit: 100) { person in
                // A line between a name and somebody sealed would say who that is.
                try call.sight(of: person, reader) == .everything
            }
        }
        let forms = try await service.store.ask { reader in
            try reader.waitingSubmissions(in: call.community.id)
        }
        let page = try await service.store.handOut(withheld, to: call.disclosure("worklist"))
        return Answers.json { object in
            object.array("items") { array in
                for entry in page.entries {
                    array.object { item in
                        item.field("id", call.ids.text(ofItem: entry.number))
                        item.field("person", call.ids.text(of: entry.item.person))
                        item.field("other", entry.item.other.map { call.ids.text(of: $0) })
                        item.field("reason", entry.item.reason.code)
                        item.field("recorded", "\(entry.recorded)")
                    }
                }
            }
            object.array("forms") { array in
                for waiting in forms {
                    array.object { entry in
                        entry.field("form", waiting.form)
                        entry.field("submissions", waiting.count)
                    }
                }
            }
            object.field("next", page.next.map(PageCursor.text(ofEntry:)))
        }
    }

    /// The two of an item are different people; it is settled, and they are not suggested again.
    static func dismiss(_ service: Service, _ call: Call) async throws -> Response {
        guard call.captures.count > 1, let number = call.ids.item(call.captures[1]) else {
            throw Problem.noSuchPair()
        }
        _ = try call.body { value, problems in problems.object(value) { _ in true } }
        return try await service.once(call) { ledger in
            guard let entry = try ledger.worklistItem(number) else { throw Problem.noSuchPair() }
            let people = [entry.item.person] + (entry.item.other.map { [$0] } ?? [])
            for person in people where call.sight(of: try ledger.reach(of: person)) < .everything {
                throw Problem.noSuchPair(about: person)
            }
            if entry.dismissal == nil { try ledger.dismiss(entry) }
            return AnsweredOnce(status: 201, body: dismissed(try ledger.worklistItem(number), call), people: people)
        }
    }

    private static func dismissed(_ entry: WorklistEntry?, _ call: Call) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.field("id", entry.map { call.ids.text(ofItem: $0.number) })
            object.field("person", entry.map { call.ids.text(of: $0.item.person) })
            object.field("other", entry?.item.other.map { call.ids.text(of: $0) })
            object.field("dismissed", entry?.dismissal.map { "\($0.recorded)" })
        }
        return writer.bytes
    }
}
