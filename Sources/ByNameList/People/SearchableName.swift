/// A person's name as it is searched and compared.
package struct SearchableName: Hashable, Sendable {
    /// The forms under which each word is found, each once.
    package let tokens: [String]
    /// Given and family name in one order; equal for people of the same name.
    package let sorted: [String]

    package init(_ identity: IdentityDetails) {
        var tokens: [String] = []
        var sorted: [String] = []
        func take(_ text: String?, isEssential: Bool) {
            guard let text else { return }
            for word in SearchWords.words(of: text) {
                for token in word.tokens where !tokens.contains(token) { tokens.append(token) }
                if isEssential { sorted += word.units }
            }
        }
        take(identity.givenName, isEssential: true)
        // Often missing, so that it may tell nobody apart.
        take(identity.middleName, isEssential: false)
        take(identity.familyName, isEssential: true)
        take(identity.nameSuffix, isEssential: false)
        self.tokens = tokens
        self.sorted = sorted.sorted()
    }

    /// The same for all forms of one name: nicknames resolved, in one order; `nil` for nobody.
    package func canonical(_ nicknames: Nicknames) -> String? {
        guard !sorted.isEmpty else { return nil }
        return sorted.map(nicknames.canonical).sorted().joined(separator: " ")
    }
}

/// A name that somebody asks for.
package struct NameQuestion: Hashable, Sendable {
    /// Words of a question that count; who writes more, asks for the first of them.
    package static let wordsMax = 8

    package let words: [SearchWord]

    /// `nil` if there is no letter in the text.
    package init?(_ text: String) {
        words = Array(SearchWords.words(of: text).prefix(NameQuestion.wordsMax))
        if words.isEmpty { return nil }
    }

    /// How well a name answers; `nil` if it does not.
    ///
    /// Every word must be there, in any order; as it is, by another form of the name, or, one in all, with a typo.
    package func match(_ name: SearchableName, nicknames: Nicknames) -> NameMatch? {
        var whole = NameMatch()
        for word in words {
            var best = match(word.parts, name, nicknames)
            if word.parts.count > 1, let joined = match([word.joined], name, nicknames) {
                best = min(best ?? joined, joined)
            }
            guard let best else { return nil }
            whole.typos += best.typos
            whole.nicknames += best.nicknames
        }
        return whole.typos <= 1 ? whole : nil
    }

    private func match(_ tokens: [String], _ name: SearchableName, _ nicknames: Nicknames) -> NameMatch? {
        var match = NameMatch()
        for token in tokens {
            if name.tokens.contains(token) { continue }
            if name.tokens.contains(where: { nicknames.areForms($0, token) }) {
                match.nicknames += 1
            } else if name.tokens.contains(where: { Typo.separates($0, token) }) {
                match.typos += 1
            } else {
                return nil
            }
        }
        return match
    }
}

/// What had to be forgiven for a name to answer a question; less is better.
package struct NameMatch: Hashable, Comparable, Sendable {
    package var typos = 0
    package var nicknames = 0

    package init() {}

    package static func < (left: Self, right: Self) -> Bool {
        (left.typos, left.nicknames) < (right.typos, right.nicknames)
    }
}
