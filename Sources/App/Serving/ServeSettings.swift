import API
import CLinux
package import HTTPServer
import Glibc
import JSON

/// How `bnl serve` runs.
package struct ServeSettings: Sendable {
    package internal(set) var address = "127.0.0.1"
    package internal(set) var port: UInt16 = 8080
    var loops = 0
    var readers = 0
    var drainSeconds = 25
    var backupMinutes = 0
    /// For whom backups are encrypted; nobody: they are as clear as the record.
    package internal(set) var backupRecipient: String?
    package internal(set) var limits = ServerLimits()
    var service = ServiceSettings()

    private init() {}

    /// Defaults, then the file, then the environment, then the command line; refuses what it does not know.
    ///
    /// - Parameters:
    ///   - file: the path of a JSON object of settings by name.
    ///   - flags: names and values from the command line.
    package static func read(
        file: String?, environment: (String) -> String?, flags: [(name: String, value: String)]
    ) throws(SettingProblem) -> ServeSettings {
        var settings = ServeSettings()
        for setting in Setting.all {
            precondition(setting.apply(&settings, setting.defaultValue), "the default of \(setting.name) is refused")
        }
        if let file { try settings.apply(file: file) }
        for setting in Setting.all {
            guard let value = environment(setting.variable) else { continue }
            try settings.set(setting.name, value, from: setting.variable)
        }
        for (name, value) in flags { try settings.set(name, value, from: "the command line") }
        return settings
    }

    /// What the environment alone says, for a command that no server carries out.
    package static func ofEnvironment() throws(SettingProblem) -> ServeSettings {
        try read(file: nil, environment: environment, flags: [])
    }

    /// Whether age could take that for a recipient.
    package static func isRecipient(_ text: String) -> Bool {
        (text.hasPrefix("age1") || text.hasPrefix("ssh-")) && text.utf8.allSatisfy { $0 >= 32 && $0 < 127 }
    }

    /// The process's own environment.
    package static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Whether nobody but this machine can reach the address.
    package var isLoopback: Bool { address == "::1" || address.hasPrefix("127.") }

    private mutating func set(_ name: String, _ value: String, from place: String) throws(SettingProblem) {
        guard let setting = Setting.all.first(where: { $0.name == name }) else {
            throw SettingProblem("\(place): there is no setting \(name); config/README.md lists them all")
        }
        guard setting.apply(&self, value) else {
            throw SettingProblem("\(place): \(value) is no value for \(name). \(setting.meaning)")
        }
    }

    private mutating func apply(file: String) throws(SettingProblem) {
        guard let bytes = try? FileBytes.read(file) else { throw SettingProblem("\(file) cannot be read") }
        let value: JSONValue
        do throws(JSONProblem) {
            value = try JSONValue(bytes)
        } catch {
            throw SettingProblem("\(file), byte \(error.offset): the text \(error.reason.rawValue)")
        }
        guard case .object(let members) = value else { throw SettingProblem("\(file) must hold one object") }
        for member in members {
            switch member.value {
            case .string(let text): try set(member.key, text, from: file)
            case .integer(let number): try set(member.key, "\(number)", from: file)
            case .null, .bool, .number, .array, .object:
                throw SettingProblem("\(file): \(member.key) must be a text or a whole number")
            }
        }
    }
}

/// Why a setting is not accepted, and what would be.
package struct SettingProblem: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension ServeSettings {
    /// Threads that read the record.
    package var readersCount: Int { readers == 0 ? Int(bnl_cores()) : readers }
}
