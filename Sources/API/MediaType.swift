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

    /// Whether an Accept value names CSV before anything else.
    static func asksForCSV(_ value: ArraySlice<UInt8>?) -> Bool {
        guard let value else { return false }
        return String(decoding: value, as: UTF8.self).lowercased().hasPrefix("text/csv")
    }
}
