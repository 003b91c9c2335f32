import HTTP

/// The media types that are spoken here.
enum MediaType {
    static let json = "application/json; charset=utf-8"
    static let csv = "text/csv; charset=utf-8; header=present"

    /// `application/json`, with no charset or UTF-8.
    static func isJSON(_ value: ArraySlice<UInt8>) -> Bool {
        // As nearly every client writes it.
        if value.elementsEqual("application/json".utf8) { return true }
        let text = String(decoding: value, as: UTF8.self).lowercased().filter { $0 != " " && $0 != "\"" }
        return text == "application/json" || text == "application/json;charset=utf-8"
    }

    /// Whether Accept asks for CSV before anything else, or for no JSON (RFC 9110 §12.5.1).
    static func asksForCSV(_ request: Request) -> Bool {
        guard request.isChoosy, let value = request.value("accept") else { return false }
        guard !isRefused("text/csv", by: request) else { return false }
        return String(decoding: value, as: UTF8.self).lowercased().hasPrefix("text/csv")
            || isRefused("application/json", by: request)
    }

    /// Whether Accept says that the form is not taken at all: with a weight of nought, and not by leaving it out.
    static func isRefused(_ type: String, by request: Request) -> Bool {
        guard request.isChoosy else { return false }
        let whole = type.split(separator: "/").first.map { "\($0)/*" } ?? ""
        var best = (closeness: 0, isRefused: false)
        for value in request.values("accept") {
            for part in String(decoding: value, as: UTF8.self).lowercased().split(separator: ",") {
                let range = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
                let closeness = range.first == type ? 3 : range.first == whole ? 2 : range.first == "*/*" ? 1 : 0
                guard closeness > best.closeness else { continue }
                let weight = range.first { $0.hasPrefix("q=") }?.dropFirst(2)
                best = (closeness, weight.map { !$0.isEmpty && $0.allSatisfy { $0 == "0" || $0 == "." } } ?? false)
            }
        }
        return best.isRefused
    }
}
