import Foundation

/// The files of worked lives that lie beside the tests.
enum Vectors {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Vectors")

    /// What every file of histories is called, in order.
    static var histories: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("histories").path)
                .filter { $0.hasSuffix(".json") }.sorted()
        }
    }

    static func bytes(of path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
    }
}
