import App
import ArgumentParser
import ByNameList
import CivilTime
import Glibc
import Store

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Write a sample community and serve it, with tokens and curl lines to try.",
        discussion: """
            Five agencies, people unnamed and named, families, returns, deaths, late facts: all invented, and the same
            for the same seed. A folder that holds the sample already is served as it is, with new tokens.

            EXAMPLE
              bnl demo --data ./sample
              bnl demo --data ./sample --people 500 --seed 7 --port 0
              bnl demo --data ./sample --no-serve
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var listening: ListeningOptions
    @Option(help: "People to invent.") var people = 2_000
    @Option(help: "Months that the list goes back.") var months = 36
    @Option(help: "The same seed gives the same community.") var seed: UInt64 = 1
    @Option(help: "A policy template or the path of a policy file.") var policy = "ca_bfz"
    @Flag(inversion: .prefixedNo, help: "Serve it when it is written.") var serve = true

    func validate() throws {
        guard (1...100_000).contains(people), (2...240).contains(months) else {
            throw ValidationError("--people must be 1 to 100000, --months 2 to 240")
        }
    }

    func run() throws {
        try writeUnlessThere()
        guard serve else { return }
        let tokens = try makeTokens()
        try serveRecord(data.path, listening) { port in
            Console.own.say(DemoLines(port: port, tokens: tokens, month: lastMonth).text)
        }
    }

    private var lastMonth: Month {
        CivilDate(dayNumber: Int32(Workspace.now().seconds / 86_400)).adding(days: -1).month.previous
    }

    private func writeUnlessThere() throws {
        let folder = try DataFolder(path: data.path)
        if folder.hasDatabase {
            let workspace = try data.open(.reading)
            defer { workspace.store.close() }
            let isThere = try workspace.store.read { reader in
                try reader.communities().contains { $0.code == SampleRecord.code }
            }
            if isThere { return Console.own.say("the sample community is in \(data.path) already") }
        }
        let document = try PolicySource(policy).document()
        let end = CivilDate(dayNumber: Int32(Workspace.now().seconds / 86_400)).adding(days: -1)
        let sample = SampleCommunity(seed: seed, people: people, months: months, endingOn: end)
        let record = try SampleRecord(path: data.path)
        defer { record.store.close() }
        var bar = ProgressBar("sample community", on: .own)
        try record.write(sample, policy: document) { done, total in bar.show(done, of: total) }
        Console.own.say("\(sample.peopleCount) people, \(sample.factsCount) facts in \(data.path)")
    }

    private static let keeper = "Sample community"

    private func makeTokens() throws -> [Role: String] {
        let workspace = try data.open(.writing)
        defer { workspace.store.close() }
        let community = try workspace.community(SampleRecord.code)
        // The sample's own agencies are known; this one keeps the list.
        try workspace.setAgency(DemoCommand.keeper, kind: .coordination, in: community)
        var tokens: [Role: String] = [:]
        for role in Role.allCases {
            let agency = role == .outreach ? SampleAgency.outreach.name : DemoCommand.keeper
            tokens[role] = try workspace.makeToken(
                in: community, agency: agency, user: "demo \(role.code)", role: role, days: 7
            ).token
        }
        return tokens
    }
}

/// What to paste into a terminal beside the served sample.
struct DemoLines {
    let port: UInt16
    let tokens: [Role: String]
    let month: Month

    var text: String {
        let base = "http://127.0.0.1:\(port)/v1/communities/\(SampleRecord.code)"
        var lines = ["", "Serving the sample community on http://127.0.0.1:\(port) until Ctrl-C. Beside it:", ""]
        for role in Role.allCases { lines.append("\(role.code.uppercased())=\(tokens[role] ?? "")") }
        lines += [
            "",
            "# an outreach worker's intake, on disk when it is answered",
            "curl -s \(base)/intakes -H \"Authorization: Bearer $OUTREACH\" -H 'Content-Type: application/json' "
                + "-H \"Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)\" -d '"
                + #"{"on": ""# + "\(month.next.firstDay)"
                + #"", "profile": {"given_name": "Marie", "family_name": "Example"}, "contacts": [{"on": ""#
                + "\(month.next.firstDay)"
                + #"", "how": "outreach", "seen_homeless": true}]}'"#,
            "# the coordinator's month, and the list itself",
            "curl -s \(base)/reports/monthly/\(month) -H \"Authorization: Bearer $COORDINATOR\"",
            "curl -s \(base)/list?population=veterans -H \"Authorization: Bearer $COORDINATOR\"",
            "curl -s \(base)/people/search -H \"Authorization: Bearer $COORDINATOR\" "
                + "-H 'Content-Type: application/json' -d '{\"name\": \"marei example\"}'",
            "# a dashboard's poll: the rows of a year; with the ETag of the last answer, 304",
            "curl -si \"\(base)/reports/monthly?from=\(month.adding(months: -11))&to=\(month)&population=all\" "
                + "-H \"Authorization: Bearer $DASHBOARD\"",
            "# the policy, as an administrator reads it; and how the server does",
            "curl -s \(base)/policy -H \"Authorization: Bearer $ADMIN\"",
            "curl -s http://127.0.0.1:\(port)/readyz; curl -s http://127.0.0.1:\(port)/metrics",
            "",
        ]
        return lines.joined(separator: "\n")
    }
}
