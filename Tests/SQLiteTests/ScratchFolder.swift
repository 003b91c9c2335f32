import Foundation
import SQLite

/// A folder that is gone after the test.
final class ScratchFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit {
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    func writer(_ name: String = "record.db") throws(SQLiteError) -> Connection {
        try Connection(path: file(name), mode: .readWriteCreate, applicationID: applicationID)
    }

    func reader(_ name: String = "record.db") throws(SQLiteError) -> Connection {
        try Connection(path: file(name), mode: .readOnly, applicationID: applicationID)
    }
}

let applicationID: Int32 = 0x626e_6c31

func number(_ sql: String, on connection: Connection) throws(SQLiteError) -> Int64? {
    try connection.prepare(sql).first { row in row.int64(0) }
}

/// The error that the body throws, or `nil` if it throws none.
func failure(_ body: () throws(SQLiteError) -> Void) -> SQLiteError? {
    do throws(SQLiteError) {
        try body()
        return nil
    } catch {
        return error
    }
}
