import Foundation
import Migrations
import SQLite
import Testing

@Suite struct `The schema` {
    @Test func `after all steps is what schema.sql says`() throws {
        let connection = try Connection(path: "", mode: .memory, applicationID: 1)
        for migration in Migration.all { try connection.executeMigration(migration.sql) }
        var statements: [String] = []
        try connection.statement(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
        ).forEach { row throws(SQLiteError) in statements.append(row.string(0)) }
        let made =
            "-- The schema after all steps, kept true by a test.\n\n" + statements.joined(separator: ";\n\n") + ";\n"
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let kept = try String(contentsOf: root.appendingPathComponent("Migrations/schema.sql"), encoding: .utf8)
        #expect(made == kept, "write the schema anew into Migrations/schema.sql")
    }

    @Test func `has a step for each file, numbered from 1`() throws {
        #expect(Migration.all.map(\.version) == Array(1...Migration.all.count))
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let files = try FileManager.default.contentsOfDirectory(atPath: root.path + "/Migrations/sql").sorted()
        #expect(files == Migration.all.map { $0.name + ".sql" })
    }
}
