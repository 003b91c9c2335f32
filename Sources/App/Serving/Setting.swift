import API
import HTTP
import HTTPServer

/// One thing that an operator may set: a line of the settings table in `config/README.md`.
package struct Setting: Sendable {
    package let name: String
    /// What its value counts; empty for a text.
    package let unit: String
    package let defaultValue: String
    package let meaning: String
    let apply: @Sendable (inout ServeSettings, String) -> Bool

    /// The environment variable that sets it.
    package var variable: String {
        "BNL_" + String(name.uppercased().map { $0 == "." ? "_" : $0 })
    }

    /// A whole number within a range, put where it belongs.
    static func number(
        _ name: String, _ unit: String, _ defaultValue: Int, in range: ClosedRange<Int>, _ meaning: String,
        _ apply: @escaping @Sendable (inout ServeSettings, Int) -> Void
    ) -> Setting {
        Setting(name: name, unit: unit, defaultValue: "\(defaultValue)", meaning: meaning) { settings, text in
            guard let number = Int(text), range.contains(number) else { return false }
            apply(&settings, number)
            return true
        }
    }
}

extension Setting {
    /// Every setting there is; defaults < file < environment < flags.
    package static let all: [Setting] =
        [
            Setting(
                name: "listen.address", unit: "", defaultValue: "127.0.0.1",
                meaning: "The address to listen on, as digits; another than loopback needs --insecure-listen."
            ) { settings, text in
                settings.address = text
                return !text.isEmpty
            },
            number("listen.port", "port", 8080, in: 0...65_535, "The port to listen on; 0: any that is free.") {
                $0.port = UInt16($1)
            },
            Setting(
                name: "listen.hosts", unit: "", defaultValue: "",
                meaning: "Names that Host may have, with commas between them; empty: any. Others are answered 421."
            ) { settings, text in
                let names = text.split(separator: ",").map { $0.lowercased().filter { $0 != " " } }
                guard names.allSatisfy({ !$0.isEmpty && !$0.dropFirst($0.hasPrefix("[") ? 40 : 0).contains(":") })
                else {
                    return false
                }
                settings.limits.request.allowedHosts = names.isEmpty ? nil : names
                return true
            },
            number("listen.loops", "threads", 0, in: 0...64, "Threads that serve connections; 0: one for each core.") {
                $0.loops = $1
            },
            number("readers", "threads", 0, in: 0...64, "Threads that read the record; 0: one for each core.") {
                $0.readers = $1
            },
            number("cache.bytes", "bytes", 64 << 20, in: 0...(1 << 34), "Rendered figures that are kept at the most.") {
                $0.service.cacheBytesMax = $1
            },
            number("drain.seconds", "seconds", 25, in: 1...600, "How long a stop waits for what is under way.") {
                $0.drainSeconds = $1
            },
        ] + backups + limits + rates + neighbours
}
