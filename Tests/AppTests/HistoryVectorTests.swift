import App
import Testing

@Suite struct `A small life written down` {
    @Test func `gives the figures that were worked out for it by hand`() throws {
        let names = try Vectors.histories
        try #require(names.count >= 12)
        for name in names {
            let verification = HistoryVerification(try HistoryFile(Vectors.bytes(of: "histories/\(name)")))
            #expect(verification.checks > 0, "\(name)")
            #expect(verification.misses == [], "\(name)")
        }
    }
}
