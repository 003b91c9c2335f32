import HTTP
import Testing

@Suite struct `An answer` {
    private func written(
        _ response: Response, _ persistence: ResponseEncoder.Persistence = .keepsAlive, omitsContent: Bool = false
    ) -> String {
        var encoder = ResponseEncoder()
        var output: [UInt8] = []
        encoder.append(
            response, to: &output, persistence: persistence, omitsContent: omitsContent, secondsSinceEpoch: 784_111_777)
        return String(decoding: output, as: UTF8.self)
    }

    private let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

    @Test func `has a date, its length, its fields and its content`() {
        let response = Response(200, fields: FieldLines(["A": "b"]), body: Array("hello".utf8))
        #expect(written(response) == "HTTP/1.1 200 OK\r\n\(date)Content-Length: 5\r\nA: b\r\n\r\nhello")
    }

    @Test func `to HEAD has the length and no content`() {
        let response = Response(404, body: Array("hello".utf8))
        let expected = "HTTP/1.1 404 Not Found\r\n\(date)Content-Length: 5\r\n\r\n"
        #expect(written(response, omitsContent: true) == expected)
    }

    @Test(arguments: [204, 304])
    func `without content has no length`(_ status: Int) {
        #expect(!written(Response(status, body: Array("hello".utf8))).contains("Content-Length"))
        #expect(!written(Response(status, body: Array("hello".utf8))).contains("hello"))
    }

    @Test func `says how the connection goes on where it has to`() {
        #expect(written(Response(200), .closes).contains("\r\nConnection: close\r\n"))
        #expect(written(Response(200), .keepsAliveHTTP10).contains("\r\nConnection: keep-alive\r\n"))
        #expect(!written(Response(200)).contains("Connection"))
    }

    @Test func `of a status without a phrase keeps the space`() {
        #expect(written(Response(299)).hasPrefix("HTTP/1.1 299 \r\n"))
    }

    @Test func `follows the clock`() {
        var encoder = ResponseEncoder()
        var output: [UInt8] = []
        for second: Int64 in [0, 0, 1] {
            encoder.append(
                Response(204), to: &output, persistence: .keepsAlive, omitsContent: false, secondsSinceEpoch: second)
        }
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.components("Thu, 01 Jan 1970 00:00:00 GMT") == 2)
        #expect(text.components("Thu, 01 Jan 1970 00:00:01 GMT") == 1)
    }

    @Test(arguments: [
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
    func `is dated by the calendar`(second: Int64, text: String) {
        #expect(HTTPDate(secondsSinceEpoch: second).text == text)
    }
}

extension String {
    /// How often that stands in it.
    fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}

@Suite struct `A segment of a path` {
    @Test(arguments: [
        ("abc", "abc"), ("a%20b", "a b"), ("%C3%A4", "\u{E4}"), ("%2541", "%41"), ("%7e", "~"), ("", ""),
        ("a+b", "a+b"),
        ("%2F", nil), ("%00", nil), ("%0d%0a", nil), ("%7F", nil), ("%ff", nil), ("%c0%af", nil), ("%", nil),
        ("%4", nil),
        ("%zz", nil),
    ])
    func `is decoded once or not at all`(encoded: String, plain: String?) {
        #expect(PercentEncoding.decoded(Array(encoded.utf8)[...]) == plain)
    }
}
