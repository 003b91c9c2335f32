import ByNameList
import Testing

@Suite struct `The words of a name` {
    /// Each name as it is written, and the words it is compared by.
    static let folded: [(written: String, compared: [String])] = [
        ("Marie", ["marie"]),
        ("  MARY   ann\t", ["mary", "ann"]),
        ("Émilie Côté", ["emilie", "cote"]),
        // The same with accents as characters of their own.
        ("E\u{301}milie Co\u{302}te\u{301}", ["emilie", "cote"]),
        ("Nguyễn Thị Bưởi", ["nguyen", "thi", "buoi"]),
        ("Đặng Hồ Điệp", ["dang", "ho", "diep"]),
        ("Łukasz Żółć", ["lukasz", "zolc"]),
        ("Søren Æbelø", ["soren", "aebelo"]),
        ("Þórður Ægisson Guðrún", ["thordur", "aegisson", "gudrun"]),
        ("Günther Groß GROẞ", ["gunther", "gross", "gross"]),
        ("Cœur Œuvre", ["coeur", "oeuvre"]),
        ("Nuñez Peña", ["nunez", "pena"]),
        ("Şükrü Ğ", ["sukru", "g"]),
        // Dotted and dotless i are one letter here: a name is typed with either on keyboards that have only one.
        ("Işık ıspanak İbrahim IBRAHIM", ["isik", "ispanak", "ibrahim", "ibrahim"]),
        ("Ŋaalŋa", ["ngaalnga"]),
        ("X̱wi7xwa Ta̱kaya", ["xwi7xwa", "takaya"]),
        ("ﬁona Ĳsbrand", ["fiona", "ijsbrand"]),
        // Other scripts stay as they are.
        ("ᐃᓄᒃᑎᑐᑦ ᓄᓇᕗᑦ", ["ᐃᓄᒃᑎᑐᑦ", "ᓄᓇᕗᑦ"]),
        ("محمد عَلي", ["محمد", "عَلي"]),
        ("ИВАНОВ Іван", ["иванов", "іван"]),
        ("Ελένη", ["ελένη"]),
        ("王 小明", ["王", "小明"]),
        ("अनीता", ["अनीता"]),
        // What is no letter divides.
        ("Smith, John (Jr)", ["smith", "john", "jr"]),
        ("zero\u{200B}width soft\u{AD}hyphen", ["zerowidth", "softhyphen"]),
        ("", []), (" - ' . ", []), ("!?", []),
    ]

    @Test(arguments: folded) func `are compared without case and accents`(written: String, compared: [String]) {
        #expect(SearchWords.words(of: written).map(\.joined) == compared)
    }

    @Test(arguments: [
        ("O'Brien", ["o", "brien"], ["obrien"]), ("O’Brien", ["o", "brien"], ["obrien"]),
        ("Oʼbrien", ["o", "brien"], ["obrien"]),
        ("Jean-Pierre", ["jean", "pierre"], ["jean", "pierre"]),
        ("Jean–Pierre", ["jean", "pierre"], ["jean", "pierre"]),
        ("J.P.", ["j", "p"], ["j", "p"]), ("St.", ["st"], ["st"]),
        ("D'Arcy-O'Neil", ["d", "arcy", "o", "neil"], ["darcy", "oneil"]),
        ("-'Anna'-", ["anna"], ["anna"]), ("N''Dour", ["n", "dour"], ["ndour"]),
    ])
    func `are found by their parts and by the whole`(written: String, parts: [String], units: [String]) throws {
        let words = SearchWords.words(of: written)
        #expect(words.count == 1)
        #expect(words.first?.parts == parts)
        #expect(words.first?.units == units)
        #expect(words.first?.tokens == (parts.count == 1 ? parts : parts + [parts.joined()]))
    }

    @Test func `are bounded in number and length`() {
        let long = String(repeating: "a", count: 1_000)
        #expect(SearchWords.words(of: long).map(\.joined) == [String(long.prefix(SearchWords.bytesMax))])
        #expect(SearchWords.words(of: String(repeating: "é", count: 41)).first?.joined.count == SearchWords.bytesMax)
        #expect(SearchWords.words(of: String(repeating: "王", count: 41)).first?.joined.utf8.count == 39)
        #expect(SearchWords.words(of: String(repeating: "ab ", count: 200)).count == SearchWords.wordsMax)
        #expect(SearchWords.words(of: String(repeating: "a-", count: 5)).map(\.parts.count) == [4, 1])
        #expect(SearchWords.words(of: String(repeating: "-", count: 400) + "a").isEmpty)
    }

    @Test func `of a description are those of three letters and more, each once`() {
        #expect(
            SearchWords.telling(in: "Tall, red beard; a RED dog at his side, tent no 12")
                == ["tall", "red", "beard", "dog", "his", "side", "tent"])
    }
}

@Suite struct `A typo` {
    @Test(arguments: [
        // Left out, put in, doubled, taken for another, swapped; at the beginning, within and at the end.
        ("mary", "mry"), ("mary", "mar"), ("mary", "ary"), ("mary", "maryy"), ("mary", "maary"), ("mary", "xmary"),
        ("mary", "mark"), ("mary", "nary"), ("mary", "mazy"), ("mary", "amry"), ("mary", "mayr"), ("mary", "mray"),
        ("ᐃᓄᒃᑎ", "ᐃᓄᒃᑐ"),
    ])
    func `is one slip, either way`(one: String, other: String) {
        #expect(Typo.separates(one, other))
        #expect(Typo.separates(other, one))
    }

    @Test(arguments: [
        ("mary", "mary"), ("mary", "marion"), ("mary", "army"), ("mary", "yram"), ("mary", "ma"), ("mary", "amyr"),
        ("smith", "simht"), ("abcd", "acbde"), ("", ""), ("", "mary"),
        // Short words forgive nothing.
        ("leo", "lee"), ("ann", "nan"), ("al", "ali"), ("a", ""),
    ])
    func `is no more than one, and not in short words`(one: String, other: String) {
        #expect(!Typo.separates(one, other))
        #expect(!Typo.separates(other, one))
    }
}
