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

    private static let fields = FieldLines([
        "Content-Type": MediaType.json, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
    ])
}
