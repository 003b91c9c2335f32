/// A word of a name or description as it is compared: case and accents folded, cut at its hyphens and apostrophes.
package struct SearchWord: Hashable, Sendable {
    /// `Jean-Pierre` has two, `O'Brien` too; most words have one.
    package let parts: [String]
    /// The parts, with those that only an apostrophe divides written together: `O'Brien` is also written `OBrien`.
    package let units: [String]
    /// The word as it reads without any mark between: `maryann` for `Mary-Ann`.
    package let joined: String

    /// Every form under which the word is found.
    package var tokens: [String] { parts.count == 1 ? parts : parts + [joined] }
}

/// Cuts texts into words that compare alike however they were typed.
package enum SearchWords {
    /// Characters of a text that are looked at, and words that are made of it.
    package static let scalarsMax = 400
    package static let wordsMax = 32
    /// Parts of a word, and bytes of a part; what is longer is cut.
    package static let partsMax = 4
    package static let bytesMax = 40

    /// The words of a text, in its order.
    package static func words(of text: String) -> [SearchWord] {
        var folder = WordFolder()
        var left = scalarsMax
        for scalar in text.unicodeScalars {
            folder.take(scalar)
            left -= 1
            if left == 0 { break }
        }
        folder.endWord()
        return folder.words
    }

    /// The words of a description that tell somebody apart: three letters and more, each once, in order.
    package static func telling(in description: String) -> [String] {
        var found: [String] = []
        for word in words(of: description) {
            for part in word.parts where part.unicodeScalars.count >= 3 && !found.contains(part) { found.append(part) }
        }
        return Array(found.prefix(wordsMax))
    }
}

/// Gathers words from characters.
private struct WordFolder {
    private(set) var words: [SearchWord] = []
    private var parts: [String] = []
    private var units: [String] = []
    private var part: [UInt8] = []
    private var isAfterApostrophe = false
    private var isAfterLatin = false

    @inline(__always)
    mutating func take(_ scalar: Unicode.Scalar) {
        guard scalar.isASCII else { return takeOther(scalar) }
        isAfterLatin = true
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): keep(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): keep(byte | 0x20)
        case UInt8(ascii: "'"), UInt8(ascii: "`"): endPart(atApostrophe: true)
        case UInt8(ascii: "-"), UInt8(ascii: "."): endPart(atApostrophe: false)
        default: endWord()
        }
    }

    mutating func endWord() {
        endPart(atApostrophe: false)
        guard !parts.isEmpty else { return }
        if words.count < SearchWords.wordsMax {
            words.append(SearchWord(parts: parts, units: units, joined: parts.count == 1 ? parts[0] : parts.joined()))
        }
        parts.removeAll()
        units.removeAll()
    }

    private mutating func endPart(atApostrophe: Bool) {
        defer { isAfterApostrophe = atApostrophe && !parts.isEmpty }
        guard !part.isEmpty else { return }
        if parts.count == SearchWords.partsMax {
            // The rest of a very long word counts as a word of its own.
            let rest = part
            part.removeAll(keepingCapacity: true)
            endWord()
            part = rest
        }
        let text = String(decoding: part, as: UTF8.self)
        part.removeAll(keepingCapacity: true)
        parts.append(text)
        if isAfterApostrophe, let last = units.popLast() { units.append(last + text) } else { units.append(text) }
    }

    @inline(__always)
    private mutating func keep(_ byte: UInt8) {
        if part.count < SearchWords.bytesMax { part.append(byte) }
    }

    private mutating func keep(_ scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars {
            let bytes = UTF8.encode(scalar)
            // A character is kept whole or not at all.
            if let bytes, part.count + bytes.count <= SearchWords.bytesMax { part.append(contentsOf: bytes) }
        }
    }

    private mutating func takeOther(_ scalar: Unicode.Scalar) {
        if WordFolder.apostrophes.contains(scalar) { return endPart(atApostrophe: true) }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            let latin = LatinLetter.base(of: scalar)
            isAfterLatin = latin != nil
            if let latin {
                for byte in latin.utf8 { keep(byte) }
            } else {
                keep(properties.lowercaseMapping.unicodeScalars)
            }
        case .nonspacingMark, .enclosingMark:
            // An accent on a Latin letter; in other scripts a mark may be a vowel.
            if !isAfterLatin { keep(CollectionOfOne(scalar)) }
        case .spacingMark: keep(CollectionOfOne(scalar))
        case .dashPunctuation: endPart(atApostrophe: false)
        case .format: break
        case .connectorPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator,
            .lineSeparator, .paragraphSeparator, .control, .surrogate, .privateUse, .unassigned:
            scalar == "\u{30FB}" ? endPart(atApostrophe: false) : endWord()
        @unknown default: endWord()
        }
    }

    /// Typed or printed for one another; some of them are letters to Unicode.
    private static let apostrophes: [Unicode.Scalar] = [
        "\u{2019}", "\u{2018}", "\u{02BC}", "\u{02BB}", "\u{00B4}", "\u{02B9}", "\u{2032}", "\u{FF07}",
    ]
}

/// Latin letters by their Unicode names, which say what a letter is before they say what is on it.
private enum LatinLetter {
    /// `e` for `É`, `ss` for `ß`, `o` for `ø`; `nil` for what is not Latin, or has no base among a to z.
    ///
    /// Turkish dotted and dotless i are both `i`: a name is typed with either on other keyboards.
    static func base(of scalar: Unicode.Scalar) -> String? {
        guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return nil }
        let words = name.split(separator: " ").dropFirst()
        guard words.first == "SMALL" || words.first == "CAPITAL",
            let kind = words.dropFirst().first, kind == "LETTER" || kind == "LIGATURE"
        else { return nil }
        let letter = words.dropFirst(2).prefix { $0 != "WITH" && $0 != "PRECEDED" }
        guard let last = letter.last else { return nil }
        switch (letter.count, letter.first, last) {
        case (1, _, "ETH"): return "d"
        case (1, _, "THORN"): return "th"
        case (1, _, "ENG"): return "ng"
        case (1, _, _) where last.utf8.count <= (kind == "LIGATURE" ? 3 : 2): return last.lowercased()
        case (2, "SHARP", "S"): return "ss"
        case (2, "DOTLESS", _) where last.utf8.count == 1, (2, "LONG", "S"), (2, "OPEN", "E"), (2, "OPEN", "O"),
            (2, "SCRIPT", "G"):
            return last.lowercased()
        default: return nil
        }
    }
}
