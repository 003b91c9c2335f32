import ByNameList
import CivilTime
import Fixtures
import Foundation
import SQLite
import Store
import Testing

@Suite struct `The access log` {
    /// A record in which some people were shown, several of them in one commit.
    private func shown(_ rounds: Int) throws -> (trial: TrialStore, people: [PersonID]) {
        let trial = try TrialStore()
        let people = try (0..<3).map { _ in try trial.store.change(trial.admission) }
        for _ in 0..<rounds { try show(people, in: trial) }
        return (trial, people)
    }

    private func show(_ people: [PersonID], in trial: TrialStore) throws {
        let origin = trial.origin
        for person in people {
            let disclosure = Disclosure(
                actor: origin.actor, community: origin.community, fields: "page", purpose: "test", request: 77)
            _ = try trial.store.release(
                trial.store.read { reader in try reader.page(of: person, in: origin.community) }, to: disclosure)
        }
    }

    private func check(_ trial: TrialStore, against heads: [AccessHead] = []) throws -> AccessCheck {
        let folder = trial.folder
        return try trial.store.read { reader in
            try reader.checkAccesses(in: folder, against: heads.map { ("monday", $0) })
        }
    }

    /// Changes the file as somebody would who has it, but not the key.
    private func tamper(_ trial: TrialStore, _ sql: String) throws {
        trial.close()
        do {
            let connection = try Connection(
                path: trial.folder.databasePath, mode: .readWriteCreate, applicationID: 0x424E_4C31)
            for table in ["access_log", "access_link"] {
                for trigger in ["changed", "deleted"] {
                    try connection.execute("DROP TRIGGER \(table)_is_never_\(trigger)")
                }
            }
            try connection.execute(sql)
        }
        try trial.reopen()
    }

    @Test func `holds, and goes on over a restart`() throws {
        let (trial, people) = try shown(4)
        let before = try check(trial)
        #expect(before.problems == [] && before.notes == [] && before.rows == 12 && before.head.through == 12)
        trial.close()
        try trial.reopen()
        try show(people, in: trial)
        let after = try check(trial, against: [before.head])
        #expect(after.problems == [] && after.rows == 15 && after.head.link > before.head.link)
        #expect(AccessHead(after.head.text) == after.head)
    }

    static let alterations: [(sql: String, says: String)] = [
        ("UPDATE access_log SET record = record % 3 + 1 WHERE seq = 5", "between rows 5 and 5 (link 5)"),
        ("UPDATE access_log SET actor = actor + 1 WHERE seq = 7", "between rows 7 and 7 (link 7)"),
        ("UPDATE access_log SET purpose = 'tesu' WHERE seq = 1", "between rows 1 and 1 (link 1)"),
        ("UPDATE access_log SET recorded = recorded + 1 WHERE seq = 12", "between rows 12 and 12 (link 12)"),
        ("UPDATE access_log SET request = 0 WHERE seq = 3", "between rows 3 and 3 (link 3)"),
        ("DELETE FROM access_log WHERE seq = 6", "between rows 6 and 6 (link 6)"),
        ("UPDATE access_link SET mac = zeroblob(32) WHERE id = 4", "between rows 4 and 4 (link 4)"),
        (
            "UPDATE access_link SET key = randomblob(8) WHERE id = 5",
            "between rows 5 and 5 (link 5): another key made it"
        ),
        ("UPDATE access_link SET key = randomblob(8)", "between rows 1 and 1 (link 1): another key made it"),
        ("DELETE FROM access_link WHERE id = 8", "links 8 to 8 of the access log are missing"),
        (
            """
            INSERT INTO access_log (community, actor, record, fields, purpose, recorded) VALUES (1, 1, 1, 'x', 'x', 1)
            """, "rows 13 to 13 of the access log are in no link"
        ),
    ]

    @Test(arguments: alterations)
    func `shows where somebody altered it`(sql: String, says: String) throws {
        let (trial, people) = try shown(4)
        try tamper(trial, sql)
        #expect(try check(trial).problems.contains { $0.contains(says) }, "\(sql)")
        // What comes later mends nothing.
        try show(people, in: trial)
        #expect(try check(trial).problems.contains { $0.contains(says) }, "\(sql)")
    }

    @Test func `of which the end was cut off is told from the head that a backup has`() throws {
        let (trial, people) = try shown(4)
        let head = try check(trial).head
        try tamper(trial, "DELETE FROM access_log WHERE seq > 9; DELETE FROM access_link WHERE id > 9")
        #expect(try check(trial).problems == [])
        #expect(try check(trial, against: [head]).problems.contains { $0.contains("the backup monday has 12 rows") })
        // Whoever writes on over the gap, with the same numbers, does not hide it.
        try show(people, in: trial)
        #expect(try check(trial).rows == 12)
        #expect(try check(trial, against: [head]).problems.contains { $0.contains("the backup monday has 12 rows") })
    }

    @Test func `whose key was lost goes on with another, and says which links nobody can check`() throws {
        let (trial, people) = try shown(2)
        let path = trial.folder.path + "/access.key"
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        trial.close()
        try FileManager.default.removeItem(atPath: path)
        try trial.reopen()
        try show(people, in: trial)
        let check = try check(trial)
        #expect(check.problems == [])
        #expect(check.notes == ["links 1 to 6 of the access log were made with a key that is not here"])
        trial.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: StoreError.self) { try trial.reopen() }
    }

    @Test func `of a change that failed has no row and no gap`() throws {
        let (trial, people) = try shown(1)
        struct Undone: Error {}
        let origin = trial.origin
        for _ in 0..<3 {
            #expect(throws: Undone.self) {
                try trial.store.change { transaction in
                    try transaction.logRefusal(
                        Disclosure(actor: origin.actor, community: origin.community, fields: "refused", purpose: "x"),
                        of: .person(people[0]))
                    throw Undone()
                }
            }
            try show(people, in: trial)
        }
        let check = try check(trial)
        #expect(check.problems == [] && check.rows == 12)
    }
}
