import CivilTime
import HTTP
import JSON
import Store

/// What anybody may ask: whether the server lives and is ready, how it does, and what it answers.
enum HealthEndpoint {
    /// A probe is told that the server lives whatever it says of its state: If-Match, which on a GET serves ranges only
    /// (RFC 9110 §13.1.1), is not listened to.
    static func alive(_ service: Service, _ request: Request) async -> Response {
        guard request.isConditional else { return okay.response }
        return okay.answer(toProbe: request)
    }

    private static let okay = TaggedAnswer(plain("ok\n"))

    /// How many bytes of a body came through: what tries a bad line or a proxy before anything of anybody is sent.
    ///
    /// No representation is chosen or changed, so that preconditions are ignored (RFC 9110 §13.2.1).
    static func arrived(_ service: Service, _ request: Request) async -> Response {
        plain("\(request.body.count)\n")
    }

    /// Ready: the database can be read, changes are kept, and every projection is current or on its way: until then the
    /// figures are those of the former rules, whole.
    static func ready(_ service: Service, _ request: Request) async -> Response {
        let live = service.store.live
        switch live.writing {
        case .good, .stopped: break
        // Without this, a server that a balancer took out would never hear of a change that could prove it well.
        case .failed, .full: _ = try? await service.store.write { _ in }
        }
        switch live.writing {
        case .good: break
        case .failed: return notReady("The last commit failed.")
        case .full: return notReady("The disk is full: nothing is written until there is room.")
        case .stopped:
            return notReady("The disk failed, and nothing is written until the server was started anew.")
        }
        let isCurrent = try? await service.store.ask { reader in
            try reader.communities().allSatisfy { try reader.projection(of: $0).ruleVersion == ruleVersion }
        }
        switch isCurrent {
        case true?: return okay.answer(toProbe: request)
        case false? where service.store.isProjecting: return okay.answer(toProbe: request)
        case false?: return notReady("A projection was made by other rules.")
        case nil: return notReady("The record cannot be read.")
        }
    }

    private static func notReady(_ detail: String) -> Response { Problem(.unavailable, detail).response() }

    static func metrics(_ service: Service, _ request: Request) async -> Response {
        let (changes, questions) = service.store.waiting
        let cache = service.cache.counts
        return plain(
            service.metrics.text(
                [
                    ("bnl_changes_waiting", "Changes that wait for the writer.", changes),
                    ("bnl_questions_waiting", "Questions that wait for a reader.", questions),
                    ("bnl_cache_hits", "Answers found in the cache since the start.", Int(cache.hits)),
                    ("bnl_cache_misses", "Answers not found in the cache since the start.", Int(cache.misses)),
                    ("bnl_cache_bytes", "Bytes of answers in the cache.", cache.bytes),
                ] + writing(service.store) + backups(service.store)))
    }

    private typealias Gauge = (name: String, help: String, value: Int)

    private static func writing(_ store: Store) -> [Gauge] {
        let state = store.live.writing
        return [
            ("bnl_disk_full", "1 while changes are refused because the disk is full.", state == .full ? 1 : 0),
            (
                "bnl_writing_stopped", "1 once the disk has failed: nothing is written until a new start.",
                state == .stopped ? 1 : 0
            ),
        ]
    }

    private static func backups(_ store: Store) -> [Gauge] {
        let tally = store.backupTally
        return [
            ("bnl_backups", "Backups made since the start.", tally.made),
            ("bnl_backups_failed", "Backups that failed since the start.", tally.failed),
            (
                "bnl_backup_last_seconds", "When the last one was made, in seconds since 1970; 0: none yet.",
                Int(tally.last?.seconds ?? 0)
            ),
            ("bnl_backup_last_bytes", "Bytes of the last backup since the start.", tally.lastBytes),
            ("bnl_backup_last_milliseconds", "How long it took.", tally.lastMilliseconds),
        ]
    }

    static func openAPI(_ service: Service, _ request: Request) async throws -> Response {
        try openAPIDocument.answer(to: request)
    }

    private static let openAPIDocument = TaggedAnswer(
        Response(
            200, fields: FieldLines(["Content-Type": "application/json", "X-Content-Type-Options": "nosniff"]),
            body: OpenAPI.document))

    private static func plain(_ text: String) -> Response {
        Response(
            200,
            fields: FieldLines([
                "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            ]), body: Array(text.utf8))
    }
}
