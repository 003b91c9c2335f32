package import Store

/// Does again, in a record restored from a backup, what was erased after that backup was made.
package enum ErasuresAgain {
    /// How many people of the lists were erased from the record in that folder.
    package static func run(in restored: DataFolder, lists: [ErasureList]) throws -> Int {
        let workspace = try Workspace(path: restored.path, mode: .writing, mending: false)
        defer { workspace.store.close() }
        return try workspace.store.eraseAgain(lists, by: Workspace.userName)
    }
}
