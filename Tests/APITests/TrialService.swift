import JSON
import API
import App
import ByNameList
import CivilTime
import Foundation
import HTTP
import SQLite
import ShippedConfig
import Store
import Synchronization
import Testing

/// Somebody with a token.
struct Worker: Hashable, Sendable {
    let community: String
    let agency: String
    let role: Role

    init(_ community: String, _ agency: String, _ role: Role) {
        self.community = community
        self.agency = agency
        self.role = role
    }

    static let harbour = Worker("north", "Harbour", .outreach)
    static let lantern = Worker("north", "Lantern", .outreach)
    static let coordinator = Worker("north", "City", .coordinator)
    static let dashboard = Worker("north", "City", .dashboard)
    static let admin = Worker("north", "City", .admin)
    static let auditor = Worker("north", "City", .auditor)
    /// For both communities.
    static let collaborative = Worker("north", "City", .collaborative)
    /// Of a victim service provider.
    static let willow = Worker("north", "Willow", .outreach)
    /// Of the sample community, where there is one.
    static let sampled = [Worker("sample", "City", .coordinator), Worker("sample", "City", .dashboard)]
    /// Of the other community, under an agency of the same name.
    static let southern = Worker("south", "Harbour", .outreach)

    static let northern: [Worker] = [
        .harbour, .lantern, .coordinator, .dashboard, .admin, .auditor, .collaborative,
    ]
    static let all = northern + [.willow] + Role.allCases.map { Worker("south", "Harbour", $0) }
}

/// A service over a record of its own with two communities, asked with the bytes of real requests.
final class TrialService: Sendable {
    let clock: SetClock
    let workspace: Workspace
    let service: Service
    /// What the service could not account for; of every test nothing.
    let complaints: Complaints
    let tokens: [Worker: String]
    /// Tokens of the northern community that open nothing any more.
    let expired: [Role: String]
    let revoked: [Role: String]
    private let folder: URL

    private static let agencies: [(String, AgencyKind)] = [
        ("Harbour", .shelter), ("Lantern", .outreach), ("City", .coordination), ("A", .other),
        ("Willow", .victimServices),
    ]

    /// - Parameters:
    ///   - zone: of both communities.
    ///   - policy: the document of their policy.
    ///   - sample: a third community, recorded before the moment.
    init(
        zone: String = "UTC", now: String = "2024-04-02T15:00:00Z",
        policy: String = PolicyDocument.template("us_bfz") ?? "", sample: SampleCommunity? = nil
    ) throws {
        let now = try #require(Instant(now))
        let clock = SetClock(Instant(microseconds: now.microseconds - 10 * 86_400 * 1_000_000))
        self.clock = clock
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)")
        if let sample {
            let record = try SampleRecord(path: folder.path)
            defer { record.store.close() }
            try record.write(sample, policy: policy) { _, _ in }
        }
        workspace = try Workspace(path: folder.path, mode: .writing, clock: { clock.now })
        for code in ["north", "south"] {
            try workspace.createCommunity(code: code, name: "The \(code)", zone: zone, policy: policy)
            let community = try workspace.community(code)
            for (agency, kind) in TrialService.agencies {
                try workspace.setAgency(agency, kind: kind, in: community)
            }
        }
        if sample != nil {
            try workspace.setAgency("City", kind: .coordination, in: workspace.community("sample"))
        }
        let north = try workspace.community("north")
        var expired: [Role: String] = [:]
        for role in Role.allCases {
            expired[role] = try workspace.makeToken(
                in: north, agency: "Harbour", user: "gone", role: role, days: 1
            ).token
        }
        clock.set(now)
        var revoked: [Role: String] = [:]
        for role in Role.allCases {
            let made = try workspace.makeToken(in: north, agency: "Harbour", user: "lost", role: role, days: 90)
            let isRevoked = try workspace.store.change { try $0.revokeToken(made.id, in: north.id) }
            try #require(isRevoked)
            revoked[role] = made.token
        }
        var tokens: [Worker: String] = [:]
        for worker in Worker.all + (sample == nil ? [] : Worker.sampled) {
            let others = worker == .collaborative ? [try workspace.community("south")] : []
            tokens[worker] = try workspace.makeToken(
                in: try workspace.community(worker.community), with: others, agency: worker.agency,
                user: worker.role.code, role: worker.role, days: 400
            ).token
        }
        (self.tokens, self.expired, self.revoked) = (tokens, expired, revoked)
        complaints = Complaints()
        service = TrialService.service(over: workspace, clock, complaints)
    }

    deinit {
        workspace.store.close()
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(at: folder)
    }

    private static func service(
        over workspace: Workspace, _ clock: SetClock, _ complaints: Complaints,
        _ change: (inout ServiceSettings) -> Void = { _ in }
    ) -> Service {
        var settings = ServiceSettings()
        // The clock stands still while a test asks hundreds of times: the rates have tests of their own.
        settings.rates.requestsAtOnce = 1_000_000
        settings.rates.searchesPerMinute = 1_000_000
        settings.rates.failuresPerMinute = 1_000_000
        change(&settings)
        return Service(
            store: workspace.store, clock: { clock.now }, loops: 1, settings: settings, log: { _, _ in },
            complain: { _, error in complaints.note("\(error)") })
    }

    /// Another service over the same record, with a cache of its own.
    func another(_ change: (inout ServiceSettings) -> Void = { _ in }) -> Service {
        TrialService.service(over: workspace, clock, complaints, change)
    }

    /// Does what is to be done with the service after the record was closed and opened again.
    func afterRestart<Answer>(_ work: (Service) async throws -> Answer) async throws -> Answer {
        workspace.store.close()
        let clock = clock
        let again = try Workspace(path: folder.path, mode: .writing, clock: { clock.now })
        defer { again.store.close() }
        return try await work(TrialService.service(over: again, clock, complaints))
    }

    func moveClock(to text: String) throws { clock.set(try #require(Instant(text))) }

    // MARK: What is kept

    private func connection() throws -> Connection {
        try Connection(
            path: DataFolder(path: folder.path).databasePath, mode: .readOnly, applicationID: 0x424E_4C31)
    }

    private static let tables = [
        "fact", "record", "receipt", "worklist", "household", "external_id", "identity", "note", "search_key",
        "agency", "token", "access_log WHERE fields <> 'refused'",
    ]

    /// How many rows each table has that a request could add to; of the access log those by which somebody was shown.
    func rowCounts(withAccesses: Bool = true) throws -> [String: Int] {
        let connection = try connection()
        var counts: [String: Int] = [:]
        for table in TrialService.tables where withAccesses || !table.hasPrefix("access_log") {
            counts[table] = try connection.prepare("SELECT count(*) FROM \(table)").first {
                row throws(SQLiteError) in row.int(0)
            }
        }
        return counts
    }

    /// Every text of the receipts, the access log, the journal and the annotations.
    func keptTexts() throws -> [String] {
        var texts: [String] = []
        try connection().prepare(
            """
            SELECT answer FROM receipt UNION ALL SELECT route FROM receipt UNION ALL SELECT fields FROM access_log
            UNION ALL SELECT purpose FROM access_log UNION ALL SELECT coalesce(detail, '') FROM fact
            UNION ALL SELECT text FROM annotation
            """
        ).forEach { row throws(SQLiteError) in texts.append(row.string(0)) }
        return texts
    }

    /// Who was shown to whom, in order: the user's role, the person's id, the fields and the purpose.
    func accesses() throws -> [Access] {
        let ids = try #require(workspace.store.live.publicIDs)
        var found: [Access] = []
        try connection().prepare(
            """
            SELECT actor.agency, actor.name, record, fields, purpose FROM access_log
            JOIN actor ON actor.id = access_log.actor ORDER BY seq
            """
        ).forEach { row throws(SQLiteError) in
            found.append(
                Access(
                    who: "\(row.string(0)) \(row.string(1))", person: ids.text(of: PersonID(row.int64(2))),
                    fields: row.string(3), purpose: row.string(4)))
        }
        return found
    }
}

/// One line of the access log.
struct Access: Hashable, Sendable {
    let who: String
    let person: String
    let fields: String
    let purpose: String
}

/// A clock that stands still until it is set.
final class SetClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ start: Instant) {
        instant = Mutex(start)
    }

    var now: Instant { instant.withLock { $0 } }

    func set(_ new: Instant) { instant.withLock { $0 = new } }

    private let numbers = Atomic<Int>(10_000)

    /// Never the same twice.
    func newNumber() -> Int { numbers.add(1, ordering: .relaxed).newValue }
}

/// Failures that were ours.
final class Complaints: Sendable {
    private let kept: Mutex<[String]> = Mutex([])

    func note(_ text: String) { kept.withLock { $0.append(text) } }

    var all: [String] { kept.withLock { $0 } }
}
