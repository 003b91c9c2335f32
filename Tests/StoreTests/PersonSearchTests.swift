import ByNameList
import CivilTime
import Fixtures
import ShippedConfig
import Store
import Testing

@Suite struct `A search for people` {
    private func named(_ given: String?, _ family: String? = nil) -> IdentityDetails {
        IdentityDetails(givenName: given, familyName: family)
    }

    @Test func `finds a name in any order, by another form and with a typo, the best first`() throws {
        let trial = try TrialStore()
        let typo = try trial.add("Elizabteh", "Côté")
        let nickname = try trial.add("Liz", "Cote")
        let same = try trial.add("Élizabeth", "COTE")
        try trial.add("Elizabeth", "Smith")
        let both = try trial.add("Beth", "Coté-Smih")
        let found = try trial.search(PersonSearch(name: "cote elizabeth"))
        #expect(found.map(\.person) == [same, nickname, both, typo])
        #expect(found.map(\.reasons) == [[.sameName], [.nickname], [.nickname], [.typo]])
        #expect(found.map(\.rank) == found.map(\.rank).sorted() && found[0].rank == 0)
        #expect(try trial.search(PersonSearch(name: "Smith-Cote, Elizabeth")).map(\.reasons) == [[.nickname, .typo]])
        #expect(try trial.search("cotte elizzabeth") == [])
        #expect(try trial.search("Elizabeth Jones") == [])
        #expect(try trial.search("") == [] && trial.search("-- !") == [])
        #expect(try trial.search(PersonSearch()) == [])
    }

    @Test func `needs no alphabet to forgive a typo`() throws {
        let trial = try TrialStore()
        let person = try trial.add("ᐃᓄᒃᑎᑐᑦ", "Ŋaam")
        for asked in ["ᐃᓄᒃᑎᑐᑦ", "ᐃᓄᒃᑎᑐ", "ᐃᓄᒃᑐᑎᑦ", "ᐊᓄᒃᑎᑐᑦ", "xᐃᓄᒃᑎᑐᑦ", "ᐃᓄᒃᑎᑐᑦ\u{10FFFD}", "ngaan"] {
            #expect(try trial.search(asked) == [person], "\(asked)")
        }
    }

    @Test func `finds no more than what stands`() throws {
        let trial = try TrialStore()
        let person = try trial.add("Robert", "Miller")
        let first = try trial.firstFact(of: person)
        let second = try trial.say(named("Walter", "Miller"), of: person, replacing: first)
        #expect(try trial.search("Robert Miller") == [])
        #expect(try trial.search("Walter Miller") == [person])
        let void = try trial.void(second, of: person)
        #expect(try trial.search("Walter") == [] && trial.search("Robert") == [person])
        _ = try trial.void(void, of: person)
        #expect(try trial.search("Walter") == [person] && trial.search("Robert") == [])
        let alone = try trial.add("Winifred")
        _ = try trial.void(try trial.firstFact(of: alone), of: alone)
        #expect(try trial.search("Winifred") == [])
    }

    @Test func `finds a name that was told in parts`() throws {
        let trial = try TrialStore()
        let person = try trial.add("Robert")
        try trial.say(named(nil, "Miller"), of: person)
        #expect(try trial.search("miller bob") == [person])
        #expect(try trial.duplicates(of: named("Bob", "Miller")).map(\.person) == [person])
    }

    @Test func `stays in its community`() throws {
        let trial = try TrialStore()
        let other = try trial.store.change { transaction in
            let community = try transaction.createCommunity(
                code: "other", name: "Other", zone: "UTC", policy: PolicyDocument.template("us_bfz") ?? "")
            return try transaction.origin(
                community: community, agency: "Agency", actor: "worker", source: "intake", isImport: false)
        }
        let here = try trial.add("Robert", "Miller", birth: BirthDate("1980-01-01"))
        let there = try trial.add(named("Robert", "Miller"), birth: BirthDate("1980-01-01"), to: other)
        for question in [
            PersonSearch(name: "Robert"), PersonSearch(name: "Robret"), PersonSearch(birth: .date("1980-01-01")),
        ] {
            #expect(try trial.search(question).map(\.person) == [here])
            #expect(try trial.search(question, in: other.community).map(\.person) == [there])
        }
        #expect(try trial.duplicates(of: named("Bob", "Miller")).map(\.person) == [here])
    }

    @Test func `neither shows nor counts who may not be known of`() throws {
        let trial = try TrialStore()
        let people = try (0..<30).map { _ in try trial.add("Robert", "Miller") }
        let typo = try trial.add("Robert", "Milller")
        let hidden = Set(people.prefix(9))
        let found = try trial.search(PersonSearch(name: "Robert Miller"), may: { !hidden.contains($0) })
        #expect(found.map(\.person) == Array(people[9..<29]))
        let few = Set(people.prefix(28))
        let rest = try trial.search(PersonSearch(name: "Robert Miller"), may: { !few.contains($0) })
        #expect(rest.map(\.person) == [people[28], people[29], typo])
        #expect(try trial.search(PersonSearch(name: "Robert Miller"), limit: 1).map(\.person) == [people[0]])
        #expect(try trial.search(PersonSearch(name: "Robert Miller"), limit: 0) == [])
        #expect(try trial.duplicates(of: named("Robert", "Miller"), may: { !hidden.contains($0) }).count == 5)
        #expect(try trial.duplicates(of: named("Robert", "Miller"), may: { _ in false }) == [])
    }

    @Test func `finds by birth date and age, alone and beside a name`() throws {
        let trial = try TrialStore()
        let exact = try trial.add("Robert", "Miller", birth: BirthDate("1984-05-12"))
        let yearOnly = try trial.add("Bob", "Miller", birth: BirthDate(year: 1984))
        let other = try trial.add("Robert", "Jones", birth: BirthDate("1984-06-01"))
        try trial.add("Robert", "Miller")
        let date = BirthQuestion.date("1984-05-12")
        let found = try trial.search(PersonSearch(birth: date))
        #expect(found.map(\.person) == [exact, yearOnly])
        #expect(found.map(\.reasons) == [[.birthDate], [.birthDate]])
        #expect(try trial.search(PersonSearch(name: "Miller", birth: date)).map(\.person) == [exact, yearOnly])
        #expect(try trial.search(PersonSearch(name: "jones", birth: date)) == [])
        let ages = BirthQuestion.ages(39...39, on: "2024-05-31")
        let aged = try trial.search(PersonSearch(birth: ages))
        #expect(aged.map(\.person) == [other, yearOnly])
        #expect(aged.map(\.reasons) == [[.age], [.age]])
        #expect(try trial.search(PersonSearch(name: "robert", birth: ages)).map(\.person) == [other, yearOnly])
        try trial.say(IdentityDetails(), birth: BirthDate("1970-01-01"), of: exact)
        #expect(try trial.search(PersonSearch(birth: date)).map(\.person) == [yearOnly])
    }

    @Test func `finds by birth date among very many of the name`() throws {
        let trial = try TrialStore()
        let origin = trial.origin
        let people = try trial.store.change { transaction in
            try (0..<300).map { number in
                let person = try transaction.newPerson(in: origin.community)
                let birth = BirthDate(CivilDate(dayNumber: Int32(number)))
                try transaction.append(
                    NewFact(
                        .identity(named: true, birth: birth), about: person,
                        identity: IdentityDetails(givenName: "Robert", familyName: "Miller", description: "tall")),
                    from: origin)
                return person
            }
        }
        let date = BirthQuestion.date(CivilDate(dayNumber: 250))
        #expect(try trial.search(PersonSearch(name: "bob", birth: date)).map(\.person) == [people[250]])
        let everything = PersonSearch(name: "Milller", birth: date, description: "tall, red")
        #expect(try trial.search(everything).map(\.person) == [people[250]])
        #expect(try trial.search(everything).map(\.reasons) == [[.typo, .birthDate, .description]])
    }

    @Test func `finds by words of a description, most of them first`() throws {
        let trial = try TrialStore()
        let one = try trial.add(IdentityDetails(description: "Red beard, walks with a cane"))
        let two = try trial.add(IdentityDetails(description: "RED tent and béard"))
        let named = try trial.add(IdentityDetails(givenName: "Robert", description: "cane"))
        let found = try trial.search(PersonSearch(description: "beard, red, tent"))
        #expect(found.map(\.person) == [two, one])
        #expect(found.allSatisfy { $0.reasons == [.description] })
        #expect(try trial.search(PersonSearch(description: "a cane")).map(\.person) == [one, named])
        #expect(try trial.search(PersonSearch(name: "bob", description: "cane")).map(\.person) == [named])
        #expect(try trial.search(PersonSearch(name: "bob", description: "tent")) == [])
        #expect(try trial.search(PersonSearch(description: "a b")) == [])
        #expect(try trial.search("beard") == [])
    }

    @Test func `finds by the number of another system`() throws {
        let scratch = try ScratchStore()
        try scratch.importing(SmallExport().folder)
        let (community, person) = (scratch.community, try scratch.person("7"))
        func search(_ question: PersonSearch) throws -> [FoundPerson] {
            try scratch.store.read { reader in try reader.search(question, in: community) { _ in true } }
        }
        let found = try search(PersonSearch(externalID: .init(value: "7")))
        #expect(found.map(\.person) == [person] && found[0].reasons == [.externalID])
        #expect(try search(PersonSearch(externalID: .init(value: ""))) == [])
        #expect(try search(PersonSearch(externalID: .init(system: "elsewhere", value: "7"))) == [])
        #expect(try search(PersonSearch(name: "Nobody", externalID: .init(value: "7"))) == [])
    }
}

@Suite struct `Possible duplicates` {
    private func named(_ given: String?, _ family: String? = nil) -> IdentityDetails {
        IdentityDetails(givenName: given, familyName: family)
    }

    @Test func `have the same name, and no birth date that contradicts`() throws {
        let trial = try TrialStore()
        let unknown = try trial.add("Robert", "O'Neil")
        let same = try trial.add("ONEIL", "Bob", birth: BirthDate("1984-05-12"))
        try trial.add("Robert", "O'Neil", birth: BirthDate("1984-05-13"))
        let yearOnly = try trial.add("Rob", "O'Neil", birth: BirthDate(year: 1950))
        try trial.add("Robert", "O'Neill")
        let found = try trial.duplicates(of: named("Robert", "O'Neil"), birth: BirthDate("1984-05-12"))
        #expect(found.map(\.person) == [same, unknown, yearOnly])
        #expect(found.map(\.reasons) == [[.nickname, .birthDate], [.sameName], [.nickname]])
        #expect(try trial.duplicates(of: named("Robert", "O'Neil"), besides: unknown).map(\.person).first != unknown)
        #expect(try trial.duplicates(of: named(nil)) == [])
    }

    @Test func `of one name alone have the same birth date`() throws {
        let trial = try TrialStore()
        try trial.add("Robert")
        let same = try trial.add("Robert", birth: BirthDate("1984-05-12"))
        #expect(try trial.duplicates(of: named("Robert")) == [])
        let found = try trial.duplicates(of: named("Robert"), birth: BirthDate("1984-05-12"))
        #expect(found.map(\.person) == [same] && found.first?.reasons == [.sameName, .birthDate])
    }

    @Test func `are found among very many of the name by their birth date`() throws {
        let trial = try TrialStore()
        let first = try trial.add("Robert", "Miller", birth: BirthDate("1984-05-12"))
        for day in 0..<80 {
            try trial.add("Robert", "Miller", birth: BirthDate(CivilDate(dayNumber: Int32(day))))
        }
        let found = try trial.duplicates(of: named("Robert", "Miller"), birth: BirthDate("1984-05-12"))
        #expect(found.map(\.person) == [first])
    }

    @Test func `have the same number in another system, whatever they are called`() throws {
        let scratch = try ScratchStore()
        try scratch.importing(SmallExport().folder)
        let (community, person) = (scratch.community, try scratch.person("7"))
        let system = try #require(try scratch.texts("SELECT system FROM external_id").first)
        let found = try scratch.store.read { reader in
            try reader.possibleDuplicates(
                of: IdentityDetails(givenName: "Nobody"), birth: BirthDate("1984-05-12"),
                externalIDs: [ExternalID(system: system, value: "7"), ExternalID(system: "elsewhere", value: "7")],
                in: community
            ) { _ in true }
        }
        #expect(found.map(\.person) == [person] && found.first?.reasons == [.externalID])
    }
}
