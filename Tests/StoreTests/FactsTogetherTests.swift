import ByNameList
import CivilTime
import SQLite
import Store
import Testing

@Suite struct `Facts that are written together` {
    /// All kinds of columns in turn, so that what one row leaves out stands in the rows beside it.
    private func facts(_ count: Int, about person: PersonID, household: HouseholdID, key: String) -> [NewFact] {
        let on = day("2024-03-01")
        return (0..<count).map { index in
            switch index % 6 {
            case 0:
                let details = IdentityDetails(givenName: "Given \(index)", familyName: index == 0 ? nil : "Family")
                let content = FactContent.identity(named: true, birth: BirthDate(day("1990-02-03")))
                return NewFact(content, about: person, identity: details)
            case 1: return NewFact(.intake(on: on, saidOf: .nightBefore), about: person)
            case 2:
                let stay = Stay(.emergencyShelter, from: on, to: on.adding(days: index), knowledge: .reported)
                return NewFact(.stay(stay), about: person, detail: #"{"bed":"\#(index)"}"#)
            case 3:
                let statement = HouseholdStatement(household: household, role: .head, from: on.adding(days: index))
                return NewFact(.household(statement), about: person)
            case 4:
                let stay = Stay(.institution, from: on, confirmedTo: on.adding(days: 3))
                return NewFact(.stay(stay), about: person, source: SourceKey("\(key)/\(index)", version: 1))
            default: return NewFact(.answer(Answer(.veteran, .yes)), about: person)
            }
        }
    }

    @Test(arguments: [0, 1, 3, 4, 5, 15, 16, 21, 37])
    func `are the same facts as written one by one`(count: Int) throws {
        let trial = try TrialStore()
        let origin = trial.origin
        let (person, household, ids) = try trial.store.change { transaction in
            let person = try transaction.newPerson(in: origin.community)
            let household = try transaction.newHousehold(from: origin)
            let facts = facts(count, about: person, household: household, key: "together")
            return (person, household, try transaction.append(facts, from: origin))
        }
        let other = try trial.store.change { transaction in
            let other = try transaction.newPerson(in: origin.community)
            for fact in facts(count, about: other, household: household, key: "apart") {
                try transaction.append(fact, from: origin)
            }
            return other
        }
        let together = try trial.store.read { reader in try reader.facts(of: person) }
        let apart = try trial.store.read { reader in try reader.facts(of: other) }
        #expect(together.map(\.id) == ids)
        #expect(together.map(\.content) == apart.map(\.content))
        #expect(together.count == count)
        #expect(try rows(of: person, in: trial) == rows(of: other, in: trial))
        #expect(try trial.problems() == [])
    }

    @Test func `are not written at all if one of them cannot be`() throws {
        let trial = try TrialStore()
        let origin = trial.origin
        #expect(throws: StoreError.self) {
            try trial.store.change { transaction in
                let person = try transaction.newPerson(in: origin.community)
                let household = try transaction.newHousehold(from: origin)
                let facts = facts(21, about: person, household: household, key: "twice")
                _ = try transaction.append(facts + facts.suffix(5), from: origin)
            }
        }
        #expect(try trial.factCount() == 0)
        #expect(try trial.people().isEmpty)
        #expect(try trial.problems() == [])
    }

    @Test func `make a household of those who came with it and of who came later`() throws {
        let trial = try TrialStore()
        let origin = trial.origin
        let on = day("2024-03-01")
        @Sendable func join(_ household: HouseholdID, born: CivilDate, _ transaction: WriteTransaction) throws {
            let person = try transaction.newPerson(in: origin.community)
            let statement = HouseholdStatement(household: household, role: .member, from: on)
            let contents: [FactContent] = [
                .identity(named: true, birth: BirthDate(born)), .intake(on: on, saidOf: .theDay),
                .household(statement),
            ]
            try transaction.append(contents.map { NewFact($0, about: person) }, from: origin)
        }
        let household = try trial.store.change { transaction in
            let household = try transaction.newHousehold(from: origin)
            try join(household, born: day("1990-01-01"), transaction)
            try join(household, born: day("2001-01-01"), transaction)
            return household
        }
        #expect(try trial.families() == 0)
        try trial.store.change { transaction in try join(household, born: day("2015-01-01"), transaction) }
        #expect(try trial.families() == 3)
        #expect(try trial.problems() == [])
    }

    /// What the tables hold of a person, but for the numbers of rows and people, and for the keys.
    private func rows(of person: PersonID, in trial: TrialStore) throws -> [String] {
        let connection = try Connection(path: trial.folder.databasePath, mode: .readOnly, applicationID: 0x424E_4C31)
        let statement = try connection.prepare(
            """
            SELECT json_array(fact.community, kind, version, effective_from, effective_to, confirmed_to, code, subject,
                flags, actor, source, substr(source_key, instr(source_key, '/')), source_version, target, detail,
                given_name, family_name, birth, birth_quality)
            FROM fact LEFT JOIN identity ON identity.fact = fact.seq WHERE fact.record = ? ORDER BY seq
            """)
        try statement.bind(1, person.number)
        var rows: [String] = []
        try statement.forEach { row in rows.append(row.string(0)) }
        return rows
    }
}

extension TrialStore {
    /// People in families by the counts.
    fileprivate func families() throws -> Int {
        let today = utcDate("UTC", clock.now)
        return try store.read { reader in
            let community = try reader.community("test")
            return try reader.month(today.month, of: community, population: .families, unit: .persons, asOf: today)
                .report.figures.activeAtEnd
        }
    }
}
