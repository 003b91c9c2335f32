import App
import Testing

@Suite struct `A setting` {
    /// A value that is not the default.
    private func otherValue(_ setting: Setting) -> String {
        switch setting.name {
        case "listen.address": "127.0.0.2"
        case "listen.hosts": "a.example.org"
        case "proxies": "192.0.2.1"
        case "origins": "https://a.example.org"
        case "backup.recipient": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
        default: Int(setting.defaultValue).map { "\($0 + 1)" } ?? ""
        }
    }

    private func settings(_ flags: [(name: String, value: String)] = []) throws -> String {
        "\(try ServeSettings.read(file: nil, environment: { _ in nil }, flags: flags))"
    }

    @Test func `changes something, and what no other changes`() throws {
        let shipped = try settings()
        var seen: [String: String] = [:]
        for setting in Setting.all {
            let changed = try settings([(setting.name, otherValue(setting))])
            #expect(changed != shipped, "\(setting.name) changes nothing")
            #expect(seen[changed] == nil, "\(setting.name) is \(seen[changed] ?? "")")
            seen[changed] = setting.name
        }
    }

    @Test(arguments: [
        ("proxies", "localhost"), ("proxies", "10.0.0.0/8"), ("origins", "dash.example.org"),
        ("origins", "https://a.example.org/"), ("listen.hosts", "a:80"), ("backup.recipient", "--output"),
        ("body.bytes", "1e6"), ("head.fields", "0"),
    ])
    func `is refused with a value that it cannot have`(name: String, value: String) {
        #expect(throws: SettingProblem.self) { try settings([(name, value)]) }
    }
}
