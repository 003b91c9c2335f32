import ByNameList
import SQLite

/// What a record already holds from one source, by the source's own keys.
struct KeyedFacts {
    /// The facts of one key, of which the latest is the source's last word.
    struct Entry {
        var latest: FactID
        var version: Int
        var content: FactContent
        var versions: [FactID]
    }

    /// What became of the source's last word.
    enum Standing {
        case stands
        /// Voided by an import: the source did not say it any more.
        case gone
        /// Voided or replaced by somebody else, or put back by them.
        case corrected
    }

    private(set) var entries: [String: Entry] = [:]
    private var ownVoids: [FactID: [FactID]] = [:]
    private var voided: Set<FactID> = []
    private var correctedByOthers: Set<FactID> = []

    /// Of a record that was just made.
    init() {}

    init(of person: PersonID, source: Int64, journal: Journal) throws(SQLiteError) {
        var corrections: [(id: FactID, target: FactID, isVoid: Bool, isOwn: Bool)] = []
        let statement = try journal.connection.statement(
            """
            SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target,
                source, source_key, source_version
            FROM fact WHERE record = ? ORDER BY seq
            """)
        try statement.bind(1, person.number)
        try statement.forEach { row throws(SQLiteError) in
            guard let fact = try journal.decode(row, about: person) else { return }
            let isOwn = row.int64(10) == source
            if case .void(let target) = fact.content {
                corrections.append((fact.id, target, true, isOwn))
            } else if let target = fact.replaces {
                corrections.append((fact.id, target, false, isOwn))
            }
            guard isOwn, let key = row.optionalString(11) else { return }
            add(fact, key: key, version: row.int(12))
        }
        // A void comes after what it voids, so that the latest is decided first.
        for correction in corrections.reversed() {
            let isVoided = voided.contains(correction.id)
            if correction.isVoid, !isVoided { voided.insert(correction.target) }
            if correction.isVoid, correction.isOwn { ownVoids[correction.target, default: []].append(correction.id) }
            if !correction.isOwn, !isVoided { correctedByOthers.insert(correction.target) }
        }
    }

    func standing(of entry: Entry) -> Standing {
        let corrected = entry.versions.contains { version in
            correctedByOthers.contains(version)
                || (ownVoids[version] ?? []).contains(where: correctedByOthers.contains)
        }
        if corrected { return .corrected }
        return voided.contains(entry.latest) ? .gone : .stands
    }

    /// What has to be voided for nothing of the key to stand: a voided replacement restores what it replaced.
    func notVoided(of entry: Entry) -> [FactID] { entry.versions.reversed().filter { !voided.contains($0) } }

    private mutating func add(_ fact: Fact, key: String, version: Int) {
        var entry = entries[key] ?? Entry(latest: fact.id, version: 0, content: fact.content, versions: [])
        entry.versions.append(fact.id)
        if version > entry.version {
            entry.latest = fact.id
            entry.version = version
            entry.content = fact.content
        }
        entries[key] = entry
    }
}
