import HTTP
import Store
import Threads

/// Rendered figures, kept until what they were made of changes; bounded in number and bytes.
package final class AnswerCache: Sendable {
    private let shelf: Guarded<Shelf>
    private let bytesMax: Int
    private static let answersMax = 4_096

    /// What is asked; the community and the route are in the target.
    struct Key: Hashable, Sendable {
        let target: [UInt8]
        /// Whose view: what the answer may hold for them.
        let view: UInt8
        /// Which form: JSON or CSV.
        let form: UInt8

        // An array would be hashed byte by byte; whoever differs in the rest is told apart by it.
        func hash(into hasher: inout Hasher) { target.withUnsafeBytes { hasher.combine(bytes: $0) } }
    }

    /// What an answer was made of: another generation, projection or day makes another answer.
    struct State: Hashable, Sendable {
        let generation: Int64
        let projection: Int64
        let day: Int32
    }

    /// A class: to hand it out of the shelf is one reference more, and not one for each text in it.
    final class Entry: Sendable {
        let state: State
        let response: Response
        /// With its quotes.
        let etag: [UInt8]
        /// The answer to who has it already.
        let notModified: Response

        /// An answer with its strong ETag: the hash of its bytes, so that no two bodies ever share one.
        init(_ body: [UInt8], type: String, state: State) {
            let etag = EntityTags.of(body)
            var fields = FieldLines()
            fields.add("ETag", String(decoding: etag, as: UTF8.self))
            fields.add("Cache-Control", "private, no-cache")
            fields.add("Vary", "Accept, Authorization")
            notModified = Response(304, fields: fields)
            fields.add("Content-Type", type)
            fields.add("X-Content-Type-Options", "nosniff")
            response = Response(200, fields: fields, body: body)
            self.etag = etag
            self.state = state
        }
    }

    fileprivate struct Shelf {
        var entries: [Key: (entry: Entry, lastUsed: UInt64)] = [:]
        var bytes = 0
        var uses: UInt64 = 0
        var hits: UInt64 = 0
        var misses: UInt64 = 0
    }

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
        shelf = Guarded(Shelf())
    }

    func find(_ key: Key, _ state: State) -> Entry? {
        shelf.with { shelf in
            shelf.uses += 1
            guard let place = shelf.entries.index(forKey: key), shelf.entries.values[place].entry.state == state else {
                shelf.misses += 1
                return nil
            }
            shelf.hits += 1
            shelf.entries.values[place].lastUsed = shelf.uses
            return shelf.entries.values[place].entry
        }
    }

    func keep(_ entry: Entry, for key: Key) {
        let size = entry.response.body.count + key.target.count
        guard size <= bytesMax / 4 else { return }
        shelf.with { shelf in
            if let old = shelf.entries[key] { shelf.bytes -= old.entry.response.body.count + key.target.count }
            shelf.entries[key] = (entry, shelf.uses)
            shelf.bytes += size
            if shelf.bytes > bytesMax || shelf.entries.count > AnswerCache.answersMax { shelf.halve() }
        }
    }

    /// How often an answer was found and not found, and what is kept.
    package var counts: (hits: UInt64, misses: UInt64, answers: Int, bytes: Int) {
        shelf.with { ($0.hits, $0.misses, $0.entries.count, $0.bytes) }
    }
}

extension AnswerCache.Shelf {
    /// Drops what was not used for longest, half of it at once so that it is seldom done.
    fileprivate mutating func halve() {
        let ages = entries.values.map(\.lastUsed).sorted()
        let limit = ages[ages.count / 2]
        for (key, value) in entries where value.lastUsed <= limit {
            bytes -= value.entry.response.body.count + key.target.count
            entries[key] = nil
        }
    }
}

extension AnswerCache.Entry {
    /// The answer, or 304 to who names its ETag, or 412.
    func response(to request: Request) throws -> Response {
        switch Preconditions.verdict(on: request, etag: etag) {
        case .goesOn: return response
        case .notModified: return notModified
        case .failed: throw Problem(.preconditionFailed, "The figures are not as If-Match says.")
        }
    }
}
