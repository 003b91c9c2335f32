import HTTP
import Testing

@Suite struct `A request` {
    @Test func `has fields by name in whatever case`() {
        let head = Array("GET / HTTP/1.1\r\nhOsT: a\r\n\r\n".utf8)
        let request = Request(.get, head: head, path: 4..<5, fields: [Request.Field(name: 16..<20, value: 22..<23)])
        #expect(request.value("host").map(Array.init) == [UInt8(ascii: "a")])
        #expect(request.count("host") == 1)
        #expect(request.value("hos") == nil)
    }
}
