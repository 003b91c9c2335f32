/// What this server answers, for programs (OpenAPI 3.1).
package enum OpenAPI {
    package static let document: [UInt8] = Array("{}".utf8)
}
