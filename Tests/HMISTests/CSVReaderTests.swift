import CivilTime
import HMIS
import Testing

/// Rows as the reader gives them, the bytes handed over in pieces of that many.
private func rows(_ text: [UInt8], pieces: Int = 1 << 20) throws -> [(
    line: Int, outcome: CSVReader.Outcome, fields: [String]
)] {
    var rest = text[...]
    var reader = CSVReader { buffer in
        let count = min(rest.count, buffer.count, pieces)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
    }
    var result: [(line: Int, outcome: CSVReader.Outcome, fields: [String])] = []
    while let outcome = try reader.next() {
        let hasRow = outcome == .row || outcome == .rowWithTextAfterQuote
        let fields = hasRow ? (0..<reader.fieldCount).map { reader.text($0) } : []
        result.append((reader.line, outcome, fields))
    }
    return result
}

private func fields(_ text: String, pieces: Int = 1 << 20) throws -> [[String]] {
    try rows(Array(text.utf8), pieces: pieces).map(\.fields)
}

@Suite struct `The CSV reader` {
    @Test(arguments: [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d\r\ne,f\rg,h", [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]),
        ("\u{FEFF}a,b\n", [["a", "b"]]),
        ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
        ("a,,\n,,\n", [["a", "", ""], ["", "", ""]]),
        ("\"a,b\",\"c\nd\"\n", [["a,b", "c\nd"]]),
        ("\"a \"\"b\"\"\",c\n", [["a \"b\"", "c"]]),
        ("\"\"\"\"\"Last\"\"\"\"\"\n", [["\"\"Last\"\""]]),
        ("x, y ,\" z \"\n", [["x", "y", "z"]]),
        ("a \"quoted\" b,c\n", [["a \"quoted\" b", "c"]]),
        ("\n\na\n\r\n\rb\n", [["a"], ["b"]]),
        ("\"a\"b,c\n", [["ab", "c"]]),
        ("", []), ("\u{FEFF}", []), ("\"\"", [[""]]), (",", [["", ""]]),
    ])
    func `reads`(text: String, expected: [[String]]) throws {
        for pieces in [1, 2, 3, 7, 1000] { #expect(try fields(text, pieces: pieces) == expected) }
    }

    @Test func `names the line on which a row begins`() throws {
        let text = "h,i\n\"a\nb\r\nc\",1\r\n\nx,2\r\"q\rr\",3\nlast,4"
        #expect(try rows(Array(text.utf8), pieces: 1).map(\.line) == [1, 2, 6, 7, 9])
    }

    @Test func `goes on after a quote that is never closed`() throws {
        let result = try rows(Array("a,b\nc,\"d\ne,f\ng,h\n".utf8))
        #expect(result.map(\.outcome) == [.row, .unclosedQuote, .row, .row])
        #expect(result.map(\.line) == [1, 2, 3, 4])
    }

    @Test func `says when text follows a closing quote`() throws {
        #expect(try rows(Array("\"a\"b,c\n".utf8)).map(\.outcome) == [.rowWithTextAfterQuote])
    }

    @Test func `takes a row at the limit, and skips one past it`() throws {
        for (extra, outcome) in [(0, CSVReader.Outcome.row), (1, .tooLong)] {
            let long = [UInt8](repeating: 120, count: CSVReader.rowBytesMax + extra)
            let result = try rows(Array("a\n".utf8) + long + Array("\nb\n".utf8))
            #expect(result.map(\.outcome) == [.row, outcome, .row])
            #expect(result.map(\.line) == [1, 2, 3])
        }
    }

    @Test func `never traps, whatever the bytes`() throws {
        var seed: UInt64 = 88_172_645_463_325_252
        let alphabet = Array("ab,\"\"\n\r,\u{FEFF}".utf8)
        for _ in 0..<3000 {
            var text: [UInt8] = []
            for _ in 0..<(seed % 40) {
                seed ^= seed << 13
                seed ^= seed >> 7
                seed ^= seed << 17
                text.append(alphabet[Int(seed % UInt64(alphabet.count))])
            }
            seed ^= seed << 13
            seed ^= seed >> 7
            seed ^= seed << 17
            let whole = try rows(text)
            let split = try rows(text, pieces: 1)
            #expect(whole.map(\.fields) == split.map(\.fields))
            #expect(whole.map(\.line) == split.map(\.line))
        }
    }

    @Test func `reads fast`() throws {
        let line = Array(
            "\"764732\",\"9375\",\"1492\",2020-03-04,\"s_764732\",1,\"XX-501\",410,,4,,,,,,0,,2021-05-03\n".utf8)
        var text: [UInt8] = []
        for _ in 0..<300_000 { text += line }
        let clock = ContinuousClock()
        let begin = clock.now
        var rest = text[...]
        var reader = CSVReader { buffer in
            let count = min(rest.count, buffer.count)
            buffer.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
        var count = 0
        while try reader.next() != nil { count += 1 }
        let seconds = (clock.now - begin) / .seconds(1)
        print("CSV: \(Int(Double(text.count) / 1_000_000 / seconds)) MB/s")
        #expect(count == 300_000)
    }
}

@Suite struct `A date` {
    @Test(arguments: [
        ("2024-02-29", "2024-02-29"), (" 2024-02-29 ", "2024-02-29"), ("2024-02-29 13:05:59", "2024-02-29"),
        ("2024-02-29T13:05:59.123Z", "2024-02-29"), ("02/29/2024", "2024-02-29"), ("2/9/2024", "2024-02-09"),
        ("9/10/2015 21:39:00", "2015-09-10"), ("9/10/2015 9:39 PM", "2015-09-10"), ("17-JUN-2020", "2020-06-17"),
    ])
    func `is read`(text: String, expected: String) {
        #expect(DateReading(Array(text.utf8)[...], notAfter: day("2024-03-31")) == .date(day(expected)))
    }

    @Test(arguments: [
        ("08-MAY-67", "2017-10-03", "1967-05-08"), ("17-jun-20", "2017-10-03", "1920-06-17"),
        ("17-JUN-20", "2020-06-17", "2020-06-17"), ("17-JUN-20", "2020-06-16", "1920-06-17"),
        ("29-FEB-00", "2017-10-03", "2000-02-29"), ("29-FEB-00", "1999-01-01", "1600-02-29"),
    ])
    func `with two digits of a year is the latest that does not follow the export`(
        text: String, export: String, expected: String
    ) {
        let reading = DateReading(Array(text.utf8)[...], notAfter: day(export))
        #expect(reading == (expected < "1800" ? .unreadable : .guessedCentury(day(expected))))
    }

    @Test(arguments: [
        "2023-02-29", "2024-2-9", "2024-13-01", "13-06-19", "12-31-2015", "7/14/16", "00/10/2015", "31-FEB-20", "soon",
        "2024-02-29x", "20240229", "2024-02-1", "2024", "17-JUN-", "99999-01-01", "-1", "7/14/20166",
    ])
    func `that is none is not read`(text: String) {
        #expect(DateReading(Array(text.utf8)[...], notAfter: day("2024-03-31")) == .unreadable)
    }

    @Test func `may be blank`() {
        #expect(DateReading(Array("  ".utf8)[...], notAfter: day("2024-03-31")) == .blank)
    }
}
