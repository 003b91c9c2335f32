import HTTP
import JSON

/// The forms that answers about people have.
enum Answers {
    /// JSON that no cache may keep (ASVS 14.3.2).
    static func json(_ status: Int = 200, _ write: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter()
        writer.object { write(&$0) }
        return json(status, bytes: writer.bytes)
    }

    static func json(_ status: Int = 200, bytes: [UInt8]) -> Response {
        Response(status, fields: fields, body: bytes)
    }

    /// CSV with a header line, which no cache may keep.
    static func csv(_ text: String) -> Response {
        var fields = FieldLines()
        fields.add("Content-Type", MediaType.csv)
        fields.add("X-Content-Type-Options", "nosniff")
        fields.add("Cache-Control", "no-store")
        return Response(200, fields: fields, body: Array(text.utf8))
    }

    private static let fields = FieldLines([
        "Content-Type": MediaType.json, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
    ])
}
