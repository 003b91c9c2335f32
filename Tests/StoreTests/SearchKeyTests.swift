import ByNameList
import Fixtures
import Store
import Testing

@Suite struct `The search keys` {
    @Test func `of a name are few`() throws {
        let trial = try TrialStore()
        try trial.add(IdentityDetails(givenName: "Bob", familyName: "Côté", description: "by the old bridge"))
        #expect(
            try trial.texts("SELECT key FROM search_key ORDER BY key")
                == ["dbridge", "dold", "dthe", "nbob", "ncote", "ncote robert "])
        try trial.add(IdentityDetails())
        #expect(try trial.texts("SELECT count(*) FROM search_key") == ["6"])
    }

    @Test func `are made for people who were written down before there were any`() throws {
        let trial = try TrialStore()
        var random = SplitMix64(seed: 1)
        for _ in 0..<50 { try trial.add(RandomNames.identity(&random)) }
        let person = try trial.add("Robert")
        try trial.say(IdentityDetails(familyName: "Miller", description: "by the bridge"), of: person)
        let keys = try trial.texts("SELECT key || record FROM search_key ORDER BY 1")
        let initials = try trial.texts("SELECT fact || coalesce(initials, '') FROM identity ORDER BY fact")
        try trial.execute(
            """
            DELETE FROM search_key; UPDATE identity SET initials = NULL;
            DELETE FROM setting WHERE name = 'search_keys_version'
            """)
        try trial.reopen()
        #expect(try trial.search("Robert Miller") == [])
        try trial.store.mendSearchKeys(rowsPerBatch: 7)
        #expect(try trial.texts("SELECT key || record FROM search_key ORDER BY 1") == keys)
        #expect(try trial.texts("SELECT fact || coalesce(initials, '') FROM identity ORDER BY fact") == initials)
        #expect(try trial.search("Robert Miller") == [person])
    }

    @Test func `of other rules are made anew, once`() throws {
        let trial = try TrialStore()
        try trial.add("Robert", "Miller")
        try trial.store.mendSearchKeys()
        let keys = try trial.texts("SELECT key FROM search_key ORDER BY key")
        try trial.execute("UPDATE search_key SET key = 'nold' WHERE key = 'nmiller'")
        try trial.reopen()
        try trial.store.mendSearchKeys()
        #expect(try trial.texts("SELECT key FROM search_key ORDER BY key").contains("nold"))
        try trial.execute("UPDATE setting SET value = 0 WHERE name = 'search_keys_version'")
        try trial.reopen()
        try trial.store.mendSearchKeys(rowsPerBatch: 1)
        #expect(try trial.texts("SELECT key FROM search_key ORDER BY key") == keys)
    }
}

@Suite struct `Everybody` {
    /// A record of random people; each is asked for below as somebody might who half remembers the name.
    private func record(_ seed: UInt64, people: Int) throws -> (TrialStore, [(PersonID, [String])]) {
        let trial = try TrialStore()
        var random = SplitMix64(seed: seed)
        let identities = (0..<people).map { _ in RandomNames.identity(&random) }
        let origin = trial.origin
        let added = try trial.store.change { transaction in
            try identities.map { identity in
                let person = try transaction.newPerson(in: origin.community)
                try transaction.append(
                    NewFact(.identity(named: true, birth: nil), about: person, identity: identity), from: origin)
                return person
            }
        }
        let words = identities.map { identity in
            [identity.givenName, identity.middleName, identity.familyName].compactMap { $0 }
                .flatMap { $0.split(separator: " ").map(String.init) }
        }
        return (trial, Array(zip(added, words)))
    }

    /// The search would answer 20 of them; here it is to answer all.
    private func found(_ trial: TrialStore, _ words: [String]) throws -> Set<PersonID> {
        let question = PersonSearch(name: words.joined(separator: " "))
        return Set(try trial.search(question, limit: 100_000).map(\.person))
    }

    @Test(arguments: UInt64(1)...6)
    func `is found by the full name in any order`(seed: UInt64) throws {
        let (trial, people) = try record(seed, people: 200)
        var random = SplitMix64(seed: seed)
        for (person, words) in people {
            let asked = random.shuffled(words)
            #expect(try found(trial, asked).contains(person), "\(asked)")
        }
    }

    @Test(arguments: UInt64(1)...6)
    func `is found with one typo in a word of four letters and more`(seed: UInt64) throws {
        let (trial, people) = try record(seed, people: 200)
        var random = SplitMix64(seed: seed)
        for (person, words) in people {
            let long = words.indices.filter { RandomNames.letters(in: words[$0]) >= 4 }
            guard !long.isEmpty else { continue }
            var asked = words
            let place = random.pick(long)
            asked[place] = RandomNames.slip(in: words[place], &random)
            asked = random.shuffled(asked)
            #expect(try found(trial, asked).contains(person), "\(words) asked for as \(asked)")
        }
    }
}

/// Names as a town may have them, and slips in them.
enum RandomNames {
    private static let given = [
        "Robert", "Bob", "Liz", "Élisabeth", "Nguyễn", "Mary-Ann", "J.P.", "Zoë", "Ła", "Þór", "ᐃᓄᒃᑎᑐᑦ", "Jean Paul",
    ]
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz".unicodeScalars)

    static func identity(_ random: inout SplitMix64) -> IdentityDetails {
        IdentityDetails(
            givenName: random.chance(50) ? random.pick(given) : word(&random),
            middleName: random.chance(20) ? word(&random) : nil,
            familyName: random.chance(10) ? nil : random.chance(10) ? "O'" + word(&random) : word(&random))
    }

    static func letters(in word: String) -> Int { word.unicodeScalars.count { $0.properties.isAlphabetic } }

    private static func word(_ random: inout SplitMix64) -> String {
        // Few letters, so that names lie close to one another.
        text((0..<random.number(2...9)).map { _ in letters[random.number(0...7)] })
    }

    /// The word with a letter left out, put in, taken for another or swapped with the next; marks are left alone.
    static func slip(in word: String, _ random: inout SplitMix64) -> String {
        var scalars = Array(word.unicodeScalars)
        let spots = scalars.indices.filter { scalars[$0].properties.isAlphabetic }
        let place = random.pick(spots)
        switch random.number(0...3) {
        case 0: scalars.remove(at: place)
        case 1: scalars.insert(random.pick(letters), at: place)
        case 2: scalars[place] = random.pick(letters)
        default: if spots.contains(place + 1) { scalars.swapAt(place, place + 1) }
        }
        return text(scalars)
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
