import App
import ByNameList
import CivilTime
import Glibc
import ShippedConfig
import Store

/// A sample community in a folder of its own, with tokens, and the servers over it.
final class ServedSample {
    /// What else is to go when the sample goes.
    let scratch = ScratchFolder()
    private let tokens: [Role: String]
    private let program: String
    let people: Int
    let today: CivilDate
    private var folder: String { scratch.path + "/record" }
    /// What commands beside the server said.
    var commandOutput: String { FileText.read(scratch.path + "/command") }

    init(_ options: HTTPOptions) throws {
        program = try options.program()
        people = options.people
        today = CivilDate(dayNumber: Int32(Workspace.now().seconds / 86_400)).adding(days: -1)
        let path = scratch.path + "/record"
        let sample = SampleCommunity(seed: 1, people: people, endingOn: today)
        let record = try SampleRecord(path: path)
        try record.write(sample, policy: PolicyDocument.template("ca_bfz") ?? "") { _, _ in }
        record.store.close()
        let workspace = try Workspace(path: path, mode: .writing)
        defer { workspace.store.close() }
        let community = try workspace.community(SampleRecord.code)
        var tokens: [Role: String] = [:]
        for role in Role.allCases {
            tokens[role] = try workspace.makeToken(
                in: community, agency: SampleAgency.outreach.name, user: "bench", role: role, days: 1
            ).token
        }
        self.tokens = tokens
    }

    /// Limits that protect a server from one client, raised: here one client is all there is.
    static let raised = [
        "connections.address=100000", "connection.requests=1000000000", "rate.requests=1000000", "rate.burst=1000000",
        "rate.searches=1000000",
    ]

    /// The shipped server with its shipped settings but for the limits; its log goes to a file.
    func serve(cores: Cores = .all) throws -> ServerProcess {
        let port = try ServerProcess.freePort()
        return try ServerProcess(
            "bnl", program,
            ["serve", "--data", folder, "--port", "\(port)"] + ServedSample.raised.flatMap { ["--set", $0] },
            port: port, cores: cores, log: scratch.path + "/log")
    }

    /// A command beside the server, over its control socket.
    func command(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(program, arguments + ["--data", folder], log: scratch.path + "/command")
    }

    // MARK: Requests

    static let healthz = LoadRequest("GET", "/healthz")

    /// The report of the last closed month, as a dashboard polls it; with the ETag of the last answer, if it has one.
    func report(etag: String? = nil, _ query: String = "", as role: Role = .dashboard) -> LoadRequest {
        LoadRequest(
            "GET", target("/reports/monthly/\(today.month.previous)\(query)"),
            fields: [bearer(role)] + (etag.map { ["If-None-Match: \($0)"] } ?? []))
    }

    /// A report of the record as it was known at an instant that nobody asked for before: in no cache.
    func uncachedReport() -> LoadRequest {
        report("?known_at=\(today.adding(days: -1))T12:00:00.######Z", as: .coordinator)
    }

    /// A page of the list, which is never cached: who has seen it is written down first.
    func list() -> LoadRequest { LoadRequest("GET", target("/list"), fields: [bearer(.coordinator)]) }

    /// An intake of somebody new: profile, consent, a stay, a contact, a household, fifteen data points.
    func intake() -> LoadRequest {
        LoadRequest(
            "POST", target("/intakes"), fields: [bearer(.outreach), "Idempotency-Key: @@@@@@@@@@@@@@@@@@@@"],
            body: intakeBody)
    }

    /// The same body for a rival that asks for no token.
    func rivalIntake() -> LoadRequest { LoadRequest("POST", "/intakes", body: intakeBody) }

    private var intakeBody: String {
        let answers = Question.allCases.prefix(15).map { "\"\($0.code)\":\"dont_know\"" }.joined(separator: ",")
        return
            #"{"on":"\#(today)","profile":{"given_name":"@@@@@@@@","family_name":"@@@@@@@@@@","#
            + #""birth_date":"198#-10-1#"},"consent":[{"purpose":"list","value":"given"}],"#
            + #""situations":[{"situation":"unsheltered","from":"\#(today)"}],"#
            + #""contacts":[{"on":"\#(today)","how":"outreach","seen_homeless":true}],"#
            + #""household":{"household":"hh-@@@@@@@@@@@@","role":"head"},"answers":{\#(answers)}}"#
    }

    private func target(_ path: String) -> String { "/v1/communities/\(SampleRecord.code)\(path)" }

    private func bearer(_ role: Role) -> String { "Authorization: Bearer \(tokens[role] ?? "")" }
}

/// Asks once, so that a benchmark measures answers and not refusals; the answer's text.
func tried(_ request: LoadRequest, on server: ServerProcess, expecting status: Int) throws -> String {
    guard let answer = Line(port: server.port)?.exchange(request) else {
        throw BenchProblem("\(server.name) closed the connection without an answer")
    }
    guard answer.status == status else { throw BenchProblem("\(server.name) answered \(answer.text)") }
    return answer.text
}
