import ByNameList
import Fixtures
import Testing

@Suite struct `The letters of a name` {
    @Test(
        arguments: [
            ("Zephyrine", "ze"), ("O'Brien", "ob"), ("'t Hooft", "t"), ("d'Arc", "da"), ("J.R.", "jr"), ("X", "x"),
            ("  Ana", "an"), ("Élodie", "el"), ("Aé", "ae"), ("ßeta", "ss"), ("王小明", "王小"), ("3rd Street", "3r"),
            ("A Lee", "a"), ("", nil), ("- . '", nil),
        ] as [(String, String?)])
    func `are the first two of its first word`(name: String, letters: String?) {
        #expect(NameLetters.letters(of: name).map { String($0) } == letters)
    }

    /// The short way says what the words say.
    @Test func `are those of its words, whatever it is made of`() {
        var random = SplitMix64(seed: 7)
        let scalars: [Unicode.Scalar] = [
            "a", "B", "z", "Q", "7", "'", "`", "-", ".", " ", ",", "\t", "\u{E9}", "\u{301}", "\u{DF}", "\u{2019}",
            "\u{903}", "\u{915}", "\u{738B}", "\u{130}", "\u{200D}",
        ]
        for _ in 0..<20_000 {
            var name = String.UnicodeScalarView()
            for _ in 0..<random.number(0...6) { name.append(random.pick(scalars)) }
            let text = String(name)
            #expect(
                NameLetters.letters(of: text) == SearchWords.words(of: text).first?.joined.prefix(2),
                "\(text.unicodeScalars.map { $0.value })")
        }
        for length in [399, 400, 401] {
            let text = String(repeating: "-", count: length) + "ab"
            #expect(NameLetters.letters(of: text) == SearchWords.words(of: text).first?.joined.prefix(2))
        }
    }
}
