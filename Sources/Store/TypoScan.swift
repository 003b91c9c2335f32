import ByNameList
import SQLite

/// Which words of the community's names are one typo away from a word.
///
/// The sorted keys are walked like a tree of letters: along the word, and at each of its letters only to those letters
/// that some name has there. So the cost does not grow with the people, and no alphabet is assumed.
struct TypoScan {
    let connection: Connection
    let community: Int64

    /// Words that somebody's name may hold, one typo away from that one.
    func neighbours(of word: String) throws(SQLiteError) -> [String] {
        let letters = Array(word.unicodeScalars)
        guard letters.count >= Typo.lettersMin - 1 else { return [] }
        var found: Set<String> = []
        for place in 0...letters.count {
            let prefix = letters[..<place]
            let rest = letters[place...]
            // Left out of the name.
            if !rest.isEmpty { found.insert(text(prefix, rest.dropFirst())) }
            if rest.count >= 2 {
                found.insert(text(prefix, [rest[place + 1], rest[place]], rest.dropFirst(2)))
            }
            let following = try lettersFollowing(prefix)
            guard following.isPrefixKnown else { break }
            for letter in following.letters {
                if !rest.isEmpty, letter != rest.first { found.insert(text(prefix, [letter], rest.dropFirst())) }
                found.insert(text(prefix, [letter], rest))
            }
        }
        found.remove(word)
        return found.filter { Typo.separates($0, word) }.sorted()
    }

    /// The letters that follow a beginning in any name.
    private func lettersFollowing(
        _ prefix: ArraySlice<Unicode.Scalar>
    ) throws(SQLiteError) -> (isPrefixKnown: Bool, letters: [Unicode.Scalar]) {
        let start = SearchKeys.name(text(prefix))
        var letters: [Unicode.Scalar] = []
        var from = start
        var isPrefixKnown = false
        while let key = try firstKey(from: from), key.unicodeScalars.starts(with: start.unicodeScalars) {
            isPrefixKnown = true
            guard let letter = key.unicodeScalars.dropFirst(prefix.count + 1).first else {
                // The beginning is a name itself.
                from = start + "\u{1}"
                continue
            }
            if letter != SearchKeys.afterWord { letters.append(letter) }
            guard let next = letter.next else { break }
            from = start + String(Character(next))
        }
        return (isPrefixKnown, letters)
    }

    /// Keys are compared by their bytes, and so by the numbers of their characters.
    private func firstKey(from key: String) throws(SQLiteError) -> String? {
        let statement = try connection.statement(
            "SELECT key FROM search_key WHERE community = ? AND key >= ? ORDER BY key LIMIT 1")
        try statement.bind(1, community)
        try statement.bind(2, key)
        return try statement.first { row throws(SQLiteError) in row.string(0) }
    }

    private func text(_ pieces: ArraySlice<Unicode.Scalar>...) -> String {
        var text = String.UnicodeScalarView()
        for piece in pieces { text.append(contentsOf: piece) }
        return String(text)
    }
}

extension Unicode.Scalar {
    /// The character with the next number.
    fileprivate var next: Unicode.Scalar? {
        value == 0xD7FF ? Unicode.Scalar(0xE000 as UInt32) : Unicode.Scalar(value + 1)
    }
}
