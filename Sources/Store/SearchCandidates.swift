import ByNameList
import CivilTime
import SQLite
import ShippedConfig

/// A record that may answer, and how well at the best.
struct Candidate: Hashable {
    let record: Int64
    var rank: Int

    static func comesBefore(_ left: Candidate, _ right: Candidate) -> Bool {
        (left.rank, left.record) < (right.rank, right.record)
    }
}

/// Finds the records that may answer a search by their keys, everyone who does among them.
struct SearchCandidates {
    let connection: Connection
    let community: Int64
    private let keys: SearchKeys

    init(connection: Connection, community: Int64) {
        self.connection = connection
        self.community = community
        keys = SearchKeys(connection: connection)
    }

    /// Who may answer with the name as it was asked for, or another form of it; in order of record.
    func plain(_ question: SearchPlan) throws(SQLiteError) -> [Candidate] {
        if let externalID = question.externalID {
            return try records(externalID).map { Candidate(record: $0, rank: 0) }
        }
        var candidates: [Candidate]?
        if let name = question.name {
            var wordsFound: [[Int64]] = []
            for word in name.words { wordsFound.append(try records(word, orForms: false)) }
            let exact = Set(intersection(of: wordsFound))
            wordsFound = []
            for word in name.words { wordsFound.append(try records(word, orForms: true)) }
            candidates = intersection(of: wordsFound).map {
                Candidate(record: $0, rank: exact.contains($0) ? 0 : Rank.nickname)
            }
        }
        return try narrow(candidates, question)
    }

    /// Who may answer with one typo in the name, the words beside it being as they were asked for or other forms.
    func withTypo(_ question: SearchPlan) throws(SQLiteError) -> [Candidate] {
        guard let name = question.name else { return [] }
        var plain: [[Int64]] = []
        for word in name.words { plain.append(try records(word, orForms: true)) }
        var found: [Int64] = []
        for (place, word) in name.words.enumerated() {
            var wordsFound = plain
            wordsFound[place] = try records(withTypoIn: word)
            found = union(of: [found, intersection(of: wordsFound)])
        }
        return try narrow(found.map { Candidate(record: $0, rank: Rank.typo) }, question)
    }

    /// Of the candidates those who may answer the rest too; all who may, if no name is asked for.
    private func narrow(
        _ candidates: [Candidate]?, _ question: SearchPlan
    ) throws(SQLiteError) -> [Candidate] {
        var candidates = candidates
        if !question.words.isEmpty {
            candidates = SearchCandidates.both(candidates, try described(question.words))
        }
        guard let birth = question.birth else { return candidates ?? [] }
        switch birth {
        case .date where candidates?.count ?? .max > SearchCandidates.lookedAtOneByOne,
            .ages where candidates == nil:
            return SearchCandidates.both(candidates, try born(birth))
        case .date, .ages: return candidates ?? []
        }
    }

    /// Candidates from which on those who were born on a day are gathered first; few were born then.
    private static let lookedAtOneByOne = 200

    /// Who is in both lists, the ranks added up; the second, if there is no first.
    private static func both(_ left: [Candidate]?, _ right: [Int64: Int]) -> [Candidate] {
        guard let left else { return right.map { Candidate(record: $0.key, rank: $0.value) } }
        return left.compactMap { candidate in
            right[candidate.record].map { Candidate(record: candidate.record, rank: candidate.rank + $0) }
        }
    }

    /// Who is described by any of the words.
    private func described(_ words: [String]) throws(SQLiteError) -> [Int64: Int] {
        var ranks: [Int64: Int] = [:]
        for word in words {
            for record in try keys.records(SearchKeys.description(word), in: community) {
                ranks[record, default: words.count * Rank.missingWord] -= Rank.missingWord
            }
        }
        return ranks
    }

    /// Who was born then, in any community.
    private func born(_ question: BirthQuestion) throws(SQLiteError) -> [Int64: Int] {
        var ranks: [Int64: Int] = [:]
        let statement = try connection.statement(
            "SELECT record, birth, birth_quality FROM identity WHERE birth BETWEEN ? AND ?")
        try statement.bind(1, Int64(question.span.lowerBound.dayNumber))
        try statement.bind(2, Int64(question.span.upperBound.dayNumber))
        try statement.forEach { row throws(SQLiteError) in
            guard let birth = row.birth(firstColumn: 1), let match = question.match(birth) else { return }
            let rank = match == .exact ? 0 : Rank.yearOnly
            ranks[row.int64(0)] = min(rank, ranks[row.int64(0)] ?? rank)
        }
        return ranks
    }
}

extension SearchCandidates {
    /// The records that have a word of a name: all its parts, or the word written as one.
    private func records(_ word: SearchWord, orForms: Bool) throws(SQLiteError) -> [Int64] {
        var parts: [[Int64]] = []
        for part in word.parts { parts.append(try records(part, orForms: orForms)) }
        let whole = intersection(of: parts)
        return word.parts.count == 1 ? whole : union(of: [whole, try records(word.joined, orForms: orForms)])
    }

    private func records(_ token: String, orForms: Bool) throws(SQLiteError) -> [Int64] {
        var found = [try keys.records(SearchKeys.name(token), in: community)]
        guard orForms else { return found[0] }
        for form in NicknameFile.nicknames.forms(of: token) {
            found.append(try keys.records(SearchKeys.name(form), in: community))
        }
        return union(of: found)
    }

    /// The records that have the word but for one typo, in one of its parts or in the word written as one.
    private func records(withTypoIn word: SearchWord) throws(SQLiteError) -> [Int64] {
        var found = [try records(withTypoIn: word.joined)]
        guard word.parts.count > 1 else { return found[0] }
        for place in word.parts.indices {
            var parts: [[Int64]] = []
            for (other, part) in word.parts.enumerated() {
                parts.append(other == place ? try records(withTypoIn: part) : try records(part, orForms: true))
            }
            found.append(intersection(of: parts))
        }
        return union(of: found)
    }

    private func records(withTypoIn token: String) throws(SQLiteError) -> [Int64] {
        var found: [[Int64]] = []
        for neighbour in try TypoScan(connection: connection, community: community).neighbours(of: token) {
            found.append(try keys.records(SearchKeys.name(neighbour), in: community))
        }
        return union(of: found)
    }

    /// The records with that number in that system, or in any.
    func records(_ question: PersonSearch.ExternalIDQuestion) throws(SQLiteError) -> [Int64] {
        if let system = question.system { return try records(system: system, value: question.value) }
        var found: [[Int64]] = []
        // The systems are few and the numbers many: from each system one step leads to the next.
        var last = ""
        while let system = try system(after: last) {
            found.append(try records(system: system, value: question.value))
            last = system
        }
        return union(of: found)
    }

    func records(system: String, value: String) throws(SQLiteError) -> [Int64] {
        let statement = try connection.statement(
            "SELECT record FROM external_id WHERE community = ? AND system = ? AND value = ? ORDER BY record")
        try statement.bind(1, community)
        try statement.bind(2, system)
        try statement.bind(3, value)
        var records: [Int64] = []
        try statement.forEach { row throws(SQLiteError) in records.append(row.int64(0)) }
        return records
    }

    private func system(after system: String) throws(SQLiteError) -> String? {
        let statement = try connection.statement(
            "SELECT system FROM external_id WHERE community = ? AND system > ? ORDER BY system LIMIT 1")
        try statement.bind(1, community)
        try statement.bind(2, system)
        return try statement.first { row throws(SQLiteError) in row.string(0) }
    }
}

/// The numbers that all of the lists have; each list sorted, as is the answer.
private func intersection(of lists: [[Int64]]) -> [Int64] {
    let shortest = lists.min { $0.count < $1.count } ?? []
    return lists.reduce(shortest) { left, right in
        var found: [Int64] = []
        var place = 0
        for number in left {
            while place < right.count, right[place] < number { place += 1 }
            if place < right.count, right[place] == number { found.append(number) }
        }
        return found
    }
}

/// The numbers that any of the lists has, sorted, each once.
private func union(of lists: [[Int64]]) -> [Int64] {
    let filled = lists.filter { !$0.isEmpty }
    guard filled.count > 1 else { return filled.first ?? [] }
    var found: [Int64] = []
    for number in filled.joined().sorted() where number != found.last { found.append(number) }
    return found
}
