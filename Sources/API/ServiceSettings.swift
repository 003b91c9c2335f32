package import HTTP

/// What an operator may set of the service.
package struct ServiceSettings: Sendable {
    /// The largest body, in bytes.
    package var bodyBytesMax = 1 << 20
    /// Rendered figures that are kept at the most, in bytes.
    package var cacheBytesMax = 64 << 20
    package var rates = RateLimits()
    /// Whose word on the client's address is believed.
    package var proxies: Set<Address> = []
    package var origins = Origins([])

    package init() {}
}
