import Glibc
import Migrations
import SQLite

/// Opens the database in its three ways, at the schema that this program knows.
enum RecordFile {
    /// "BNL1": marks our files, so that no other database is ever taken for one.
    static let applicationID: Int32 = 0x424E_4C31

    static var knownVersion: Int { Migration.all.last?.version ?? 0 }

    /// The one connection that writes and checkpoints, migrated to the newest schema.
    ///
    /// - Parameter faults: failures that a test has ordered, from the first step of the migrations on.
    static func openWriter(
        _ folder: DataFolder, accessKey: AccessKey, clock: @escaping Clock, faults: FaultPlan? = nil
    ) throws(StoreError) -> Connection {
        let endedBadly = folder.hasLog
        Ballast(folder).makeRoomForOpening()
        try refuseStrangers(folder)
        let connection = try translatingErrors { () throws(SQLiteError) in
            let connection = try Connection(
                path: folder.databasePath, mode: .readWriteCreate, applicationID: applicationID)
            try connection.execute("PRAGMA cache_size = -65536")
            connection.watchLog()
            return connection
        }
        // That the log is there, too: SQLite asks for it and does not listen to the answer.
        try folder.synchronize()
        if endedBadly { try refuseDamaged(connection) }
        connection.faults = faults
        try Migrator(connection: connection, folder: folder, accessKey: accessKey, clock: clock).migrate()
        return connection
    }

    /// A machine that has lost power may have lost more than it admits.
    private static func refuseDamaged(_ connection: Connection) throws(StoreError) {
        let problems = try translatingErrors { () throws(SQLiteError) in try connection.quickProblems() }
        guard let first = problems.first else { return }
        connection.keepLogOnClose()
        throw .damaged(detail: "the last stop was not clean, and the file does not pass its check: \(first)")
    }

    static func openReader(_ folder: DataFolder) throws(StoreError) -> Connection {
        try refuseStrangers(folder)
        return try translatingErrors { () throws(SQLiteError) in
            try Connection(path: folder.databasePath, mode: .readOnly, applicationID: applicationID)
        }
    }

    private static func refuseStrangers(_ folder: DataFolder) throws(StoreError) {
        guard folder.hasDatabase else { return }
        let origin = try translatingErrors { () throws(SQLiteError) in
            try Connection.origin(
                of: folder.databasePath, applicationID: applicationID, newestVersion: Int32(knownVersion))
        }
        switch origin {
        case .empty, .ours: return
        case .newer(let version): throw .newer(fileVersion: Int(version), knownVersion: knownVersion)
        case .foreign: throw .damaged(detail: "\(folder.databasePath) is not a by-name list")
        }
    }
}
