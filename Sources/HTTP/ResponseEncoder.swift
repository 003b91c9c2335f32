/// Writes answers as they go to the client, each whole and framed in one way only (RFC 9112 §6).
package struct ResponseEncoder {
    /// How the connection goes on after the answer.
    package enum Persistence: Sendable {
        case keepsAlive
        /// HTTP/1.0 has to be told.
        case keepsAliveHTTP10
        case closes
    }

    // "Date: Sun, 22 Nov 2026 01:02:03 GMT" with its line end, written once a second.
    private var dateLine: [UInt8] = []
    private var dateSecond = Int64.min

    package init() {}

    /// Adds an answer to `output`; `omitsContent` for HEAD, which is told the length and nothing else.
    package mutating func append(
        _ response: Response, to output: inout [UInt8], persistence: Persistence, omitsContent: Bool,
        secondsSinceEpoch: Int64
    ) {
        if secondsSinceEpoch != dateSecond {
            dateSecond = secondsSinceEpoch
            dateLine = Array("Date: \(HTTPDate(secondsSinceEpoch: secondsSinceEpoch).text)\r\n".utf8)
        }
        let hasContent = response.status >= 200 && response.status != 204 && response.status != 304
        output.append(statusLine: response.status)
        output.append(contentsOf: dateLine)
        if hasContent {
            output.append(text: "Content-Length: ")
            output.append(decimal: response.body.count)
            output.append(text: "\r\n")
        }
        switch persistence {
        case .keepsAlive: break
        case .keepsAliveHTTP10: output.append(text: "Connection: keep-alive\r\n")
        case .closes: output.append(text: "Connection: close\r\n")
        }
        output.append(contentsOf: response.fields.bytes)
        output.append(text: "\r\n")
        if hasContent, !omitsContent { output.append(contentsOf: response.body) }
    }

    /// Tells a client that waits for it to send the body (RFC 9110 §10.1.1).
    package static func appendGoAhead(to output: inout [UInt8]) {
        output.append(text: "HTTP/1.1 100 Continue\r\n\r\n")
    }
}

extension [UInt8] {
    fileprivate mutating func append(text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    fileprivate mutating func append(decimal number: Int) {
        let start = count
        var rest = number
        repeat {
            append(UInt8(truncatingIfNeeded: 0x30 + rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }

    fileprivate mutating func append(statusLine status: Int) {
        if status == 200 { return append(text: "HTTP/1.1 200 OK\r\n") }
        if status == 304 { return append(text: "HTTP/1.1 304 Not Modified\r\n") }
        append(text: "HTTP/1.1 ")
        append(decimal: status)
        append(0x20)
        append(text: reasonPhrase(status))
        append(text: "\r\n")
    }
}

/// RFC 9110 §15; clients go by the number, people who watch the wire by the words.
private func reasonPhrase(_ status: Int) -> StaticString {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 411: "Length Required"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 428: "Precondition Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    case 507: "Insufficient Storage"
    default: ""
    }
}

/// A second as HTTP writes it (RFC 9110 §5.6.7).
package struct HTTPDate: Hashable, Sendable {
    package let secondsSinceEpoch: Int64

    package init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    package var text: String {
        let days = secondsSinceEpoch / 86_400 - (secondsSinceEpoch % 86_400 < 0 ? 1 : 0)
        let second = secondsSinceEpoch - days * 86_400
        let (year, month, day) = Self.civil(days)
        // 1 January 1970 was a Thursday.
        let weekday = Int(((days + 4) % 7 + 7) % 7)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let time = [second / 3_600, second / 60 % 60, second % 60].map(Self.two).joined(separator: ":")
        return "\(weekdays[weekday]), \(Self.two(day)) \(months[Int(month) - 1]) \(year) \(time) GMT"
    }

    private static func two(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// Year, month and day in the Gregorian calendar, by years that begin in March.
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
