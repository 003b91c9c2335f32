import Foundation
import GRDB
import Hummingbird

/// An intake as a service of this kind would take it: part of the body decoded, one row, one commit each.
struct Intake: Decodable, Sendable {
    struct Profile: Decodable, Sendable {
        let given_name: String
        let family_name: String
        let birth_date: String
    }
    struct Situation: Decodable, Sendable {
        let situation: String
        let from: String
    }
    struct Consent: Decodable, Sendable {
        let purpose: String
        let value: String
    }
    let on: String
    let profile: Profile
    let situations: [Situation]
    let consent: [Consent]
    let answers: [String: String]
}

struct Admitted: ResponseEncodable {
    let person: Int64
}

@main
struct Rival {
    /// Arguments: the port, the path of the database.
    static func main() async throws {
        guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]) else {
            fatalError("rival PORT DATABASE")
        }
        let pool = try await openPool(CommandLine.arguments[2])
        let router = Router()
        router.get("healthz") { _, _ in "ok\n" }
        router.post("intakes") { request, context -> EditedResponse<Admitted> in
            let intake = try await request.decode(as: Intake.self, context: context)
            let id = try await pool.write { database in
                try database.execute(sql: insertion, arguments: arguments(of: intake))
                return database.lastInsertedRowID
            }
            return EditedResponse(status: .created, response: Admitted(person: id))
        }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
        try await application.runService()
    }

    private static let columns = 16

    private static let insertion =
        "INSERT INTO intake VALUES (NULL, \((0..<(6 + columns)).map { _ in "?" }.joined(separator: ", ")))"

    private static func openPool(_ path: String) async throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        let pool = try DatabasePool(path: path, configuration: configuration)
        // Once the pool is open: what is set while it opens is overwritten by the pool.
        try await pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
                fatalError("commits are not durable")
            }
        }
        try await pool.write { database in
            let answers = (0..<columns).map { "answer\($0) TEXT" }.joined(separator: ", ")
            try database.execute(
                sql: """
                    CREATE TABLE intake (
                        id INTEGER PRIMARY KEY, day TEXT NOT NULL, given_name TEXT, family_name TEXT, birth_date TEXT,
                        situation TEXT, consent TEXT, \(answers));
                    CREATE INDEX intake_name ON intake (family_name);
                    """)
        }
        return pool
    }

    private static func arguments(of intake: Intake) -> StatementArguments {
        var values: [String?] = [
            intake.on, intake.profile.given_name, intake.profile.family_name, intake.profile.birth_date,
            intake.situations.first?.situation, intake.consent.first?.value,
        ]
        values += intake.answers.values.prefix(columns).map { $0 }
        while values.count < 6 + columns { values.append(nil) }
        return StatementArguments(values)
    }
}
