import ByNameList
import CivilTime
import Fixtures
import Testing

@Suite struct `A name that is asked for` {
    static let nicknames = Nicknames([
        (name: "elizabeth", forms: ["Liz", "Beth", "Élise"]), (name: "alexander", forms: ["alex", "sandy"]),
        (name: "alexandra", forms: ["alex", "sandy"]), (name: "beth", forms: ["bettina"]),
    ])

    private func match(_ asked: String, _ identity: IdentityDetails) -> NameMatch? {
        NameQuestion(asked)?.match(SearchableName(identity), nicknames: Self.nicknames)
    }

    private func forgiven(typos: Int = 0, nicknames: Int = 0) -> NameMatch {
        var match = NameMatch()
        match.typos = typos
        match.nicknames = nicknames
        return match
    }

    private let liz = IdentityDetails(
        givenName: "Elizabeth", middleName: "Mary-Ann", familyName: "O'Brien", nameSuffix: "Jr.")

    @Test(arguments: [
        "Elizabeth O'Brien", "o’brien ELIZABETH", "obrien", "Mary Ann", "mary-ann", "Maryann", "O Brien", "Jr",
        "O'Brien, Élizabeth", "maryann elizabeth obrien",
    ])
    func `is there in any order, with any marks, and in part`(asked: String) {
        #expect(match(asked, liz) == NameMatch())
    }

    @Test func `may be another form of the name`() {
        #expect(match("Liz O'Brien", liz) == forgiven(nicknames: 1))
        #expect(match("elise", liz) == forgiven(nicknames: 1))
        #expect(match("sandy", IdentityDetails(givenName: "Alexandra")) == forgiven(nicknames: 1))
        #expect(match("Alexander", IdentityDetails(givenName: "Alexandra")) == nil)
        #expect(match("Bettina", liz) == nil)
    }

    @Test func `may hold one typo in all`() {
        #expect(match("Elizabth O'Brien", liz) == forgiven(typos: 1))
        #expect(match("Elizabeth O'Brein", liz) == forgiven(typos: 1))
        #expect(match("Elizabeth Obrein", liz) == forgiven(typos: 1))
        #expect(match("Liz Obrein", liz) == forgiven(typos: 1, nicknames: 1))
        #expect(match("Elizabth Obrein", liz) == nil)
        #expect(match("Elizabbth", liz) == forgiven(typos: 1))
        #expect(match("Elizabbbth", liz) == nil)
        #expect(match("Ana", IdentityDetails(givenName: "Ann")) == nil)
    }

    @Test func `has every word in the name`() {
        #expect(match("Elizabeth Smith", liz) == nil)
        #expect(match("Elizabeth", IdentityDetails()) == nil)
        #expect(NameQuestion(" -- ") == nil)
    }

    @Test func `is one name in all its forms and orders`() {
        func canonical(_ given: String?, _ family: String?) -> String? {
            SearchableName(IdentityDetails(givenName: given, familyName: family)).canonical(Self.nicknames)
        }
        #expect(canonical("Liz", "O'Brien") == "elizabeth obrien")
        #expect(canonical("OBRIEN", "elizabeth") == "elizabeth obrien")
        #expect(canonical("Mary-Ann", "Lee") == canonical("Mary Ann", "Lee"))
        #expect(canonical("Sandy", nil) == "alexander")
        #expect(canonical("Alexandra", nil) == "alexandra")
        // A name that heads a group is itself, although it is a form of another.
        #expect(canonical("Beth", nil) == "beth")
        #expect(canonical(nil, nil) == nil)
        #expect(canonical("--", "") == nil)
    }
}

@Suite struct `A birth date that is asked for` {
    private let date = BirthQuestion.date("1984-05-12")

    @Test func `is answered by the day, and by the year where no more is known`() {
        #expect(date.match(BirthDate("1984-05-12")) == .exact)
        #expect(date.match(BirthDate("1984-05-12", quality: .approximate)) == .exact)
        #expect(date.match(BirthDate("1984-05-13")) == nil)
        #expect(date.match(BirthDate("1984-07-01", quality: .yearOnly)) == .sameYear)
        #expect(date.match(BirthDate("1984-12-31", quality: .approximate)) == .sameYear)
        #expect(date.match(BirthDate("1985-07-01", quality: .yearOnly)) == nil)
    }

    @Test(
        arguments: [
            ("1984-04-01", true), ("1984-04-02", false), ("1973-04-02", true), ("1973-04-01", false),
        ] as [(String, Bool)])
    func `may be an age in completed years`(birth: String, answers: Bool) throws {
        let question = BirthQuestion.ages(40...50, on: "2024-04-01")
        #expect((question.match(BirthDate(try #require(CivilDate(birth)))) != nil) == answers)
    }

    @Test func `of somebody of whom the year is known may be any day of it`() {
        let question = BirthQuestion.ages(40...40, on: "2024-04-01")
        func match(_ year: Int) -> BirthQuestion.Match? { BirthDate(year: year).flatMap { question.match($0) } }
        #expect(match(1982) == nil && match(1983) == .sameYear && match(1984) == .sameYear && match(1985) == nil)
    }

    @Test(arguments: UInt64(1)...50)
    func `lies within its span`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let on = CivilDate(dayNumber: Int32(random.number(0...30_000)))
        let age = random.number(0...90)
        let questions = [BirthQuestion.date(on), .ages(age...(age + random.number(0...30)), on: on)]
        for _ in 0..<200 {
            let birth = BirthDate(
                on.adding(days: -random.number(-800...45_000)), quality: random.pick(BirthDateQuality.allCases))
            for question in questions where question.match(birth) != nil { #expect(question.span.contains(birth.date)) }
        }
    }

    @Test func `contradicts another that is known to the day`() {
        let known = BirthDate("1984-05-12")
        #expect(known.contradicts(BirthDate("1984-05-13")))
        #expect(!known.contradicts(known))
        #expect(!known.contradicts(BirthDate("1990-07-01", quality: .yearOnly)))
    }
}
