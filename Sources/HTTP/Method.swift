/// What is asked of a resource (RFC 9110 §9); methods beyond these are answered 501.
package enum Method: String, CaseIterable, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
    case trace = "TRACE"
    case connect = "CONNECT"
    /// Known, so that it is told of the methods that there are; no resource has it.
    case query = "QUERY"
}
