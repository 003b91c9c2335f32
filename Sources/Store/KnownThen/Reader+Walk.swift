import ByNameList
import CivilTime
import Glibc
import SQLite
import Threads

extension Reader {
    /// Goes through everybody whose records are in the range, up to a place in the journal, on all cores.
    ///
    /// Further threads read through connections of their own: they may see later states of the record, and what stands
    /// up to the place is the same in all of them.
    ///
    /// - Parameters:
    ///   - last: the last fact that is known; this reader has seen it.
    ///   - instant: the same as an instant, by which merges are known.
    ///   - empty: what each thread begins with.
    ///   - add: takes in a person, with the lives of everybody who had shared a household with them.
    /// - Returns: what each thread has gathered.
    func walk<Part: Sendable>(
        _ community: Community, _ records: ClosedRange<Int64>, through last: Int64, knownAt instant: Instant,
        from empty: Part, _ add: @escaping @Sendable (inout Part, PersonID, [Life]) -> Void
    ) throws -> [Part] {
        let merges = try translatingErrors { () throws(SQLiteError) in
            try MergeTable(connection: connection).all(in: community.id, knownAt: instant)
        }
        let walk = Walk(community: community.id, last: last, merges: merges, records: records, add: add)
        let rest = Guarded(records.lowerBound)
        let helping = opening == nil ? 0 : min(Reader.cores, walk.chunks) - 1
        let parts = Mailbox<Result<Part, any Error>>(capacity: max(1, helping))
        let helpers = (0..<helping).map { _ in
            Thread { [opening, deadline] in
                let part = Result<Part, any Error> {
                    guard let connection = try opening?() else { return empty }
                    return try walk.part(Reader(connection: connection, deadline: deadline), rest, from: empty)
                }
                _ = parts.post(part)
            }
        }
        let own = Result<Part, any Error> { try walk.part(self, rest, from: empty) }
        // Where this thread has given up, the others need not go on; none outlives the question.
        rest.with { $0 = records.upperBound + 1 }
        for helper in helpers { helper.join() }
        return try [own.get()] + helpers.indices.map { _ in try parts.take(atMost: 1)[0].get() }
    }

    private static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// The records of a community, from the first to the last; `nil`: it has none.
    func records(of community: Community) throws(SQLiteError) -> ClosedRange<Int64>? {
        let statement = try connection.statement("SELECT min(id), max(id) FROM record WHERE community = ?")
        try statement.bind(1, community.id)
        let found = try statement.first { row throws(SQLiteError) in (row.optionalInt64(0), row.int64(1)) }
        guard let found, let first = found.0 else { return nil }
        return first...found.1
    }
}

/// A walk through records that several threads do together.
private struct Walk<Part: Sendable>: Sendable {
    let community: Int64
    let last: Int64
    let merges: SamePerson
    let records: ClosedRange<Int64>
    let add: @Sendable (inout Part, PersonID, [Life]) -> Void

    /// Records that one statement reads: few enough that what is held of them stays in the processor's cache.
    private var recordsTogether: Int64 { 256 }

    var chunks: Int { Int((records.upperBound - records.lowerBound) / recordsTogether) + 1 }

    /// Takes chunk after chunk until none is left.
    func part(_ reader: Reader, _ rest: Guarded<Int64>, from empty: Part) throws -> Part {
        var part = empty
        var lives = LivesThen(connection: reader.connection, through: last, merges: merges)
        while true {
            let first = rest.with { next in
                defer { next += recordsTogether }
                return next
            }
            guard first <= records.upperBound else { return part }
            try reader.checkTime()
            try translatingErrors { () throws(SQLiteError) in
                let chunk = first...min(first + recordsTogether - 1, records.upperBound)
                for person in try lives.read(chunk, of: community) {
                    add(&part, person, try lives.household(of: person))
                }
                lives.forget()
            }
        }
    }
}
