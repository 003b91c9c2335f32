import Glibc

/// Where the files of an export lie.
package protocol ExportFolder {
    /// The bytes of the file, or `nil` if the folder has none of that name (without `.csv`, whatever its case).
    func open(_ name: String) throws -> ExportFileBytes?
}

/// The bytes of one file, taken piece by piece.
package struct ExportFileBytes {
    package let count: Int
    package let read: (UnsafeMutableRawBufferPointer) throws -> Int

    package init(count: Int, read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
        self.count = count
        self.read = read
    }
}

/// Why an export cannot be imported at all.
package enum HMISImportError: Error, Hashable, Sendable {
    case folderUnreadable
    case fileUnreadable(HMISFile)
    /// One of the files without which there is nothing to import.
    case fileMissing(HMISFile)
    /// A column without which no row of the file can be used.
    case columnMissing(HMISFile, column: String)
    /// No row of Export.csv gives the day on which the export ends.
    case noExportEnd
}

/// A folder of the file system.
package struct DirectoryFolder: ExportFolder {
    private let path: String
    private let names: [String: String]

    package init(_ path: String) throws(HMISImportError) {
        guard let directory = opendir(path) else { throw .folderUnreadable }
        defer { closedir(directory) }
        var names: [String: String] = [:]
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            let lower = name.lowercased()
            if lower.hasSuffix(".csv"), names[lower] == nil || name < names[lower, default: ""] { names[lower] = name }
        }
        self.path = path
        self.names = names
    }

    package func open(_ name: String) throws -> ExportFileBytes? {
        guard let file = names[name.lowercased() + ".csv"] else { return nil }
        guard let bytes = FileBytes(path: path + "/" + file) else {
            throw HMISImportError.fileUnreadable(HMISFile(rawValue: name) ?? .export)
        }
        return ExportFileBytes(count: bytes.count) { try bytes.read(into: $0) }
    }
}

/// An open file; closed when nobody holds it any more.
private final class FileBytes {
    let count: Int
    private let descriptor: Int32

    init?(path: String) {
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        count = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw HMISImportError.folderUnreadable }
        }
    }
}

/// Files that are in memory already.
package struct MemoryFolder: ExportFolder {
    private let files: [String: [UInt8]]

    /// `files` by name without `.csv`.
    package init(_ files: [String: [UInt8]]) {
        self.files = Dictionary(files.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    package func open(_ name: String) throws -> ExportFileBytes? {
        guard let bytes = files[name.lowercased()] else { return nil }
        let source = MemoryBytes(bytes)
        return ExportFileBytes(count: bytes.count) { source.read(into: $0) }
    }
}

private final class MemoryBytes {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(rest.count, buffer.count)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
    }
}
