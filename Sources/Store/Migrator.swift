import Glibc
import Migrations
import SQLite

/// Brings the schema forward, each step in one transaction, a backup aside first.
struct Migrator {
    let connection: Connection
    let folder: DataFolder
    let accessKey: AccessKey
    let clock: Clock

    func migrate() throws(StoreError) {
        let version = try translatingErrors { () throws(SQLiteError) in Int(try connection.userVersion()) }
        let waiting = Migration.all.filter { $0.version > version }
        guard !waiting.isEmpty else { return }
        if version > 0 {
            _ = try Backup(folder: folder, program: "migration", made: clock()).run(
                named: "before-m\(waiting[0].version)")
        }
        for migration in waiting { try apply(migration) }
    }

    static let firstWithLinks = 6

    private func apply(_ migration: Migration) throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            try connection.run("BEGIN IMMEDIATE")
            do throws(SQLiteError) {
                try connection.executeMigration(migration.sql)
                // What was logged before there were links is held by the first, from the step on that knows them.
                if migration.version == Migrator.firstWithLinks {
                    try AccessChain(connection: connection, key: accessKey).linkFormerRows()
                }
                // The version is part of the step: both or neither.
                try connection.execute("PRAGMA user_version = \(migration.version)")
                try connection.run("COMMIT")
            } catch {
                if connection.isInTransaction { try connection.run("ROLLBACK") }
                throw error
            }
        }
    }
}
