import HTTP

/// Who asks, seen through the proxies in front of the server.
struct Forwarded: Sendable {
    /// Whose X-Forwarded-For is believed; whatever others send under that name says nothing (ASVS 4.1.3).
    let proxies: Set<Address>

    /// The last address in the list that is no proxy's; what does not read as an address ends the search.
    func client(of request: Request) -> Address {
        guard proxies.contains(request.peer) else { return request.peer }
        for value in request.values("x-forwarded-for").reversed() {
            for part in value.split(separator: UInt8(ascii: ",")).reversed() {
                let text = String(decoding: part, as: UTF8.self).filter { $0 != " " && $0 != "\t" }
                guard let address = Address(text) else { return request.peer }
                if !proxies.contains(address) { return address }
            }
        }
        return request.peer
    }
}
