import Glibc
import Migrations
import SQLite

/// Opens the database in its three ways, at the schema that this program knows.
enum RecordFile {
    /// "BNL1": marks our files, so that no other database is ever taken for one.
    static let applicationID: Int32 = 0x424E_4C31

    static var knownVersion: Int { Migration.all.last?.version ?? 0 }

    /// The one connection that writes and checkpoints, migrated to the newest schema.
    static func openWriter(_ folder: DataFolder, accessKey: AccessKey) throws(StoreError) -> Connection {
        try refuseStrangers(folder)
        let connection = try translatingErrors { () throws(SQLiteError) in
            let connection = try Connection(
                path: folder.databasePath, mode: .readWriteCreate, applicationID: applicationID)
            try connection.execute("PRAGMA cache_size = -65536")
            connection.watchLog()
            return connection
        }
        folder.synchronize()
        try Migrator(connection: connection, folder: folder, accessKey: accessKey).migrate()
        return connection
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
