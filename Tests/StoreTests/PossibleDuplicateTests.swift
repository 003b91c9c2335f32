import ByNameList
import CivilTime
import Fixtures
import Store
import Testing

@Suite struct `Somebody born on a day on which many were` {
    private static let day = BirthDate("1980-01-01")

    private func named(_ given: String?, _ family: String?, middle: String? = nil) -> IdentityDetails {
        IdentityDetails(givenName: given, middleName: middle, familyName: family)
    }

    /// Of a hundred others each has one of the two initials.
    private func crowd(in trial: TrialStore) throws {
        for number in 0..<100 {
            let (given, family) = number % 2 == 0 ? ("Anton", "Quill") : ("Boris", "Petrov")
            try trial.add("\(given)\(number)", "\(family)\(number)", birth: Self.day)
        }
    }

    @Test func `is found by the first letters, however many came after`() throws {
        let trial = try TrialStore()
        let person = try trial.add("Anna", "Petrova", birth: Self.day)
        let accented = try trial.add("Áńgela", "Pe\u{301}rez", birth: Self.day)
        let other = try trial.add("Anna", "Petrova", birth: BirthDate("1980-01-02"))
        try crowd(in: trial)
        let found = try trial.duplicates(of: named("Annette", "Peters"), birth: Self.day)
        #expect(found.map(\.person) == [person, accented])
        #expect(found.map(\.reasons) == [[.birthDate, .firstLetters], [.birthDate, .firstLetters]])
        #expect(
            try trial.duplicates(of: named("Annette", "Peters"), birth: BirthDate("1980-01-02")).map(\.person) == [
                other
            ])
    }

    @Test func `is found too where the name was said apart from the birth date`() throws {
        let trial = try TrialStore()
        let person = try trial.add("Anna", "Petrova")
        try trial.say(IdentityDetails(), birth: Self.day, of: person)
        let half = try trial.add("Anabel", nil, birth: Self.day)
        try trial.say(named(nil, "Perlman"), of: half)
        try crowd(in: trial)
        #expect(
            try Set(trial.duplicates(of: named("Annette", "Peters"), birth: Self.day).map(\.person)) == [person, half])
    }

    @Test func `leaves no initials once erased`() throws {
        let trial = try TrialStore()
        let person = try trial.add("Anna", "Petrova", birth: Self.day)
        #expect(try trial.texts("SELECT initials FROM identity") == ["ap"])
        let origin = trial.origin
        try trial.store.change { transaction in try transaction.erase(person, for: .request, from: origin) }
        #expect(try trial.texts("SELECT count(initials) FROM identity") == ["0"])
    }

    @Test func `is found by letters that can be written in several ways`() throws {
        let trial = try TrialStore()
        let person = try trial.add("И\u{306}осиф", "Петров", birth: Self.day)
        #expect(try trial.texts("SELECT count(initials) FROM identity") == ["0"])
        #expect(try trial.duplicates(of: named("Йорам", "Петухов"), birth: Self.day).map(\.person) == [person])
        #expect(try trial.duplicates(of: named("Марк", "Петухов"), birth: Self.day).isEmpty)
    }
}
